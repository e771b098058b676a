"""Ways to run the engine over a vault; all of them give the same findings."""
