"""From a prescription to what leaves: the signed statement, the message, the sheet. Pure functions on models."""
