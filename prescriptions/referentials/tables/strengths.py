"""Strengths that cannot be read from the label. Source: those labels, base of 05/2026, read by eye."""

STRENGTHS: dict[str, str] = {
    # « A 313 200 000 UI POUR CENT, pommade »: the 313 belongs to the name.
    "61266250": "200 000 UI POUR CENT",
}
