"""Names: who mentions them, which spellings are one name, and which is right."""
