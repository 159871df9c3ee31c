"""redfirst: tests written from a spec, proven red before they are trusted."""

__version__ = "0.1.0"
