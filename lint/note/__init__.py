"""A note taken apart: every part with the exact place where it stands."""
