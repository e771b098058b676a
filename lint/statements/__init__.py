"""The same statement in two notes: claims of one source, aligned by the words that they share."""
