"""Foot care (rule B81)."""
