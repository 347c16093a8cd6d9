"""The documents of a sample, each by the verb that makes it in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from amo_gateway import credentials
from amo_gateway.signing import Signer, sign_enveloped
from amo_gateway.simulator import pki
from prescriptions.documents import cda, epu
from prescriptions.documents.cda import DocumentFacts
from prescriptions.documents.sheet import to_sheet
from prescriptions.printing.barcode import qr_png
from prescriptions.printing.sheet import FallbackBlock, Sheet, State
from prescriptions.printing.typeset import to_pdf
from prescriptions.samples.draw import Sample
from prescriptions.samples.people import PLACES

_MADE_AFTER = timedelta(seconds=4)
"""Between the signature and the document."""


@dataclass(frozen=True, slots=True)
class Papers:
    """`epu` is None on paper: nothing is sent."""

    sheet: Sheet
    pdf: bytes
    cda: bytes
    epu: bytes | None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the houses by FINESS, and the certificate of the authority that issued them (PEM)."""

    signers: dict[str, Signer]
    authority: bytes


@contextmanager
def throwaway_keys() -> Iterator[Keys]:
    """Make an authority and one pair for each house of the samples, thrown away at the end."""
    finess = [place.house.finess for place in PLACES]
    with TemporaryDirectory() as name:
        folder = Path(name) / "pki"
        pki.ensure(folder, finess)
        signers = {house: credentials.load(folder, house).signer for house in finess}
        yield Keys(signers, (folder / "ca.pem").read_bytes())


def make(sample: Sample, keys: Keys) -> Papers:
    """Return the message, the ordonnance and the CDA document of `sample`."""
    statement, identifier = sample.statement, sample.identifier
    sheet = to_sheet(
        statement,
        state=State.ORIGINAL,
        identifier=identifier,
        signed_at=sample.signed_at,
        fallback=_fallback(sample),
    )
    pdf = to_pdf(sheet)
    facts = DocumentFacts(
        document_id=sample.document_id,
        set_id=sample.document_id,
        version=1,
        identifier=identifier,
        signed_at=sample.signed_at,
        created_at=sample.signed_at + _MADE_AFTER,
        pdf=pdf,
        qr_png=qr_png(sheet.code2d) if sheet.code2d is not None else None,
        patient_id=sample.patient_id,
    )
    signed = _signed(sample, identifier, keys) if identifier else None
    return Papers(sheet, pdf, cda.build(statement, facts), signed)


def _fallback(sample: Sample) -> FallbackBlock | None:
    if sample.motive is None:
        return None
    return FallbackBlock(
        motive=sample.motive.label,
        recorded_on=timezone.localdate(sample.signed_at),
        secured_lot=sample.secured_lot,
    )


def _signed(sample: Sample, identifier: str, keys: Keys) -> bytes:
    return sign_enveloped(
        epu.build(sample.statement, identifier),
        keys.signers[sample.statement.house.finess],
        signing_time=sample.signed_at,
        claimed_role=f"RPPS {sample.statement.prescriber.rpps}",
    )
