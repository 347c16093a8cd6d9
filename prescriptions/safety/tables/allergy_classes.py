"""Usual classes of allergy, by ATC and by names of substances; what crosses between classes.

Source: our reading of the usual allergy classes of the RCP and of the SPILF/SFA sheets on beta-lactams; to be validated by
the pharmacist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prescriptions.safety.tables.atc_groups import NSAIDS

SOURCE = "Classes d’allergie usuelles (RCP ; notre lecture, à valider par le pharmacien)"
DATED = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class AllergyClass:
    """One class. `words`: how people write it, folded beginnings of words. `crossed`: ATC of related medicines, to be told."""

    code: str
    label: str
    words: tuple[str, ...]
    atc: tuple[str, ...]
    members: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    crossing: str = ""


CLASSES: tuple[AllergyClass, ...] = (
    AllergyClass(
        "PENICILLINES", "Pénicillines", ("penicilline", "peniciline", "aminopenicilline"), ("J01C",),
        ("amoxicilline", "ampicilline", "cloxacilline", "oxacilline", "piperacilline", "pivmecillinam", "ticarcilline",
         "temocilline", "phenoxymethylpenicilline", "benzylpenicilline", "benzathine benzylpenicilline", "augmentin",
         "clamoxyl"),
        ("J01D",), "Allergie croisée possible entre pénicillines et autres bêtalactamines.",
    ),
    AllergyClass(
        "BETALACTAMINES", "Bêtalactamines", ("betalactamine", "beta-lactamine", "beta lactamine"), ("J01C", "J01D"),
    ),
    AllergyClass(
        "CEPHALOSPORINES", "Céphalosporines", ("cephalosporine", "cefalosporine"), ("J01DB", "J01DC", "J01DD", "J01DE", "J01DI"),
        ("cefaclor", "cefadroxil", "cefalexine", "cefatrizine", "cefazoline", "cefepime", "cefixime", "cefotaxime", "cefotiam",
         "cefoxitine", "cefpodoxime", "ceftazidime", "ceftriaxone", "cefuroxime", "cefotiam"),
        ("J01C", "J01DF", "J01DH"), "Allergie croisée possible entre céphalosporines et autres bêtalactamines.",
    ),
    AllergyClass(
        "SULFAMIDES", "Sulfamides anti-infectieux", ("sulfamide", "sulfa", "bactrim", "cotrimoxazole"), ("J01E",),
        ("sulfamethoxazole", "sulfadiazine", "sulfasalazine", "sulfafurazole", "sulfadoxine"),
        ("C03A", "C03BA", "C03CA", "A10BB", "S01EC"),
        "Sulfamide non anti-infectieux : allergie croisée rare, à connaître.",
    ),
    AllergyClass(
        "AINS", "AINS et aspirine",
        ("ains", "anti-inflammatoire", "anti inflammatoire", "aspirine", "salicyle", "salicylate", "acide acetylsalicylique"),
        (*NSAIDS, "M02AA", "N02BA", "B01AC06", "S01BC"),
        ("acide acetylsalicylique", "acetylsalicylate", "carbasalate", "ibuprofene", "ketoprofene", "diclofenac", "naproxene",
         "celecoxib", "etoricoxib", "flurbiprofene", "indometacine", "meloxicam", "piroxicam", "acide niflumique",
         "acide tiaprofenique", "nimesulide", "aceclofenac", "acide mefenamique"),
    ),
    AllergyClass(
        "IODES", "Produits de contraste iodés", ("iode", "produit de contraste", "povidone"), ("V08A",),
        ("iohexol", "iomeprol", "iopamidol", "iobitridol", "iodixanol", "ioversol", "iopromide"),
        ("D08AG", "C01BD01", "G01AX11"), "L’iode lui-même n’est pas l’allergène des produits de contraste : à faire préciser.",
    ),
    AllergyClass("MACROLIDES", "Macrolides", ("macrolide",), ("J01FA",),
                 ("azithromycine", "clarithromycine", "erythromycine", "josamycine", "roxithromycine", "spiramycine")),
    AllergyClass("QUINOLONES", "Quinolones", ("quinolone", "fluoroquinolone"), ("J01M", "S01AE"),
                 ("ciprofloxacine", "levofloxacine", "moxifloxacine", "norfloxacine", "ofloxacine")),
    AllergyClass("CYCLINES", "Cyclines", ("cycline", "tetracycline"), ("J01A",),
                 ("doxycycline", "lymecycline", "minocycline", "metacycline")),
    AllergyClass("AMINOSIDES", "Aminosides", ("aminoside", "aminoglycoside"), ("J01G",),
                 ("amikacine", "gentamicine", "tobramycine", "neomycine", "framycetine")),
    AllergyClass("IMIDAZOLES", "Nitro-imidazolés", ("imidazole", "nitro-imidazole", "flagyl"), ("J01XD", "P01AB"),
                 ("metronidazole", "ornidazole", "secnidazole", "tinidazole")),
    AllergyClass("OPIOIDES", "Opioïdes", ("opioide", "opiace", "morphinique"), ("N02A", "R05DA"),
                 ("morphine", "codeine", "tramadol", "oxycodone", "fentanyl", "hydromorphone", "opium", "buprenorphine",
                  "dihydrocodeine", "nalbuphine")),
    AllergyClass("HEPARINES", "Héparines", ("heparine", "hbpm", "tih"), ("B01AB",),
                 ("enoxaparine", "tinzaparine", "dalteparine", "nadroparine", "heparine")),
    AllergyClass("IEC", "Inhibiteurs de l’enzyme de conversion",
                 ("iec", "inhibiteur de l'enzyme de conversion", "angio-oedeme iec"),
                 ("C09A", "C09B"),
                 ("ramipril", "perindopril", "enalapril", "lisinopril", "captopril", "benazepril", "quinapril", "fosinopril",
                  "trandolapril", "zofenopril"),
                 ("C09DX04",), "Sacubitril : contre-indiqué en cas d’angio-œdème sous IEC."),
    AllergyClass("STATINES", "Statines", ("statine",), ("C10AA", "C10BA", "C10BX"),
                 ("atorvastatine", "fluvastatine", "pravastatine", "rosuvastatine", "simvastatine")),
    AllergyClass("BENZODIAZEPINES", "Benzodiazépines", ("benzodiazepine", "bzd"), ("N05BA", "N05CD", "N03AE"),
                 ("alprazolam", "bromazepam", "clobazam", "clonazepam", "clorazepate", "diazepam", "lorazepam", "lormetazepam",
                  "oxazepam", "prazepam", "midazolam", "nitrazepam", "loprazolam", "estazolam")),
    AllergyClass("ANESTHESIQUES_LOCAUX", "Anesthésiques locaux", ("anesthesique local", "anesthesiques locaux", "xylocaine"),
                 ("N01B", "D04AB"), ("lidocaine", "articaine", "mepivacaine", "prilocaine", "ropivacaine", "bupivacaine")),
    AllergyClass("PHENOTHIAZINES", "Phénothiazines", ("phenothiazine",), ("N05AA", "N05AB", "N05AC", "R06AD"),
                 ("chlorpromazine", "cyamemazine", "levomepromazine", "alimemazine", "promethazine", "propericiazine")),
)  # fmt: skip
