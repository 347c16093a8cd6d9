"""The message: canonical as written, valid against our schema, and read back as it was meant, for any content."""

import string
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from amo_gateway import epu, schemas
from amo_gateway.envelope import SIM
from amo_gateway.errors import ProtocolError
from amo_gateway.lines import element_of
from amo_gateway.messages import (
    INS_NIA_OID,
    INS_NIR_OID,
    ActeBiologieLine,
    ActeLine,
    DispositifMedicalLine,
    EPrescription,
    Lieu,
    Line,
    MedicamentLine,
    Patient,
    Pharmacie,
    Phase,
    PosologieStructuree,
    Prescripteur,
    Prise,
    SiBesoin,
    Structure,
    Vu,
)
from amo_gateway.xml import clean
from tests.amo_gateway.samples import LINES, PATIENT, eprescription

NASTY = st.one_of(
    st.characters(),
    st.sampled_from(
        list("&<>\"'\r\n\t\x00\x0b\x1f\x7f\x85\u2028\ufffe\uffff\ud800\udfff\U0001f48a éÀœŒçß’«»")
    ),
)


def joined(longest: int) -> st.SearchStrategy[str]:
    """Any characters; a list, because a text strategy never draws surrogates nor noncharacters."""
    return st.lists(NASTY, min_size=1, max_size=longest).map("".join)


def sentences(limit: int) -> st.SearchStrategy[str]:
    """Any text that leaves 1 to `limit` characters once cleaned; the longest now and then."""
    short = joined(min(limit, 25))
    long = st.builds(lambda sample: (sample * limit)[:limit], joined(5))
    return st.one_of(short, short, long).filter(lambda text: bool(clean(text)))


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def numbers(limit: str) -> st.SearchStrategy[Decimal]:
    """Above zero; also written with an exponent, as Decimal likes to."""
    plain = st.decimals("0.001", limit, places=3)
    return st.one_of(plain, st.sampled_from([Decimal("1E+2"), Decimal("5E-7"), Decimal("2.50")]))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


DURATION = st.integers(1, 3650)
INTAKES = st.builds(
    Prise,
    quantite=numbers("100000"),
    moment=maybe(st.from_regex(r"[a-z][a-z0-9_\-]{0,29}", fullmatch=True)),
    heure=maybe(st.times()),
)
PHASES = st.builds(
    Phase,
    prises=st.lists(INTAKES, min_size=1, max_size=4),
    duree_jours=maybe(DURATION),
    intervalle_jours=DURATION,
    jours_semaine=st.lists(st.integers(1, 7), max_size=7, unique=True),
)
POSOLOGIES = st.builds(
    PosologieStructuree,
    unite=sentences(100),
    phases=st.lists(PHASES, min_size=1, max_size=5),
    si_besoin=maybe(
        st.builds(
            SiBesoin,
            motif=sentences(500),
            intervalle_minimal_heures=maybe(numbers("48")),
            maximum_par_24h=maybe(numbers("100")),
        )
    ),
)
FLAGS: dict[str, st.SearchStrategy[Any]] = {
    "position": st.integers(1, 99),
    "ald": st.booleans(),
    "atmp": st.booleans(),
    "prevention": st.booleans(),
    "non_remboursable": st.booleans(),
    "commentaire": maybe(st.just("") | st.just("\x00") | sentences(4000)),
    "vu": maybe(
        st.builds(
            Vu,
            titre=sentences(4000),
            textes=st.lists(sentences(4000), max_size=3),
            marques=st.lists(sentences(300), max_size=2),
            non_controle=st.booleans(),
        )
    ),
}
MEDICINES = st.builds(
    MedicamentLine,
    denomination=sentences(500),
    dci=sentences(4000),
    voie=sentences(300),
    posologie=sentences(4000),
    cis=digits(8),
    cip13=maybe(digits(13)),
    posologie_structuree=maybe(POSOLOGIES),
    duree_jours=maybe(DURATION),
    date_debut=maybe(st.dates()),
    quantite=maybe(st.integers(1, 999)),
    renouvellements=st.integers(0, 99),
    substitution_autorisee=st.booleans(),
    motif_non_substitution=maybe(st.sampled_from(["MTE", "EFG", "CIF"])),
    mentions=st.lists(sentences(500), max_size=3).map(tuple),
    hors_amm=st.booleans(),
    **FLAGS,
)
FREE_TEXTS = st.builds(
    MedicamentLine,
    denomination=sentences(500),
    dci=st.just("") | sentences(4000),
    voie=st.just("") | sentences(300),
    posologie=sentences(4000),
    cis=st.none(),
    **FLAGS,
)
DEVICES = st.builds(
    DispositifMedicalLine,
    denomination=sentences(500),
    code_lpp=digits(7),
    mode=st.sampled_from(["achat", "location", "prestation"]),
    quantite=st.integers(1, 999),
    duree_location_jours=maybe(DURATION),
    duree_jours=maybe(DURATION),
    date_debut=maybe(st.dates()),
    renouvellements=st.integers(0, 99),
    cote=maybe(st.sampled_from(["droit", "gauche", "bilateral"])),
    taille=maybe(sentences(100)),
    siege=maybe(sentences(300)),
    precision=maybe(sentences(4000)),
    **FLAGS,
)
BIOLOGY = st.builds(
    ActeBiologieLine,
    denomination=sentences(500),
    code_nabm=maybe(digits(4)),
    a_jeun=st.booleans(),
    urgent=st.booleans(),
    date_souhaitee=maybe(st.dates()),
    frequence=maybe(sentences(500)),
    intervalle_jours=maybe(DURATION),
    nombre_executions=maybe(st.integers(1, 999)),
    contexte_clinique=maybe(sentences(4000)),
    duree_jours=maybe(DURATION),
    **FLAGS,
)
ACT_TYPES = sorted(kind for kind in schemas.epresc_types() if element_of(kind) == "acte")


def acts(kind: str) -> st.SearchStrategy[ActeLine]:
    """Any act of a kind."""
    return st.builds(
        ActeLine,
        epresc_type=st.just(kind),
        acte=sentences(500),
        code=maybe(sentences(100)),
        indication=maybe(sentences(4000)),
        nombre_seances=maybe(st.integers(1, 999)),
        frequence=maybe(sentences(500)),
        duree_jours=maybe(DURATION),
        date_debut=maybe(st.dates()),
        siege=maybe(sentences(300)),
        produit=maybe(sentences(500)),
        a_domicile=st.booleans(),
        urgent=st.booleans(),
        renouvellements=st.integers(0, 99),
        **FLAGS,
    )


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, min_size=1, max_size=3)


ONE_KIND = st.one_of(
    some(MEDICINES | FREE_TEXTS),
    some(DEVICES),
    some(BIOLOGY),
    st.sampled_from(ACT_TYPES).flatmap(lambda kind: some(acts(kind))),
)
PATIENTS = st.builds(
    Patient,
    nom_famille=sentences(100),
    prenom=sentences(100),
    date_naissance=st.dates(),
    sexe=st.sampled_from("MFI"),
    nom_utilise=maybe(sentences(100)),
    prenom_utilise=maybe(sentences(100)),
    lieu_naissance=maybe(st.sampled_from(["49007", "2A004"])),
    prenoms=maybe(sentences(300)),
    ins=maybe(st.from_regex(r"[0-9]{6}[0-9AB][0-9]{8}", fullmatch=True).filter(str.isascii)),
    ins_oid=maybe(st.sampled_from([INS_NIR_OID, INS_NIA_OID])),
)
CODE = st.text(string.ascii_letters + string.digits + "./_-", min_size=1, max_size=20)
PRESCRIBERS = st.builds(
    Prescripteur,
    rpps=digits(11),
    nom=sentences(100),
    prenom=sentences(100),
    profession=CODE,
    specialite=maybe(CODE),
    nom_complet=maybe(sentences(300)),
    qualite=maybe(sentences(300)),
    telephone=maybe(sentences(100)),
    courriel=maybe(sentences(300)),
)
PLACES = st.builds(
    Lieu,
    finess=st.just("990000101"),
    nom=sentences(300),
    adresse=st.just("") | sentences(300),
    code_postal=sentences(100),
    ville=sentences(300),
)
MESSAGES = st.builds(
    EPrescription,
    identifiant=st.text(string.digits + string.ascii_uppercase, min_size=18, max_size=18),
    date_prescription=st.dates(),
    patient=PATIENTS,
    prescripteur=PRESCRIBERS,
    remplacant=maybe(PRESCRIBERS),
    lieu=maybe(PLACES),
    structure=st.one_of(
        st.builds(Structure, am=digits(9)),
        st.builds(Structure, finess=st.sampled_from(["990000101", "2A0000014"])),
    ),
    lignes=ONE_KIND,
    opposition=st.booleans(),
    date_information=maybe(st.dates()),
    informe_par=maybe(sentences(300)),
    prix_total=maybe(st.decimals(0, 9999, places=2)),
    date_fin_validite=maybe(st.dates()),
    date_execution_souhaitee=maybe(st.dates()),
    rpps_remplacant=maybe(digits(11)),
    pharmacie=maybe(st.builds(Pharmacie, nom=sentences(100), finess=maybe(st.just("990000309")))),
    sous_types=st.lists(st.sampled_from(["MED-1094", "MED-1098", "GEN-180"]), max_size=3),
    poids=maybe(numbers("500")),
    taille=maybe(numbers("300")),
    commentaire=maybe(sentences(4000)),
)


def read(made: bytes, path: str) -> str:
    """The text at `path`, as a parser reads it."""
    return etree.fromstring(made).findtext("/".join(f"{{{SIM}}}{step}" for step in path.split("/"))) or ""


def words_of(line: Line) -> set[str]:
    """Every text and every number of a line, as the message must say it."""
    values = [
        getattr(line, field.name) for field in fields(line) if field.name not in {"position", "epresc_type"}
    ]
    texts = {clean(value) for value in values if isinstance(value, str)}
    numbers = {str(value) for value in values if isinstance(value, int) and not isinstance(value, bool)}
    days = {value.isoformat() for value in values if isinstance(value, date)}
    return (texts | numbers | days) - {""}


def words_seen(line: Line) -> list[str]:
    """The words a line was signed with, in their order; none when the line carries none."""
    if line.vu is None:
        return []
    said = (line.vu.titre, *line.vu.textes, *line.vu.marques)
    return [*map(clean, said), "true" if line.vu.non_controle else "false"]


@settings(
    max_examples=160, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(MESSAGES)
def test_any_message_is_canonical_valid_and_read_back(message: EPrescription):
    made = epu.build(message)
    assert etree.tostring(etree.fromstring(made), method="c14n", exclusive=True) == made
    schemas.check(made)
    assert read(made, "patient/nomFamille") == clean(message.patient.nom_famille)
    for line, element in zip(message.lignes, etree.fromstring(made).iter(f"{{{SIM}}}ligne"), strict=True):
        assert (element.get("eprescType"), element.get("position")) == (line.epresc_type, str(line.position))
        assert words_of(line) <= {child.text for child in element[0]}
        assert words_seen(line) == [child.text for seen in list(element)[1:] for child in seen]
    assert Decimal(read(made, "poids") or 0) == (message.poids or 0)


def test_the_sample_is_valid_and_says_everything():
    made = epu.build(eprescription())
    schemas.check(made)
    root = etree.fromstring(made)
    assert root.get("Id") == f"epu-{read(made, 'identifiant')}"
    hours = root.findall(f".//{{{SIM}}}heure")
    assert [hour.text for hour in hours] == ["20:00:00"]
    assert [phase.get("numero") for phase in root.iter(f"{{{SIM}}}phase")] == ["1", "2", "1"]
    assert read(made, "patient/ins") == PATIENT.ins


def test_an_hour_at_midnight_is_written():
    posology = PosologieStructuree(
        unite="mL", phases=[Phase(prises=[Prise(quantite=Decimal(1), heure=time(0))])]
    )
    line = MedicamentLine(
        position=1,
        denomination="A",
        dci="a",
        voie="orale",
        posologie="p",
        cis="60000001",
        posologie_structuree=posology,
    )
    assert b"<heure>00:00:00</heure>" in epu.build(eprescription(lignes=[line]))


def test_an_ins_without_its_oid_is_left_out():
    patient = Patient(
        nom_famille="A", prenom="B", date_naissance=PATIENT.date_naissance, sexe="F", ins=PATIENT.ins
    )
    assert b"<ins" not in epu.build(eprescription(patient=patient))


@pytest.mark.parametrize("numbers", [{}, {"am": "991000696", "finess": "990000101"}])
def test_neither_nor_both_of_am_and_finess_are_refused(numbers: dict[str, str]):
    with pytest.raises(ValueError, match="soit le numéro AM"):
        Structure(**numbers)


BAD: dict[str, Callable[[], EPrescription]] = {
    "identifiant": lambda: eprescription(identifiant="COURT"),
    "lignes": lambda: eprescription(lignes=[]),
    "poids": lambda: eprescription(poids=Decimal(0)),
    "sousType": lambda: eprescription(sous_types=["IMAGERIE"]),
    "rppsRemplacant": lambda: eprescription(rpps_remplacant="123"),
    "am": lambda: eprescription(structure=Structure(am="12")),
    "nomFamille": lambda: eprescription(
        patient=Patient(nom_famille="\x00", prenom="B", date_naissance=PATIENT.date_naissance, sexe="F")
    ),
}


@pytest.mark.parametrize("element", BAD)
def test_the_schema_names_the_wrong_element_never_its_content(element: str):
    with pytest.raises(ProtocolError) as caught:
        schemas.check(epu.build(BAD[element]()))
    assert (caught.value.code, caught.value.detail) == ("epu_invalide", f"élément {element}")


def test_a_hundred_lines_are_too_many():
    lines = [LINES[1]] * 100
    with pytest.raises(ProtocolError, match="epu_invalide"):
        schemas.check(epu.build(eprescription(lignes=lines)))
