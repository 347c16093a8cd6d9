"""Words added to the labels of the CIM-10 so that they are found as people say them, and the usual diagnoses.

Source: our own lists, read from the labels of 2020, reviewed 11/2026. They carry no authority: they only help to
find a code. Left: regular expression on the folded label; right: words the label also answers to.
"""

DIAGNOSIS_WORDS: tuple[tuple[str, str], ...] = (
    (r"hypertension essentielle", "hta arterielle"),
    (r"maladie d.alzheimer", "ma"),
    (r"fibrillation et flutter auriculaires|fibrillation auriculaire", "fa acfa arythmie auriculaire"),
    (r"diabete sucre *de type 2", "dt2 dnid diabetique"),
    (r"diabete sucre *de type 1", "dt1 did diabetique"),
    (r"insuffisance cardiaque|insuffisance ventriculaire", "ic icc cardiopathie"),
    (r"infarctus cerebral|accident vasculaire cerebral", "avc aic ischemique"),
    (r"hemorragie intracerebrale", "avc"),
    (r"accident ischemique cerebral transitoire", "ait"),
    (r"maladies? pulmonaires? obstructives? chroniques?", "bpco bronchopneumopathie"),
    (r"insuffisance renale chronique|maladie renale chronique", "irc mrc insuffisance"),
    (r"infarctus aigu du myocarde", "idm"),
    (r"arterio-?pathie|atherosclerose des arteres distales", "aomi arterite"),
    (r"embolie pulmonaire", "ep"),
    (r"phlebite|thrombophlebite", "tvp phlebite"),
    (r"reflux gastro-?oesophagien", "rgo"),
    (r"infection des voies urinaires|cystite", "iu urinaire"),
    (r"ulcere de decubitus", "escarre"),
    (r"hyperplasie de la prostate", "hbp adenome"),
    (r"hypercholesterolemie|hyperlipidemie", "dyslipidemie cholesterol"),
    (r"cardiopathie ischemique|maladie ischemique", "coronaropathie coronarienne"),
    (r"episodes? depressifs?", "depression"),
    (r"degenerescence de la macula", "dmla"),
    (r"syndrome d.apnees? du sommeil|apnee du sommeil", "saos sas"),
    (r"polyarthrite rhumatoide", "pr"),
    (r"tendance a tomber|chute", "chutes"),
    (r"malnutrition", "denutrition"),
    (r"tumeurs? malignes?", "cancer"),
    (r"^hypovolemie", "deshydratation"),
    (r"^angine de poitrine", "angor"),
)

USUAL_DIAGNOSES: tuple[str, ...] = tuple(
    """
    I10 G309 F03 F009 I489 I48 I500 I509 E119 E109 I64 I639 G459 J449 N189 N184 F322 F329
    F32 F419 G20 F107 I259 I209 I702 E039 E780 E785 K219 K590 M819 M199 M170 M160 N390 N40
    L899 L89 E440 E46 D509 D649 R296 W19 R15 R32 H353 H269 H409 G409 G473 I269 I802 B029
    J189 J180 A099 E86 E876 E871 R13 F011 F019 G31 G318 S720 Z515 M545 M069 E6690 K57 K573
    """.split()  # noqa: SIM905  a list of codes reads better as lines
)
"""Codes that a nursing home writes most, in the order they are proposed when words match alike."""
