"""The command: JSON in, JSON out, one or thousands; what cannot be read is answered, with the place."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

import prescriptions.safety
from prescriptions.safety.case import Origin
from prescriptions.safety.treatment import names
from prescriptions.safety.treatment.node import InvalidTreatment, Node
from prescriptions.safety.treatment.reading import read_treatment
from tests.prescriptions.safety.cases import GP, RESIDENT, dci
from tests.prescriptions.safety.conftest import TODAY

DOCUMENT = {
    "today": "2026-11-24",
    "resident": RESIDENT,
    "prescriber": GP,
    "lines": [dci("PARACÉTAMOL", "1 g")],
}
SCHEMA = json.loads((Path(prescriptions.safety.__file__).parent / "schema.json").read_text())


@pytest.fixture
def run(door, monkeypatch, capsys):
    """Run the command on these bytes; return its lines and its code of exit."""

    def checked(given: bytes, *options: str):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = 0
        try:
            call_command("check_treatment", *options)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return capsys.readouterr().out, code

    return checked


def test_one_treatment(run):
    out, code = run(json.dumps(DOCUMENT).encode())
    answer = json.loads(out)
    assert code == 0
    assert answer["lines"][0]["found_by"] == "DCI"
    assert set(answer) == {
        "version",
        "blocking",
        "counts",
        "checks",
        "findings",
        "today",
        "base",
        "lines",
        "ignored",
    }


def test_one_answer_per_line_in_order_and_errors_among_them(run):
    other = {**DOCUMENT, "lines": [dci("TRAMADOL", "50 mg", duration_days=91)]}
    texts = [json.dumps(DOCUMENT).encode(), b"{", json.dumps(other).encode(), b"\xff\xfe", b"[]"]
    out, code = run(b"\n".join(texts), "--lines")
    first, broken, second, not_text, not_object = map(json.loads, out.splitlines())
    assert code == 2
    assert (first["blocking"], second["blocking"]) == (False, True)
    assert [a["error"]["path"] for a in (broken, not_text, not_object)] == ["$", "$", "$"]


def test_the_law_alone(run):
    out, _ = run(json.dumps(DOCUMENT).encode(), "--legal-only")
    assert json.loads(out)["version"] == ""


def test_many_treatments_in_a_few_queries(door, run, django_assert_max_num_queries):
    lines = [dci(name) for name in ("PARACÉTAMOL", "TRAMADOL", "RAMIPRIL", "APIXABAN")]
    text = json.dumps(
        {**DOCUMENT, "lines": [{"cis": "60234100"}, {"cip13": "3400935955838"}, *lines]}
    ).encode()
    run(text)
    with django_assert_max_num_queries(80 + 3 * 40):
        run(b"\n".join([text] * 40), "--lines")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"resident": None}, "$.resident"),
        ({"resident": {}}, "$.resident.birth_date"),
        ({"resident": {"birth_date": "hier"}}, "$.resident.birth_date"),
        ({"resident": {"birth_date": "2030-01-01"}}, "$.resident.birth_date"),
        ({"resident": {"age": 90, "sex": "Z"}}, "$.resident.sex"),
        ({"resident": {"age": 90, "weight": {"value": "lourd"}}}, "$.resident.weight.value"),
        ({"resident": {"age": 90, "poids": -3}}, "$.resident.poids"),
        ({"resident": {"age": 90, "creatinine": 14}}, "$.resident.creatinine"),
        ({"resident": {"age": 90, "creatinine": "1e-999999"}}, "$.resident.creatinine"),
        ({"resident": {"age": 90, "weight": {"value": 121, "unit": "lb"}}}, "$.resident.weight.unit"),
        ({"resident": {"age": 90, "dfg": {"value": 90, "date": "2030-01-01"}}}, "$.resident.dfg.date"),
        ({"resident": {"age": 90, "dfg": 900}}, "$.resident.dfg"),
        ({"resident": {"age": 90, "taille": {"value": 1.6}}}, "$.resident.taille.value"),
        ({"resident": {"age": 90, "conditions": [{"code": "démence"}]}}, "$.resident.conditions[0].code"),
        ({"resident": {"age": 90, "conditions": [{"present": False}]}}, "$.resident.conditions[0].code"),
        ({"resident": {"age": 90, "allergies": [{"kind": "classe"}]}}, "$.resident.allergies[0].label"),
        ({"resident": {"age": 90, "allergies": "aucune"}}, "$.resident.allergies"),
        ({"lines": []}, "$.lines"),
        ({"lines": ["DOLIPRANE"]}, "$.lines[0]"),
        ({"lines": [{}]}, "$.lines[0]"),
        ({"lines": [{"dci": "x", "duration_days": 1.5}]}, "$.lines[0].duration_days"),
        ({"lines": [{"dci": "x", "début": "32/01/2026"}]}, "$.lines[0].début"),
        ({"lines": [{"dci": "x", "origin": "ici"}]}, "$.lines[0].origin"),
        ({"lines": [{"dci": "x", "fin": "2020-01-01"}]}, "$.lines[0].fin"),
        ({"lines": [{"dci": "x", "key": "a"}, {"dci": "y", "key": "a"}]}, "$.lines[1].key"),
        ({"prescriber": {"profession": "boulanger"}}, "$.prescriber.profession"),
    ],
)
def test_what_cannot_be_read_names_its_place(change, path):
    with pytest.raises(InvalidTreatment) as refused:
        read_treatment({**DOCUMENT, **change}, TODAY)
    assert refused.value.path == path


def test_a_posology_that_cannot_be_is_refused_at_its_place(door):
    answer = door({**DOCUMENT, "lines": [dci("PARACÉTAMOL", posology={"matin": "beaucoup"})]})
    assert answer["error"]["path"] == "$.lines[0].posology.phases.0.matin"


def test_french_and_english_say_the_same():
    english = {
        "today": "2026-11-24",
        "resident": {"birth_date": "1936-03-05", "sex": "F", "weight": 60, "swallowing_trouble": True, "conditions": ["G30"]},
        "prescriber": {"profession": "10", "speciality": "01"},
        "lines": [{"dci": "x", "duration_days": 7, "origin": "external", "posology": {"matin": 1, "weekdays": ["MO"]}}],
    }  # fmt: skip
    french = {
        "Date": "24/11/2026",
        "Résident": {"date de naissance": "05/03/1936", "sexe": "femme", "poids": "60", "trouble de déglutition": "oui",
                     "pathologies": ["G30"]},
        "prescripteur": {"profession": "Médecin", "spécialité": "01"},
        "lignes": [{"DCI": "x", "durée": "7", "origine": "externe", "posologie": {"morning": "1", "jours-semaine": ["lundi"]}}],
    }  # fmt: skip
    first, second = (read_treatment(document, TODAY) for document in (english, french))
    assert (first.resident, first.prescriber, first.today) == (
        second.resident,
        second.prescriber,
        second.today,
    )
    assert [line.raw_posology for line in first.lines] == [line.raw_posology for line in second.lines]
    assert [line.given for line in first.lines] == [line.given for line in second.lines]
    assert first.lines[0].given["origin"] is Origin.EXTERNAL
    assert first.ignored == second.ignored == ()


def test_what_means_nothing_is_told():
    document = {**DOCUMENT, "couleur": 1, "lines": [{"dci": "x", "goût": "fraise"}]}
    assert set(read_treatment(document, TODAY).ignored) == {"$.couleur", "$.lines[0].goût"}


@pytest.mark.parametrize(("unit", "value"), [("µmol/L", "88.4"), ("mg/L", "10"), ("mg/dL", "1")])
def test_creatinine_in_any_unit(unit, value):
    resident = {"age": 90, "creatinine": {"value": value, "unit": unit}}
    read = read_treatment({**DOCUMENT, "resident": resident}, TODAY).resident.creatinine
    assert read is not None
    assert float(read.value) == pytest.approx(88.4)


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("weight", {"value": 60500, "unit": "g"}, 60.5),
        ("height", {"value": "1,62", "unite": "m"}, 162),
        ("clearance", {"value": 45, "unit": "mL/min/1,73 m²"}, 45),
    ],
)
def test_measures_in_their_units(field, given, value):
    read = read_treatment({**DOCUMENT, "resident": {"age": 90, field: given}}, TODAY)
    assert float(getattr(read.resident, field).value) == pytest.approx(value)
    assert read.ignored == ()


def test_every_field_of_the_schema_is_read_and_the_other_way_round():
    told = set(_properties(SCHEMA))
    assert told - names.FIELDS.keys() == {"text"}
    assert names.FIELDS.keys() - told == set()


def _properties(schema):
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(names.FIELDS)), inner, max_size=5)
    ),
    max_leaves=12,
)


def refusal(document):
    """What reading this document is refused with, None when it is read."""
    try:
        read_treatment(document, TODAY)
    except InvalidTreatment as refused:
        return refused
    return None


@given(json_values)
def test_whatever_the_document_it_is_read_or_refused(document):
    refused = refusal(document)
    assert refused is None or (refused.path.startswith("$") and refused.message)


@given(
    st.fixed_dictionaries(
        {"resident": st.just({"age": 90}) | json_values, "lines": st.lists(json_values, max_size=3)}
    )
)
def test_whatever_the_fields_they_are_read_or_refused(document):
    refused = refusal(document)
    assert refused is None or refused.path.startswith("$")


def test_names_of_fields_are_each_of_one_field_where_they_meet():
    assert Node("$", {"Créatininémie": 3}, names.FIELDS).get("creatinine").value == 3
    assert next(Node("$", [1], {}).items()).path == "$[0]"


def test_a_long_treatment_stays_calm(door):
    medicines = (
        "PARACÉTAMOL", "LÉVOTHYROXINE", "BISOPROLOL", "RAMIPRIL", "FUROSÉMIDE", "APIXABAN", "ATORVASTATINE", "PANTOPRAZOLE",
        "METFORMINE", "MIRTAZAPINE", "OXAZÉPAM", "RISPÉRIDONE", "DONÉPÉZIL",
    )  # fmt: skip
    answer = door({**DOCUMENT, "lines": [dci(name) for name in medicines]})
    seen = [finding for finding in answer["findings"] if finding["expanded"]]
    assert len(seen) <= 13
    assert answer["counts"]["HARD"] == 0
    usual = (*medicines[:10], "MACROGOL 4000", "FER", "MAGNÉSIUM")
    answer = door({**DOCUMENT, "lines": [dci(name) for name in usual]})
    assert sum("MACROGOL" in f["headline"] for f in answer["findings"] if f["levels"] == ["APEC"]) <= 2
    assert not [f for f in answer["findings"] if f["check"] == "UNKNOWN_CLASS"]
    assert answer["checks"]["ANTIBIOTIC"] == "OK"
    assert len(answer["findings"]) <= 12
