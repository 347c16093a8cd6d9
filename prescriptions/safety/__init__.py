"""Checks of a treatment: the law on one side, the clinical engine on the other. Pure functions on frozen values.

`case.py` is what comes in, `finding.py` what goes out, `engine.py` runs everything. The legal checks are administrative
and always on; the clinical engine is one package behind one setting, read by the caller (rule Z2).
"""
