"""The engine: reads notes, runs rules over groups of facts, judges what they find. Knows no rule and no renderer."""

__version__ = "0.1.0"
