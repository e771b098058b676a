"""When things are said: what each citation means, and how long the source is."""
