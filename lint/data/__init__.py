"""Data files that ship with notelint, and the scripts that make them."""
