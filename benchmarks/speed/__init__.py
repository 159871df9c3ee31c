"""How fast runs are, against the plain ways to do the same."""
