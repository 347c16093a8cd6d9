"""Physiotherapy (CSP R4321-2; rule B80)."""
