"""Advice for a profile: which occupations fit best, by which routes, and what was left out."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from bot.advice.explain import Decided, reasons, reference, why_left_out
from bot.advice.guide import partner_of, quoted, region_of
from bot.advice.index import Index, index_of
from bot.advice.model import Advice, Excluded, Status, Suggestion
from bot.advice.options import (
    admissions,
    offered,
    option,
    possible_beside_job,
    possible_on_benefit,
    possible_with_wage,
)
from bot.advice.scoring import (
    Person,
    demand_of,
    person_of,
    score,
    wage_of,
    why_out,
)
from bot.advice.texts import AdviceTexts, Weights
from bot.catalogue.model import Catalogue, Region, TargetOccupation
from bot.profile import Profile, Situation

_ONE_FIELD = 2  # of the first suggestions, at most this many are of one field
_FIRST = 3
_QUESTIONS = 3


class _Scored(NamedTuple):
    """A target with its score; once its routes are worked out, that may have lowered it.

    `bound` is the score before the routes: no less than `score`. A tuple and not a dataclass,
    since every advice makes one for every target.
    """

    target: TargetOccupation
    bound: float
    score: float
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """All that one advice is made of."""

    person: Person
    catalogue: Catalogue
    region: Region | None
    texts: AdviceTexts


def advise(
    profile: Profile,
    catalogue: Catalogue,
    texts: AdviceTexts,
    *,
    today: date,
    limit: int = 3,
) -> Advice:
    """Give the advice for a profile; the same input always gives the same advice.

    Args:
        profile: what the person told; anything may be absent.
        catalogue: the facts.
        texts: weights and sentences.
        today: the day that `valid_until` of facts is held against.
        limit: how many suggestions at most; more only adds to the same first ones.

    Returns:
        The advice. Without a known occupation and without interests there are no suggestions
        but questions.
    """
    index = index_of(catalogue)
    person = person_of(profile, index, texts.weights, today)
    region, about_place = region_of(profile.place, index, texts)
    questions = (*_about_work(person, texts), *about_place)
    if person.work is None and not person.interests:
        return Advice(
            region=region,
            suggestions=(),
            excluded=(),
            questions=(*questions, *_still_to_ask(profile, texts))[:_QUESTIONS],
        )
    kept, dropped = _split(index, person, texts)
    case = _Case(person, catalogue, region, texts)
    chosen = _diverse(kept, limit, case)
    return Advice(
        region=region,
        suggestions=tuple(_suggestion(one, case) for one in chosen),
        excluded=_excluded(dropped, person, texts),
        questions=questions,
    )


def fit_of(
    target: TargetOccupation,
    profile: Profile,
    catalogue: Catalogue,
    texts: AdviceTexts,
    *,
    today: date,
) -> Suggestion | Excluded | None:
    """Give how one occupation fits that somebody asks after, advised or not.

    Returns:
        A suggestion, with score 0 when nothing that was told speaks for it; or why it is left out;
        None when too little is known for advice, or when it is the person's own work.
    """
    index = index_of(catalogue)
    person = person_of(profile, index, texts.weights, today)
    known = person.work is not None or bool(person.interests)
    if not known or (person.work and person.work.item.id == target.id):
        return None
    if code := why_out(target, person, texts.limits):
        return Excluded(
            occupation=reference(target, person),
            reason=why_left_out(code, target, person, texts),
        )
    region, _ = region_of(profile.place, index, texts)
    case = _Case(person, catalogue, region, texts)
    value = score(target, person, texts.weights, texts.limits)
    found = _suggestion(_with_routes(_Scored(target, value or 0, value or 0), case), case)
    return replace(found, score=0) if value is None else found


def _about_work(person: Person, texts: AdviceTexts) -> tuple[str, ...]:
    """Say that the work was not recognised: what somebody said is never passed over in silence."""
    said = person.profile.occupation
    if not said or person.work is not None:
        return ()
    return (texts.questions.unknown_work.format(occupation=quoted(said)),)


def _still_to_ask(profile: Profile, texts: AdviceTexts) -> tuple[str, ...]:
    known = profile.to_json()
    return tuple(text for field, text in texts.questions.ask.items() if field not in known)


def _split(
    index: Index, person: Person, texts: AdviceTexts
) -> tuple[list[_Scored], list[tuple[_Scored, str]]]:
    """Score every target; give those to choose from, and those left out with the code why."""
    own = person.work.item.id if person.work else None
    kept: list[_Scored] = []
    dropped: list[tuple[_Scored, str]] = []
    for target in index.targets:
        if target.id == own:
            continue
        value = score(target, person, texts.weights, texts.limits)
        if value is None:
            continue
        if code := why_out(target, person, texts.limits):
            dropped.append((_Scored(target, value, value), code))
        else:
            kept.append(_Scored(target, value, value))
    kept.sort(key=_best_first)
    dropped.sort(key=lambda pair: _best_first(pair[0]))
    return kept, dropped


def _best_first(scored: _Scored) -> tuple[float, str]:
    return -scored.score, scored.target.id


def _diverse(kept: list[_Scored], limit: int, case: _Case) -> list[_Scored]:
    """Choose one by one, each time the best after taking off for likeness to those chosen.

    Routes are worked out only for who comes first: they can make a score fall, never rise.
    """
    left = list(kept)
    chosen: list[_Scored] = []
    while left and len(chosen) < limit:
        place, value = _best(left, chosen, case.texts)
        best = left[place]
        if best.decided is None:
            left[place] = _with_routes(best, case)
            continue
        del left[place]
        # A field that had to wait may come out higher: keep the scores falling.
        ceiling = chosen[-1].score if chosen else value
        chosen.append(best._replace(score=min(value, ceiling)))
    return chosen


def _best(left: list[_Scored], chosen: list[_Scored], texts: AdviceTexts) -> tuple[int, float]:
    """Give the place of the best that is left, and its score after taking off for likeness.

    `left` falls by `bound`, so that looking stops where no bound comes near the best so far.
    """
    full = _full_fields(left, chosen)
    found: tuple[float, str, int] | None = None
    for place, one in enumerate(left):
        if found and -one.bound > found[0]:
            break
        if one.target.field not in full:
            key = (-round(one.score - _likeness(one, chosen, texts), 6), one.target.id, place)
            found = min(found, key) if found else key
    assert found is not None  # at least one field is not full
    return found[2], -found[0]


def _full_fields(left: list[_Scored], chosen: list[_Scored]) -> set[str]:
    """Give the fields that may not come again among the first suggestions, if others are left."""
    if len(chosen) >= _FIRST:
        return set()
    fields = [one.target.field for one in chosen]
    full = {field for field in fields if fields.count(field) >= _ONE_FIELD}
    return full if any(one.target.field not in full for one in left) else set()


def _with_routes(one: _Scored, case: _Case) -> _Scored:
    """Work out the routes, and lower the score when the person cannot go on by them."""
    weights, profile = case.texts.weights, case.person.profile
    routes = offered(one.target, case.catalogue, case.region, case.person.today)
    decided = admissions(one.target, routes, case.person, case.texts)
    lowered = one.score
    if profile.needs_wage and possible_with_wage(decided) is None:
        lowered -= _without_wage(decided, profile, weights)
    if profile.hours and profile.hours < case.texts.limits.hours_full:
        some_open = any(admission.status is Status.OPEN for _, admission in decided)
        lowered -= 0 if some_open else weights.few_hours
    if all(admission.status is Status.NOT_YET for _, admission in decided):
        lowered -= weights.no_route
    return one._replace(score=lowered, decided=decided)


def _without_wage(decided: Decided, profile: Profile, weights: Weights) -> float:
    """Give what it costs that no route has a wage: less where other income may go on."""
    if possible_beside_job(decided, profile) or possible_on_benefit(decided):
        return weights.wage_beside
    return weights.wage_at_risk if profile.situation is Situation.AT_RISK else weights.no_wage


def _likeness(one: _Scored, chosen: list[_Scored], texts: AdviceTexts) -> float:
    same_field = same_work = 0
    for other in chosen:
        same_field += other.target.field == one.target.field
        same_work |= other.target.isco08 == one.target.isco08
    return texts.weights.same_field * same_field + texts.weights.same_work * same_work


def _suggestion(scored: _Scored, case: _Case) -> Suggestion:
    person, texts = case.person, case.texts
    decided = scored.decided or ()
    return Suggestion(
        occupation=reference(scored.target, person),
        score=round(scored.score, 3),
        reasons=reasons(scored.target, person, decided, texts),
        routes=tuple(option(*pair, texts, person.today) for pair in decided),
        demand=demand_of(scored.target, person.today),
        wage=wage_of(scored.target, person.today),
        next_step=_next_step(decided, case),
    )


def _next_step(decided: Decided, case: _Case) -> str:
    texts = case.texts
    if not decided or decided[0][1].status is Status.NOT_YET:
        partner = partner_of(case.catalogue, case.region)
        return texts.next_steps["none"].format(website=partner.website if partner else "")
    route, admission = decided[0]
    for payer in ("uwv", "gemeente"):
        if f"{payer}_permission" in admission.ask:
            return texts.next_steps[payer].format(step=route.next_step)
    return route.next_step


def _excluded(
    dropped: list[tuple[_Scored, str]], person: Person, texts: AdviceTexts
) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(
            occupation=reference(one.target, person),
            reason=why_left_out(code, one.target, person, texts),
        )
        for one, code in dropped[: texts.limits.excluded]
    )
