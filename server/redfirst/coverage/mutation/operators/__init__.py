"""The kinds of change: each file yields the edits of one kind for one node of a syntax tree."""
