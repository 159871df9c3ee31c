"""Any text to ranged nodes: reading YAML so that a half-typed file loses one line, not all."""
