"""Reading the three published lists. Known traps: codes lose their leading zeros, dates are « 29MAR2005:00:00:00 »,
paths are floats, a few characters of the LPP are lost, columns are separated by semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from prescriptions.referentials.replacing import MalformedFile

CIM10 = "MS_CIM_V.csv"
LPP_LABELS, LPP_TARIFFS, NABM_ACTS = "NT_LPP.csv", "IR_LPP_V.csv", "IR_BIO_R.csv"
_LPP_PATH = ("LPP_ARB_CHA", *(f"LPP_ARB_SC{rank}" for rank in range(1, 10)))
_GENERAL = "DISPOSITIONS GENERALES"


class DeviceRow(NamedTuple):
    """One line of NT_LPP."""

    code: str
    label: str
    ends_on: date | None
    max_age: int | None
    kind: str
    chapter: str


class TariffRow(NamedTuple):
    """One line of IR_LPP_V, in euros."""

    code: str
    since: date | None
    tariff: Decimal | None


class ActRow(NamedTuple):
    """One line of IR_BIO_R. `newest`: the last day any of its dates names."""

    code: str
    label: str
    coefficient: Decimal | None
    ends_on: date | None
    group_label: str
    is_act: bool
    newest: date | None


class DiagnosisRow(NamedTuple):
    """One line of MS_CIM_V. `newest`: the day its label last changed, None when it never did."""

    code: str
    label: str
    newest: date | None


def devices(raw: bytes) -> Iterator[DeviceRow]:
    """Yield the lines of NT_LPP."""
    for row in _lines(LPP_LABELS, raw, ("LPP_PRS_IDE", "LPP_RED_LIB", "LPP_PRS_TYP", *_LPP_PATH)):
        yield DeviceRow(
            code=row["LPP_PRS_IDE"].zfill(7),
            label=row["LPP_RED_LIB"].strip(),
            ends_on=_day(row["LPP_VAL_DTF"]),
            max_age=int(row["LPP_MAX_AGE"] or 0) or None,
            kind=row["LPP_PRS_TYP"],
            chapter=_path(row[name] for name in _LPP_PATH),
        )


def tariffs(raw: bytes) -> Iterator[TariffRow]:
    """Yield the lines of IR_LPP_V; a tariff of zero is no tariff."""
    for row in _lines(LPP_TARIFFS, raw, ("LPP_COD", "VAL_DTD", "LPP_TAR")):
        yield TariffRow(row["LPP_COD"].zfill(7), _day(row["VAL_DTD"]), _amount(row["LPP_TAR"]) or None)


def acts(raw: bytes) -> Iterator[ActRow]:
    """Yield the lines of IR_BIO_R."""
    for row in _lines(NABM_ACTS, raw, ("BIO_PRS_IDE", "BIO_INF_LIB", "BIO_TAR_COF", "BIO_GRP_LIB")):
        coefficient = _amount(row["BIO_TAR_COF"])
        days = [_day(row[name]) for name in ("BIO_CRE_DAT", "BIO_SUP_DAT", "BIO_HIS_DTD", "BIO_HIS_DTF")]
        ends = [day for day in (days[1], days[3]) if day]
        yield ActRow(
            code=row["BIO_PRS_IDE"].zfill(4),
            label=row["BIO_INF_LIB"].strip(),
            coefficient=coefficient,
            ends_on=min(ends, default=None),
            group_label=row["BIO_GRP_LIB"],
            is_act=coefficient is not None and row["BIO_GRP_LIB"] != _GENERAL,
            newest=max((day for day in days if day), default=None),
        )


def diagnoses(raw: bytes) -> Iterator[DiagnosisRow]:
    """Yield the lines of MS_CIM_V, its two codes without a disease left out (« valeur inconnue », « sans objet »)."""
    for row in _lines(CIM10, raw, ("CIM_COD", "CIM_LIL", "MVT_DTE")):
        code = row["CIM_COD"].strip()
        if code[1:3].isdigit():
            yield DiagnosisRow(code, " ".join(row["CIM_LIL"].split()), _day(row["MVT_DTE"]))


def _lines(name: str, raw: bytes, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise MalformedFile(
            f"{name} : colonnes absentes ({', '.join(missing)}). Téléchargez de nouveau ce fichier."
        )
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise MalformedFile(
                f"{name}, ligne {number} : colonnes manquantes. Téléchargez de nouveau ce fichier."
            )
        yield row


def _day(text: str) -> date | None:
    return datetime.strptime(text[:9], "%d%b%Y").date() if text else None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _path(levels: Iterable[str]) -> str:
    return ".".join(level for level in levels if level not in ("", "0"))
