"""The official lists of codes: LPP (devices) and NABM (biology), from their files to their tables."""
