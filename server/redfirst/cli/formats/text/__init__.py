"""The report as a person reads it in a terminal."""
