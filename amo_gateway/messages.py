"""What an e-prescription says, in the vocabulary of the wire (nomFamille → nom_famille, and so on).

Content follows the public facts on the unified e-prescription (EPU): the data elements named by the published
connector documentation and the ANS mapping of the EPU to CDA. Names that no public source gives are ours (hypothèse).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import ClassVar

INS_NIR_OID = "1.2.250.1.213.1.4.8"
"""OID of an INS that is a NIR (référentiel INS). INS_NIA_OID is the one of a NIA."""
INS_NIA_OID = "1.2.250.1.213.1.4.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The person treated: INS traits, and the INS number when it is qualified."""

    nom_famille: str
    """Birth name, 1 to 100 characters (EF_EP04.01)."""
    prenom: str
    """First given name."""
    date_naissance: date
    sexe: str
    """`M`, `F`, or `I` (indéterminé)."""
    nom_utilise: str | None = None
    prenom_utilise: str | None = None
    prenoms: str | None = None
    """All given names, separated by a space."""
    lieu_naissance: str | None = None
    """INSEE code of the place of birth (INS trait)."""
    ins: str | None = None
    """Matricule INS: 15 characters, key included. None unless qualified."""
    ins_oid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescripteur:
    """A prescriber: RPPS of 11 digits, French profession and speciality codes, and how to reach them as printed (CSP
    R5132-3, 1°).
    """

    rpps: str
    nom: str
    prenom: str
    profession: str
    """Code of the profession (TRE_G15), `10` for a physician."""
    specialite: str | None = None
    """Code of the speciality (TRE_R38, e.g. `SM54`)."""
    nom_complet: str | None = None
    """« Dr Claire Martineau », title included."""
    qualite: str | None = None
    """Profession and speciality in words."""
    telephone: str | None = None
    """In +33 form."""
    courriel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Where it is prescribed from: an AM number (liberal activity) or a FINESS géographique (salaried), never both."""

    am: str | None = None
    finess: str | None = None

    def __post_init__(self) -> None:
        """Refuse both or neither (arrêté du 10 août 2010, SASS1021517A)."""
        if (self.am is None) == (self.finess is None):
            raise ValueError("Indiquez soit le numéro AM du prescripteur, soit le FINESS de l’établissement.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """The house where the patient lives and is prescribed for: the professional address of CSP R5132-3, 1°."""

    finess: str
    nom: str
    adresse: str
    code_postal: str
    ville: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prise:
    """One intake of a day: how much, at a moment of the day or at a precise hour."""

    quantite: Decimal
    moment: str | None = None
    """`matin`, `midi`, `soir`, `coucher`, or another code of the same form (lower-case, no space)."""
    heure: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of treatment with one rhythm; several in a row make a tapering scheme."""

    prises: Sequence[Prise]
    duree_jours: int | None = None
    """None for the last phase when it runs to the end of the treatment."""
    intervalle_jours: int = 1
    """1 = every day, 2 = every other day…"""
    jours_semaine: Sequence[int] = ()
    """ISO week days (1 = lundi); empty = any day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiBesoin:
    """The limits of an if-needed treatment."""

    motif: str
    intervalle_minimal_heures: Decimal | None = None
    maximum_par_24h: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PosologieStructuree:
    """The posology as data; the sentence of the line stays the reference for a human reader."""

    unite: str
    phases: Sequence[Phase]
    si_besoin: SiBesoin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vu:
    """The exact words of a line that the prescriber read and signed, and that the ordonnance prints."""

    titre: str
    textes: Sequence[str] = ()
    marques: Sequence[str] = ()
    """« AT/MP », « Non remboursable »…"""
    non_controle: bool = False
    """Written in free text: no rule of the software has checked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseLine:
    """What every line says: its place, the indicators of coverage, a free comment, and the words that were signed."""

    position: int
    ald: bool = False
    atmp: bool = False
    prevention: bool = False
    non_remboursable: bool = False
    commentaire: str | None = None
    vu: Vu | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicamentLine(BaseLine):
    """One medicine (`eprescType` = medicament)."""

    epresc_type: ClassVar[str] = "medicament"

    denomination: str
    dci: str
    voie: str
    """Route of administration, in words of the BDPM."""
    posologie: str
    """The sentence the patient and the nurse read."""
    cis: str | None
    """8 digits of the BDPM; None = free text or préparation, said `libre` on the wire, then without CIP."""
    cip13: str | None = None
    posologie_structuree: PosologieStructuree | None = None
    duree_jours: int | None = None
    date_debut: date | None = None
    quantite: int | None = None
    """Number of boxes."""
    renouvellements: int = 0
    substitution_autorisee: bool = True
    motif_non_substitution: str | None = None
    """`MTE`, `EFG` or `CIF` (CSS L162-16-7); required when substitution is refused."""
    hors_amm: bool = False
    mentions: Sequence[str] = ()
    """What the law wants written beside the posology, as printed: reasons, fractions, dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositifMedicalLine(BaseLine):
    """One product of the LPP (`eprescType` = dispositifMedical); CSS R165-38 for what it must say."""

    epresc_type: ClassVar[str] = "dispositifMedical"

    denomination: str
    code_lpp: str
    """7 digits, required: a line without code would stop the delivery at the pharmacy."""
    mode: str
    """`achat`, `location`, or `prestation` (a fee paid by the period: oxygen)."""
    quantite: int
    """Number of packages, or of devices rented."""
    duree_location_jours: int | None = None
    duree_jours: int | None = None
    """Days the prescription covers."""
    date_debut: date | None = None
    renouvellements: int = 0
    cote: str | None = None
    """`droit`, `gauche` or `bilateral`."""
    taille: str | None = None
    """Size, in the words of the product (`M`, `40 × 40 cm`)."""
    siege: str | None = None
    """Part of the body."""
    precision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeBiologieLine(BaseLine):
    """One examination of medical biology (`eprescType` = acteBiologieMedicale); CSP L6211-8."""

    epresc_type: ClassVar[str] = "acteBiologieMedicale"

    denomination: str
    code_nabm: str | None
    """4 digits of the NABM; None = free text, or an examination outside the NABM."""
    a_jeun: bool = False
    urgent: bool = False
    date_souhaitee: date | None = None
    frequence: str | None = None
    """The sentence the laboratory reads; the two numbers below say the same as data."""
    intervalle_jours: int | None = None
    nombre_executions: int | None = None
    contexte_clinique: str | None = None
    duree_jours: int | None = None
    """Days the prescription covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeLine(BaseLine):
    """One act of a health professional, of any kind the published list of `eprescType` names: nothing here knows them."""

    epresc_type: str
    acte: str
    code: str | None = None
    """Code of the act in its nomenclature, when there is one."""
    indication: str | None = None
    nombre_seances: int | None = None
    frequence: str | None = None
    """The sentence the professional reads."""
    duree_jours: int | None = None
    date_debut: date | None = None
    siege: str | None = None
    """Part of the body."""
    produit: str | None = None
    """Product or material of the act."""
    a_domicile: bool = False
    urgent: bool = False
    renouvellements: int = 0


Line = MedicamentLine | DispositifMedicalLine | ActeBiologieLine | ActeLine
"""Any line of an e-prescription; all the lines of one e-prescription are of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pharmacie:
    """The dispenser named on the prescription, where the law wants one (CSS L162-4-2)."""

    nom: str
    finess: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EPrescription:
    """The whole message of operation EP4, before signature."""

    identifiant: str
    """18 characters made by identifiers.py before any call."""
    date_prescription: date
    patient: Patient
    prescripteur: Prescripteur
    structure: Structure
    lignes: Sequence[Line]
    opposition: bool = False
    """The patient objects to the prescriber seeing what is dispensed (CSP R4073-1)."""
    date_information: date | None = None
    """When the patient was informed of that right."""
    informe_par: str | None = None
    """Who informed them."""
    date_fin_validite: date | None = None
    date_execution_souhaitee: date | None = None
    rpps_remplacant: str | None = None
    """RPPS of the replacement doctor who writes for `prescripteur`."""
    remplacant: Prescripteur | None = None
    """The same doctor in full; `rpps_remplacant` is what public sources name."""
    lieu: Lieu | None = None
    pharmacie: Pharmacie | None = None
    sous_types: Sequence[str] = ()
    """Codes of code system 1.2.250.1.213.1.1.4.322, e.g. `MED-1094` (execution at home)."""
    poids: Decimal | None = None
    """Kilograms."""
    taille: Decimal | None = None
    """Centimetres."""
    prix_total: Decimal | None = None
    """Euros for one dispensing, as printed (rule A16); None when unknown or not printed."""
    commentaire: str | None = None
