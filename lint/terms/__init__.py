"""Terms that are written in several ways with the same letters."""
