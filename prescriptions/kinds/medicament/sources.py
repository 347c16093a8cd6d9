"""Where each field of the form of a medicine comes from, for the page of sources."""

from prescriptions.kinds.entry import COMMENT_SOURCE, FLAGS_SOURCE, Source

SOURCES = (
    Source(
        "médicament, boîte, prix, conditions",
        "BDPM (fichiers CIS, mai 2026) ; texte libre admis, dit non contrôlé",
        ("cis", "cip13", "free_label"),
    ),
    Source(
        "posologie, unité, voie, régime, précision",
        "CSP R5132-3, 2° ; structure : volume ANS eP-MED-DM",
        ("phases", "as_needed", "unit", "route", "regime", "precision"),
    ),
    Source(
        "durée, nombre de boîtes, renouvellements, début",
        "CSP R5132-3, 3° et R5132-21",
        ("duration_days", "boxes", "renewals", "starts_on"),
    ),
    Source(
        "non-substitution",
        "CSS L162-16-7 et arrêté du 12 novembre 2019 (MTE, CIF)",
        ("non_substitutable", "ns_reason", "ns_detail"),
    ),
    Source(
        "chevauchement, délivrance en une fois, pompe",
        "CSP R5132-30 et R5132-33 ; libellés CPD de la BDPM",
        ("overlap_reason", "single_dispensing", "pump"),
    ),
    Source(
        "prescription initiale, examen ou attestation",
        "CSP R5121-77 et suivants, libellés CPD de la BDPM (règles B04, B40, B41)",
        ("initial_by", "initial_on", "exam_on"),
    ),
    Source(
        "indication et réévaluation d’un antibiotique",
        "règle B42 ; gardées au dossier, ni imprimées ni envoyées",
        ("indication", "reassess_on"),
    ),
    Source("écrasement", "choix du projet (règle B127)", ("crush",)),
    Source("pharmacie désignée", "CSS L162-4-2", ("pharmacy",)),
    Source(
        "médicament d’exception",
        "CSS R163-2 ; coché par le prescripteur, aucune liste publique chargée",
        ("exception",),
    ),
    Source("hors AMM", "volume ANS eP-MED-DM (GEN-179)", ("off_label",)),
    FLAGS_SOURCE,
    COMMENT_SOURCE,
)
