"""One line of a JSON treatment: its medicine as it was named, its posology still to be read in the medicine's unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from prescriptions.kinds.fields import Fields
from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.medicament.posology import Posology
from prescriptions.kinds.medicament.typed_posology import read_posology
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.free_text import Recognised
from prescriptions.safety.case import CaseLine, Origin
from prescriptions.safety.treatment import names
from prescriptions.safety.treatment.node import InvalidTreatment, Node

MOST_DAYS, MOST_RENEWALS = 3650, 60
"""Wide on purpose: what the law refuses is an answer of the checks, not an unreadable document."""
_MOMENTS = ("matin", "midi", "soir", "coucher")
_NEEDED = ("dose", "indication", "min_interval_hours", "max_per_24h")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a medicine is named: by a code, by its common name (and strength, form, route), by its name, or by words alone."""

    cis: str = ""
    cip13: str = ""
    dci: str = ""
    name: str = ""
    text: str = ""
    dosage: str = ""
    form: str = ""
    route: str = ""

    @property
    def label(self) -> str:
        """What was written, for a line whose medicine is not found."""
        named = " ".join(part for part in (self.dci, self.dosage, self.form) if part) if self.dci else ""
        return self.text or named or self.name or self.cis or self.cip13


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as it was written. `raw_posology` has the shape of the form of medicines."""

    key: str
    wanted: Wanted
    path: str
    regime: Regime
    raw_posology: dict[str, Any] | None
    given: dict[str, Any] = field(default_factory=dict)
    """The other fields of `CaseLine`."""

    def resolved(
        self,
        drug: SpecialityFacts | None,
        recognised: Recognised | None = None,
        *,
        strength_told: bool = True,
    ) -> CaseLine:
        """Return the line with the facts of its medicine. Raises InvalidTreatment on an impossible posology."""
        return CaseLine(
            key=self.key,
            label=self.wanted.label if drug is None else drug.label,
            drug=drug,
            recognised=recognised,
            strength_told=strength_told,
            posology=self._posology(drug),
            regime=self.regime,
            **self.given,
        )

    def _posology(self, drug: SpecialityFacts | None) -> Posology | None:
        if self.raw_posology is None:
            return None
        raw = dict(self.raw_posology)
        raw["unit"] = raw["unit"] or (drug.intake_unit if drug else "") or "unité"
        raw["route"] = (
            raw["route"] or self.wanted.route or (drug.routes[0] if drug and drug.routes else "") or "orale"
        )
        fields = Fields(raw)
        posology = read_posology(fields, self.regime)
        if fields.problems:
            problem = fields.problems[0]
            raise InvalidTreatment(f"{self.path}.posology.{problem.field}", problem.message_fr)
        return posology


def read_line(node: Node, rank: int, today: date, ignored: list[str]) -> TypedLine:
    """Read the line of this rank, from 1. A line without a start begins `today`."""
    wanted = _wanted(node)
    if not wanted.label:
        raise node.fail("nommez le médicament : cis, cip13, dci, name ou text")
    posology = node.get("posology")
    raw = _posology(posology, ignored)
    typed = node.get("regime").choice(names.REGIMES)
    regime = typed or (Regime.SI_BESOIN if raw and raw["as_needed"]["dose"] else Regime.CONTINU)
    line = TypedLine(
        key=node.get("key").text() or str(rank),
        wanted=wanted,
        path=node.path,
        regime=regime,
        raw_posology=raw,
        given=_given(node, today),
    )
    ignored.extend(node.ignored())
    return line


def _wanted(node: Node) -> Wanted:
    return Wanted(
        cis=node.get("cis").text(),
        cip13=node.get("cip13").text().replace(" ", ""),
        dci=node.get("dci").text(),
        name=node.get("name").text(),
        text=node.get("label").text(),
        dosage=node.get("dosage").text(),
        form=node.get("form").text(),
        route=node.get("route").text(),
    )


def _given(node: Node, today: date) -> dict[str, Any]:
    starts = node.get("starts_on").day() or today
    origin = node.get("origin").choice(names.ORIGINS) or Origin.PROPOSED
    return {
        "starts_on": starts,
        **_lasting(node, starts),
        "origin": origin,
        "same_prescriber": node.get("same_prescriber").flag() is not False,
        "ns_reason": node.get("ns_reason").text(),
        "pump": bool(node.get("pump").flag()),
        "crush": bool(node.get("crush").flag()),
        **{name: node.get(name).day() for name in ("running_since", "reassess_on", "initial_on", "exam_on")},
        **{
            name: node.get(name).text()
            for name in (
                "ns_detail",
                "overlap_reason",
                "fraction_reason",
                "pharmacy",
                "indication",
                "initial_by",
            )
        },
    }


def _lasting(node: Node, starts: date) -> dict[str, int | None]:
    """Days and renewals; a last day stands for days."""
    days, renewals = node.get("duration_days").whole(MOST_DAYS), node.get("renewals").whole(MOST_RENEWALS)
    last = node.get("ends_on").day()
    if days is None and last is not None:
        if last < starts:
            raise node.get("ends_on").fail("la fin précède le début")
        days = (last - starts).days + 1
    return {"duration_days": days or None, "renewals": renewals or 0}


def _posology(node: Node, ignored: list[str]) -> dict[str, Any] | None:
    """Return the shape of the form. A text alone is kept for nothing: no check reads words."""
    if node.is_empty or isinstance(node.value, str):
        return None
    needed, steps = node.get("as_needed"), list(node.get("phases").items())
    raw = {
        "unit": node.get("unit").text(),
        "route": node.get("route").text(),
        "phases": [_step(step, ignored) for step in steps]
        or ([] if not needed.is_empty else [_step(node, [])]),
        "as_needed": {name: "" if needed.is_empty else needed.get(name).text() for name in _NEEDED},
    }
    ignored.extend(node.ignored())
    return raw


def _step(node: Node, ignored: list[str]) -> dict[str, Any]:
    days = [day.choice(names.WEEKDAYS) for day in node.get("weekdays").items()]
    every = node.get("every_n").text()
    rhythm = "WEEKDAYS" if days else "EVERY_N" if every not in ("", "1") else "DAILY"
    step = {
        **{moment: node.get(moment).text() for moment in _MOMENTS},
        "hours": [
            {"at": hour.get("at").text(), "dose": hour.get("dose").text()}
            for hour in node.get("hours").items()
        ],
        "rhythm": rhythm,
        "every_n": every,
        "weekdays": days,
        "days": node.get("days").text(),
    }
    ignored.extend(node.ignored())
    return step
