"""Interactions of every pair of lines, external and if-needed ones included (rules A41 to A46)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.referentials.interactions import LEVELS, Interaction
from prescriptions.safety.answers import NAMED_AT_MOST, Voice, doses, few, names
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.clinical.narrowing import narrowed
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.knowledge import Knowledge

VOICE = Voice(
    Check.INTERACTION, Source("ANSM, thésaurus des interactions médicamenteuses", None, "A41"), clinical=True
)

WORDS: dict[str, str] = {
    "CI": "Contre-indication",
    "AD": "Association déconseillée",
    "PE": "Précaution d’emploi",
    "APEC": "À prendre en compte",
}
ASKS: dict[str, Level] = {"CI": Level.REASON, "AD": Level.REASON, "PE": Level.INFO, "APEC": Level.INFO}
"""Rule A41. A variable level asks what its worst one asks, and is never named by it alone."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the thesaurus, its levels as this case leaves them, and why some were set aside."""

    interaction: Interaction
    levels: tuple[str, ...]
    why: str

    @property
    def weight(self) -> tuple[int, int, bool]:
        """Order entries of one pair: worst first, a sure level before a variable one, a sure match before the others."""
        return LEVELS.index(self.levels[0]), len(self.levels), not self.interaction.certain


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    """Return one finding per pair of lines that the thesaurus knows; what is only to be taken into account, one per entry."""
    known = [line for line in case.lines if line.drug is not None]
    pairs = knowledge.pairs([line.drug for line in known if line.drug is not None])
    if pairs is None:
        yield VOICE.not_done(
            known, "Interactions non contrôlées", "Aucun thésaurus des interactions n’est en service."
        )
        return
    found = [_finding(case, known[a], known[b], entries) for (a, b), entries in pairs.items() if entries]
    yield from gathered(found, known)
    yield from _absent(known, knowledge)


def _absent(known: Sequence[CaseLine], knowledge: Knowledge) -> Iterator[Finding]:
    """The thesaurus names only what interacts: what it does not name may well have no interaction; it is said once."""
    told = knowledge.absent([line.drug for line in known if line.drug is not None])
    lines = [line for line, silent in zip(known, told, strict=True) if silent]
    if lines:
        substances = enumeration(list(dict.fromkeys(name for silent in told for name in silent)))
        text = "Le thésaurus ne nomme pas ces substances : aucune interaction n’y est décrite, ou elles y portent un autre nom."
        yield VOICE.not_done(lines, f"Absent du thésaurus des interactions : {substances}", text)


def gathered(found: Sequence[Finding], lines: Sequence[CaseLine]) -> Iterator[Finding]:
    """Say once an entry to be taken into account that several pairs share: one laxative meets every line of a treatment."""
    by_key = {line.key: line for line in lines}
    alike: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.levels == ("APEC",):
            alike.setdefault(finding.text, []).append(finding)
        else:
            yield finding
    for group in alike.values():
        yield group[0] if len(group) == 1 else _as_one(group, by_key)


def _as_one(group: Sequence[Finding], by_key: Mapping[str, CaseLine]) -> Finding:
    """Name first what is in every pair, if anything is."""
    met = Counter(key for finding in group for key in finding.lines)
    shared = [by_key[key] for key in met if met[key] == len(group)]
    others = [by_key[key] for key in met if met[key] < len(group)]
    who = f"{names(shared)} avec {few(others)}" if shared else few(others)
    told = f"{group[0].headline.split(' : ')[0]} : {who}"
    lines = tuple(line.key for line in (*shared, *others))
    text = f"{names(others)}.\n{group[0].text}" if len(others) > NAMED_AT_MOST else group[0].text
    return replace(group[0], headline=told, text=text, lines=lines, ack_key="")


def _finding(case: Case, a: CaseLine, b: CaseLine, interactions: Sequence[Interaction]) -> Finding:
    """One line for a pair, whatever number of entries it has: the worst speaks, all are told."""
    entries = sorted(
        (_Entry(i, *narrowed(case, a, b, i)) for i in interactions), key=lambda entry: entry.weight
    )
    worst = entries[0]
    level = ASKS[worst.levels[0]] if worst.interaction.certain else Level.INFO
    voice = VOICE.citing(worst.interaction.source, worst.interaction.release_date)
    return voice.alert(
        level,
        [a, b],
        f"{_title(worst)} : {a.name} + {b.name}",
        "\n".join(map(_told, entries)),
        expanded=level is Level.REASON or worst.levels[0] != "APEC",
        band=doses((a, b)),
        levels=worst.levels,
    )


def _title(entry: _Entry) -> str:
    title = WORDS[entry.levels[0]]
    if len(entry.levels) > 1:
        title = f"Niveau variable ({' ou '.join(entry.levels)})"
    return title if entry.interaction.certain else f"{title}, à vérifier"


def _told(entry: _Entry) -> str:
    said = entry.interaction
    levels = enumeration([WORDS[level].lower() for level in entry.levels])
    parts = [f"{said.first} × {said.second} ({levels}).", said.text, said.conduct, entry.why]
    if not said.certain:
        parts.append(
            "Le rapprochement de la substance et du thésaurus est incertain : à vérifier par le pharmacien."
        )
    return " ".join(part for part in parts if part)
