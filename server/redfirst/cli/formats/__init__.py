"""A report as text for people and for machines: pure functions, one file per format."""
