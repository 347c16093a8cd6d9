"""The operations a workstation trace may tell of. Codes EPn are the service's; the others are ours (hypothèse)."""

from enum import StrEnum


class Operation(StrEnum):
    """What was done. The value is what is transmitted."""

    CREER = "CREER"
    """An e-prescription was signed: its identifier exists, nothing has left yet."""
    ENREGISTRER = "EP4"
    """One attempt to register it with the Assurance Maladie (WS_EP4_CreerEPrescription)."""
    CONSULTER = "EP3"
    """One attempt to consult it (WS_EP3_ConsulterEPrescription)."""
    RELANCER = "RELANCER"
    """A person asked for another attempt."""
    IMPRIMER = "IMPRIMER"
    """The ordonnance was printed."""


class Outcome(StrEnum):
    """How it ended (AIR-like vocabulary: only SUCCES is public)."""

    SUCCES = "SUCCES"
    ECHEC = "ECHEC"
