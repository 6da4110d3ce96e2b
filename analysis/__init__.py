"""Understanding: figures and words from frames and comments."""
