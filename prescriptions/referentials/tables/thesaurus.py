"""What the text of the ANSM's thesaurus of interactions (edition of 15/09/2023) means to a program.

© ANSM, Thesaurus des interactions médicamenteuses. These tables are our reading of it; a new edition is read
with the same tables, and what it no longer names is ignored.
"""

from __future__ import annotations

LEVEL_WORDS: dict[str, str] = {
    "CONTRE-INDICATION": "CI",
    "Association DECONSEILLEE": "AD",
    "Précaution d'emploi": "PE",
    "A prendre en compte": "APEC",
    "CI": "CI",
    "ASDEC": "AD",
    "PE": "PE",
    "APEC": "APEC",
}
"""The text writes one level in full, several as « CI - ASDEC - APEC »."""

ALIASES: dict[str, str] = {
    "AUTRES MEDICAMENTS À RISQUE D'ANGIO-ŒDÈME": "MÉDICAMENTS, BRADYKININE ET ANGIO-ŒDÈME",
    "AUTRES MEDICAMENTS ANTICHOLINESTERASIQUES": "ANTICHOLINESTÉRASIQUES",
    "AUTRES MÉDICAMENTS HYPONATRÉMIANTS": "HYPONATRÉMIANTS",
    "AUTRES SYMPATHOMIMETIQUES INDIRECTS": "SYMPATHOMIMÉTIQUES INDIRECTS",
    "FIBRATES (AUTRES)": "FIBRATES",
    "SELS DE FER PAR VOIE INJECTABLE": "FER",
    "THÉINE": "CAFEINE",
}
"""Protagonists printed otherwise than their heading. « AUTRES X » is X without being here."""

ROUTES_OF: dict[str, tuple[str, ...]] = {
    "MÉDICAMENTS ADMINISTRÉS PAR VOIE ORALE": ("orale",),
    "MÉDICAMENTS UTILISÉS PAR VOIE VAGINALE": ("vaginale",),
}
"""Protagonists that are a route: every medicine given so is one."""

ONLY_BY: dict[str, tuple[str, ...]] = {
    "SELS DE FER PAR VOIE INJECTABLE": ("intraveineuse", "intramusculaire", "sous-cutanée"),
    "ADRÉNALINE (VOIE BUCCO-DENTAIRE OU SOUS-CUTANÉE)": ("dentaire", "sous-cutanée", "infiltration"),
}
"""Protagonists that concern some routes only: one of these must be a route of the medicine."""

LOCAL_EXCEPTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Page 1: « Les voies locales ne sont pas concernées […], sauf dans les cas suivants » (A42).
    ("MICONAZOLE", ()),
    ("ÉCONAZOLE", ()),
    ("PILOCARPINE", ("ophtalmique",)),
    ("BÊTA-BLOQUANTS (SAUF ESMOLOL) (Y COMPRIS COLLYRES)", ("ophtalmique",)),
    ("ESKÉTAMINE", ("nasale",)),
    ("DESMOPRESSINE", ("nasale",)),
    ("ÉPHÉDRINE", ("nasale",)),
    ("DIHYDROERGOTAMINE", ("nasale",)),
    ("FENTANYL", ("nasale",)),
    ("SUMATRIPTAN", ("nasale",)),
    ("SPERMICIDES", ("vaginale",)),
    ("ANTISEPTIQUES MERCURIELS", ()),
    ("POVIDONE IODÉE", ()),
    ("IODE", ()),
)
"""A substance or a protagonist, and the local routes by which it is concerned all the same (none: any).

The flu vaccine by the nose is on the list too: no such speciality is in the public base of 05/2026.
"""

HAND_ENTRIES: tuple[tuple[str, str, str, str], ...] = (
    # Two entries are plain paragraphs under their heading, without the two columns of the others.
    (
        "ANTICHOLINESTÉRASIQUES",
        "MÉDICAMENTS ATROPINIQUES",
        "APEC",
        "Il convient de prendre en compte le risque lié à l'association d'un médicament à action atropinique "
        "(imipraminiques, neuroleptiques phénothiaziniques, antispasmodiques, certains antihistaminiques H1…) "
        "chez un patient traité par anticholinestérasique. Outre la possible diminution de l'effet "
        "thérapeutique de ce dernier, l'interruption brutale du traitement atropinique expose au risque de "
        "dévoiler alors les effets muscariniques du parasympathomimétique avec symptomatologie de type "
        "« crise cholinergique », pouvant se manifester notamment par des convulsions.",
    ),
    (
        "ANTICHOLINESTÉRASIQUES",
        "AUTRES MEDICAMENTS ANTICHOLINESTERASIQUES",
        "APEC",
        "Il convient de prendre en compte l'association d'un médicament anticholinestérasique, donné dans une "
        "indication telle que la myasthénie ou l'atonie intestinale, à un autre anticholinestérasique donné "
        "dans la maladie d'Alzheimer, en raison d'un risque d'addition des effets indésirables de type "
        "cholinergique, notamment digestifs.",
    ),
)
