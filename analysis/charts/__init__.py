"""Figures with their words and their numbers: released figures in, a ``Chart`` out."""
