"""What may be chosen in the search boxes, from the tables in service: one list of choices per kind, and per paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from django.db.models import Q
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_value, free_words
from prescriptions.kinds.order import Paper
from prescriptions.kinds.registry import KINDS
from prescriptions.referentials.freshness import current_release
from prescriptions.referentials.models import LppItem, NabmAct, PrescriptionCondition, Speciality
from prescriptions.referentials.tables.panels import PANELS
from prescriptions.samples import words

_SECURED = Q(label__icontains="sécurisée") | Q(label__istartswith="stupéfiant")
_HOSPITAL = Q(label__icontains="hospitalier") | Q(label__istartswith="réservé")
"""What a nursing home without pharmacy does not prescribe to the city."""
_FREE = 0.08
"""One line in twelve is written in free text, where the kind allows it."""


class TablesMissing(LookupError):
    """Les médicaments, les dispositifs (LPP) et la biologie (NABM) ne sont pas chargés : lancez import_bdpm, import_lpp
    et import_nabm (avec --bundled pour les copies livrées), puis recommencez.
    """

    def __init__(self) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()))


@dataclass(frozen=True, slots=True)
class Pools:
    """Values of search boxes. `published_on`: day of the drug base, where the dates of a seeded draw begin."""

    published_on: date
    choices: dict[Kind, tuple[tuple[str, ...], ...]]
    """Groups drawn with equal chances: what is rare in a table (rentals, panels) is not rare here."""
    secured: tuple[str, ...]

    def choose(self, rng: Random, kind: Kind, paper: Paper) -> str:
        """Draw a value for `Entry.choose`. `paper`: the ordonnance it is meant for."""
        if kind is Kind.MEDICAMENT and paper is Paper.SECURISEE:
            return rng.choice(self.secured)
        free = words.FREE_TEXTS.get(kind)
        if free and not KINDS[kind].no_free_text and rng.random() < _FREE:
            return free_value(rng.choice(free))
        return rng.choice(rng.choice(self.choices[kind]))


def load() -> Pools:
    """Read the tables in service. Raises TablesMissing."""
    release = current_release()
    if release is None or not LppItem.objects.exists() or not NabmAct.objects.exists():
        raise TablesMissing
    secured, ordinary = _medicines()
    choices = {
        Kind.MEDICAMENT: (ordinary,),
        Kind.DISPOSITIF_MEDICAL: _devices(),
        Kind.ACTE_BIOLOGIE_MEDICALE: _biology(),
    }
    return Pools(
        release.published_on, choices | {k: _catalogue(k) for k in Kind if k not in choices}, secured
    )


def _medicines() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the secured medicines and the others, sold in town."""
    labels = PrescriptionCondition.objects
    hospital = set(labels.filter(_HOSPITAL).values_list("speciality_id", flat=True))
    secured = set(labels.filter(_SECURED).values_list("speciality_id", flat=True))
    found = Speciality.objects.filter(marketed=True, is_homeopathy=False).order_by("cis")
    sold = [cis for cis in found.values_list("cis", flat=True) if cis not in hospital]
    return tuple(cis for cis in sold if cis in secured), tuple(cis for cis in sold if cis not in secured)


def _devices() -> tuple[tuple[str, ...], ...]:
    """Return what is bought, what is rented, and the package fees, all in force."""
    offered = LppItem.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())).order_by("code")
    kinds = (LppItem.Kind.PURCHASE, LppItem.Kind.RENTAL, LppItem.Kind.SERVICE)
    groups = (tuple(offered.filter(kind=kind).values_list("code", flat=True)) for kind in kinds)
    return tuple(group for group in groups if group)


def _biology() -> tuple[tuple[str, ...], ...]:
    """Return the panels, as the search box gives them, and the acts in force."""
    search = KINDS[Kind.ACTE_BIOLOGIE_MEDICALE].search
    panels = tuple(search(panel.name, {})[0].value for panel in PANELS)
    offered = NabmAct.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), is_act=True)
    return panels, tuple(offered.order_by("code").values_list("code", flat=True))


def _catalogue(kind: Kind) -> tuple[tuple[str, ...], ...]:
    """Return every act of a catalogue: the answer to an empty search, without its free text."""
    hits = KINDS[kind].search("", {})
    return (tuple(hit.value for hit in hits if free_words(hit.value) is None),)
