"""Probe."""
from datetime import timedelta
import pytest
from django.utils import timezone
from amo_gateway.client import Receipt
from prescriptions.models import Prescription, Status, Submission
from prescriptions.transmission import claim, client_for, load_due, transmit
from prescriptions.workflow import outcomes
from traces.models import Trace

def lose_lease():
    Submission.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))

def test_late_success(signed):
    p = signed()
    first = claim(load_due(p.submission.pk), b"<x/>")
    lose_lease()
    second = claim(load_due(p.submission.pk), b"<x/>")
    outcomes.registered(first, Receipt(p.identifier, timezone.now(), False, 200, 5))
    r = outcomes.postponed(second, "timeout")
    s = Submission.objects.get(); print("LATE", Prescription.objects.get().status, s.next_attempt_at, s.last_code, r)

def test_last_dies(signed, simulator):
    client_for.cache_clear()
    p = signed()
    Submission.objects.update(attempts_limit=2)
    for _ in range(6):
        a = claim(load_due(p.submission.pk), b"<x/>")
        lose_lease()
    s = Submission.objects.get(); print("DIES", Prescription.objects.get().status, s.attempts, s.attempts_limit, Submission.objects.due(timezone.now()).count())
