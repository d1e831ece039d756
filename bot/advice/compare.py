"""Two or three routes, or occupations, side by side on fixed rows, as they are for this person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.guide import region_of
from bot.advice.index import in_words, index_of
from bot.advice.model import RouteOption
from bot.advice.options import admissions, offered, option
from bot.advice.scoring import demand_of, holds, person_of, wage_of
from bot.advice.texts import AdviceTexts
from bot.advice.wage_words import wage_in_words
from bot.catalogue.model import Catalogue, Route, Source, TargetOccupation
from bot.profile import Profile

ROWS = (
    "route", "duration", "days", "wage", "cost", "paid_by", "diploma", "entry", "demand", "hard",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`rows` has for each name of ROWS one text per thing, in the order of `names`."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[Source, ...]


type _Column = tuple[dict[str, str], tuple[Source, ...]]


def compare(
    things: Sequence[Route] | Sequence[TargetOccupation],
    profile: Profile,
    catalogue: Catalogue,
    texts: AdviceTexts,
    *,
    today: date,
) -> Comparison:
    """Put routes, or occupations, side by side.

    Args:
        things: what to compare, all of one kind.
        profile: who it is for: of an occupation the route that this person can best take is shown.
        catalogue: the facts.
        texts: the sentences.
        today: the day that facts must still hold on.

    Returns:
        Every row for every thing; what we do not know is said in words, never left out.
    """
    column: Callable[[Route | TargetOccupation], _Column] = lambda one: (  # noqa: E731
        _of_route(one, texts, today)
        if isinstance(one, Route)
        else _of_occupation(one, profile, catalogue, texts, today)
    )
    columns = [column(one) for one in things]
    sources = (source for _, listed in columns for source in listed)
    return Comparison(
        names=tuple(one.name for one in things),
        rows=tuple((name, tuple(values[name] for values, _ in columns)) for name in ROWS),
        sources=tuple(dict.fromkeys(sources)),
    )


def _of_route(route: Route, texts: AdviceTexts, today: date) -> _Column:
    said = texts.compare
    values = {
        **_practical(route, texts),
        "route": route.summary,
        "diploma": route.diploma_text,
        "entry": route.entry_text,
        "demand": said["depends"],
        "hard": said["depends"],
    }
    return values, tuple(one for one in route.sources if holds(one, today))


def _of_occupation(
    target: TargetOccupation,
    profile: Profile,
    catalogue: Catalogue,
    texts: AdviceTexts,
    today: date,
) -> _Column:
    said, index = texts.compare, index_of(catalogue)
    person = person_of(profile, index, texts.weights, today)
    region, _ = region_of(profile.place, index, texts)
    decided = admissions(target, offered(target, catalogue, region, today), person, texts)
    best = option(*decided[0], texts, today) if decided else None
    values = dict.fromkeys(ROWS, said["no_route"]) | (_practical(best, texts) if best else {})
    demand, known_wage = demand_of(target, today), wage_of(target, today)
    values["wage"] = " ".join(
        [
            *([values["wage"]] if best else []),
            said["later"].format(wage=known_wage.text) if known_wage else said["wage_unknown"],
        ]
    )
    levels = (texts.words.level[one] for one in target.level)
    values["diploma"] = said["level"].format(level=in_words(levels, said["or"]))
    values["demand"] = demand.text if demand else said["demand_unknown"]
    values["hard"] = target.hard
    if best:
        values["route"], values["entry"] = best.name, _entry(best, texts)
    facts = (fact.source for fact in (demand, known_wage) if fact)
    return values, (*(best.sources if best else ()), *facts)


def _entry(best: RouteOption, texts: AdviceTexts) -> str:
    told = (*best.missing, *best.arrange)
    return " ".join([texts.compare[f"entry_{best.status}"], *(one.text for one in told[:2])])


def _practical(route: Route | RouteOption, texts: AdviceTexts) -> dict[str, str]:
    """Give the rows that a route and a person's option of it have alike."""
    words = texts.plan.words
    low, high = route.duration_months
    duration = words["duration_one"] if low == high else words["duration"]
    days = words["days"].format(work=in_days(route.days_work), school=in_days(route.days_school))
    return {
        "duration": duration.format(low=low, high=high),
        "days": days,
        "wage": wage_in_words(words, wage=route.wage, days_work=route.days_work),
        "cost": route.cost_text,
        "paid_by": route.paid_by_text,
    }


def in_days(days: float) -> str:
    """Give a number of days as Dutch writes it: 2,5."""
    return f"{days:g}".replace(".", ",")
