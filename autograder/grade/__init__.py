"""One submission: read, ask, judge, record."""
