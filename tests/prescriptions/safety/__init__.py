"""Checks of a treatment: each alone, a table of named cases on the real base, the door for machines."""
