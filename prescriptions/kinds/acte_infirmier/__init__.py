"""Nursing acts (CSP R4311-7; rules B70, B71)."""
