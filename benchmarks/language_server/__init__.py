"""How fast and how light the language server is, beside others."""
