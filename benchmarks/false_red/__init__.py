"""Tests that somebody has weakened: do they come out red all the same."""
