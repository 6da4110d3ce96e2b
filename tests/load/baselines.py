"""What installs quickly and is often used for the same: to be measured in the same run, on the same comments."""

from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

NEUTRAL_WITHIN = 0.05  # of VADER's compound score, as its authors have it


def tfidf_kmeans(texts, count):
    weighed = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    return KMeans(count, n_init=3, random_state=0).fit_predict(weighed)


def nmf(texts, count):
    weighed = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(texts)
    return NMF(count, init="nndsvd", max_iter=400, random_state=0, tol=1e-3).fit_transform(weighed).argmax(axis=1)


def lda(texts, count):
    counted = CountVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    return LatentDirichletAllocation(count, random_state=0).fit_transform(counted).argmax(axis=1)


CLUSTERINGS = {"tfidf_kmeans": tfidf_kmeans, "nmf": nmf, "lda": lda}


def vader(texts):
    """-1, 0 or 1 for each text."""
    analyser = SentimentIntensityAnalyzer()
    scored = [analyser.polarity_scores(text)["compound"] for text in texts]
    return [0 if abs(score) < NEUTRAL_WITHIN else (1 if score > 0 else -1) for score in scored]
