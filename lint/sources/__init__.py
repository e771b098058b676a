"""Which source a note is about that declares none."""
