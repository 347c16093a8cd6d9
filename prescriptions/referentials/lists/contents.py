"""What each list becomes: its columns, its words, its neutral order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Model

from prescriptions.referentials.models import (
    Diagnosis,
    DiagnosisWord,
    LppItem,
    LppWord,
    NabmAct,
    NabmWord,
    OfficialList,
)
from prescriptions.referentials.replacing import MalformedFile, digest
from prescriptions.referentials.tables.diagnosis_words import DIAGNOSIS_WORDS, USUAL_DIAGNOSES
from prescriptions.referentials.tables.list_words import ACT_WORDS, DEVICE_WORDS
from prescriptions.referentials.tables.panels import PANELS
from prescriptions.referentials.words import fold, quantities, words

from . import rows as parse
from .readable import readable

_BUNDLED = Path(__file__).resolve().parent.parent / "bundled"
_NABM_CUT = 99
"""IR_BIO_R cuts its labels at a hundred characters."""


class ListContents:
    """The parsed files of one list, and what is derived from them. One subclass per list."""

    which: ClassVar[OfficialList]
    source: ClassVar[str]
    file_names: ClassVar[tuple[str, ...]]
    archive: ClassVar[Path]
    item_model: ClassVar[type[Model]]
    word_model: ClassVar[type[Model]]
    added_words: ClassVar[tuple[tuple[str, str], ...]]
    indexes: ClassVar[tuple[str, str]]

    def __init__(self, files: dict[str, bytes]) -> None:
        self.sha256 = digest(files)
        self.items = [self._with_search(item) for item in self.parsed(files)]
        if not self.items:
            raise MalformedFile(f"{self.file_names[0]} est vide : téléchargez de nouveau ce fichier.")
        self.items.sort(key=lambda item: self.order(item))
        for rank, item in enumerate(self.items):
            item["sort_rank"] = rank

    def parsed(self, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
        """Yield the columns the files give, by field name."""
        raise NotImplementedError

    def order(self, item: dict[str, Any]) -> tuple[Any, ...]:
        """Return what sorts the results that match alike."""
        raise NotImplementedError

    def published_on(self) -> date:
        """Return the day of the newest fact of the files."""
        raise NotImplementedError

    @cached_property
    def words(self) -> list[tuple[str, bool]]:
        """Each distinct word once; all of them are words of a name."""
        found = set(chain.from_iterable(item["words"] for item in self.items))
        return [(word, True) for word in sorted(found) if word[0].isalpha()]

    def lines(self, release_id: int) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Return the columns of the table and its lines."""
        names = tuple(name for name in self.items[0] if name != "words")
        lines = ((release_id, *(item[name] for name in names)) for item in self.items)
        return ("release", *names), lines

    def _with_search(self, item: dict[str, Any]) -> dict[str, Any]:
        folded = fold(item["label"])
        added = (more for pattern, more in self.added_words if re.search(pattern, folded))
        found = words(item["label"]) | quantities(item["label"]) | set(" ".join(added).split())
        search = " ".join(f"'{word}'" for word in sorted(found))
        return {**item, "words": found, "search": search}


class LppContents(ListContents):
    """Devices: NT_LPP with the tariffs of IR_LPP_V."""

    which = OfficialList.LPP
    source = "Liste des produits et prestations (LPP)"
    file_names = (parse.LPP_LABELS, parse.LPP_TARIFFS)
    archive = _BUNDLED / "lpp-2020.tar.xz"
    item_model, word_model = LppItem, LppWord
    added_words = DEVICE_WORDS
    indexes = ("lpp_search", "lpp_word_trigrams")

    def parsed(self, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
        """Yield each code with its latest tariff."""
        latest: dict[str, parse.TariffRow] = {}
        for tariff in sorted(parse.tariffs(files[parse.LPP_TARIFFS]), key=lambda row: row.since or date.min):
            latest[tariff.code] = tariff
        for row in parse.devices(files[parse.LPP_LABELS]):
            priced = latest.get(row.code)
            yield {
                **row._asdict(),
                "readable": readable(row.label, maker=True),
                "tariff": priced.tariff if priced else None,
                "tariff_since": priced.since if priced else None,
            }

    def order(self, item: dict[str, Any]) -> tuple[Any, ...]:
        """What a nursing home asks for first, the thing before its accessories, lines that name no maker, then A to Z."""
        folded = fold(item["label"])
        names_a_maker = "," in item["label"] and item["code"][0] in "6789"
        return _rarity(item), bool(_ACCESSORY.search(folded)), names_a_maker, folded, item["code"]

    def published_on(self) -> date:
        """Return the newest end of validity."""
        return _newest(item["ends_on"] for item in self.items)


_ACCESSORY = re.compile(r", (?:accessoires?|supplement|reparations?)\b")


def _rarity(item: dict[str, Any]) -> int:
    """0 for current devices; 1 for fitted ones and packages joined to oxygen; 2 for implants and glasses."""
    path = f"{item['chapter']}."
    if path.startswith(("3.", "5.", "2.2.")):
        return 2
    return int(path.startswith(("2.", "4.1.4.", "4.2.3.")) or item["label"].startswith("FRA-"))


class NabmContents(ListContents):
    """Acts of biology."""

    which = OfficialList.NABM
    source = "Nomenclature des actes de biologie médicale (NABM)"
    file_names = (parse.NABM_ACTS,)
    archive = _BUNDLED / "nabm-2019.tar.xz"
    item_model, word_model = NabmAct, NabmWord
    added_words = ACT_WORDS
    indexes = ("nabm_search", "nabm_word_trigrams")

    def parsed(self, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
        """Yield each act."""
        self._days: list[date | None] = []
        for row in parse.acts(files[parse.NABM_ACTS]):
            self._days.append(row.newest)
            item = row._asdict()
            del item["newest"]
            yield {**item, "readable": readable(row.label, cut_at=_NABM_CUT)}

    def order(self, item: dict[str, Any]) -> tuple[Any, ...]:
        """Acts of the usual panels first, then the plainest label."""
        usual = {code for panel in PANELS for code in panel.codes}
        return item["code"] not in usual, len(words(item["label"])), fold(item["label"]), item["code"]

    def published_on(self) -> date:
        """Return the newest of all the dates."""
        return _newest(self._days)


class Cim10Contents(ListContents):
    """Diagnoses."""

    which = OfficialList.CIM10
    source = "Classification internationale des maladies (CIM-10)"
    file_names = (parse.CIM10,)
    archive = _BUNDLED / "cim10-2020.tar.xz"
    item_model, word_model = Diagnosis, DiagnosisWord
    added_words = DIAGNOSIS_WORDS
    indexes = ("cim10_search", "cim10_word_trigrams")

    def parsed(self, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
        """Yield each diagnosis; the label is readable as it is."""
        self._days: list[date | None] = []
        for row in parse.diagnoses(files[parse.CIM10]):
            self._days.append(row.newest)
            yield {"code": row.code, "label": row.label, "readable": row.label}

    def order(self, item: dict[str, Any]) -> tuple[Any, ...]:
        """The usual diagnoses of a nursing home, then diseases before accidents and factors, short before long."""
        code = item["code"]
        usual = USUAL_DIAGNOSES.index(code) if code in USUAL_DIAGNOSES else len(USUAL_DIAGNOSES)
        return usual, code[0] in "OPQSTUVWXYZ", len(words(item["label"])), len(code), code

    def published_on(self) -> date:
        """Return the newest day of a change."""
        return _newest(self._days)


def _newest(days: Iterable[date | None]) -> date:
    known = [day for day in days if day]
    if not known:
        raise MalformedFile(
            "Aucune date dans les fichiers : impossible de dater la liste. Donnez la date avec --date."
        )
    return max(known)
