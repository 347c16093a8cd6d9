"""The operations a workstation trace may tell of. Codes EPn are the service's; the others are ours (hypothèse)."""

from enum import StrEnum


class Operation(StrEnum):
    """What was done. The value is what is stored; an attempt that failed before leaving is the same operation, with a code."""

    CREER = "CREER"
    """An e-prescription was signed: its identifier exists (« créée »), nothing has left yet."""
    ENREGISTRER = "EP4"
    """One attempt to register it with the Assurance Maladie (WS_EP4_CreerEPrescription)."""
    CONSULTER = "EP3"
    """One attempt to consult it (WS_EP3_ConsulterEPrescription)."""
    RELANCER = "RELANCER"
    """A person asked for another attempt."""
    IMPRIMER = "IMPRIMER"
    """The ordonnance was printed."""
    ABANDONNER = "ABANDONNER"
    """A person went on without the service (CSP R4073-2): no number, no 2D code."""

    @property
    def service(self) -> str:
        """The official code of the web service called; empty for what happens in the house only."""
        return self.value if self in (Operation.ENREGISTRER, Operation.CONSULTER) else ""


class Outcome(StrEnum):
    """How it ended (AIR-like vocabulary: only SUCCES is public)."""

    SUCCES = "SUCCES"
    ECHEC = "ECHEC"
    ABANDON = "ABANDON"
    """Given up by a person, on purpose."""


class AuthMode(StrEnum):
    """How the person was known: the card, Pro Santé Connect, or the confirmation secret of this software."""

    CPS = "CPS"
    PSC = "PSC"
    PIN = "PIN"


SAML_CONTEXTS: dict[AuthMode, str] = {
    AuthMode.CPS: "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
    AuthMode.PSC: "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
}
"""`samlAuthContext` of each mode (hypothèse: standard SAML classes; what the real service wants is not public)."""
