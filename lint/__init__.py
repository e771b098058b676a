"""The engine of notelint: it knows no rule and no renderer."""
