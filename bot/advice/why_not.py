"""Why work is not among the first of an advice, and what would bring it there, in sentences."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.advice.codes import CAUTIONS
from bot.advice.index import in_words, index_of
from bot.advice.model import Advice, Excluded, Suggestion
from bot.advice.ranking import advise, fit_of
from bot.advice.scoring import level_mismatch, person_of, unwanted
from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue, TargetOccupation
from bot.profile import Avoid, Education, Interest, Profile

FIRST, SHOWN = 3, 6
"""How many suggestions are the first, and how many are seen with one tap more."""
_TRIED = 4
_BACKGROUND = frozenset({"skills", "logical_step", "growth", "alike"})
_DIPLOMAS = (
    Education.VMBO,
    Education.MBO2,
    Education.MBO3,
    Education.MBO4,
    Education.AD,
    Education.HBO,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Of the work that was asked after, what fits best, and why it does not come first.

    `why` is one or more sentences. `change`: each something that would bring it among the first;
    empty where nothing by itself does.
    """

    id: str
    name: str
    why: tuple[str, ...]
    change: tuple[str, ...]
    among_first: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    profile: Profile
    catalogue: Catalogue
    texts: AdviceTexts
    today: date

    def advice(self, profile: Profile, limit: int) -> Advice:
        return advise(profile, self.catalogue, self.texts, today=self.today, limit=limit)

    def place(self, target: TargetOccupation, profile: Profile) -> int | None:
        """Give the place of an occupation among those that are seen, from 1."""
        shown = [one.occupation.id for one in self.advice(profile, SHOWN).suggestions]
        return shown.index(target.id) + 1 if target.id in shown else None


def why_not(
    targets: Collection[TargetOccupation],
    profile: Profile,
    catalogue: Catalogue,
    texts: AdviceTexts,
    *,
    today: date,
) -> WhyNot | None:
    """Give why none of some occupations is among the first of an advice, by the one that fits best.

    Returns:
        None when nothing is asked after, or too little is known for any advice.
    """
    case = _Case(profile, catalogue, texts, today)
    ranked = case.advice(profile, len(catalogue.targets)).suggestions
    places = {one.occupation.id: place for place, one in enumerate(ranked, start=1)}
    asked = sorted(targets, key=lambda one: (places.get(one.id, len(places) + 1), one.id))
    if not asked or not ranked:
        return None
    # Of a field that lies far, rather one that can come nearer than the nearest.
    found = [_explained(one, places.get(one.id), ranked[:FIRST], case) for one in asked[:_TRIED]]
    return next((one for one in found if one.change), found[0])


def _explained(
    target: TargetOccupation, place: int | None, first: Sequence[Suggestion], case: _Case
) -> WhyNot:
    found = fit_of(target, case.profile, case.catalogue, case.texts, today=case.today)
    if found is None:  # there is advice, so it is the person's own work
        why = case.texts.why_not["own"].format(name=target.name)
        return WhyNot(id=target.id, name=target.name, why=(why,), change=())
    among_first = place is not None and place <= FIRST
    return WhyNot(
        id=target.id,
        name=target.name,
        why=tuple(_why(found, place, first, case)),
        change=() if among_first else tuple(_changes(target, found, case)),
        among_first=among_first,
    )


def _why(
    found: Suggestion | Excluded, place: int | None, first: Sequence[Suggestion], case: _Case
) -> Iterator[str]:
    texts, name = case.texts.why_not, found.occupation.name
    if isinstance(found, Excluded):
        yield texts["left_out"].format(name=name, why=found.reason.text)
        return
    if place is None:
        yield texts["nothing_said"].format(name=name)
        return
    if place <= FIRST:
        yield texts["among_first"].format(name=name, place=place)
        return
    yield texts["lower"].format(name=name, place=place)
    yield from _lacks(found, first, case)
    yield from (one.text for one in found.reasons if one.code in CAUTIONS)


def _lacks(found: Suggestion, first: Sequence[Suggestion], case: _Case) -> Iterator[str]:
    """Say what speaks for each of the first and not for this one."""
    texts, words = case.texts.why_not, case.texts.words
    own = {one.code for one in found.reasons}
    shared = [{one.code for one in other.reasons} for other in first]
    work = index_of(case.catalogue).work(case.profile.occupation)
    if work and not own & _BACKGROUND and all(codes & _BACKGROUND for codes in shared):
        yield texts["other_work"].format(origin=work.name)
    target = case.catalogue.targets[found.occupation.id]
    unused = [one for one in case.profile.interests if one not in target.interests]
    if unused:
        said = in_words((words.interests[one] for one in unused), words.join)
        yield texts["other_likes"].format(interests=said)


def _changes(target: TargetOccupation, found: Suggestion | Excluded, case: _Case) -> Iterator[str]:
    """Say what, by itself, would let the occupation be seen; tried on the engine itself."""
    texts = case.texts.why_not
    said: set[str] = set()
    for code, filled, other in _others(target, found, case):
        place = case.place(target, other)
        if place and code not in said and not (code == "if_liked_instead" and "if_liked" in said):
            said.add(code)
            yield texts[code].format(name=target.name, place=place, **filled)


def _others(
    target: TargetOccupation, found: Suggestion | Excluded, case: _Case
) -> Iterator[tuple[str, dict[str, str], Profile]]:
    """Give the profiles that differ in one answer, each with the code of what is different."""
    profile, words = case.profile, case.texts.words
    code = found.reason.code if isinstance(found, Excluded) else None
    if code == "refused":
        left = tuple(one for one in profile.refused if one != target.id)
        yield "if_wanted", {}, replace(profile, refused=left)
    person = person_of(profile, index_of(case.catalogue), case.texts.weights, case.today)
    if hindering := unwanted(target, person):
        said = in_words((words.avoid[one] for one in Avoid if one in hindering), words.join)
        left_avoid = tuple(one for one in profile.avoid if one not in hindering)
        yield "if_accepted", {"avoid": said}, replace(profile, avoid=left_avoid)
    liked = [one for one in Interest if one in target.interests]
    new = [one for one in liked if one not in profile.interests]
    for some in dict.fromkeys([*((one,) for one in new), tuple(new)]):
        if some:
            said = in_words((words.interests[one] for one in some), words.join)
            more = replace(profile, interests=(*profile.interests, *some))
            yield "if_liked", {"interests": said}, more
    if new:
        said = in_words((words.interests[one] for one in liked), words.join)
        yield "if_liked_instead", {"interests": said}, replace(profile, interests=tuple(liked))
    if profile.needs_wage:
        no_wage = replace(profile, needs_wage=False, min_wage_month=None, min_wage_is=None)
        yield "if_no_wage", {}, no_wage
    if profile.hours and profile.hours < case.texts.limits.hours_full:
        hours = case.texts.limits.hours_full
        yield "if_hours", {"hours": str(hours)}, replace(profile, hours=hours)
    if code == "level_high":
        for education in _DIPLOMAS:
            other = replace(profile, education=education)
            read = person_of(other, index_of(case.catalogue), case.texts.weights, case.today)
            if level_mismatch(target, read, case.texts.limits) is None:
                yield "if_diploma", {"education": words.education[education]}, other
                break
