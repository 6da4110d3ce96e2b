"""What a few words look like, by the runs of letters in them: English, or rather one of 139 other languages.

The model is langid's (Lui and Baldwin 2012, langid.py: an off-the-shelf language identification tool), which comes with
py3langid. It takes half a second to make ready, the first time that it is asked.
"""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_CONSTRUCTED = frozenset({"en", "zxx", "pcm", "eo", "vo", "la"})  # English and its creole; what nobody answers in


def lead(said: str) -> float:
    """How far the likeliest other language is ahead of English, as a logarithm of odds; below 0 where English is."""
    ranked = _model().rank(said)
    odds = dict(ranked)
    return float(max(share for language, share in ranked if language not in _CONSTRUCTED) - odds["en"])


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
