"""A ninth kind touches one folder and one table: here it is really added, to a copy of the house, and written to its paper."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

PACKAGES = (
    "ehpad_eprescription",
    "prescriptions",
    "residents",
    "traces",
    "amo_gateway",
    "templates",
    "static",
)
ROW = '    ACTE_ERGOTHERAPIE = "acteErgotherapie", "Ergothérapie"\n'
FOLDER = '''
    """Occupational therapy: a kind nobody has yet, for the test."""

    from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
    from prescriptions.kinds.acts.entry import act_entry
    from prescriptions.kinds.charges import Charge
    from prescriptions.kinds.codes import Kind
    from prescriptions.kinds.entry import DocumentCode

    ENTRY = act_entry(
        Catalogue(
            kind=Kind.ACTE_ERGOTHERAPIE,
            heading="Ergothérapie",
            placeholder="Ajouter de l’ergothérapie",
            session="séance",
            charge=Charge.AUXILIAIRE_MEDICAL,
            rule="B81",
            source="CSP L4331-1",
            document=DocumentCode("57832-8", "Prescription de soins"),
            always=frozenset({Need.INDICATION}),
            acts=(Act("bilan", "Bilan et aménagement du lieu de vie", "domicile"),),
        )
    )
'''
PROOF = """
    import django
    django.setup()
    from datetime import date
    from amo_gateway import lines
    from prescriptions.documents.cda.types import DOCUMENT_TYPES
    from prescriptions.documents.sheet import to_sheet
    from prescriptions.documents.statement import House, Information, Line, Patient, Prescriber, Statement
    from prescriptions.funding import funding
    from prescriptions.kinds.codes import Kind
    from prescriptions.kinds.registry import KINDS
    from prescriptions.printing.sheet import State
    from prescriptions.printing.typeset import to_pdf
    from prescriptions.rights import right
    from residents.models import Establishment

    kind = Kind("acteErgotherapie")
    entry = KINDS[kind]
    [content] = entry.choose(entry.search("bilan", {})[0].value)
    order = entry.read(entry.normalise(content | {"indication": "chutes"}), entry.subject(content), None).order
    assert order is not None and entry.from_json(order.to_json()) == order
    assert right("10", kind, order).verdict.value == "ALLOWED"
    assert funding(order, Establishment(tariff_option="PARTIEL")).leaves
    assert 'eprescType="acteErgotherapie"' in lines.write(entry.to_wire(1, order))
    assert DOCUMENT_TYPES[kind.value].title == "Prescription de soins"
    today = date(2026, 11, 24)
    statement = Statement(
        written_on=today,
        house=House("990000101", "EHPAD", "1 rue", "49000", "Angers"),
        prescriber=Prescriber("99900123458", "Dr", "Claire", "Martineau", "10", "Médecin", "", "01", "", "", ""),
        patient=Patient("Beaumont", "Jeanne", "Jeanne", "", "", date(1938, 3, 14), "F", "", "", "", "", ""),
        information=Information(None, "", False),
        lines=(Line(1, kind.value, order.to_json(), order.title, order.printed_texts(), False),),
        kind=kind.value,
    )
    assert to_sheet(statement, state=State.PROJET).kind_title == "Ergothérapie"
    assert to_pdf(to_sheet(statement, state=State.PROJET)).startswith(b"%PDF-")
    print("neuf")
"""


def test_a_ninth_kind_is_one_row_and_one_folder(repository, tmp_path):
    house = copy_of(repository, tmp_path / "house")
    codes = house / "prescriptions/kinds/codes.py"
    codes.write_text(codes.read_text() + ROW)
    folder = house / "prescriptions/kinds/acte_ergotherapie"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Occupational therapy."""\n')
    (folder / "entry.py").write_text(textwrap.dedent(FOLDER))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROOF)],
        cwd=house,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "ehpad_eprescription.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "neuf", done.stderr


def copy_of(repository: Path, where: Path) -> Path:
    """The sources alone, without caches."""
    for name in PACKAGES:
        shutil.copytree(
            repository / name, where / name, ignore=shutil.ignore_patterns("__pycache__", "*.tar.xz")
        )
    return where


def test_contributing_lists_the_files_of_a_ninth_kind(repository):
    words = (repository / "CONTRIBUTING.md").read_text()
    for path in ("prescriptions/kinds/codes.py", "prescriptions/kinds/acte_ergotherapie/entry.py"):
        assert path in words
