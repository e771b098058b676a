"""Quotes: which of them are one utterance, and how their wordings differ."""
