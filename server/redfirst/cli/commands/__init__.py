"""One file per command: `add_parser` declares its arguments, `run` does it."""
