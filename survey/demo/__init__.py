"""A believable county from a seed: families, what they find, what they write; and the truth about it, kept apart.

Structure comes first and words second: a family, its children, the services they use, a latent experience of each,
a rating; then a comment that fits rating, question and writer. Every difference that is planted is in ``signals``.
"""

from survey.demo.loading import SEED, WAVES, Loaded, SignIn, load, load_if_empty, waves_of

__all__ = ["SEED", "WAVES", "Loaded", "SignIn", "load", "load_if_empty", "waves_of"]
