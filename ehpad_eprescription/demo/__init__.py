"""Invented people and houses for the demonstration: no name, number or address here belongs to anybody."""

PASSWORD = "Demonstration-2026"  # noqa: S105  shown at start, demo only
PIN = "258014"

LOGINS: list[tuple[str, str, str, str, str]] = [
    (
        "Prescripteur",
        "martineau",
        PASSWORD,
        PIN,
        "Dr Claire Martineau, généraliste libérale, deux établissements",
    ),
    ("Prescripteur", "legoff", PASSWORD, PIN, "Dr Yann Le Goff, médecin salarié"),
    ("Infirmière", "roussel", PASSWORD, "", "Nadia Roussel, équipe soignante"),
    ("Aide-soignant", "perrin", PASSWORD, "", "Luc Perrin, équipe soignante"),
    ("Pharmacien référent", "benali", PASSWORD, "", "Samira Benali, lecture seule"),
    ("Administratrice", "garnier", PASSWORD, "", "Odile Garnier, administre l’EHPAD Les Tilleuls"),
    ("Plateforme", "plateforme", PASSWORD, "", "Administre tous les établissements, ne voit aucun résident"),
]
"""Role, login, password, signing code and what to expect: printed by `make run`."""
