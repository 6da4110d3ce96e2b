"""Collecting: what was asked, what was said, by whom, and what people decided about it."""
