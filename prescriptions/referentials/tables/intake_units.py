"""From the pharmaceutical form to the unit a posology is written in. Source: our own list over the 351 forms
and the labels of the base of 05/2026.

Each row: pattern, tried on « form | routes | label | substances | first box », folded (no accent, lower
case; granulés become « granulat », not to be taken for homeopathic granules), first match wins; unit
proposed. The prescriber may always choose another unit.
"""

INTAKE_UNITS: tuple[tuple[str, str], ...] = (
    (r"^[^|]*\bcomprime", "comprimé"),
    (r"^[^|]*\bgelule", "gélule"),
    (r"^[^|]*\bcapsule", "capsule"),
    (r"^[^|]*\bsuppositoire", "suppositoire"),
    (r"^[^|]*\bovule", "ovule"),
    (r"^[^|]*\b(pastille|pate a sucer)", "pastille"),
    (r"^[^|]*\bgomme", "gomme"),
    (r"^[^|]*\bgranules\b", "granule"),
    (r"^[^|]*\bfilm\b", "film"),
    (r"^lyophilisat[^|]*\|[^|]*(orale|sublinguale)", "lyophilisat"),
    (r"^[^|]*\b(patch|dispositif)[^|]*\|[^|]*transdermique", "patch"),
    (r"^[^|]*\b(emplatre|pansement|patch)", "emplâtre"),
    (r"^[^|]*\b(systeme de diffusion|dispositif|implant|insert)", "dispositif"),
    (r"^[^|]*\bcollyre.*unidose", "goutte"),
    (r"^[^|]*\bcollyre", "goutte"),
    (r"^[^|]*\|[^|]*auriculaire", "goutte"),
    (r"^[^|]*\bgouttes?\b|\ben gouttes\b", "goutte"),
    (
        r"^[^|]*\b(creme|pommade|gel|pate|onguent|lotion|mousse|shampooing|vernis|baton|gelee)\b[^|]*\|",
        "application",
    ),
    (r"^[^|]*\bpour (application|usage dentaire)\b", "application"),
    (r"^[^|]*\bbain de bouche|^[^|]*gargarisme", "bain de bouche"),
    (r"^[^|]*\b(gaz|liquide) pour inhalation|^gaz\b", "litre"),
    (r"^[^|]*\bnebuliseur", "récipient unidose"),
    (r"^[^|]*\|[^|]*inhalee", "dose"),
    (r"^[^|]*\b(collutoire|pulverisation)|^[^|]*\|[^|]*nasale", "pulvérisation"),
    (r"^[^|]*\|[^|]*orale.*\bsachet", "sachet"),
    (r"^[^|]*\bbuvable[^|]*\|.*\bampoule", "ampoule"),
    (r"^[^|]*\bbuvable[^|]*\|.*\bunidose", "récipient unidose"),
    (r"^[^|]*\b(sirop|buvable)", "mL"),
    (r"^[^|]*\bplante", "sachet"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b.*\binsuline", "unité"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b.*\b(seringue|stylo)", "injection"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b.*\bpoche", "poche"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b.*\bflacon", "flacon"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b.*\bampoule", "ampoule"),
    (r"^[^|]*\b(injectable|perfusion|parenteral\S*|injection)\b", "injection"),
    (r"^[^|]*\|[^|]*(cutanee|vaginale|ophtalmique|gingivale)", "application"),
    (r"^[^|]*\|[^|]*rectale", "dose"),
    (r"^(solution|suspension|emulsion|liquide)[^|]*\|[^|]*orale", "mL"),
)
DEFAULT_INTAKE_UNIT = "dose"

# How a box label names each unit (folded, « (s) » removed), to count what a box holds.
UNIT_WORDS: dict[str, str] = {
    "comprimé": r"comprimes?",
    "gélule": r"gelules?",
    "capsule": r"capsules?",
    "suppositoire": r"suppositoires?",
    "ovule": r"ovules?|capsules?",
    "pastille": r"pastilles?",
    "gomme": r"gommes?",
    "film": r"films?(?! thermosoude)|sachets?",
    "lyophilisat": r"lyophilisats?|comprimes?",
    "patch": r"dispositifs?|patchs?|sachets?",
    "emplâtre": r"emplatres?|pansements?|patchs?",
    "dispositif": r"dispositifs?|systemes?|anneaux?|implants?|inserts?",
    "dose": r"doses?",
    "pulvérisation": r"pulverisations?|doses?",
    "sachet": r"sachets?",
    "ampoule": r"ampoules?",
    "récipient unidose": r"recipients? unidoses?|unidoses?|ampoules?",
    "injection": r"seringues?|stylos?|cartouches?|flacons?|ampoules?",
    "poche": r"poches?",
    "flacon": r"flacons?|ampoules?",
    "mL": r"ml",
}
# No count for « litre »: an oxygen bottle « de 5 l » tells its water capacity, not the gas it holds.
