"""What the checks rest on in this house, today: one reading of the settings and of the base, for the screen and for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.conf import settings

from prescriptions.referentials.freshness import BaseAge, check_base_age, current_release
from prescriptions.referentials.models import DrugBaseRelease
from prescriptions.safety import engine
from prescriptions.safety.case import Case
from prescriptions.safety.crushing_list import UnreadableList, read_crushing_list
from prescriptions.safety.finding import Report
from prescriptions.safety.knowledge import Knowledge


@dataclass(frozen=True)
class InService:
    """The knowledge of the checks, whether the clinical engine is on (rule Z2), and the drug base they read (rule A11)."""

    knowledge: Knowledge
    clinical: bool

    @cached_property
    def base(self) -> DrugBaseRelease | None:
        """The drug base in service. One query, when it is asked for."""
        return current_release()

    def check(self, case: Case) -> Report:
        """Run the checks on a case."""
        return engine.run(case, clinical=self.clinical, knowledge=self.knowledge)

    def base_age(self, day: date) -> BaseAge:
        """Say how old the base is on a day."""
        return check_base_age(self.base, day)


def in_service(*, legal_only: bool = False) -> InService:
    """Read the settings. `legal_only` closes the clinical engine; nothing opens it but its setting."""
    return InService(house_knowledge(), settings.CLINICAL_ENGINE and not legal_only)


def house_knowledge() -> Knowledge:
    """Return what this house knows; a list that cannot be read is told, and stops nothing else."""
    path = settings.CRUSHING_LIST
    if not path:
        return Knowledge()
    try:
        return Knowledge(crushing=read_crushing_list(Path(path)))
    except UnreadableList as fault:
        return Knowledge(crushing_fault=str(fault))
