"""The residents of one house as the list shows them: found by any part of their name, grouped by floor,
counted.

A house has a hundred residents at most: one query reads them all, and everything else is done here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from residents.models import Establishment, Resident, StaffMember
from residents.overview import Alert, Overview, collect

NO_FLOOR = "Sans étage"


@dataclass(frozen=True)
class Row:
    """One resident and what waits about them."""

    resident: Resident
    overview: Overview

    @property
    def first_alert(self) -> Alert | None:
        """What is shown; the worst comes first."""
        return self.overview.needs_human[0] if self.overview.needs_human else None

    @property
    def other_alerts(self) -> int:
        """How many more there are."""
        return max(len(self.overview.needs_human) - 1, 0)


@dataclass(frozen=True)
class Chip:
    """A filter of the list with its count. `code` goes into the address: it names no one."""

    code: str
    label: str
    count: int
    tone: str = ""


@dataclass(frozen=True)
class Floor:
    """The rows of one floor, and how many live there."""

    name: str
    total: int
    rows: list[Row]


def rows_of(house: Establishment, user: StaffMember) -> list[Row]:
    """Read every resident present in `house` that `user` may see, by room."""
    residents = list(
        Resident.objects.visible_to(user)
        .present()
        .filter(establishment=house)
        .select_related("referring_physician")
        .defer("photo")
    )
    overviews = collect([resident.pk for resident in residents])
    rows = [Row(resident, with_own_alerts(resident, overviews[resident.pk])) for resident in residents]
    return sorted(
        rows,
        key=lambda row: (natural(row.resident.floor), natural(row.resident.room), row.resident.birth_name),
    )


def with_own_alerts(resident: Resident, overview: Overview) -> Overview:
    """Add what the resident's own row lacks; refused e-prescriptions stay first."""
    own = []
    if resident.allergy_status == Resident.AllergyStatus.NOT_ASKED:
        own.append(Alert("todo", "Allergies non renseignées"))
    if resident.ins_status != Resident.InsStatus.QUALIFIEE:
        own.append(Alert("todo", "Identité à vérifier"))
    return replace(overview, needs_human=(*overview.needs_human, *own))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts room 9 before room 10, and the ground floor before the first."""
    ground = re.sub(r"(?i)^(rez|rdc)\b.*", "0", text)
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdecimal() else (1, 0, part.casefold())
        for part in re.findall(r"\d+|\D+", ground)
    )


def folded(text: str) -> str:
    """Without accents, capitals or punctuation: « Jégou » is found by « jegou », « Jean-Pierre » by « pierre
    ».
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", " "))
    return re.sub(
        r"[^a-z0-9]+", " ", "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    ).strip()


def matching(rows: list[Row], query: str) -> list[Row]:
    """Keep the rows where every word of `query` begins a word of the names or of the room."""
    words = folded(query).split()
    return [
        row
        for row in rows
        if all(any(have.startswith(word) for have in _words(row.resident)) for word in words)
    ]


def _words(resident: Resident) -> list[str]:
    names = (
        resident.birth_name,
        resident.used_name,
        resident.used_first_name,
        resident.first_names,
        resident.birth_first_name,
    )
    return folded(" ".join((*names, resident.room))).split()


def _filters(user: StaffMember) -> dict[str, Callable[[Row], bool]]:
    return {
        "mes-residents": lambda row: row.resident.referring_physician_id == user.pk,
        "finit-bientot": lambda row: row.overview.ends_soon is not None,
        "a-traiter": lambda row: bool(row.overview.needs_human),
    }


def chips_of(rows: list[Row], user: StaffMember) -> tuple[list[Chip], list[Chip]]:
    """Return the filters by floor, then by what waits, with their counts. « Mes résidents » only when there
    are some.
    """
    floors = [Chip("", "Tous", len(rows))]
    floors += [Chip(f"etage-{rank}", name, len(found)) for rank, (name, found) in enumerate(_by_floor(rows))]
    tests = _filters(user)
    counts = {code: sum(map(test, rows)) for code, test in tests.items()}
    states = [
        Chip("mes-residents", "Mes résidents", counts["mes-residents"]),
        Chip("finit-bientot", "Finit sous 8 jours", counts["finit-bientot"], "t-reason"),
        Chip("a-traiter", "À traiter", counts["a-traiter"], "t-block"),
    ]
    return floors, [chip for chip in states if chip.count]


def filtered(rows: list[Row], code: str, user: StaffMember) -> list[Row]:
    """Keep the rows of one chip; an unknown code keeps them all."""
    if code.startswith("etage-"):
        floors = [found for _, found in _by_floor(rows)]
        rank = int(code[6:]) if code[6:].isdecimal() and len(code) < 10 else len(floors)
        return floors[rank] if rank < len(floors) else rows
    test = _filters(user).get(code)
    return [row for row in rows if test(row)] if test else rows


def floors_of(rows: list[Row], everybody: list[Row]) -> list[Floor]:
    """Group the rows by floor, with the number of residents of the whole floor."""
    totals = {name: len(found) for name, found in _by_floor(everybody)}
    return [Floor(name, totals.get(name, len(found)), found) for name, found in _by_floor(rows)]


def _by_floor(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    return [
        (name or NO_FLOOR, list(found)) for name, found in groupby(rows, key=lambda row: row.resident.floor)
    ]
