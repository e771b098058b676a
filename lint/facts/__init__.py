"""Facts that contradict each other: values, dates, and words that decide."""
