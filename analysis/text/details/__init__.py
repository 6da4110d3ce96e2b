"""Personal details in a comment: where each kind stands."""
