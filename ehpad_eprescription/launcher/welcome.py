"""What is printed once everything runs: one address, who may log in, what else to look at."""

from importlib import import_module

Login = tuple[str, str, str, str, str]
_HEADINGS: Login = ("Rôle", "Identifiant", "Mot de passe", "Code de signature", "Qui")


def demo_logins() -> list[Login]:
    """The accounts of the demonstration: role, login, password, signing code, who."""
    logins: list[Login] = import_module("ehpad_eprescription.demo").LOGINS
    return logins


def table(rows: list[Login]) -> list[str]:
    """Rows under their headings, columns as wide as their longest cell."""
    rows = [_HEADINGS, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def lines(address: str, simulator_page: str, logs: str) -> list[str]:
    """The whole text."""
    others = (
        [f"Ce que le service simulé de l’Assurance Maladie a reçu : {simulator_page}"]
        if simulator_page
        else []
    )
    return [
        "",
        f"Ouvrez  {address}",
        "",
        *(f"  {line}" for line in table(demo_logins())),
        "",
        *others,
        f"Journaux : {logs}",
        "Arrêter : Ctrl-C",
        "",
    ]
