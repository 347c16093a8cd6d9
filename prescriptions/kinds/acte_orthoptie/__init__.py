"""Orthoptics (rule B81)."""
