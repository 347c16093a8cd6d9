"""Load of the whole treatment: number of lines, psychotropes, sedatives, anticholinergics, falls, heat (rule B130)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from prescriptions.kinds.wording import count, days
from prescriptions.safety.answers import Voice, names
from prescriptions.safety.case import Case, CaseLine, Known
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import by_atc, named
from prescriptions.safety.tables import burden
from prescriptions.safety.tables.atc_groups import BENZODIAZEPINES, NEUROLEPTICS

AMI = Voice(Check.LOAD, Source(burden.AMI, burden.DATED, "B130"), clinical=True)
ACB = AMI.citing(burden.ACB, burden.DATED)
FALLS = AMI.citing(burden.FALLS, burden.DATED)
HEAT = AMI.citing(burden.HEAT, burden.DATED)


def check(case: Case) -> Iterator[Finding]:
    """Say each indicator that is reached; local forms weigh nothing."""
    lines = [line for line in case.lines if line.drug is None or not line.drug.is_local_route]
    yield from _many(lines)
    yield from _benzodiazepines(lines)
    yield from _anticholinergics(lines)
    yield from _uncoded(case)
    yield from _dementia(case, lines)
    yield from _falls(case, lines)
    yield from _heat(case, lines)


def _many(lines: Sequence[CaseLine]) -> Iterator[Finding]:
    if len(lines) >= burden.MANY_LINES:
        headline = f"{len(lines)} médicaments"
        text = f"À partir de {burden.MANY_LINES}, une révision du traitement est conseillée."
        yield AMI.alert(Level.INFO, [], headline, text, band=str(len(lines)), expanded=False)
    psychotropes = [line for line in lines if by_atc(line, *burden.PSYCHOTROPES)]
    if len(psychotropes) >= burden.MANY_PSYCHOTROPES:
        yield AMI.alert(
            Level.INFO, psychotropes, f"{len(psychotropes)} psychotropes", f"{names(psychotropes)}."
        )
    sedatives = [line for line in lines if by_atc(line, *burden.SEDATIVES)]
    if len(sedatives) >= burden.MANY_SEDATIVES:
        text = f"{names(sedatives)} : somnolence, chutes, détresse respiratoire."
        yield AMI.alert(Level.INFO, sedatives, f"{len(sedatives)} médicaments sédatifs", text)


def _benzodiazepines(lines: Sequence[CaseLine]) -> Iterator[Finding]:
    for line in lines:
        if not by_atc(line, *BENZODIAZEPINES):
            continue
        lasting = _lasting(line)
        if lasting > burden.BENZODIAZEPINE_DAYS:
            headline = f"{line.name} : benzodiazépine depuis plus de 12 semaines"
            text = f"{days(lasting)} de traitement : réévaluez, envisagez un arrêt progressif."
            yield AMI.alert(Level.INFO, [line], headline, text, band="12", expanded=False)
        if named(line, burden.LONG_BENZODIAZEPINES):
            text = "Demi-vie de 20 heures et plus : préférez une demi-vie courte."
            headline = f"{line.name} : benzodiazépine à demi-vie longue"
            yield AMI.alert(Level.INFO, [line], headline, text, band="LONG", expanded=False)


def _lasting(line: CaseLine) -> int:
    """Days from the first day of an unbroken treatment to the end of the line; 0 when nothing is known."""
    own = line.whole_days or 0
    if line.running_since is None or line.starts_on is None:
        return own
    return max(own, (line.starts_on - line.running_since).days + own)


def _anticholinergics(lines: Sequence[CaseLine]) -> Iterator[Finding]:
    weighing = [(line, name) for line in lines if (name := named(line, burden.ANTICHOLINERGIC))]
    score = sum(burden.ANTICHOLINERGIC[name] for _, name in weighing)
    if score >= burden.HEAVY_ACB:
        about = [line for line, _ in weighing]
        text = f"{names(about)} : confusion, rétention, constipation, chutes. Seuil : {burden.HEAVY_ACB}."
        yield ACB.alert(Level.INFO, about, f"Charge anticholinergique : {score}", text, band=str(score))


def _uncoded(case: Case) -> Iterator[Finding]:
    """Words name no disease for a check: they are told, once."""
    uncoded = [c for c in case.resident.conditions if c.present and not c.is_coded]
    if uncoded:
        headline = f"{count(len(uncoded), 'pathologie')} sans code CIM-10 : démence et chutes non comparées"
        yield AMI.not_done([], headline, f"{', '.join(c.label or c.code for c in uncoded)}.")


def _dementia(case: Case, lines: Sequence[CaseLine]) -> Iterator[Finding]:
    neuroleptics = [line for line in lines if by_atc(line, *NEUROLEPTICS)]
    if not neuroleptics:
        return
    if _has(case, burden.DEMENTIA):
        text = f"{names(neuroleptics)} : surmortalité et accidents vasculaires ; durée la plus courte, réévaluation écrite."
        yield AMI.alert(
            Level.INFO, neuroleptics, "Neuroleptique et maladie démentielle", text, band="DEMENTIA"
        )
    elif case.resident.conditions_status is Known.NOT_ASKED:
        text = "Les pathologies ne sont pas renseignées : neuroleptique et démence non comparés."
        yield AMI.not_done(neuroleptics, "Démence non renseignée", text)


def _falls(case: Case, lines: Sequence[CaseLine]) -> Iterator[Finding]:
    risky = [line for line in lines if by_atc(line, *burden.SEDATIVES, *burden.PSYCHOTROPES)]
    if risky and _has(case, burden.FALL_CODES):
        text = f"{names(risky)} : chute notée au dossier, réévaluez."
        yield FALLS.alert(Level.INFO, risky, "Chute et médicaments qui y exposent", text)


def _heat(case: Case, lines: Sequence[CaseLine]) -> Iterator[Finding]:
    if not _is_summer(case.today):
        return
    exposed = [line for line in lines if by_atc(line, *burden.HEAT_ATC) or named(line, burden.STRONG)]
    if exposed:
        text = f"{names(exposed)} : surveillez hydratation, poids, kaliémie et vigilance pendant les fortes chaleurs."
        yield HEAT.alert(
            Level.INFO, exposed, "Médicaments à surveiller en cas de chaleur", text, expanded=False
        )


def _is_summer(day: date) -> bool:
    return burden.HEAT_FROM <= (day.month, day.day) <= burden.HEAT_TO


def _has(case: Case, codes: tuple[str, ...]) -> bool:
    return any(c.present and c.is_one_of(codes) for c in case.resident.conditions)
