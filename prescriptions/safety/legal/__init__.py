"""Legal checks: administrative rules of the lines being written. Always on; they use nothing of the resident but allergies to
excipients that justify a non-substitution.
"""
