"""How right red verification is, on a corpus whose labels were written first."""
