"""Everything a prescription line freezes about a medicine at signature."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from .chips import NOT_MARKETED, Chip, condition_chips
from .models import Composition, Shortage, Speciality
from .rules import DispensingRules, rules_from


class UnknownSpeciality(LookupError):
    """No speciality with this CIS in the loaded base."""


@dataclass(frozen=True, slots=True)
class PresentationFacts:
    """One box. `price` in euros, None when unknown; `units_per_box` in intake units, None when unreadable."""

    cip13: str
    cip7: str
    label: str
    marketed: bool
    price: Decimal | None
    reimbursement_rate: int | None
    units_per_box: Decimal | None


@dataclass(frozen=True, slots=True)
class SubstanceFacts:
    """One substance of the composition, as the public base writes it."""

    code: str
    name: str
    dosage: str
    reference: str
    nature: str
    link: int


@dataclass(frozen=True, slots=True)
class ActiveSubstance:
    """One substance of the composition, folded: `base_*` is the same without its salt (A43).

    « CHLORHYDRATE DE TRAMADOL » and « TRAMADOL » have one base. `code`, `name`: as the composition gives them.
    """

    code: str
    name: str
    base_code: str
    base_name: str


@dataclass(frozen=True, slots=True)
class SpecialityFacts:
    """A speciality as it stood in release `release_id` of the base, published on `release_date`.

    `active`: one line per substance, salts folded. `generic_groups`, `hybrid_groups`: numbers in the two
    registers (A17). `atc_is_propagated`: the public base gives no ATC code of this speciality, `atc` is that
    of the specialities made of the same substances for the same routes.
    """

    cis: str
    label: str
    dci_label: str
    form: str
    routes: tuple[str, ...]
    is_local_route: bool
    intake_unit: str
    dosage: str
    marketed: bool
    is_generic: bool
    atc: str
    under_surveillance: bool
    presentations: tuple[PresentationFacts, ...]
    substances: tuple[SubstanceFacts, ...]
    conditions: tuple[str, ...]
    chips: tuple[Chip, ...]
    release_id: int
    release_date: date
    release: str = ""
    """Reference of that release, as a signed line keeps it (A12)."""
    rules: DispensingRules = field(default_factory=DispensingRules)
    active: tuple[ActiveSubstance, ...] = ()
    generic_groups: tuple[int, ...] = ()
    hybrid_groups: tuple[int, ...] = ()
    atc_is_propagated: bool = False

    @property
    def membership(self) -> str:
        """Say in words what the speciality is in the two registers (A17); empty when in neither."""
        if self.is_generic:
            return "générique"
        if self.hybrid_groups:
            return "groupe hybride"
        return "référence de génériques" if self.generic_groups else ""


_RELATED = ("presentations", "composition", "conditions", "shortages", "generic_groups", "hybrid_groups")


def specialities_facts(cis_list: Iterable[str]) -> dict[str, SpecialityFacts]:
    """Return the facts of every known CIS of `cis_list`, in a constant number of queries; unknown ones are absent."""
    found = (
        Speciality.objects.select_related("release").prefetch_related(*_RELATED).filter(cis__in=set(cis_list))
    )
    return {speciality.cis: _facts(speciality) for speciality in found}


def speciality_facts(cis: str) -> SpecialityFacts:
    """Return what the loaded base says of `cis`; raise UnknownSpeciality when it says nothing."""
    found = specialities_facts([cis]).get(cis)
    if found is None:
        raise UnknownSpeciality(
            f"Le code CIS {cis} n'est pas dans la base des médicaments en service. "
            "Cherchez le médicament par son nom."
        )
    return found


def known_codes(codes: Collection[str]) -> frozenset[str]:
    """Return, of these codes, those of a substance of the base, with or without its salt, and those that begin the ATC code
    of a speciality. Two queries.
    """
    rows = Composition.objects.filter(Q(substance_code__in=codes) | Q(base_code__in=codes))
    substances = {code for row in rows.values_list("substance_code", "base_code").distinct() for code in row}
    wanted = Q(*(Q(atc__startswith=code) for code in codes), _connector=Q.OR)
    classes = set(Speciality.objects.filter(wanted).exclude(atc="").values_list("atc", flat=True).distinct())
    return frozenset(
        code for code in codes if code in substances or any(atc.startswith(code) for atc in classes)
    )


def _facts(speciality: Speciality) -> SpecialityFacts:
    conditions = tuple(condition.label for condition in speciality.conditions.all())
    active = _active(speciality)
    return SpecialityFacts(
        cis=speciality.cis,
        label=speciality.label,
        dci_label=speciality.dci_label,
        form=speciality.form,
        routes=tuple(speciality.routes),
        is_local_route=speciality.is_local_route,
        intake_unit=speciality.intake_unit,
        dosage=speciality.dosage,
        marketed=speciality.marketed,
        is_generic=speciality.is_generic,
        atc=speciality.atc,
        under_surveillance=speciality.under_surveillance,
        presentations=_presentations(speciality),
        substances=_substances(speciality),
        conditions=conditions,
        chips=tuple(condition_chips([*conditions, *_supply_labels(speciality)])),
        release_id=speciality.release.pk,
        release_date=speciality.release.published_on,
        release=speciality.release.reference,
        rules=rules_from(conditions, [substance.base_name for substance in active]),
        active=active,
        generic_groups=tuple(sorted({member.group_id for member in speciality.generic_groups.all()})),
        hybrid_groups=tuple(sorted({member.group for member in speciality.hybrid_groups.all()})),
        atc_is_propagated=speciality.atc_is_propagated,
    )


def _presentations(speciality: Speciality) -> tuple[PresentationFacts, ...]:
    """Marketed boxes first, then by size."""
    boxes = sorted(
        speciality.presentations.all(), key=lambda box: (not box.marketed, box.units_per_box or 0, box.cip13)
    )
    return tuple(
        PresentationFacts(
            cip13=box.cip13,
            cip7=box.cip7,
            label=box.label,
            marketed=box.marketed,
            price=box.price,
            reimbursement_rate=box.reimbursement_rate,
            units_per_box=box.units_per_box,
        )
        for box in boxes
    )


def _substances(speciality: Speciality) -> tuple[SubstanceFacts, ...]:
    return tuple(
        SubstanceFacts(
            code=line.substance_code,
            name=line.name,
            dosage=line.dosage,
            reference=line.reference,
            nature=line.nature,
            link=line.link,
        )
        for line in sorted(speciality.composition.all(), key=lambda line: (line.link, line.nature, line.pk))
    )


def _active(speciality: Speciality) -> tuple[ActiveSubstance, ...]:
    """One line per moiety of each substance, else the substance itself; each base once."""
    links: dict[int, list[Composition]] = {}
    for line in sorted(speciality.composition.all(), key=lambda line: (line.link, line.pk)):
        links.setdefault(line.link, []).append(line)
    found: dict[str, ActiveSubstance] = {}
    for lines in links.values():
        moieties = [line for line in lines if line.nature == Composition.Nature.MOIETY]
        salts = [line for line in lines if line.nature == Composition.Nature.SUBSTANCE]
        for line in moieties or salts:
            written = salts[0] if moieties and salts else line
            base = line.base_code or line.substance_code
            name = line.base_name or line.name
            found.setdefault(base, ActiveSubstance(written.substance_code, written.name, base, name))
    return tuple(found.values())


def _supply_labels(speciality: Speciality) -> list[str]:
    """What the supply says of any of its boxes; the end of a shortage says nothing any more."""
    labels = [notice.label for notice in speciality.shortages.all() if notice.kind != Shortage.Kind.BACK]
    return labels if speciality.marketed else [*labels, NOT_MARKETED]
