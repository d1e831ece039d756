"""The routes to an occupation as this person can take them, best first."""

from collections.abc import Iterable
from datetime import date

from bot.advice.eligibility import KEEPS_JOB, Admission, Background, HoursNorm, admit
from bot.advice.model import Reason, RouteOption, Status
from bot.advice.scoring import Person, holds
from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue, Region, Route, TargetOccupation
from bot.profile import Profile

_ORDER = {Status.OPEN: 0, Status.ASK: 1, Status.NOT_YET: 2}


def offered(
    target: TargetOccupation, catalogue: Catalogue, region: Region | None, today: date
) -> tuple[Route, ...]:
    """Give the routes of a target that may be shown: not closed, not off here, with a source.

    A region may add routes for the fields that it names.
    """
    off = region.routes_off if region else ()
    own = [
        one.route
        for one in (region.routes_on if region else ())
        if target.field in one.fields and any(holds(source, today) for source in one.sources)
    ]
    names = dict.fromkeys((*target.routes, *own))
    named = (catalogue.routes[one] for one in names if one not in off)
    return tuple(
        route
        for route in named
        if not route.closed and any(holds(source, today) for source in route.sources)
    )


def admissions(
    target: TargetOccupation, routes: Iterable[Route], person: Person, texts: AdviceTexts
) -> tuple[tuple[Route, Admission], ...]:
    """Decide on each route, and put them in order: open, ask, not yet; wage first if needed."""
    work = person.work if person.profile.years != 0 else None
    background = Background(
        technical=work is not None and work.technical,
        same_field=work is not None and work.same_trade(target),
    )
    norm = HoursNorm(least=texts.limits.hours_least, full=texts.limits.hours_full)
    decided = [(one, admit(one, target, person.profile, background, norm)) for one in routes]
    wage_first = bool(person.profile.needs_wage)
    decided.sort(key=lambda pair: (_ORDER[pair[1].status], wage_first and not pair[0].wage))
    return tuple(decided)


def possible_with_wage(decided: Iterable[tuple[Route, Admission]]) -> Route | None:
    """Give the first route with wage that is open or worth asking for, or None."""
    for route, admission in decided:
        # A practice certificate is no way in for somebody who has a start qualification.
        meant_for_others = "praktijk_meant_for" in admission.ask
        if route.wage and admission.status is not Status.NOT_YET and not meant_for_others:
            return route
    return None


def possible_beside_job(decided: Iterable[tuple[Route, Admission]], profile: Profile) -> bool:
    """Tell whether a route can be taken beside the job that this person has."""
    return profile.situation in KEEPS_JOB and any(
        "keep_job" in admission.arrange and admission.status is not Status.NOT_YET
        for _, admission in decided
    )


def possible_on_benefit(decided: Iterable[tuple[Route, Admission]]) -> bool:
    """Tell whether a route without wage can be asked for while a benefit goes on."""
    return any(
        not route.wage
        and admission.status is Status.ASK
        and {"uwv_permission", "gemeente_permission"}.intersection(admission.ask)
        for route, admission in decided
    )


def option(route: Route, admission: Admission, texts: AdviceTexts, today: date) -> RouteOption:
    """Give a route with its sentences and the sources that still hold."""
    codes = (*admission.not_yet, *admission.ask)
    return RouteOption(
        id=route.id,
        name=route.name,
        status=admission.status,
        missing=tuple(Reason(code=code, text=texts.missing[code]) for code in codes),
        arrange=tuple(Reason(code=one, text=texts.arrange[one]) for one in admission.arrange),
        duration_months=route.duration_months,
        days_work=route.days_work,
        days_school=route.days_school,
        wage=route.wage,
        cost_text=route.cost_text,
        paid_by_text=route.paid_by_text,
        next_step=route.next_step,
        sources=tuple(one for one in route.sources if holds(one, today)),
    )
