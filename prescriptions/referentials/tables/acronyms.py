"""How LPP and NABM labels in capitals are put in sentence case: what stays in capitals, where notes begin.

Source: our own lists, read from the labels of the tables of 2020, reviewed 11/2026. Words without a vowel (TSH, CRP,
NFS) and words mixing letters and digits (HBA1C, T4) stay in capitals by rule; the acronyms below have a vowel.
"""

_ACRONYMS = (
    "AAN ACE ACTH ADN AFP ALAT ANCA ANP APTT ARN ASAT ASLO ATB AVF AVK BAHA BIL CA CMV CEA CGH CNO DAO DCI DHA "
    "DHEA EAL EBV ECA ECBU ECG ECP EIA ELISA FIV FNA FRA GABA GAD HIV HLA IA IB IEP IFI IGA IGE IGF IGG IGM "
    "IGRA II III INR IRM IST IV IX MAI MIE NABM NADH NAG NPAD NSE NSO OAVF OH OLT ORL PDM PICC PROBNP PSA PVC "
    "RAI RAST RIA RIPA SIDA TCA TEBG TENS TGO UV VI VIH VII VIII VZV XI XII XIII ZN CHUT CHUP"
)
ACRONYMS = frozenset(_ACRONYMS.split())

_UNITS = "CM MM ML KG MG CL GR MCG HZ DB"
UNITS = frozenset(_UNITS.split())
"""Units without a vowel: lower case all the same."""

_PLAIN = "PR SS SDE RGL ST PLS CHRN THR PCS BTE STD DTF STR SYST BRTS PST MTS PX DS CST LG"
PLAIN = frozenset(_PLAIN.split())
"""Shortened words without a vowel that are not acronyms."""

NOTES = (
    r"POUR LES (?:ACTES|EXAMENS) \d",
    r"CET +(?:ACTE|EXAMEN) ",
    r"LA (?:PRISE +EN +CHARGE|COTATION)",
    r"LES (?:COTATIONS|INDICATIONS)",
    r"COTATION NON",
    r"L'(?:ACTE|EXAMEN) (?:\d|EST)",
    r"LE (?:LABORATOIRE|DOSAGE SERA|CODE|BIOLOGISTE)",
    r"RENDRE L",
    r"UNE SEULE +COTATION",
    r"A REALISER",
)
"""Where a NABM label stops naming the act and goes on with rules of billing (regular expressions on it)."""
