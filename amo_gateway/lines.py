"""The line of an e-prescription in XML: one writer for each family of lines, whatever the number of kinds.

Every act shares one element, `acte`: its kind is only the `eprescType` attribute, so a kind of act the service adds to
its published list is written without a change here.
"""

from __future__ import annotations

from amo_gateway.elements import day, element, flag, hour, integer, number, optional
from amo_gateway.messages import (
    ActeBiologieLine,
    ActeLine,
    DispositifMedicalLine,
    Line,
    MedicamentLine,
    Phase,
    PosologieStructuree,
    Prise,
    SiBesoin,
    Vu,
)
from amo_gateway.xml import attribute

ACT = "acte"
"""The element of every act (hypothèse)."""
_OWN_ELEMENT = frozenset(
    {MedicamentLine.epresc_type, DispositifMedicalLine.epresc_type, ActeBiologieLine.epresc_type}
)


def element_of(epresc_type: str) -> str:
    """Return the name of the element that holds a line of that kind: its own, or the one of all acts."""
    return epresc_type if epresc_type in _OWN_ELEMENT else ACT


def write(line: Line) -> str:
    """Return the `ligne` element in canonical form."""
    name = element_of(line.epresc_type)
    return (
        f'<ligne eprescType="{attribute(line.epresc_type)}" position="{line.position:d}">'
        f"<{name}>{_body(line)}{_coverage(line)}</{name}>{_vu(line.vu)}</ligne>"
    )


def _body(line: Line) -> str:
    match line:
        case MedicamentLine():
            return _medicament(line)
        case DispositifMedicalLine():
            return _dispositif(line)
        case ActeBiologieLine():
            return _biologie(line)
        case ActeLine():
            return _acte(line)


def _coverage(line: Line) -> str:
    """What every line ends with: the indicators of coverage and the free comment."""
    off_label = flag("horsAMM", line.hors_amm) if isinstance(line, MedicamentLine) else ""
    return (
        f"{flag('ald', line.ald)}{flag('atmp', line.atmp)}{flag('prevention', line.prevention)}"
        f"{flag('nonRemboursable', line.non_remboursable)}{off_label}{optional('commentaire', line.commentaire)}"
    )


def _vu(words: Vu | None) -> str:
    """The words as signed, beside the same facts as data: nothing that was read is outside the signature."""
    if words is None:
        return ""
    return (
        f"<vu>{element('titre', words.titre)}{''.join(optional('texte', said) for said in words.textes)}"
        f"{''.join(optional('marque', mark) for mark in words.marques)}{flag('nonControle', words.non_controle)}</vu>"
    )


def _medicament(line: MedicamentLine) -> str:
    return (
        f"{_product(line)}{element('posologie', line.posologie)}{_posologie(line.posologie_structuree)}"
        f"{integer('dureeJours', line.duree_jours)}{day('dateDebut', line.date_debut)}"
        f"{integer('quantite', line.quantite)}{integer('renouvellements', line.renouvellements)}"
        f"{flag('substitutionAutorisee', line.substitution_autorisee)}"
        f"{optional('motifNonSubstitution', line.motif_non_substitution)}"
        f"{''.join(optional('mention', mention) for mention in line.mentions)}"
    )


def _product(line: MedicamentLine) -> str:
    """A free text or a préparation has no code, and perhaps neither substance nor route; a CIP is then refused by the schema."""
    if line.cis is None:
        return (
            f"{flag('libre', True)}{optional('cip13', line.cip13)}{element('denomination', line.denomination)}"
            f"{optional('dci', line.dci)}{optional('voie', line.voie)}"
        )
    return (
        f"{element('cis', line.cis)}{optional('cip13', line.cip13)}{element('denomination', line.denomination)}"
        f"{element('dci', line.dci)}{element('voie', line.voie)}"
    )


def _dispositif(line: DispositifMedicalLine) -> str:
    return (
        f"{element('codeLpp', line.code_lpp)}{element('denomination', line.denomination)}"
        f"{element('mode', line.mode)}{integer('quantite', line.quantite)}"
        f"{integer('dureeLocationJours', line.duree_location_jours)}{integer('dureeJours', line.duree_jours)}"
        f"{day('dateDebut', line.date_debut)}{integer('renouvellements', line.renouvellements)}"
        f"{optional('cote', line.cote)}{optional('taille', line.taille)}{optional('siege', line.siege)}"
        f"{optional('precision', line.precision)}"
    )


def _biologie(line: ActeBiologieLine) -> str:
    return (
        f"{optional('codeNabm', line.code_nabm)}{element('denomination', line.denomination)}"
        f"{flag('aJeun', line.a_jeun)}{flag('urgent', line.urgent)}"
        f"{day('dateSouhaitee', line.date_souhaitee)}{optional('frequence', line.frequence)}"
        f"{integer('intervalleJours', line.intervalle_jours)}"
        f"{integer('nombreExecutions', line.nombre_executions)}{integer('dureeJours', line.duree_jours)}"
        f"{optional('contexteClinique', line.contexte_clinique)}"
    )


def _acte(line: ActeLine) -> str:
    return (
        f"{optional('code', line.code)}{element('libelle', line.acte)}{optional('indication', line.indication)}"
        f"{integer('nombreSeances', line.nombre_seances)}{optional('frequence', line.frequence)}"
        f"{integer('dureeJours', line.duree_jours)}{day('dateDebut', line.date_debut)}"
        f"{optional('siege', line.siege)}{optional('produit', line.produit)}"
        f"{flag('aDomicile', line.a_domicile)}{flag('urgent', line.urgent)}"
        f"{integer('renouvellements', line.renouvellements)}"
    )


def _posologie(posologie: PosologieStructuree | None) -> str:
    if posologie is None:
        return ""
    phases = "".join(_phase(rank, phase) for rank, phase in enumerate(posologie.phases, start=1))
    return (
        f"<posologieStructuree>{element('unite', posologie.unite)}<phases>{phases}</phases>"
        f"{_si_besoin(posologie.si_besoin)}</posologieStructuree>"
    )


def _phase(rank: int, phase: Phase) -> str:
    days = "".join(integer("jourSemaine", weekday) for weekday in phase.jours_semaine)
    return (
        f'<phase numero="{rank}">{integer("dureeJours", phase.duree_jours)}'
        f"{integer('intervalleJours', phase.intervalle_jours)}{days}"
        f"<prises>{''.join(map(_prise, phase.prises))}</prises></phase>"
    )


def _prise(prise: Prise) -> str:
    return (
        f"<prise>{number('quantite', prise.quantite)}{optional('moment', prise.moment)}"
        f"{hour('heure', prise.heure)}</prise>"
    )


def _si_besoin(limits: SiBesoin | None) -> str:
    if limits is None:
        return ""
    return (
        f"<siBesoin>{element('motif', limits.motif)}"
        f"{number('intervalleMinimalHeures', limits.intervalle_minimal_heures)}"
        f"{number('maximumPar24h', limits.maximum_par_24h)}</siBesoin>"
    )
