"""Devices of the LPP (CSS R165-38; rules B50–B53)."""
