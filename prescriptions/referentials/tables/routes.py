"""Which routes act locally. Source: our reading of ANSM's interaction thesaurus 09/2023, page 1 (A42).

A speciality is local only when every one of its routes is here; anything unknown counts as systemic, so
that a check is done rather than skipped. Rectal, inhaled and buccal routes are systemic on purpose.
"""

LOCAL_ROUTES = frozenset(
    {
        "auriculaire",
        "buccogingivale",
        "cutanée",
        "dentaire",
        "endosinusale",
        "gingivale",
        "intracamérulaire",
        "intravitréenne",
        "nasale",
        "ophtalmique",
        "sous-conjonctivale",
        "vaginale",
    }
)
