"""Reading what was typed for an act: complete, or what is missing, in French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.order import PERIODS, ActOrder
from prescriptions.kinds.fields import MAX_DAYS, Fields, Problem
from prescriptions.kinds.form import COMMENT, FLAG_FIELDS, STARTS_ON, Content, Field, Widget, normalised
from prescriptions.kinds.order import FLAGS
from prescriptions.kinds.reading import Reading, unusual_start
from prescriptions.kinds.wording import count

MAX_SESSIONS = 300
MAX_TIMES = 24
LONGEST = {"site": 120, "product": 170, "precision": 300, "indication": 500, "comment": 500}
"""Characters of each text, within its field of the message; rhythm and precision share one."""
HIDDEN = ("slug", "label")


def fields_of(catalogue: Catalogue) -> tuple[Field, ...]:
    """Return the form of this profession."""
    nursing = any(Need.PRODUCT in act.needs for act in catalogue.acts)
    sessions = f"{catalogue.session}s"
    return (
        Field("sessions", "Nombre", Widget.NUMBER, unit=sessions),
        Field("times", "Fréquence", Widget.NUMBER, unit="fois"),
        Field("per", "Par", Widget.CHOICE, choices=tuple((p, p) for p in PERIODS)),
        Field("duration_days", "Durée", Widget.NUMBER, unit="jours"),
        Field("indication", "Indication", width=6, placeholder="diagnostic ou déficit, objectif"),
        Field("site", "Localisation", placeholder="côté, région"),
        STARTS_ON,
        *(
            (Field("product", "Produit ou matériel", width=6, placeholder="ce qui est administré ou posé"),)
            if nursing
            else ()
        ),
        Field("precision", "Précision", width=6, placeholder="le matin, avant la toilette…"),
        FLAG_FIELDS[0],
        Field("urgent", "Urgent", Widget.TICK),
        Field("at_home", "Au lieu de vie du résident", Widget.TICK),
        *FLAG_FIELDS[1:],
        COMMENT,
    )


def blank(fields: tuple[Field, ...], slug: str, label: str) -> Content:
    """Return the content of a new line."""
    day = timezone.localdate().isoformat()
    proposed = {"slug": slug, "label": label, "per": "semaine", "starts_on": day, "at_home": True}
    return normalised(fields, HIDDEN, proposed)


def read(raw: Mapping[str, Any], act: Act, catalogue: Catalogue, today: date | None) -> Reading[ActOrder]:
    """Read `raw`. Never raises: whatever was typed becomes a value or a problem."""
    fields = Fields(raw)
    starts_on = fields.day("starts_on", "Donnez la date de début.")
    counted: dict[str, Any] = {
        "sessions": fields.count(
            "sessions", most=MAX_SESSIONS, unit=f"{catalogue.session}s", rule=catalogue.rule
        ),
        "times": fields.count("times", most=MAX_TIMES, unit="fois", rule=catalogue.rule),
        "duration_days": fields.count("duration_days", most=MAX_DAYS, unit="jours", rule=catalogue.rule),
    }
    _check_needs(fields, act.needs | catalogue.always, counted, catalogue)
    written: dict[str, Any] = {
        name: fields.short(name, most, catalogue.rule) for name, most in LONGEST.items()
    }
    ticked: dict[str, Any] = {name: fields.ticked(name) for name in _TICKS}
    per = _period(fields, counted["times"], catalogue)
    order = ActOrder(
        slug=act.slug,
        label=act.label,
        session=catalogue.session,
        per=per,
        starts_on=starts_on or timezone.localdate(),
        charge=act.charge or catalogue.charge,
        **counted,
        **written,
        **ticked,
    )
    _check_length(fields, order, catalogue)
    return Reading(
        None if fields.problems else order, tuple(fields.problems), _warnings(order, today), order.sentence
    )


_TICKS = ("at_home", "urgent", *FLAGS)


def _check_needs(
    fields: Fields, needs: frozenset[Need], counted: Mapping[str, int | None], catalogue: Catalogue
) -> None:
    """Say what the order lacks. A frequency alone runs for ever: it wants a number or a duration with it."""
    refused = {problem.field for problem in fields.problems}
    if Need.INDICATION in needs and not fields.text("indication"):
        fields.refuse("indication", "Donnez l’indication : elle guide le professionnel.", catalogue.rule)
    if Need.SITE in needs and not fields.text("site"):
        fields.refuse("site", "Dites où, sur le corps.", catalogue.rule)
    if Need.PRODUCT in needs and not fields.text("product"):
        fields.refuse("product", "Nommez le produit ou le matériel.", catalogue.rule)
    bounded = counted["sessions"] or counted["duration_days"]
    if (
        Need.FREQUENCY in needs
        and not counted["times"]
        and counted["sessions"] != 1
        and "times" not in refused
    ):
        fields.refuse(
            "times", "Donnez la fréquence : combien de fois, par jour, semaine ou mois.", catalogue.rule
        )
    if counted["times"] and not bounded and not refused & {"sessions", "duration_days"}:
        message = (
            f"Donnez une durée ou un nombre de {catalogue.session}s : une fréquence seule n’a pas de fin."
        )
        fields.refuse("duration_days", message, catalogue.rule)


def _period(fields: Fields, times: int | None, catalogue: Catalogue) -> str:
    """A frequency is told per day, week or month; without one, the period says nothing."""
    per = fields.text("per")
    if per in PERIODS:
        return per
    if times:
        fields.refuse("per", "Choisissez la période : par jour, par semaine ou par mois.", catalogue.rule)
    return "semaine"


def _check_length(fields: Fields, order: ActOrder, catalogue: Catalogue) -> None:
    """The twelve months of a duration hold for sessions at their rhythm too."""
    if not order.duration_days and (order.lasting_days or 0) > MAX_DAYS:
        message = f"À ce rythme, cela dépasse douze mois : réduisez le nombre de {catalogue.session}s."
        fields.refuse("sessions", message, catalogue.rule)


def _warnings(order: ActOrder, today: date | None) -> tuple[Problem, ...]:
    found = []
    if order.sessions and order.times and order.duration_days:
        wanted = order.duration_days * order.times / PERIODS[order.per]
        if abs(wanted - order.sessions) > max(1.0, order.sessions * 0.2):
            found_words = count(round(wanted), order.session)
            message = (
                f"Cette fréquence et cette durée font {found_words}, vous en prescrivez {order.sessions}."
            )
            found.append(Problem("sessions", message, "A36"))
    return (*found, *unusual_start(order.starts_on, today))
