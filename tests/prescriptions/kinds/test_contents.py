"""Every kind: a complete line, frozen and read back; nothing typed ever raises; what is missing is told in French."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import Entry, UnknownChoice, free_value
from prescriptions.kinds.form import MAX_TEXT, Widget
from prescriptions.kinds.order import Order
from prescriptions.kinds.registry import KINDS
from tests.prescriptions.kinds.samples import FREE, HOUSE, SAMPLES, WHEELCHAIR, complete, finish, written

ALL = [(kind, sample) for samples in (SAMPLES, HOUSE, FREE) for kind, sample in samples.items()]
FORMS = [kind for kind in Kind if KINDS[kind].fields]
WHO = ("cis", "free_label", "code", "slug", "label")
"""What says which thing the line is about: it comes from the search box, not from the form."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda kids: st.lists(kids, max_size=3) | st.dictionaries(st.text(), kids, max_size=3),
    max_leaves=6,
)
typed_values = json_values | st.sampled_from(
    [
        "1",
        "0",
        "2",
        "10",
        "28",
        "365",
        "366",
        "-1",
        "1,5",
        "droit",
        "jour",
        "2026-11-24",
        "2100-12-31",
        "9999-12-31",
    ]
)


def everything_it_says(order: Order) -> list[Any]:
    """Call whatever a line can say of itself."""
    return [
        order.title, order.name, order.detail, order.sentence, order.regime, order.starts_on, order.ends_on, order.urgent,
        order.at_home, order.charge, order.total_price, order.paper, order.pharmacy, order.is_unchecked,
        order.printed_texts(prescribed_on=order.starts_on),
    ]  # fmt: skip


def well_formed(entry: Entry, reading: Any) -> None:
    """What holds of any reading, whatever was typed."""
    assert (reading.order is None) == bool(reading.problems)
    for problem in (*reading.problems, *reading.warnings):
        assert problem.message_fr.endswith((".", "…", "?")), problem
        assert problem.rule[0] in "AB"
    if reading.order is None:
        return
    order = reading.order
    assert order.title
    assert order.sentence.endswith(".")
    assert order.ends_on is None or order.ends_on >= order.starts_on
    assert all(text and text == text.strip() for text in order.printed_texts())
    assert entry.from_json(json.loads(json.dumps(order.to_json()))) == order
    everything_it_says(order)
    entry.to_wire(1, order)


@pytest.mark.parametrize(("kind", "sample"), ALL)
def test_a_complete_line_is_read_frozen_and_read_back(tables, kind, sample):
    content, subject, order = finish(kind, sample)
    entry = KINDS[kind]
    assert entry.normalise(content) == content
    assert json.loads(json.dumps(content)) == content
    again = entry.from_json(json.loads(json.dumps(order.to_json())))
    assert again == order
    assert everything_it_says(again) == everything_it_says(order)
    caption = entry.caption(content, subject)
    assert caption.name
    assert caption.name in (order.name, order.title)


@pytest.mark.parametrize("kind", Kind)
def test_reading_never_raises_and_what_is_read_comes_back(tables, kind):
    entry = KINDS[kind]
    content, subject, _ = complete(kind)
    names = [name for name in content if name not in WHO]

    @settings(max_examples=120, deadline=None)
    @given(st.dictionaries(st.sampled_from(names), typed_values, max_size=5))
    def holds(typed):
        for raw in ({**content, **typed}, entry.normalise({**content, **typed})):
            well_formed(entry, entry.read(raw, subject, date(2026, 11, 24)))

    holds()


@pytest.mark.parametrize("kind", Kind)
def test_any_content_is_put_in_shape_and_has_a_subject_or_a_french_refusal(tables, kind):
    entry = KINDS[kind]
    shape = set(complete(kind)[0])

    @settings(max_examples=60, deadline=None)
    @given(json_values | st.dictionaries(st.sampled_from(sorted(shape)), typed_values))
    def holds(raw):
        content = entry.normalise(raw)
        assert set(content) == shape
        assert entry.normalise(content) == content
        try:
            subject = entry.subject(content)
        except UnknownChoice:
            return
        entry.caption(content, subject)
        entry.charge(content, subject)
        well_formed(entry, entry.read(content, subject, None))

    holds()


@pytest.mark.parametrize("kind", FORMS)
def test_a_new_line_has_every_field_of_the_form_and_decides_nothing_rash(tables, kind):
    entry = KINDS[kind]
    (content,) = entry.choose(SAMPLES[kind]()[0])
    assert {field.name for field in entry.fields} <= set(content)
    assert content["starts_on"] == timezone.localdate().isoformat()
    flags = {"ald", "atmp", "prevention", "non_reimbursable", "urgent", "personal"} & set(content)
    assert not any(content[flag] for flag in flags)
    assert entry.first_field in content


@pytest.mark.parametrize("kind", FORMS)
def test_spaces_pasted_from_a_document_stay_spaces(tables, kind):
    pasted = KINDS[kind].normalise({"comment": "côté\u00a0droit\u202f:\tà\nrevoir\u200b"})["comment"]
    assert pasted == "côté droit : à revoir"


def test_spaces_pasted_in_a_medicine_line_stay_spaces():
    content = KINDS[Kind.MEDICAMENT].normalise(
        {"comment": "si\u00a0douleur\tou\nfièvre\u200b", "unit": "1\u202f000"}
    )
    assert (content["comment"], content["unit"]) == ("si douleur ou\nfièvre", "1 000")


@pytest.mark.parametrize("kind", FORMS)
def test_each_field_is_labelled_and_has_a_width(kind):
    for field in KINDS[kind].fields:
        assert field.label[0].isupper()
        assert 1 <= field.width <= 12
        assert (field.widget is Widget.CHOICE) == bool(field.choices)


# --- What is missing ----------------------------------------------------------------------------
BLANKS = {
    "starts_on": "",
    "sessions": "",
    "times": "",
    "duration_days": "",
    "indication": "",
    "site": "",
    "product": "",
}
DAY = ("starts_on", "A30", "Donnez la date de début.")
MISSING = [
    (Kind.DISPOSITIF_MEDICAL, "1285619", {"starts_on": "hier"}, [DAY]),
    (Kind.DISPOSITIF_MEDICAL, "1285619", {"quantity": ""}, [("quantity", "B50", "Donnez la quantité.")]),
    (Kind.DISPOSITIF_MEDICAL, "1285619", {"quantity": "0"}, [("quantity", "B50", "Donnez la quantité.")]),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1285619",
        {"quantity": "1000"},
        [("quantity", "B50", "Écrivez un nombre entier d’unités, 999 au plus.")],
    ),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1241763",
        {"duration_days": ""},
        [("duration_days", "B50", "Une location a une durée : donnez-la en jours.")],
    ),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1285619",
        {"renewals": "2"},
        [("duration_days", "B50", "Pour renouveler, dites la durée d’une délivrance.")],
    ),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1241763",
        {"duration_days": "28", "renewals": "12"},
        [],
    ),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1241763",
        {"duration_days": "31", "renewals": "11"},
        [
            (
                "duration_days",
                "B50",
                "Renouvellements compris, la durée dépasse 365 jours : réduisez l’un ou l’autre.",
            )
        ],
    ),
    (
        Kind.DISPOSITIF_MEDICAL,
        "1285619",
        {"side": "Droite", "size": "x" * 61, "site": "y" * 121},
        [
            ("side", "B50", "Choisissez le côté : droit, gauche ou des deux côtés."),
            ("size", "B50", "Écrivez 60 caractères au plus : il y en a 61."),
            ("site", "B50", "Écrivez 120 caractères au plus : il y en a 121."),
        ],
    ),
    (
        Kind.ACTE_BIOLOGIE_MEDICALE,
        "1104",
        {"starts_on": ""},
        [("starts_on", "A30", "Donnez la date souhaitée.")],
    ),
    (
        Kind.ACTE_BIOLOGIE_MEDICALE,
        "1104",
        {"every_days": "7"},
        [("occurrences", "B60", "Dites combien de fois en tout.")],
    ),
    (
        Kind.ACTE_BIOLOGIE_MEDICALE,
        "1104",
        {"every_days": "91", "occurrences": "6"},
        [("occurrences", "B60", "Cela dépasse douze mois : réduisez le nombre de fois.")],
    ),
    (
        Kind.ACTE_BIOLOGIE_MEDICALE,
        "1104",
        {"occurrences": "4"},
        [
            (
                "every_days",
                "B60",
                "Choisissez le rythme, ou laissez le nombre vide pour une seule fois.",
            )
        ],
    ),
    (
        Kind.ACTE_INFIRMIER,
        "pansement-complexe",
        BLANKS,
        [
            DAY,
            ("site", "B70", "Dites où, sur le corps."),
            ("product", "B70", "Nommez le produit ou le matériel."),
            ("times", "B70", "Donnez la fréquence : combien de fois, par jour, semaine ou mois."),
        ],
    ),
    (
        Kind.ACTE_INFIRMIER,
        "glycemie",
        {"times": "3", "per": "jour"},
        [
            (
                "duration_days",
                "B70",
                "Donnez une durée ou un nombre de passages : une fréquence seule n’a pas de fin.",
            )
        ],
    ),
    (Kind.ACTE_INFIRMIER, "prelevement", {"sessions": "1"}, []),
    (
        Kind.ACTE_INFIRMIER,
        "glycemie",
        {"times": "3", "per": "trimestre", "duration_days": "28"},
        [("per", "B70", "Choisissez la période : par jour, par semaine ou par mois.")],
    ),
    (
        Kind.ACTE_INFIRMIER,
        "glycemie",
        {"times": "25", "duration_days": "28"},
        [("times", "B70", "Écrivez un nombre entier de fois, 24 au plus.")],
    ),
    (
        Kind.ACTE_KINESITHERAPIE,
        "marche",
        {},
        [("indication", "B80", "Donnez l’indication : elle guide le professionnel.")],
    ),
    (
        Kind.ACTE_KINESITHERAPIE,
        "membre",
        {"indication": "raideur"},
        [("site", "B80", "Dites où, sur le corps.")],
    ),
    (
        Kind.ACTE_KINESITHERAPIE,
        "marche",
        {"indication": "chutes", "sessions": "60", "times": "1"},
        [("sessions", "B80", "À ce rythme, cela dépasse douze mois : réduisez le nombre de séances.")],
    ),
    (Kind.ACTE_KINESITHERAPIE, "marche", {"indication": "chutes", "sessions": "52", "times": "1"}, []),
    (
        Kind.ACTE_KINESITHERAPIE,
        "marche",
        {"indication": "chutes", "precision": "x" * 301},
        [("precision", "B80", "Écrivez 300 caractères au plus : il y en a 301.")],
    ),
    (
        Kind.ACTE_PEDICURIE,
        "ongles",
        {},
        [("indication", "B81", "Donnez l’indication : elle guide le professionnel.")],
    ),
    (
        Kind.ACTE_ORTHOPHONIE,
        "voix",
        {},
        [("indication", "B81", "Donnez l’indication : elle guide le professionnel.")],
    ),
    (
        Kind.ACTE_ORTHOPTIE,
        "bilan",
        {},
        [("indication", "B81", "Donnez l’indication : elle guide le professionnel.")],
    ),
    (
        Kind.MEDICAMENT,
        "60234100",
        {},
        [
            ("phases.0.matin", "B02", "Donnez la dose à prendre, à un moment de la journée au moins."),
            ("duration_days", "B03", "Donnez une durée en jours, ou un nombre de boîtes."),
        ],
    ),
]


@pytest.mark.parametrize(("kind", "choice", "changes", "expected"), MISSING)
def test_what_is_missing_is_told_with_its_rule(tables, kind, choice, changes, expected):
    content, subject = written(kind, choice, changes)
    reading = KINDS[kind].read(content, subject, None)
    assert [(p.field, p.rule, p.message_fr) for p in reading.problems] == expected
    assert (reading.order is None) == bool(expected)


def test_every_kind_has_something_missing_in_the_table():
    assert {row[0] for row in MISSING} == set(Kind)


@pytest.mark.parametrize(
    ("kind", "choice", "changes", "expected"),
    [
        (
            Kind.ACTE_KINESITHERAPIE,
            "marche",
            {"indication": "chutes", "sessions": "10", "times": "3", "per": "semaine", "duration_days": "70"},
            [("sessions", "Cette fréquence et cette durée font 30 séances, vous en prescrivez 10.")],
        ),
        (
            Kind.ACTE_PEDICURIE,
            "ongles",
            {"indication": "mycose", "starts_on": "2026-11-23"},
            [("starts_on", "Le début (23/11/2026) est passé.")],
        ),
        (
            Kind.ACTE_BIOLOGIE_MEDICALE,
            "0548",
            {"starts_on": "2026-11-23"},
            [
                ("", "Cet acte est sorti de la nomenclature chargée : vérifiez sa prise en charge."),
                ("starts_on", "La date souhaitée (23/11/2026) est passée."),
            ],
        ),
        (
            Kind.DISPOSITIF_MEDICAL,
            "1100070",
            {},
            [
                (
                    "",
                    "Ce code n’est plus en vigueur dans la table de 2020 : la pharmacie pourrait ne pas le connaître.",
                )
            ],
        ),
    ],
)
def test_what_is_only_told(tables, kind, choice, changes, expected):
    content, subject = written(kind, choice, {"starts_on": "2026-11-24", **changes})
    reading = KINDS[kind].read(content, subject, date(2026, 11, 24))
    assert reading.problems == ()
    assert [(w.field, w.message_fr) for w in reading.warnings] == expected


# --- Free text, and what left the tables --------------------------------------------------------
@pytest.mark.parametrize("kind", FREE)
def test_free_text_is_allowed_and_flagged(tables, kind):
    content, subject, order = finish(kind, FREE[kind])
    words = FREE[kind]()[0].removeprefix("libre:")
    assert order.is_unchecked
    assert words in order.title
    chips = {chip.text_fr for chip in KINDS[kind].caption(content, subject).chips}
    assert any("texte libre, non contrôlé" in chip for chip in chips)
    offered = KINDS[kind].search(words, {})[-1]
    assert (offered.value, offered.name) == (free_value(words), words)


@pytest.mark.parametrize("kind", Kind)
def test_what_comes_from_a_table_is_not_flagged(tables, kind):
    assert not complete(kind)[2].is_unchecked


def test_a_device_is_never_written_in_free_text(tables):
    entry = KINDS[Kind.DISPOSITIF_MEDICAL]
    assert entry.no_free_text
    assert Kind.DISPOSITIF_MEDICAL not in FREE
    with pytest.raises(UnknownChoice):
        entry.choose(free_value("Coussin rond"))
    assert not any(hit.value.startswith("libre:") for hit in entry.search("coussin", {}))
    assert all(not KINDS[kind].no_free_text for kind in FREE)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "value", ["", "nimporte", "00000000", "libre:", "libre:   ", "libre:\u200b", "bilan:lunaire"]
)
def test_what_is_not_in_the_tables_cannot_be_chosen(tables, kind, value):
    with pytest.raises(UnknownChoice, match=r"\.$"):
        KINDS[kind].choose(value)


@pytest.mark.parametrize("kind", Kind)
def test_a_line_about_nothing_is_refused(tables, kind):
    with pytest.raises(UnknownChoice):
        KINDS[kind].subject(KINDS[kind].normalise({}))


def test_long_words_are_kept_to_the_length_of_a_line(tables):
    (content,) = KINDS[Kind.ACTE_INFIRMIER].choose(free_value("a" * 900))
    assert content["label"] == "a" * MAX_TEXT


# --- What only some kinds ask -------------------------------------------------------------------
@pytest.mark.parametrize(("code", "asked"), [(WHEELCHAIR, True), ("1285619", False), ("1148130", False)])
def test_whose_it_is_is_asked_only_when_it_changes_who_pays(tables, code, asked):
    entry = KINDS[Kind.DISPOSITIF_MEDICAL]
    _, facts = written(Kind.DISPOSITIF_MEDICAL, code, {})
    shown = [field for field in entry.tailored(entry.fields, facts) if field.name == "personal"]
    assert bool(shown) is asked
    assert all(field.label.endswith("?") for field in shown)


def test_a_panel_adds_its_acts_one_line_each(tables):
    entry = KINDS[Kind.ACTE_BIOLOGIE_MEDICALE]
    value = entry.search("iono", {})[0].value
    assert value == "bilan:iono-creat"
    contents = entry.choose(value)
    assert [content["code"] for content in contents] == ["1609", "0593"]
    for content in contents:
        assert entry.read(content, entry.subject(content), None).order is not None


def test_a_panel_drawn_before_breakfast_says_so(tables):
    entry = KINDS[Kind.ACTE_BIOLOGIE_MEDICALE]
    contents = entry.choose(entry.search("bilan lipidique", {})[0].value)
    assert contents
    assert all(content["fasting"] for content in contents)
