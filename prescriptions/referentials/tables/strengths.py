"""Strengths that cannot be read from the label. Source: those labels, base of 05/2026, read by eye."""

STRENGTHS: dict[str, str] = {
    # « A 313 200 000 UI POUR CENT, pommade »: the 313 belongs to the name.
    "61266250": "200 000 UI POUR CENT",
    # The 30 of these insulins and the 2 of MAG 2 belong to the names.
    "61362494": "100 unités internationales/ml",
    "67193250": "100 UI/mL",
    "64634501": "100 UI/mL",
    "68633852": "100 mg",
}
