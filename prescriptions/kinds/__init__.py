"""The kinds of line a prescription may hold: one folder each."""
