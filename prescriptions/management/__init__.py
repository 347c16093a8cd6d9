"""Commands of the prescriptions."""
