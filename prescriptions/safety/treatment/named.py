"""Medicines called by words: by a common name, by the name of a speciality. Only what was written is found, never what is near.

The search of the screen corrects typing errors because a person chooses in its answers. Here nobody does.
"""

from __future__ import annotations

from prescriptions.referentials.bdpm.naming import brand_part, common_name
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.search import SpecialityHit, search_specialities
from prescriptions.referentials.words import base_quantity, fold, tokens, words
from prescriptions.safety.treatment.typed_line import Wanted

_HITS = 200


def by_dci(wanted: Wanted) -> SpecialityHit | None:
    """Return the speciality that stands for a common name, by the route asked for: of its strength, the plainest.

    The strength and the form are asked for, then given up in turn: what is checked is the substance. « MACROGOL » is
    « MACROGOL 4000 » when nothing is called by the name alone.
    """
    name = " + ".join(_names(wanted.dci))
    asked = (
        f"{name} {wanted.dosage} {wanted.form}",
        f"{name} {wanted.dosage}",
        f"{name} {wanted.form}",
        name,
    )
    for is_called in (_is_exactly, _has_the_words, _begins):
        for text in dict.fromkeys(map(str.strip, asked)):
            found = [
                hit for hit in search_specialities(text, limit=_HITS) if is_called(hit.dci_label, wanted.dci)
            ]
            routed = [hit for hit in found if not wanted.route or fold(wanted.route) in map(fold, hit.routes)]
            if routed:
                return min(
                    routed, key=lambda hit: (not same_strength(wanted.dosage, hit.dosage), _is_unusual(hit))
                )
    return None


def by_name(name: str) -> list[SpecialityHit]:
    """Return the specialities called so, all of one composition, those of the strength written first; else none.

    Every word and every number of the name must be theirs, and the first must begin it. « EFFERALGAN » is the brand alone before
    « EFFERALGAN CODÉINE »; a word that calls several compositions (« vitamine ») calls none.
    """
    called = [hit for hit in search_specialities(name, limit=_HITS) if _is_called(hit, name)]
    exact = [hit for hit in called if _stems(brand_part(hit.label)) == _stems(name)]
    hits = exact or called
    if len({frozenset(_names(hit.dci_label)) for hit in hits}) != 1:
        return []
    return sorted(hits, key=lambda hit: (not same_strength(name, hit.dosage), _is_unusual(hit)))


def contradicts(wanted: Wanted, facts: SpecialityFacts) -> bool:
    """Tell whether a common name or a name given beside a code has no word of the medicine of that code."""
    told = _stems(f"{facts.label} {facts.dci_label}")
    asked = (_stems(" ".join(_names(wanted.dci))), _stems(wanted.name))
    return any(said and said.isdisjoint(told) for said in asked)


def same_strength(asked: str, told: str) -> bool:
    """Tell whether the quantities written are those of a strength, one by one: « 1 g » is « 1000 mg », « 5 » is « 5 mg »."""
    first, second = _amounts(asked), _amounts(told)
    return bool(first) and len(first) == len(second) and all(map(_is_amount, first, second))


def _amounts(text: str) -> list[tuple[str, str]]:
    """Numbers as written, and in their base unit when one follows."""
    found = (token for token in tokens(text) if token.number)
    return [(t.number, base_quantity(t.number, t.unit) if t.unit else "") for t in found]


def _is_amount(asked: tuple[str, str], told: tuple[str, str]) -> bool:
    return asked[1] == told[1] if asked[1] else asked[0] == told[0]


def _is_called(hit: SpecialityHit, name: str) -> bool:
    label = f"{hit.label} {hit.dci_label}"
    first = next((token.word for token in tokens(name) if token.word), "")
    begins = {_first(hit.label), *map(_first, hit.dci_label.split(" + "))}
    told = _amounts(label)
    return (
        first in begins
        and _stems(name) <= _stems(label)
        and all(any(_is_amount(amount, other) for other in told) for amount in _amounts(name))
    )


def _first(text: str) -> str:
    return next((token.word for token in tokens(text) if token.word), "")


def _stems(text: str) -> set[str]:
    """Words, without the mark of the plural."""
    return {word.rstrip("s") for word in words(text)}


def _names(dci: str) -> list[str]:
    """Return the common names, salts left out: « chlorhydrate de tramadol » is « TRAMADOL »."""
    parts = (part.strip() for part in dci.replace("/", "+").split("+"))
    return [common_name(USUAL_NAMES.get(fold(part), part)) for part in parts if part]


USUAL_NAMES = {
    "aspirine": "ACIDE ACÉTYLSALICYLIQUE",
    "vitamine d3": "COLÉCALCIFÉROL",
    "vitamine d": "COLÉCALCIFÉROL",
    "carbonate de lithium": "LITHIUM",
}
"""Said for the common name."""


def _is_exactly(label: str, dci: str) -> bool:
    return {fold(name) for name in label.split(" + ")} == {fold(name) for name in _names(dci)}


def _has_the_words(label: str, dci: str) -> bool:
    """« amoxicilline acide clavulanique », « amoxicilline et acide clavulanique » are the combination."""
    return words(label) == words(" ".join(_names(dci)))


def _begins(label: str, dci: str) -> bool:
    """Whole words: « valproate » begins « valproate de sodium »."""
    whole, asked = [fold(name) for name in label.split(" + ")], [fold(name) for name in _names(dci)]
    return len(whole) == len(asked) and all(any(w.startswith(f"{a} ") for w in whole) for a in asked)


_RESERVED = frozenset({"HOSPITAL_ONLY", "HOSPITAL_PRESCRIPTION", "RESERVED"})
_RESTRICTED = frozenset({"PIH", "PIS", "SPECIALIST", "RESTRICTED", "RENEWAL_SPECIALIST"})


def _is_unusual(hit: SpecialityHit) -> tuple[bool, bool, bool, bool]:
    """A common name binds to no restriction that one of its specialities escapes; oral forms and tablets first."""
    codes = {chip.code for chip in hit.chips}
    is_tablet = fold(hit.form).startswith("comprime") and "dispersible" not in fold(hit.form)
    return bool(codes & _RESERVED), bool(codes & _RESTRICTED), "orale" not in hit.routes, not is_tablet
