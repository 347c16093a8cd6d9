"""What a line costs money for, in the terms of the budget rules of an EHPAD (rules B90–B98)."""

from enum import StrEnum


class Charge(StrEnum):
    """One row of the perimeter tables of CASF R314-167 and R314-168. Some are not lines we write: the table is whole."""

    MEDICAMENT = "Médicaments"
    DM_ANNEXE_1999 = "Dispositif médical de l’annexe de 1999"
    LPP_AUTRE = "Autre dispositif de la LPP"
    MEDECIN_GENERALISTE = "Médecin généraliste"
    MEDECIN_SPECIALISTE = "Médecin spécialiste libéral"
    SOINS_INFIRMIERS = "Soins infirmiers"
    AUXILIAIRE_MEDICAL = "Kinésithérapie, orthophonie et autres auxiliaires médicaux"
    BIOLOGIE = "Biologie médicale"
    RADIOLOGIE_SIMPLE = "Radiologie simple"
    HORS_TARIF_SOINS = "Équipements lourds, soins dentaires, dialyse, transports, secteur psychiatrique"
