"""Slowing down whoever guesses codes, at both doors together."""

from survey.throttle import Throttle

guesses = Throttle()
