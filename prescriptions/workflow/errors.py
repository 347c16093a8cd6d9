"""What a verb refuses, with the French sentence for the person who asked."""

from traces import codes


class WorkflowError(Exception):
    """Base of everything a verb may refuse; `str(error)` can be shown as it is."""

    trace_code = ""
    """What the trace of a refused signature says; empty when the refusal leaves none."""


class NotReady(WorkflowError):
    """Ce brouillon ne peut pas être signé en l’état."""

    def __init__(self, messages: tuple[str, ...], *, not_allowed: bool = False) -> None:
        """`not_allowed`: the person or the house may not sign at all, whatever the content."""
        super().__init__(" ".join(messages))
        self.messages = messages
        if not_allowed:
            self.trace_code = codes.NOT_ALLOWED


class ContentChanged(WorkflowError):
    """Le contenu a changé depuis votre relecture. Relisez l’ordonnance, puis signez."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class DraftChanged(WorkflowError):
    """The line was changed from another tab or workstation meanwhile: what was typed last, here, is not stored."""

    def __init__(self) -> None:
        super().__init__(
            "Cette ligne a été modifiée dans un autre onglet ou sur un autre poste. Ce que vous venez de taper ici "
            "n’a pas été enregistré : copiez-le, rechargez la page, puis reportez-le si besoin."
        )


class Superseded(WorkflowError):
    """Cette prescription a changé d’état entre-temps. Rechargez la page."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoPin(WorkflowError):
    """Vous n’avez pas encore de code de signature. Choisissez-le dans « Mon compte »."""

    trace_code = codes.NO_PIN

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class WrongPin(WorkflowError):
    """The confirmation code is wrong; `remaining` tries are left before the lock."""

    trace_code = codes.WRONG_PIN

    def __init__(self, remaining: int) -> None:
        plural = "s" if remaining > 1 else ""
        super().__init__(
            f"Ce code de signature n’est pas le bon. Encore {remaining} essai{plural} avant le verrouillage."
        )
        self.remaining = remaining


class PinLocked(WorkflowError):
    """Too many wrong codes: signing is closed until `until` (local time, « 10 h 42 »)."""

    trace_code = codes.PIN_LOCKED

    def __init__(self, until: str) -> None:
        super().__init__(
            f"Trop d’essais : la signature est verrouillée jusqu’à {until}. Votre brouillon est conservé."
        )
        self.until = until


class NotRegistered(WorkflowError):
    """L’ordonnance s’imprime avec son numéro une fois l’e-prescription enregistrée. Attendez l’enregistrement."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoMotive(WorkflowError):
    """Choisissez le motif légal qui empêche l’e-prescription."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoSecuredPaper(WorkflowError):
    """Cette ordonnance est sécurisée : écrivez le numéro de lot du papier sécurisé sur lequel vous l’imprimerez."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class InFlight(WorkflowError):
    """Une tentative est en cours en ce moment même. Attendez quelques secondes, puis recommencez."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class UnwrittenKind(WorkflowError):
    """Ce genre de ligne n’existe pas : choisissez l’un des huit genres de l’e-prescription."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NotShareable(WorkflowError):
    """L’identité nationale de santé de ce résident n’est pas qualifiée : le document reste ici, il ne se partage pas."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoReason(WorkflowError):
    """Choisissez ou écrivez le motif : il sera gardé avec la prescription."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class AlreadyCorrected(WorkflowError):
    """Cette e-prescription refusée a déjà été corrigée et signée à nouveau : suivez la nouvelle."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class CorrectedElsewhere(WorkflowError):
    """La prescription que ce brouillon corrige n’est plus à corriger. Vérifiez-la, puis retirez les lignes en trop."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class AnotherCorrection(WorkflowError):
    """Votre brouillon corrige déjà une autre e-prescription : signez-le ou abandonnez-le, puis recommencez."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)
