"""What the house pays (annex of the arrêté of 26 April 1999), on real codes of the LPP of 2020."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.referentials.devices import device_facts
from prescriptions.referentials.tables.annex_1999 import ITEMS, annex_item, outside
from prescriptions.referentials.tables.annex_1999_outside import OUTSIDE
from prescriptions.referentials.words import fold

PART_ONE = (
    "abaisse-langue*; accessoires pour électrocardiogramme*; crachoir; doigtier*; fil à sutures*; gant "
    "stérile*; garrot*; masque; bande de crêpe et de contention; articles pour pansements; dispositif médical "
    "pour autocontrôle (urine, sang); nutriment pour supplémentation orale et nutriment pour supplémentation "
    "entérale; sondes naso-gastriques ou naso-entérale; dispositif médical pour incontinence urinaire à "
    "l'exclusion des stomies; sonde vésicale pour hétérosondage intermittent; seringue et aiguille*"
)
PART_TWO = (
    "armoire de pharmacie; aspirateur à mucosité; chariot de soins/préparation; container déchets médicaux; "
    "électrocardiographe; matériel pour sutures et pansements (pinces, ciseaux); matériel lié au "
    "fonctionnement d'une PUI; pèse-personne ou chaise-balance; pompe pour nutrition entérale; négatoscope; "
    "otoscope; stérilisateur; stéthoscope et tensiomètre (y compris électriques); table d'examen; thermomètre "
    "électronique; appareil générateur d'aérosol et nébuliseur associé; appareil de mesure pour glycémie; "
    "matériels de perfusion périphérique et leurs accessoires (pied à sérum, potence, panier de perfusion); "
    "béquille et canne anglaise; déambulateur; fauteuil roulant à pousser ou manuel non affecté à un résident "
    "particulier pour un handicap particulier; siège pouvant être adapté sur un châssis à roulettes; lit "
    "médical et accessoires; soulève-malade mécanique ou électrique; matelas simple, matelas ou surmatelas "
    "d'aide à la prévention d'escarres et accessoires de protection; compresseur pour surmatelas pneumatique "
    "à pression alternée; coussin d'aide à la prévention d'escarres; chaise percée avec accoudoirs; appareil "
    "de verticalisation"
)

HOUSE = [
    # I. Small supplies
    ("1301643", "pansements"),  # PANSEMENT ANATOMIQUE ABSORP IMPTE
    ("1303688", "pansements"),  # PANSEMENTS HYDROCOLLOIDES
    ("6312462", "pansements"),  # COMP. NON TISSEES STERI
    ("6382853", "pansements"),  # COMP. NON TISSEES STERI, a line without a path in the tree
    ("6383373", "pansements"),  # PANS. HYDROCEL ABSORP IMPTE, likewise
    ("1313391", "pansements"),  # COTON HYDROPHYLE
    ("1322869", "pansements"),  # SET DE BASE POUR PLAIE CHRONIQUE
    ("1371030", "bandes"),  # PANSEMENT, FIXATION, BANDE, CREPE
    ("1301117", "bandes"),  # BANDE DE CONTENTION ELASTIQUE EN TOUS SENS
    ("6312663", "bandes"),  # BANDE CONT. ELAST. TOUT SENS
    ("1307002", "bandes"),  # CONTENTION, BANDE ADHESIVE INELASTIQUE
    ("1306310", "systemes-compression"),  # SYSTEME COMPRESSION VEINEUSE
    ("1103216", "incontinence"),  # INCONTINENCE, COLL DE JAMBE
    ("1119424", "incontinence"),  # INCONTINENCE, ETUI PENIEN
    ("1156052", "incontinence"),  # INCONTINENCE, MANCHON PERIGENITAL MASCULIN
    ("6156424", "collecteur-urine"),  # COLLECTEUR NUIT
    ("1112669", "hetero-sondage"),  # DRAINAGE, SONDE VESIC INTERMITT STERILE
    ("1100241", "nutriment"),  # NUT. ORALE, ADULTE
    ("1105899", "nutriment"),  # NUTRITION ORALE, ADULTE
    ("1100413", "nutriment"),  # NUTRITION ENTERALE, ADULTE
    ("1130578", "sonde-naso"),  # SONDE EN PVC NASO GASTRIQUE
    ("6120403", "sonde-naso"),
    ("1186722", "autocontrole"),  # 100 BANDELETTES
    ("1101826", "autocontrole"),  # 100 LANCETTES
    ("1117454", "autocontrole"),  # AUTOPIQUEUR
    ("1101720", "appareil-glycemie"),  # APPAREIL POUR LECTURE AUTOMATIQUE
    ("1129210", "seringue-aiguille"),  # AUTOTRAIT., SERINGUE STERILE
    # II. Equipment
    ("1109130", "aerosol"),  # LOCATION HEBDOMADAIRE, GENERATEUR
    ("1173493", "aerosol"),  # ACHAT, NEBULISEUR ET MASQUE
    ("1106485", "aspirateur-tracheal"),
    ("1121326", "perfusion-gravite"),
    ("1176876", "forfait-enterale"),  # FORFAIT HEBDOMADAIRE AVEC POMPE
    ("1261872", "bequille"),
    ("1296787", "canne-antebrachiale"),
    ("1285619", "deambulateur"),
    ("6210135", "deambulateur"),
    ("4107723", "fauteuil"),  # VHP, PROPULSION MANUELLE, PLIANT
    ("1298680", "fauteuil"),  # VHP AVEC 1 ACCESSOIRE, LOCATION
    ("4252810", "fauteuil"),  # VHP, POUSSETTE OU FAUTEUIL NON REGLABLE
    ("1202674", "siege-coquille"),
    ("1241763", "lit"),
    ("1207453", "lit"),  # ALESE IMPERMEABLE
    ("1211383", "lit"),  # LIT MEDICAL, ACHAT, MATELAS SIMPLE
    ("1201858", "potence-lit"),
    ("1231782", "souleve-malade"),
    ("1236839", "matelas"),
    ("1221855", "matelas"),  # COUSSIN DE DECHARGE DU TALON, an accessory of protection
    ("1240054", "compresseur"),
    ("1202705", "coussin-escarres"),
    ("1243302", "chaise-percee"),
    ("1266846", "verticalisation"),
]
CITY = [
    "1155897",  # DIGESTIF, POCHE REC MAT FECALES
    "1100235",  # COLOSTOMIE
    "6131097",  # UROSTOMIE, POCHE + SUPPORT
    "1177060",  # COLLECTEUR, SUPPORT POCHE D'UROSTOMIE
    "1186254",  # ACCESSOIRES, ANNEAU PERISTOMIAL
    "1116443",  # SONDE VESICALE A BALLONNET
    "1120597",  # SET DE SONDAGE A DEMEURE
    "1168411",  # SONDE DE GASTROSTOMIE
    "1152060",  # BOUTON DE GASTROSTOMIE
    "1116680",  # OXYGENOTHERAPIE
    "1148130",  # OXYGENO, CONCENTRATEUR
    "1100040",  # PPC
    "1163030",  # VENTILATION ASSISTEE
    "1129990",  # FRA-154
    "1128423",  # CHAMBRE D'INHALATION
    "1101803",  # ALIMENT SANS GLUTEN
    "1130354",  # NUTRITION PARENTERALE
    "1102257",  # GLUCOSE INTERSTITIEL
    "1131170",  # POMPE EXTERNE A INSULINE
    "1103392",  # PERFUSION, VOIE CENTRALE
    "1119387",  # STYLO SANS AIGUILLE
    "4111854",  # VHP, PROPULSION ELECTRIQUE
    "4168966",  # VHP, VERTICALISATEUR ELECTRIQUE
    "4113920",  # FAUTEUIL ROULANT ELECTRIQUE MONTE-MARCHES
    "4242935",  # SCOOTER
    "1206880",  # CANNE BLANCHE
    "1270463",  # CANNE EN BOIS
    "6110468",  # GILET DE SERIE
    "2607841",  # APPAREIL SPECIAL SUR MOULAGE
    "2648828",  # CHAUSSURE ORTHOPEDIQUE
    "7117739",  # VETEMENT COMPRESSIF, CHAUSSETTE HAUTE
    "7215293",  # OPTIQUE, MONTURE
    "2331043",  # PROTHESE OSTEO-INTEGREE
    "3130370",  # IMPLANT OSSEUX, … SERINGUE
    "1100028",  # SOLUTION A USAGE OPHTALMIQUE
    "1134240",  # NEUROSTIMULATION
    "1128044",  # TIRE-LAIT
    "1222406",  # GANT SUR MESURE
]


@pytest.mark.parametrize(("code", "item"), HOUSE)
def test_the_house_pays(official_lists, code, item):
    facts = device_facts(code)
    assert facts.annex is not None, facts.label
    assert facts.annex.id == item, facts.label


@pytest.mark.parametrize("code", CITY)
def test_the_city_pays(official_lists, code):
    facts = device_facts(code)
    assert facts.annex is None, (facts.label, facts.annex)


@pytest.mark.parametrize("code", ["4107723", "1298680", "4252810", "1112669"])
def test_what_depends_on_the_resident_says_what_to_ask(official_lists, code):
    item = device_facts(code).annex
    assert item
    assert item.unless_personal
    assert item.question.endswith("?")


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("Fauteuil roulant manuel", "fauteuil"),
        ("Changes complets taille L", "incontinence"),
        ("Déambulateur à deux roues", "deambulateur"),
        ("Bas de contention classe II", None),
        ("Chaussettes de compression", None),
        ("Sondes pour autosondage", None),
        ("Hétérosondage, sonde CH 14", "hetero-sondage"),
        ("Abaisse-langue", "abaisse-langue"),
        ("Tensiomètre électronique", "tensiometre"),
        ("Pied à sérum", "perfusion"),
        ("Gants stériles", "gant-sterile"),
        ("CNO crème vanille", "nutriment"),
        ("", None),
    ],
)
def test_what_is_written_by_hand_is_read_too(written, item):
    found = annex_item(written)
    assert (found.id if found else None) == item


def test_every_entry_is_well_formed():
    ids = [item.id for item in ITEMS] + [row.id for row in OUTSIDE]
    assert len(ids) == len(set(ids))
    for item in ITEMS:
        assert item.words, item.id
        assert item.words == fold(item.words.replace("\\B", "")), item.id
        re.compile(item.words)
        assert bool(item.question) == item.unless_personal, item.id


@pytest.mark.parametrize(("part", "text"), [("I", PART_ONE), ("II", PART_TWO)])
def test_every_thing_of_the_annex_has_an_entry_and_nothing_else(part, text):
    things = {thing.removesuffix("*").strip() for thing in text.split(";")}
    assert {item.wording for item in ITEMS if item.part == part} == things
    starred = {thing.strip().removesuffix("*") for thing in text.split(";") if thing.strip().endswith("*")}
    assert {item.wording for item in ITEMS if item.part == part and item.unless_in_act} == starred


def test_stomies_are_named_by_the_annex_itself():
    row = outside("UROSTOMIE, POCHE")
    assert row
    assert (row.id, row.basis) == ("stomies", "texte")


@given(st.text(max_size=120))
def test_any_text_has_an_answer(text):
    assert annex_item(text) is None or annex_item(text) in ITEMS
