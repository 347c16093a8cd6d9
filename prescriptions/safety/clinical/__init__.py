"""The clinical engine: what uses this resident's data to signal a risk (rule Z2). One setting, read by the caller, opens it.

It is not a certified medical device: see `about.py`. `VERSION` changes with any change of a check or of a table.
"""

VERSION = "1.1.0"
