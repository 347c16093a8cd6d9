"""The obvious comes first, as people type it."""

import pytest

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.registry import KINDS

BIO, DM, MED = Kind.ACTE_BIOLOGIE_MEDICALE, Kind.DISPOSITIF_MEDICAL, Kind.MEDICAMENT
IDE, KINE, PEDI = Kind.ACTE_INFIRMIER, Kind.ACTE_KINESITHERAPIE, Kind.ACTE_PEDICURIE
ORTHO, ORTHOPTIE = Kind.ACTE_ORTHOPHONIE, Kind.ACTE_ORTHOPTIE

FIRST = [
    (BIO, "nfs", "NFS, plaquettes"),
    (BIO, "NFS", "NFS, plaquettes"),
    (BIO, "inr", "INR"),
    (BIO, "previscan", "INR"),
    (BIO, "tsh", "TSH"),
    (BIO, "iono", "Ionogramme, urée, créatinine"),
    (BIO, "ecbu", "ECBU"),
    (BIO, "crp", "CRP"),
    (BIO, "hba1c", "HbA1c"),
    (BIO, "bilan lipidique", "Bilan lipidique"),
    (BIO, "1104", "Hemogramme y compris plaquettes (NFS , NFP)"),
    (DM, "coussin escarre", "coussin"),
    (DM, "coussins escarres", "coussin"),
    (DM, "coussin anti escarre", "Escarres, coussin a air"),
    (DM, "fauteuil roulant", "VHP avec"),
    (DM, "matelas escarre", "matelas"),
    (DM, "fauteuil roulant", "VHP"),
    (DM, "déambulateur", "Deambulateur, achat"),
    (DM, "rollator", "Deambulateur"),
    (DM, "lit médicalisé", "Lit medical"),
    (DM, "pansement hydrocellulaire", "Pansement hydrocellulaire"),
    (DM, "étui pénien", "etui penien"),
    (DM, "compresses", "Compresses de gaze"),
    (DM, "chaise percée", "Chaise percee"),
    (DM, "cno", "Nut orale"),
    (DM, "1202705", "Escarres, coussin visco"),
    (KINE, "marche", "Rééducation de la marche et de l’équilibre"),
    (KINE, "kiné marche", "Rééducation de la marche et de l’équilibre"),
    (KINE, "Kine  MARCHE", "Rééducation de la marche et de l’équilibre"),
    (KINE, "chutes", "Rééducation de la marche et de l’équilibre"),
    (KINE, "kiné respiratoire", "Kinésithérapie respiratoire"),
    (KINE, "prothèse de hanche", "Rééducation après prothèse ou fracture"),
    (KINE, "épaule", "Rééducation d’un membre"),
    (KINE, "avc", "Rééducation neurologique"),
    (IDE, "pansement escarre", "Pansement lourd et complexe"),
    (IDE, "pansements", "Pansement simple"),
    (IDE, "insuline", "Injection d’insuline avec surveillance de la glycémie"),
    (IDE, "dextro", "Surveillance de la glycémie capillaire"),
    (IDE, "hbpm", "Injection sous-cutanée"),
    (IDE, "prise de sang", "Prélèvement de sang veineux"),
    (IDE, "ablation de fils", "Ablation de fils ou d’agrafes"),
    (
        IDE,
        "soins infirmiers pilulier",
        "Préparation, distribution et surveillance de la prise des médicaments",
    ),
    (IDE, "dialyse", "Dialyse péritonéale"),
    (ORTHO, "fausses routes", "Bilan et rééducation de la déglutition"),
    (ORTHO, "orthophonie", "Bilan orthophonique avec rééducation si nécessaire"),
    (ORTHO, "mémoire", "Maintien des fonctions de communication dans une maladie neurodégénérative"),
    (PEDI, "pied diabétique", "Soins du pied diabétique de grade 2"),
    (PEDI, "pédicure ongles", "Soins des ongles"),
    (PEDI, "cors", "Soins des hyperkératoses, cors et durillons"),
    (ORTHOPTIE, "bilan", "Bilan orthoptique"),
    (ORTHOPTIE, "dmla", "Bilan et rééducation de la basse vision"),
    (ORTHOPTIE, "fond d’œil", "Rétinographie de dépistage"),
    (ORTHOPTIE, "fond d'oeil", "Rétinographie de dépistage"),
    (MED, "doliprane 1000", "PARACÉTAMOL 1000 mg"),
    (MED, "levothyrox 50", "LÉVOTHYROXINE 50 microgrammes"),
    (MED, "3400935955838", "PARACÉTAMOL 1000 mg"),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), FIRST)
def test_the_obvious_comes_first(tables, kind, typed, expected):
    first = KINDS[kind].search(typed, {})[0]
    assert expected in first.text


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "'", "%", "\\", "\x00", "é" * 600, "libre:"])
def test_any_words_have_an_answer_and_every_answer_but_free_text_can_be_chosen(tables, kind, typed):
    entry = KINDS[kind]
    for hit in entry.search(typed, {})[:3]:
        if not hit.value.startswith("libre:"):
            assert entry.choose(hit.value)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_what_it_is_and_where_its_fields_come_from(kind):
    entry = KINDS[kind]
    assert entry.heading[0].isupper()
    assert entry.placeholder.startswith("Ajouter")
    assert all(source.words and source.origin for source in entry.sources)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_form_has_its_source_once(kind):
    """The medicine draws its own form: its fields are those of its content, but the release, written by the product."""
    entry = KINDS[kind]
    typed = {field.name for field in entry.fields} or entry.normalise({}).keys() - {"release"}
    told = [name for source in entry.sources for name in source.fields]
    assert sorted(told) == sorted(typed)
