"""French identifiers of people and places: what makes each of them well formed.

Every `validate_*` function raises `ValidationError` with a French sentence that says what to correct.
Being well formed is not being real: none of these checks asks a national directory.
"""

import re

from django.core.exceptions import ValidationError
from stdnum import luhn
from stdnum.fr import nir

INS_OIDS: dict[str, str] = {
    "1.2.250.1.213.1.4.8": "INS-NIR",
    "1.2.250.1.213.1.4.9": "INS-NIA",
    "1.2.250.1.213.1.4.10": "INS-NIR de test",
    "1.2.250.1.213.1.4.11": "INS-NIR de démonstration",
}
"""Assigning authorities of the INS number (ANS, référentiel INS, annexe « OID »)."""

# Corsican departments: the letter counts as a digit (A→1, B→2). Hypothesis to check against the official file.
_CORSICA = {"A": "1", "B": "2"}
# Digits are those of ASCII everywhere here: other scripts have digits too, that no service reads.
_FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")
_INS = re.compile(r"[0-9]{6}[0-9AB][0-9]{8}")
"""Matricule INS: a NIR or NIA of 13 characters (A or B for Corsica) then its key."""


def is_finess(value: str) -> bool:
    """Tell whether `value` is a 9-character FINESS whose last digit is its Luhn key."""
    if not _FINESS.fullmatch(value):
        return False
    return bool(luhn.is_valid(value[0] + _CORSICA.get(value[1], value[1]) + value[2:]))


def is_rpps(value: str) -> bool:
    """Tell whether `value` is an 11-digit RPPS with a valid Luhn key."""
    return bool(re.fullmatch(r"[0-9]{11}", value)) and bool(luhn.is_valid(value))


def validate_finess(value: str) -> None:
    """Refuse a FINESS number of the wrong shape or with a wrong check digit."""
    if not is_finess(value):
        raise ValidationError(
            "Ce numéro FINESS n’est pas valide : 9 caractères dont une clé. Recopiez-le depuis l’arrêté.",
            code="finess",
        )


def validate_rpps(value: str) -> None:
    """Refuse an RPPS number of the wrong shape or with a wrong check digit."""
    if not is_rpps(value):
        raise ValidationError(
            "Ce numéro RPPS n’est pas valide : 11 chiffres, sans le 8 qui le précède parfois sur la carte CPS.",
            code="rpps",
        )


def validate_am_number(value: str) -> None:
    """Refuse an Assurance Maladie billing number that is not 9 digits (arrêté du 10 août 2010)."""
    if not re.fullmatch(r"[0-9]{9}", value):
        raise ValidationError("Le numéro d’assurance maladie du prescripteur compte 9 chiffres.", code="am")


def validate_ins(value: str) -> None:
    """Refuse an INS number (NIR or NIA, 13 characters then a 2-digit key) of the wrong shape or whose key is wrong."""
    if not (_INS.fullmatch(value) and nir.is_valid(value)):
        raise ValidationError(
            "Ce matricule INS n’est pas valide : 15 caractères, clé comprise. Vérifiez la saisie.",
            code="ins",
        )


_SEX_OF: dict[str, str] = {"1": "M", "2": "F", "7": "M", "8": "F"}
"""First digit of a NIR or NIA → sex (INSEE: 1 and 2; 7 and 8 while the number is provisional)."""


def sex_told_by_ins(value: str) -> str:
    """Return « M » or « F » as the first digit of an INS number says, empty when it says neither."""
    return _SEX_OF.get(value[:1], "")


_NATIONAL_PHONE = re.compile(r"(?:(?:\+|00)33(?:\(0\))?|0)([1-9][0-9]{8})")
_OVERSEAS = re.compile(r"(?:262|263|269|590|594|596|639|69[0-7])")
"""First digits of the overseas numbers (ARCEP, plan national de numérotation): their country code is not 33."""


def international_phone(value: str) -> str:
    """Return a French number as it is stored, +33 then nine digits; anything else as it was typed.

    « 02 41 00 00 11 », « 0033 2 41… » and « +33 (0)2 41… » are the same number. An overseas number written
    from inside (« 0262… ») is left to its author: one cannot tell what should precede it.
    """
    found = _NATIONAL_PHONE.fullmatch(re.sub(r"[\s.\-/]", "", value))
    if found is None or (value.strip().startswith("0") and _OVERSEAS.match(found[1])):
        return value.strip()
    return f"+33{found[1]}"


def validate_french_phone(value: str) -> None:
    """Refuse a telephone number that is not written +33 then nine digits (CSP R5132-3, 1°; rule B01)."""
    if not re.fullmatch(r"\+33[1-9][0-9]{8}", re.sub(r"[ .]", "", value)):
        raise ValidationError(
            "Écrivez le téléphone en dix chiffres, par exemple 02 41 00 00 00, ou sous la forme +33 suivi de neuf "
            "chiffres (seule forme acceptée pour un numéro d’outre-mer).",
            code="phone",
        )
