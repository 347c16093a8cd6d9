"""Named cases: a treatment, and what must be said of it. Names and strengths are those of the public base of 05/2026.

Sources: the text of each entry of the ANSM thesaurus 09/2023, the labels of CIS_CPD_bdpm, the tables of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Line = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """One finding that must be there: its check, and as much of the rest as the case tells."""

    check: str
    level: str | None
    levels: tuple[str, ...] | None = None
    words: str = ""

    def meets(self, finding: dict[str, Any]) -> bool:
        return (
            finding["check"] == self.check
            and (self.level or "NOT_DONE") == (finding["level"] or finding["status"])
            and (self.levels is None or tuple(finding["levels"]) == self.levels)
            and self.words in f"{finding['headline']} {finding['text']}"
        )


@dataclass(frozen=True)
class Named:
    """One case. `silent`: checks that must find nothing at all."""

    name: str
    lines: tuple[Line, ...]
    said: tuple[Said, ...] = ()
    silent: tuple[str, ...] = ()
    resident: dict[str, Any] | None = None
    prescriber: dict[str, Any] | None = None
    source: str = ""

    def document(self) -> dict[str, Any]:
        """The JSON of the case; a resident of 90, without allergy, with normal measures."""
        return {
            "today": "2026-11-24",
            "resident": {**RESIDENT, **(self.resident or {})},
            "prescriber": GP if self.prescriber is None else self.prescriber,
            "lines": [dict(line) for line in self.lines],
        }


RESIDENT = {
    "birth_date": "1936-03-05",
    "sex": "F",
    "weight": {"value": 60, "on": "2026-11-01"},
    "creatinine": {"value": 60, "on": "2026-11-01"},
    "allergies": [],
    "conditions": [],
    "swallowing_trouble": False,
}
GP = {"profession": "médecin", "speciality": "médecine générale"}
CLEARANCE = "clearance"
HARD, REASON, INFO = "HARD", "REASON", "INFO"


def dci(name: str, dosage: str = "", **others: Any) -> Line:
    """A line by common name, 28 days, one unit in the morning."""
    return {"dci": name, "dosage": dosage, "duration_days": 28, "posology": {"matin": 1}, **others}


def brand(name: str, **others: Any) -> Line:
    """A line by the name of a speciality."""
    return {"name": name, "duration_days": 28, "posology": {"matin": 1}, **others}


def renal(value: int) -> dict[str, Any]:
    """A resident with this clearance."""
    return {CLEARANCE: {"value": value, "on": "2026-11-01"}}


def pair(a: Line, b: Line, level: str, *levels: str, name: str = "", **others: Any) -> Named:
    """Two lines and their interaction."""
    title = name or " + ".join(str(line.get("dci") or line.get("name")) for line in (a, b))
    return Named(title, (a, b), (Said("INTERACTION", level, levels),), source="ANSM 09/2023", **others)


def alone(name: str, line: Line, *said: Said, **others: Any) -> Named:
    """One line and what is said of it."""
    return Named(name, (line,), said, **others)


def no_pair(a: Line, b: Line) -> Named:
    """Two lines without interaction."""
    return Named(
        f"{a.get('dci')} + {b.get('dci')} : rien", (a, b), silent=("INTERACTION",), source="ANSM 09/2023"
    )


ASPIRIN = "ACIDE ACÉTYLSALICYLIQUE"
MTX_LOW = dci("MÉTHOTREXATE", "2,5 mg", route="orale", posology={"matin": 6, "weekdays": ["lundi"]})
MTX_HIGH = dci("MÉTHOTREXATE", "10 mg", route="orale", posology={"matin": 3, "weekdays": ["lundi"]})
OCTOBER = {"origin": "current", "starts_on": "2026-11-10", "duration_days": 28}

INTERACTIONS: tuple[Named, ...] = (
    pair(dci("WARFARINE", "5 mg"), brand("miconazole gel buccal"), REASON, "CI"),
    pair(dci("LITHIUM"), dci("FUROSÉMIDE", "40 mg"), REASON, "AD"),
    pair(MTX_LOW, dci("KÉTOPROFÈNE", route="orale"), INFO, "PE", name="méthotrexate 15 mg par semaine + AINS"),
    pair(MTX_HIGH, dci("KÉTOPROFÈNE", route="orale"), REASON, "AD", name="méthotrexate 30 mg par semaine + AINS"),
    pair(
        dci("MÉTHOTREXATE", "2,5 mg", posology=None), dci("KÉTOPROFÈNE", route="orale"), REASON, "AD", "PE",
        name="méthotrexate de dose inconnue + AINS",
    ),
    pair(dci("TICAGRELOR", "90 mg"), dci(ASPIRIN, "75 mg"), REASON, "AD", "PE"),
    pair(dci("WARFARINE", "5 mg"), dci(ASPIRIN, "75 mg"), INFO, "APEC", name="AVK + aspirine 75 mg sans ulcère"),
    pair(
        dci("WARFARINE", "5 mg"), dci(ASPIRIN, "75 mg"), REASON, "AD", name="AVK + aspirine 75 mg, antécédent d’ulcère",
        resident={"conditions": ["K25"]},
    ),
    pair(
        dci("WARFARINE", "5 mg"), dci(ASPIRIN, "75 mg"), REASON, "AD", "APEC", name="AVK + aspirine 75 mg, ulcère non demandé",
        resident={"conditions": None},
    ),
    pair(dci("OXAZÉPAM", "10 mg"), dci("MIRTAZAPINE", "15 mg"), INFO, "APEC", name="deux sédatifs, sans oxybate"),
    pair(dci("RAMIPRIL", "5 mg"), dci("SPIRONOLACTONE", "25 mg"), REASON, "AD", "PE"),
    pair(dci("DIGOXINE"), dci("AMIODARONE", "200 mg"), INFO, "PE"),
    pair(dci("CLARITHROMYCINE", "500 mg"), dci("SIMVASTATINE", "20 mg"), REASON, "CI"),
    pair(dci("ITRACONAZOLE"), dci("SIMVASTATINE", "20 mg"), REASON, "CI"),
    pair(dci("CLARITHROMYCINE", "500 mg"), dci("COLCHICINE", "1 mg"), REASON, "CI"),
    pair(dci("TRAMADOL", "50 mg"), dci("SERTRALINE", "50 mg"), INFO, "APEC"),
    pair(dci("TRAMADOL", "50 mg"), dci("PAROXÉTINE", "20 mg"), REASON, "AD"),
    pair(dci("BISOPROLOL", "5 mg"), dci("VÉRAPAMIL", "120 mg"), REASON, "AD"),
    pair(dci("CITALOPRAM", "20 mg"), dci("HALOPÉRIDOL"), REASON, "CI"),
    pair(dci("LÉVOTHYROXINE", "50 microgrammes"), brand("CALCIDOSE 500 mg"), INFO, "PE", name="lévothyroxine + calcium"),
    pair(dci("ALLOPURINOL", "100 mg"), dci("AZATHIOPRINE", "50 mg"), REASON, "CI"),
    pair(
        dci("WARFARINE", "5 mg"), dci("FLUCONAZOLE", "100 mg", origin="external"), INFO, "PE",
        name="AVK + fluconazole pris ailleurs",
    ),
    pair(
        dci("LITHIUM"),
        dci("IBUPROFÈNE", "200 mg",
        posology={"as_needed": {"dose": 1, "indication": "douleur", "min_interval_hours": 6, "max_per_24h": 3}}),
        REASON, "AD", name="lithium + ibuprofène si besoin",
    ),
    pair(dci("FLUCONAZOLE", "100 mg"), dci("COLCHICINE", "1 mg"), REASON, "AD"),
    pair(dci("WARFARINE", "5 mg"), dci("ÉNOXAPARINE"), INFO, "PE"),
    pair(dci("APIXABAN", "5 mg"), dci("ÉNOXAPARINE"), REASON, "CI"),
    pair(dci("AMIODARONE", "200 mg"), dci("VÉRAPAMIL", "120 mg"), REASON, "CI", "AD", "APEC"),
    pair(dci("CLOPIDOGREL", "75 mg"), dci(ASPIRIN, "75 mg"), REASON, "AD", "PE"),
    pair(dci("DONÉPÉZIL", "10 mg"), dci("OXYBUTYNINE", "5 mg"), INFO, "APEC"),
    no_pair(dci("PARACÉTAMOL", "1 g"), dci("AMLODIPINE", "5 mg")),
    no_pair(dci("WARFARINE", "5 mg"), dci("KÉTOCONAZOLE", route="cutanée")),
)  # fmt: skip

LEGAL: tuple[Named, ...] = (
    alone("tramadol 13 semaines", dci("TRAMADOL", "50 mg", duration_days=91), Said("MAX_DURATION", HARD, words="84 jours")),
    alone("tramadol 12 semaines", dci("TRAMADOL", "50 mg", duration_days=84), silent=("MAX_DURATION",)),
    alone("tramadol 28 jours renouvelé 3 fois", dci("TRAMADOL", "50 mg", renewals=3), Said("MAX_DURATION", HARD)),
    alone("IXPRIM sécurisée", brand("IXPRIM"), Said("SECURED", INFO, words="ordonnance sécurisée, en toutes lettres")),
    alone("codéine 13 semaines", brand("DAFALGAN CODEINE", duration_days=91), Said("MAX_DURATION", HARD)),
    alone("prégabaline sécurisée, pas en lettres", dci("PRÉGABALINE", "75 mg"), Said("SECURED", INFO, words="sécurisée")),
    alone("prégabaline 7 mois", dci("PRÉGABALINE", "75 mg", duration_days=210), Said("MAX_DURATION", HARD)),
    alone("zopiclone 5 semaines", dci("ZOPICLONE", "7,5 mg", duration_days=35), Said("MAX_DURATION", HARD, words="28 jours")),
    alone("zopiclone 4 semaines", dci("ZOPICLONE", "7,5 mg"), silent=("MAX_DURATION",)),
    alone("hydroxyzine 12 semaines", dci("HYDROXYZINE", "25 mg", duration_days=84), silent=("MAX_DURATION",)),
    alone("hydroxyzine 13 semaines", dci("HYDROXYZINE", "25 mg", duration_days=91), Said("MAX_DURATION", HARD)),
    alone("oxazépam 12 semaines", dci("OXAZÉPAM", "10 mg", duration_days=84), silent=("MAX_DURATION",)),
    alone("oxazépam 6 mois", dci("OXAZÉPAM", "10 mg", duration_days=180), Said("MAX_DURATION", HARD, words="84 jours")),
    alone("zolpidem 28 jours", dci("ZOLPIDEM", "10 mg"), silent=("MAX_DURATION", "OVERLAP")),
    alone("zolpidem 35 jours", dci("ZOLPIDEM", "10 mg", duration_days=35), Said("MAX_DURATION", HARD)),
    Named("zolpidem, chevauchement", (dci("ZOLPIDEM", "10 mg"), dci("ZOLPIDEM", "10 mg", **OCTOBER)), (Said("OVERLAP",
        REASON),)),
    Named(
        "zolpidem, chevauchement motivé", (dci("ZOLPIDEM", "10 mg", overlap_reason="perte"),
        dci("ZOLPIDEM", "10 mg", **OCTOBER)),
        (Said("OVERLAP", INFO, words="perte"),),
    ),
    Named(
        "zolpidem, après la fin du précédent",
        (dci("ZOLPIDEM", "10 mg", starts_on="2026-12-08"), dci("ZOLPIDEM", "10 mg", **OCTOBER)), silent=("OVERLAP",),
    ),
    Named(
        "morphine, chevauchement du même prescripteur", (brand("SKENAN LP 30 mg"), brand("SKENAN LP 10 mg", **OCTOBER)),
        (Said("OVERLAP", REASON),),
    ),
    Named(
        "morphine, autre prescripteur", (brand("SKENAN LP 30 mg"), brand("SKENAN LP 10 mg", same_prescriber=False, **OCTOBER)),
        silent=("OVERLAP",),
    ),
    Named(
        "morphine de fond et de secours, une ordonnance", (brand("SKENAN LP 30 mg"), brand("ACTISKENAN 5 mg")),
        silent=("OVERLAP",),
    ),
    alone("morphine LP 28 jours", brand("SKENAN LP 30 mg"), Said("SECURED", INFO), silent=("MAX_DURATION",)),
    alone("morphine LP 29 jours", brand("SKENAN LP 30 mg", duration_days=29), Said("MAX_DURATION", HARD, words="28 jours")),
    alone("fentanyl patch : fractions", dci("FENTANYL", route="transdermique"),
        Said("FRACTION", INFO, words="fractions de 14 jours")),
    alone(
        "fentanyl patch : en une fois", dci("FENTANYL", route="transdermique", fraction_reason="éloignement"),
        Said("FRACTION", INFO, words="éloignement"),
    ),
    alone(
        "morphine injectable 10 jours", dci("MORPHINE", route="intraveineuse", duration_days=10),
        Said("MAX_DURATION", HARD, words="7 jours"),
    ),
    alone("morphine injectable, pompe", dci("MORPHINE", route="intraveineuse", duration_days=28, pump=True),
        silent=("MAX_DURATION",)),
    alone("méthylphénidate 28 jours", dci("MÉTHYLPHÉNIDATE"), Said("SECURED", INFO), Said("PHARMACY", HARD)),
    alone("buprénorphine sans pharmacie", dci("BUPRÉNORPHINE", "8 mg"), Said("PHARMACY", HARD)),
    alone("buprénorphine, pharmacie nommée", dci("BUPRÉNORPHINE", "8 mg", pharmacy="Pharmacie du Parc"), silent=("PHARMACY",)),
    alone("ramipril 13 mois", dci("RAMIPRIL", "5 mg", duration_days=395), Said("MAX_DURATION", HARD, words="365 jours")),
    alone("ramipril 28 jours × 13", dci("RAMIPRIL", "5 mg", renewals=12), silent=("MAX_DURATION",)),
    alone("ramipril, des boîtes seulement", dci("RAMIPRIL", "5 mg", duration_days=None), Said("MAX_DURATION", None)),
    alone("cisatracurium, usage hospitalier", dci("CISATRACURIUM"), Said("HOSPITAL", HARD, words="usage hospitalier")),
    alone("rituximab, hospitalier", dci("RITUXIMAB"), Said("HOSPITAL", HARD)),
    alone("clozapine : examen daté", dci("CLOZAPINE", "100 mg"), Said("ATTESTATION", REASON, words="date")),
    alone("clozapine : examen donné", dci("CLOZAPINE", "100 mg", exam_on="2026-11-20"), silent=("ATTESTATION",)),
    alone("clozapine : spécialistes", dci("CLOZAPINE", "100 mg"), Said("SPECIALIST", REASON, words="PSYCHIATRIE")),
    alone(
        "clozapine par un gériatre", dci("CLOZAPINE", "100 mg"), silent=("SPECIALIST",),
        prescriber={"profession": "10", "speciality": "Gériatrie"},
    ),
    alone("clozapine, spécialité inconnue", dci("CLOZAPINE", "100 mg"),
        Said("SPECIALIST", None), prescriber={"profession": "10"}),
    alone("prescription initiale absente", dci("MYCOPHÉNOLATE MOFÉTIL", "500 mg"), Said("INITIAL", REASON)),
    alone(
        "prescription initiale valable", dci("MYCOPHÉNOLATE MOFÉTIL", "500 mg", initial_on="2026-09-01"), silent=("INITIAL",),
    ),
    alone("NS MTE sur lévothyroxine", dci("LÉVOTHYROXINE", "50 microgrammes", ns_reason="MTE"), silent=("SUBSTITUTION",)),
    alone("NS MTE sur amoxicilline", dci("AMOXICILLINE", "1 g", ns_reason="MTE"), Said("SUBSTITUTION", REASON)),
    alone("NS EFG", dci("RAMIPRIL", "5 mg", ns_reason="EFG"), Said("SUBSTITUTION", HARD)),
    alone("NS CIF sans excipient", dci("RAMIPRIL", "5 mg", ns_reason="CIF"), Said("SUBSTITUTION", REASON)),
    alone(
        "NS CIF documentée", dci("RAMIPRIL", "5 mg", ns_reason="CIF", ns_detail="lactose"), silent=("SUBSTITUTION",),
        resident={"allergies": [{"kind": "excipient", "label": "lactose"}]},
    ),
    alone("antibiotique nu", dci("AMOXICILLINE", "1 g", duration_days=7), Said("ANTIBIOTIC", REASON, words="indication")),
    alone(
        "antibiotique complet",
        dci("AMOXICILLINE", "1 g", duration_days=7, indication="pneumopathie", reassess_on="2026-11-26"),
        silent=("ANTIBIOTIC",),
    ),
    alone("infirmier : refusé", dci("PARACÉTAMOL", "1 g"), Said("PROFESSION", HARD), prescriber={"profession": "infirmier"}),
    alone("dentiste : à savoir", dci("AMOXICILLINE", "1 g"), Said("PROFESSION", INFO), prescriber={"profession": "dentiste"}),
    alone("profession inconnue", dci("PARACÉTAMOL", "1 g"), Said("PROFESSION", None), prescriber={}),
    alone("paracétamol : rien de la loi", dci("PARACÉTAMOL", "1 g"), silent=("MAX_DURATION", "SECURED", "HOSPITAL", "INITIAL")),
)  # fmt: skip

PENICILLIN = {"allergies": [{"kind": "classe", "label": "Pénicillines", "severe": True}]}
CLINICAL: tuple[Named, ...] = (
    Named("deux lignes de paracétamol", (dci("PARACÉTAMOL", "1 g"),
        brand("DAFALGAN 500 mg gélule")), (Said("DUPLICATE", REASON),)),
    Named(
        "paracétamol et paracétamol codéiné", (dci("PARACÉTAMOL", "1 g"),
        brand("DAFALGAN CODEINE")), (Said("DUPLICATE", REASON),),
    ),
    Named("deux dosages de lévothyroxine", (dci("LÉVOTHYROXINE", "50 microgrammes"), dci("LÉVOTHYROXINE", "25 microgrammes")),
          (Said("DUPLICATE", INFO, words="usuelle"),)),
    Named("deux ARA2, dont l’olmésartan sans code ATC", (dci("OLMÉSARTAN", "20 mg"), dci("IRBÉSARTAN", "150 mg")),
          (Said("DUPLICATE", INFO, words="classe"),)),
    Named("deux IEC", (dci("RAMIPRIL", "5 mg"), dci("PÉRINDOPRIL", "4 mg")), (Said("DUPLICATE", INFO, words="classe"),)),
    Named("deux benzodiazépines", (dci("OXAZÉPAM", "10 mg"), dci("ZOPICLONE", "7,5 mg")), (Said("DUPLICATE", INFO),)),
    Named("périodes disjointes", (dci("PARACÉTAMOL", "1 g", duration_days=7),
        dci("PARACÉTAMOL", "1 g", starts_on="2027-01-05")),
          silent=("DUPLICATE",)),
    alone("amoxicilline, allergie aux pénicillines", dci("AMOXICILLINE", "1 g"), Said("ALLERGY",
        REASON, words="grave"), resident=PENICILLIN),
    alone("céphalosporine, allergie aux pénicillines", dci("CEFPODOXIME", "100 mg"), Said("ALLERGY", INFO, words="croisée"),
          resident=PENICILLIN),
    alone("amoxicilline, allergie à l’amoxicilline", dci("AMOXICILLINE", "1 g"), Said("ALLERGY", REASON),
          resident={"allergies": [{"kind": "substance", "label": "amoxicilline"}]}),
    alone("ibuprofène, allergie à l’aspirine", dci("IBUPROFÈNE", "400 mg"), Said("ALLERGY", REASON),
          resident={"allergies": [{"kind": "substance", "label": "aspirine"}]}),
    alone("sulfaméthoxazole, allergie aux sulfamides", brand("BACTRIM FORTE"), Said("ALLERGY", REASON),
          resident={"allergies": [{"kind": "CLASS", "label": "sulfamides"}]}),
    alone("furosémide, allergie aux sulfamides", dci("FUROSÉMIDE", "40 mg"), Said("ALLERGY", INFO, words="croisée"),
          resident={"allergies": [{"kind": "CLASS", "label": "sulfamides"}]}),
    alone("allergie en texte libre", dci("PARACÉTAMOL", "1 g"),
        Said("ALLERGY", None, words="1 allergie en texte libre : non contrôlée"),
          resident={"allergies": ["rougeur après un sirop"]}),
    alone("allergies non demandées", dci("PARACÉTAMOL", "1 g"), Said("ALLERGY", None, words="non renseignées"),
        resident={"allergies": None}),
    alone("aucune allergie", dci("AMOXICILLINE", "1 g"), silent=("ALLERGY",)),
    alone("excipient", dci("PARACÉTAMOL", "1 g"), Said("ALLERGY", None, words="excipient"),
          resident={"allergies": [{"kind": "excipient", "label": "lactose"}]}),
    alone("apixaban, DFG 14", dci("APIXABAN", "5 mg"), Said("RENAL", REASON, words="seuil 15"), resident=renal(14)),
    alone("apixaban, DFG 15", dci("APIXABAN", "5 mg"), Said("RENAL", INFO, words="2,5 mg"), resident=renal(15)),
    alone("apixaban, DFG 60", dci("APIXABAN", "5 mg"), silent=("RENAL",), resident=renal(60)),
    alone("metformine, DFG 25", dci("METFORMINE", "500 mg"), Said("RENAL", REASON), resident=renal(25)),
    alone("metformine, DFG 40", dci("METFORMINE", "500 mg"), Said("RENAL", INFO, words="1 000 mg"), resident=renal(40)),
    alone("AINS, DFG 28", dci("IBUPROFÈNE", "400 mg"), Said("RENAL", REASON), resident=renal(28)),
    alone("IEC, DFG 28", dci("RAMIPRIL", "5 mg"), Said("RENAL", INFO, words="kaliémie"), resident=renal(28)),
    alone("dabigatran, DFG 29", dci("DABIGATRAN ÉTEXILATE", "110 mg"), Said("RENAL", REASON), resident=renal(29)),
    alone("nitrofurantoïne, DFG 44", dci("NITROFURANTOÏNE"), Said("RENAL", REASON), resident=renal(44)),
    alone("prégabaline, DFG 40", dci("PRÉGABALINE", "75 mg"), Said("RENAL", INFO), resident=renal(40)),
    alone("colchicine, DFG 20", dci("COLCHICINE", "1 mg"), Said("RENAL", REASON), resident=renal(20)),
    alone("créatininémie absente", dci("APIXABAN", "5 mg"), Said("RENAL", None, words="non réalisé"),
        resident={"creatinine": None}),
    alone("créatininémie ancienne", dci("APIXABAN", "5 mg"), Said("RENAL", None, words="ancienne"),
          resident={"creatinine": {"value": 60, "on": "2026-01-01"}}),
    alone("poids absent : CKD-EPI à défaut", dci("METFORMINE", "500 mg"), Said("RENAL", None, words="CKD-EPI"),
        resident={"weight": None}),
    alone("glucosamine, DFG 20 : pas un AINS", dci("GLUCOSAMINE"), Said("RENAL", None, words="aucune règle"), resident=renal(20)),
    alone("acide tranexamique, DFG 8 : aucune règle", dci("ACIDE TRANEXAMIQUE"), Said("RENAL", None, words="aucune règle"),
          resident=renal(8)),
    alone("créatininémie plus récente que la clairance", dci("METFORMINE", "500 mg"), Said("RENAL", REASON, words="Cockcroft"),
          resident={"clearance": {"value": 90, "on": "2026-09-01"}, "creatinine": {"value": 400, "on": "2026-11-20"}}),
    alone("neuroleptique, démence en toutes lettres", dci("RISPÉRIDONE", "1 mg"), Said("LOAD", None, words="sans code CIM-10"),
          resident={"conditions": ["maladie d’Alzheimer"]}),
    alone("neuroleptique, démence au libellé", dci("RISPÉRIDONE", "1 mg"), Said("LOAD", None, words="démence vasculaire"),
          resident={"conditions": [{"label": "démence vasculaire"}]}),
    alone("IEC et thiazide, DFG 20 : le thiazide aussi", dci("RAMIPRIL + HYDROCHLOROTHIAZIDE"),
          Said("RENAL", REASON, words="inefficace"), resident=renal(20)),
    alone("furosémide, allergie à un sulfate", dci("FUROSÉMIDE", "40 mg"), silent=("ALLERGY",),
          resident={"allergies": [{"kind": "substance", "label": "sulfate de magnésium", "code": "03019"}]}),
    alone("texte libre qui commence comme une classe", dci("IBUPROFÈNE", "400 mg"),
          Said("ALLERGY", None, words="texte libre"), resident={"allergies": ["ainsi que du pollen"]}),
    alone("LP à écraser", brand("SKENAN LP 30 mg", crush=True), Said("CRUSHING", REASON, words="libération prolongée")),
    alone("gastro-résistant, trouble de la déglutition", dci("PANTOPRAZOLE", "20 mg"), Said("CRUSHING", INFO, words="gastro"),
          resident={"swallowing_trouble": True}),
    alone("LP, déglutition non demandée", brand("SKENAN LP 30 mg"), Said("CRUSHING", None),
        resident={"swallowing_trouble": None}),
    alone("comprimé simple à écraser", dci("BISOPROLOL", "5 mg", crush=True), silent=("CRUSHING",)),
    alone("amitriptyline à 90 ans", brand("LAROXYL 25 mg"), Said("ELDERLY", INFO, words="imipraminique")),
    alone("amitriptyline à 60 ans", brand("LAROXYL 25 mg"), silent=("ELDERLY",), resident={"birth_date": "1966-01-01"}),
    alone("diazépam : demi-vie longue", dci("DIAZÉPAM", "5 mg"), Said("LOAD", INFO, words="demi-vie longue")),
    alone("zolpidem 10 mg à 90 ans", dci("ZOLPIDEM", "10 mg"), Said("ELDERLY", INFO, words="5 mg par jour")),
    alone("zolpidem 5 mg à 90 ans", dci("ZOLPIDEM", "10 mg", posology={"coucher": "1/2"}), silent=("ELDERLY",)),
    Named("trois psychotropes", (dci("OXAZÉPAM", "10 mg"), dci("MIRTAZAPINE", "15 mg"), dci("RISPÉRIDONE", "1 mg")),
          (Said("LOAD", INFO, words="3 psychotropes"),)),
    alone("neuroleptique et démence", dci("RISPÉRIDONE", "1 mg"), Said("LOAD", INFO, words="démentielle"),
        resident={"conditions": ["G30.9"]}),
    alone("oxazépam depuis un an", dci("OXAZÉPAM", "10 mg", running_since="2025-11-01"),
        Said("LOAD", INFO, words="12 semaines")),
    alone("oxybutynine : charge", dci("OXYBUTYNINE", "5 mg"), Said("LOAD", INFO, words="anticholinergique")),
    Named("oxybutynine et donépézil", (dci("OXYBUTYNINE", "5 mg"),
        dci("DONÉPÉZIL", "10 mg")), (Said("ELDERLY", INFO, words="s’opposent"),)),
    alone("chute et sédatif", dci("OXAZÉPAM", "10 mg"), Said("LOAD", INFO, words="Chute"), resident={"conditions": ["R29.6"]}),
    alone("préparation en texte libre", {"text": "préparation magistrale"}, Said("UNKNOWN_LINE", None, words="préparation")),
    alone("CIS inconnu", {"cis": "99999999"}, Said("UNKNOWN_LINE", None)),
    alone("substance sans code ATC", dci("PRUCALOPRIDE"), Said("UNKNOWN_CLASS", None)),
)  # fmt: skip

CASES = (*INTERACTIONS, *LEGAL, *CLINICAL)
