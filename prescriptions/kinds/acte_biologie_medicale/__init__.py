"""Acts of medical biology (CSP L6211-8; rules B60, B61)."""
