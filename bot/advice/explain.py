"""Reason codes and their sentences: why an occupation fits and what to look out for."""

from collections.abc import Iterable, Iterator

from bot.advice.eligibility import Admission
from bot.advice.index import in_words
from bot.advice.levels import best_level, distance
from bot.advice.model import OccupationRef, Reason, Status
from bot.advice.options import possible_beside_job, possible_with_wage
from bot.advice.scoring import (
    ALIKE,
    Person,
    asks_experience,
    demand_of,
    grows,
    unwanted,
    wage_of,
)
from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Route, TargetOccupation
from bot.profile import Avoid, Education, Interest, WageIs

_WORTH_SAYING = 2  # steps between diploma and level

type Decided = tuple[tuple[Route, Admission], ...]


def reference(target: TargetOccupation, person: Person) -> OccupationRef:
    """Give the occupation in short, with the level that suits this person's diploma."""
    level = best_level(target.level, person.profile.education)
    return OccupationRef(id=target.id, name=target.name, field=target.field, level=level)


def reasons(
    target: TargetOccupation, person: Person, decided: Decided, texts: AdviceTexts
) -> tuple[Reason, ...]:
    """Give the reasons for an occupation, what speaks for it first.

    Args:
        target: the occupation.
        person: who it is for.
        decided: its routes with what was decided on each.
        texts: the sentences.

    Returns:
        One or more reasons, each with a sentence.
    """
    found = [
        *_background(target, person, texts),
        *_wishes(target, person, texts),
        *_income(person, decided),
        *_wage(target, person),
        *_cautions(target, person, decided, texts),
    ]
    return tuple(
        Reason(code=code, text=texts.reasons[code].format(**filled)) for code, filled in found
    )


type _Found = Iterator[tuple[str, dict[str, str]]]


def _background(target: TargetOccupation, person: Person, texts: AdviceTexts) -> _Found:
    if person.work is None:
        return
    near = person.nearness(target)
    if grows(target, person.work):
        yield "growth", {}
    if near.skills:
        named = in_words(near.skills[: texts.limits.skills_named], texts.words.join)
        yield "skills", {"origin": person.work.name, "skills": named}
    elif near.position is not None:
        yield "logical_step", {"origin": person.work.name}
    elif near.kind >= ALIKE:
        kinds = in_words((texts.words.kinds[one] for one in near.kinds), texts.words.join)
        yield "alike", {"origin": person.work.name, "kinds": kinds}


def _wishes(target: TargetOccupation, person: Person, texts: AdviceTexts) -> _Found:
    liked = [one for one in Interest if one in person.interests and one in target.interests]
    if liked:
        words = in_words((texts.words.interests[one] for one in liked), texts.words.join)
        yield "interests", {"interests": words}
    if person.avoid and not unwanted(target, person):
        yield "avoids", {"avoid": _avoid_words(person.avoid, texts)}


def _avoid_words(avoid: Iterable[str], texts: AdviceTexts) -> str:
    named = set(avoid)
    return in_words(
        (texts.words.avoid[one] for one in Avoid if one.value in named), texts.words.join
    )


def _income(person: Person, decided: Decided) -> _Found:
    if not person.profile.needs_wage:
        return
    route = possible_with_wage(decided)
    if route:
        yield "wage_route", {"route": route.name}
        return
    yield "no_wage_route", {}
    if possible_beside_job(decided, person.profile):
        yield "beside_job", {}


def _wage(target: TargetOccupation, person: Person) -> _Found:
    """Say how the known wage compares with what is needed; without an amount say it is unknown."""
    needed = person.profile.min_wage_month
    if not needed:
        return
    wage = wage_of(target, person.today)
    if wage is None or wage.month_low is None:
        yield "wage_unknown", {}
    elif wage.month_low >= needed:
        # Known wages are gross: that one is above a net amount says nothing.
        if person.profile.min_wage_is is not WageIs.NET:
            yield "wage_enough", {"wage": wage.text}
    else:
        yield "wage_low", {"wage": wage.text}


def _cautions(
    target: TargetOccupation, person: Person, decided: Decided, texts: AdviceTexts
) -> _Found:
    gap = distance(target.level, person.profile.education)
    level = texts.words.level[best_level(target.level, person.profile.education)]
    if gap >= _WORTH_SAYING:
        yield "level_up", {"level": level}
    elif -gap >= _WORTH_SAYING:
        yield "level_down", {"level": level}
    if asks_experience(target, person):
        yield "experience", {}
    demand = demand_of(target, person.today)
    if demand and demand.strength == 0:
        yield "demand_weak", {}
    if all(admission.status is Status.NOT_YET for _, admission in decided):
        yield "no_route_now", {}


def why_left_out(
    code: str, target: TargetOccupation, person: Person, texts: AdviceTexts
) -> Reason:
    """Give why an occupation was left out: code `refused`, `avoid`, `level_high` or `level_low`."""
    education = person.profile.education or Education.UNKNOWN
    text = texts.excluded[code].format(
        avoid=_avoid_words(unwanted(target, person), texts),
        level=texts.words.level[best_level(target.level, person.profile.education)],
        education=texts.words.education[education],
    )
    return Reason(code=code, text=text)
