"""How well an occupation fits a person: a sum of weighted terms (weights in advice.yml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.advice.index import Index, Nearness
from bot.advice.levels import distance, highest, steps_of
from bot.advice.texts import Limits, Weights
from bot.advice.works import Work
from bot.catalogue.model import Demand, Source, TargetOccupation, Wage
from bot.profile import Interest, Profile

_STRONGEST_DEMAND = 3
_ENTREE = ("mbo1",)
ALIKE = 0.6  # from this correlation on two jobs are the same kind of work
_ELSEWHERE = Nearness(position=None, skills=(), skill_part=0.0, isco=0.0)


@dataclass(frozen=True, slots=True)
class Person:
    """A profile read against the catalogue, on a day.

    `fixed` holds for each target the two sums that do not depend on anything but the work and
    the day: what speaks for it, and what only adds to that.
    """

    profile: Profile
    work: Work | None
    near: Mapping[str, Nearness]
    fixed: Mapping[str, tuple[float, float]]
    interests: frozenset[str]
    liking: Mapping[str, float]
    avoid: frozenset[str]
    refused: frozenset[str]
    today: date

    def nearness(self, target: TargetOccupation) -> Nearness:
        """Give how near a target lies to the person's work; nothing shared when that is unknown."""
        return self.near.get(target.id, _ELSEWHERE)


def person_of(profile: Profile, index: Index, weights: Weights, today: date) -> Person:
    """Read a profile against the catalogue."""
    work = index.work(profile.occupation)
    interests = frozenset(one.value for one in profile.interests)
    near = index.near(work) if work else {}
    key = (work.item.id if work else None, weights, today)
    fixed = index.remembered.get(key)
    if fixed is None:
        fixed = {one.id: _fixed(one, work, near, weights, today) for one in index.targets}
        index.remember(key, fixed)
    return Person(
        profile=profile,
        work=work,
        near=near,
        fixed=fixed,
        interests=interests,
        liking=index.liking(interests),
        avoid=frozenset(one.value for one in profile.avoid),
        refused=frozenset(profile.refused),
        today=today,
    )


def _fixed(
    target: TargetOccupation,
    work: Work | None,
    nearness: Mapping[str, Nearness],
    weights: Weights,
    today: date,
) -> tuple[float, float]:
    """Sum what speaks for a target: logical step, skills, growth, the same kind of work.

    And apart what only adds or takes off: nearness in ISCO, chances, another kind of work.
    """
    near = nearness.get(target.id, _ELSEWHERE)
    speaks = weights.skills * near.skill_part
    if near.position is not None:
        speaks += weights.transfer * max(0.2, 1 - weights.transfer_fall * near.position)
    if grows(target, work):
        speaks += weights.growth
    kind = weights.kind_of_work * near.kind
    if near.kind >= ALIKE:
        speaks += kind
        kind = 0.0
    demand = demand_of(target, today)
    part = demand.strength / _STRONGEST_DEMAND if demand else weights.demand_unknown
    return speaks, kind + weights.isco * near.isco + weights.demand * part


def holds(source: Source, today: date) -> bool:
    """Tell whether a source may still be shown: it has no end, or the end is not past."""
    return source.valid_until is None or source.valid_until >= today


def demand_of(target: TargetOccupation, today: date) -> Demand | None:
    """Give the demand when its source still holds."""
    demand = target.demand
    return demand if demand is not None and holds(demand.source, today) else None


def asks_experience(target: TargetOccupation, person: Person) -> bool:
    """Tell whether a target mostly asks experience that this person's work does not give."""
    if not target.experience:
        return False
    work = person.work
    known = person.nearness(target).position is not None  # our table calls it a logical step
    return work is None or not (known or work.same_trade(target))


def wage_of(target: TargetOccupation, today: date) -> Wage | None:
    """Give the wage when its source still holds."""
    wage = target.wage
    return wage if wage is not None and holds(wage.source, today) else None


def grows(target: TargetOccupation, work: Work | None) -> bool:
    """Tell whether a target is a higher level in the field that the person works in already."""
    if work is None or work.field != target.field:
        return False
    return highest(target.level) > work.top_level


def score(
    target: TargetOccupation, person: Person, weights: Weights, limits: Limits
) -> float | None:
    """Give how well a target fits, or None when nothing the person told speaks for it.

    Args:
        target: the occupation.
        person: who it is for.
        weights: the weights of advice.yml.
        limits: the bounds of advice.yml.

    Returns:
        A sum of terms, higher is better; only for comparing targets of one person.
    """
    speaks, adds = person.fixed[target.id]
    if person.interests:
        both = len(person.interests.intersection(target.interests))
        # Dice coefficient: what both like, against all that either likes.
        speaks += weights.interests * 2 * both / (len(person.interests) + len(target.interests))
        adds += weights.kind_liked * person.liking[target.id]
    if speaks <= 0:
        return None
    gap = distance(target.level, person.profile.education)
    if gap > limits.level_comfort:
        adds -= weights.level_up * (gap - limits.level_comfort)
    elif gap < 0:
        adds += weights.level_down * gap
    if asks_experience(target, person):
        adds -= weights.experience
    if person.profile.min_wage_month and _pays_less(target, person):
        adds -= weights.low_wage
    return round(speaks + adds, 6)


def _pays_less(target: TargetOccupation, person: Person) -> bool:
    """Tell whether the pay that is known stays under what is needed; unknown pay does not."""
    wage, needed = wage_of(target, person.today), person.profile.min_wage_month
    if not needed or not wage or not wage.month_low:
        return False
    return (wage.month_high or wage.month_low) < needed


def unwanted(target: TargetOccupation, person: Person) -> tuple[str, ...]:
    """Give the traits of the target that the person avoids, in the target's order."""
    if person.avoid.isdisjoint(target.traits):
        return ()
    return tuple(trait for trait in target.traits if trait in person.avoid)


def why_out(target: TargetOccupation, person: Person, limits: Limits) -> str | None:
    """Give the code why a target is left out: `refused`, `avoid` or that of its level; else None."""
    if target.id in person.refused:
        return "refused"
    if person.avoid and unwanted(target, person):
        return "avoid"
    return level_mismatch(target, person, limits)


def level_mismatch(target: TargetOccupation, person: Person, limits: Limits) -> str | None:
    """Give `level_high` or `level_low` when the level is too far from the diploma, else None.

    Who likes work with the hands may choose a trade far under the diploma.
    """
    if target.level == _ENTREE and (steps_of(person.profile.education) or 0) > 1:
        return "level_low"  # entree is only for who does not meet level 2 (WEB 8.2.1)
    gap = distance(target.level, person.profile.education)
    if gap >= limits.level_too_high:
        return "level_high"
    if -gap >= limits.level_too_low and Interest.HANDS_ON.value not in person.interests:
        return "level_low"
    return None
