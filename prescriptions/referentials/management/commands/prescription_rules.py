"""Say how the official labels of prescription were read: counts per rule, and the labels not understood."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from prescriptions.referentials.models import PrescriptionCondition, Speciality
from prescriptions.referentials.rule_counts import rule_counts, unmapped
from prescriptions.referentials.rules import DispensingRules, is_mapped, rules_from


class Command(BaseCommand):
    """`manage.py prescription_rules`: the base in service, beside the figures of 05/2026."""

    help = "Compte les règles tirées des conditions de prescription et de délivrance de la base en service."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per rule, then what is not mapped."""
        for row in rule_counts(_marketed_rules()):
            self.stdout.write(f"{row.count:6d}  {row.figure:6d}  {row.gap:6.1%}  {row.rule:4}  {row.name}")
        labels = list(PrescriptionCondition.objects.values_list("label", flat=True))
        left = unmapped(labels, is_mapped)
        share = sum(left.values()) / max(len(labels), 1)
        self.stdout.write(
            f"{len(set(labels))} libellés distincts, {len(labels)} lignes ; non lus : {len(left)} ({share:.2%})"
        )
        for label, count in left.items():
            self.stdout.write(f"{count:6d}  {label}")


def _marketed_rules() -> list[DispensingRules]:
    marketed = Speciality.objects.filter(marketed=True).prefetch_related("conditions")
    return [
        rules_from(
            [condition.label for condition in speciality.conditions.all()], speciality.dci_label.split(" + ")
        )
        for speciality in marketed
    ]
