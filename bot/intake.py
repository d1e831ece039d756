"""Which background question comes next, and how an answer changes the profile. Pure.

The profile travels as a plain dict in the contract's profile JSON, because it lives in a Rasa slot.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.profile import Avoid, Education, Interest, Situation, WageIs

QUESTIONS = (
    "occupation",
    "situation",
    "education",
    "place",
    "interests",
    "hours",
    "needs_wage",
    "avoid",
)
"""The questions in the order in which they are asked; each is also a profile field."""

_LISTS = {"interest": "interests", "avoid": "avoid", "refused": "refused"}
_SINGLE = {"occupation", "situation", "education", "place"}
_KNOWN: dict[str, set[str]] = {
    "situation": set(Situation),
    "education": set(Education),
    "interest": set(Interest),
    "avoid": {*Avoid, "none"},
}
UNPAID = frozenset({"huisvrouw_man"})
"""Work at home: who had other work too means that, whichever is told first."""
_NUMBERS = {"hours": (1, 60), "years": (0, 70)}
# Of '24-32' the first, as of '24 tot 32 uur'.
_ONE_NUMBER = re.compile(r"\D{0,20}(\d{1,2})(?:\s?[-–/àa]\s?\d\d)?\D{0,20}")


def absorb(
    profile: Mapping[str, Any],
    entities: Iterable[Mapping[str, Any]],
    *,
    asked: str | None = None,
    correcting: bool = False,
    adding: bool = False,
    keeping_work: bool = False,
    new_work: bool = False,
) -> dict[str, Any]:
    """Give the profile with every entity of one message taken in.

    Of several values for one field the first counts. While a question is open, its answer does not
    touch other fields that are known. What a person likes or avoids is added, not replaced, unless
    it answers that very question; a correction replaces everything it names.

    Args:
        profile: the profile so far, as profile JSON.
        entities: Rasa entities, each with `entity` and `value`.
        asked: the question that is open.
        correcting: the person takes an earlier answer back.
        adding: the person says something more: "ook computers"; "none" is then nothing more.
        keeping_work: nothing says that the work that is known is not the work: "vroeger was ik kapper".
        new_work: the work that is named is the work of today, whatever was known.
    """
    said = list(entities)
    if correcting:
        # "geen kapper maar barman": what is known already is not what is meant.
        said = [one for one in said if profile.get(one["entity"]) != one["value"]]
    changed, found = dict(profile), _values(said)
    if "min_wage_month" in found:
        changed.pop("min_wage_is", None)  # it was said of the amount before
    answers = asked in found and not correcting
    known = "occupation" in profile and asked != "occupation" and not correcting
    at_home = profile.get("occupation") in UNPAID
    if known and not new_work and ("education" in found or (keeping_work and not at_home)):
        # "hbo bedrijfseconomie" names what was studied, not the work that is known already.
        found.pop("occupation", None)
    for field, values in found.items():
        if isinstance(values, list):
            # Refusing one occupation takes no other refusal back.
            adds = adding or field == "refused" or (asked != field and not correcting)
            _set_list(changed, field, values, keep=adds, keep_at_none=adding)
        elif field == "occupation" and new_work:
            if values != profile.get(field):
                changed.pop("years", None)  # those were of the work before
                changed[field] = values
        elif not (answers and field != asked and field in _SINGLE and field in profile):
            changed[field] = values
    return _with_wanted(_without_disliked(changed, said), said)


def _without_disliked(profile: dict[str, Any], said: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Take off what the person likes what is said not to be liked after all."""
    disliked = {one["value"] for one in said if one["entity"] == "disliked"}
    if not disliked or "interests" not in profile:
        return profile
    left = [one for one in profile["interests"] if one not in disliked]
    return {**profile, "interests": left}


def _with_wanted(profile: dict[str, Any], said: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Take what is wanted after all off what was refused; what is left without any is no answer."""
    wanted = {one["value"] for one in said if one["entity"] == "wanted"}
    left = [one for one in profile.get("refused", []) if one not in wanted]
    rest = {name: value for name, value in profile.items() if name != "refused"}
    return {**rest, "refused": left} if left else rest


def named(entities: Iterable[Mapping[str, Any]]) -> set[str]:
    """Name the profile fields that one message speaks about."""
    return set(_values(entities))


def suppose(profile: Mapping[str, Any], entities: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the profile under another assumption.

    An entity `accept` takes a kind of work off what the person avoids: "en wel zwaar werk?"
    """
    listed = list(entities)
    supposed = absorb(profile, listed)
    accepted = {entity["value"] for entity in listed if entity["entity"] == "accept"}
    if accepted.intersection(supposed.get("avoid", [])):
        supposed["avoid"] = [one for one in supposed["avoid"] if one not in accepted]
    return supposed


def _values(said: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the profile values that one message names."""
    found: dict[str, Any] = {}
    for entity in said:
        name, value = entity["entity"], entity["value"]
        if name in _KNOWN and value not in _KNOWN[name]:
            continue  # a button can be forged
        if name == "wanted":
            found.setdefault("refused", [])
        elif name == "disliked":
            found.setdefault("interests", [])
        elif name in _LISTS:
            found.setdefault(_LISTS[name], []).append(value)
        elif name in _SINGLE and isinstance(value, str):
            found.setdefault(name, value)
        elif name in _NUMBERS:
            _set_number(found, name, value)
        elif name == "wage":
            _set_wage(found, entity)
    return found


def _set_list(
    profile: dict[str, Any], field: str, values: list[Any], *, keep: bool, keep_at_none: bool
) -> None:
    if "none" in values:
        profile[field] = profile.get(field, []) if keep_at_none else []
        return
    profile[field] = list(dict.fromkeys([*(profile.get(field, []) if keep else []), *values]))


def _set_number(profile: dict[str, Any], name: str, value: Any) -> None:
    low, high = _NUMBERS[name]
    number = _number(value)
    if number is not None and low <= number <= high:
        profile[name] = number


def _set_wage(profile: dict[str, Any], entity: Mapping[str, Any]) -> None:
    value = entity["value"]
    if value in ("needed", "not_needed"):
        profile["needs_wage"] = value == "needed"
        return
    number = _number(value)
    if number is not None and 300 <= number <= 20_000:
        profile["needs_wage"] = True
        profile["min_wage_month"] = number
        if entity.get("net") is not None:
            profile["min_wage_is"] = WageIs.NET.value if entity["net"] else WageIs.GROSS.value


def _number(value: Any) -> int | None:
    try:
        return round(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def answer_yes_or_no(
    profile: Mapping[str, Any], asked: str | None, *, yes: bool, adding: bool = False
) -> dict[str, Any] | None:
    """Give the profile after a bare yes or no, or None when that is no answer to the question.

    `adding`: a no says that there is nothing more than what is known.
    """
    if asked == "needs_wage":
        return {**profile, "needs_wage": yes}
    if asked in ("interests", "avoid") and not yes:
        return {**profile, asked: profile.get(asked, []) if adding else []}
    return None


def bare_number(asked: str | None, text: str) -> dict[str, Any] | None:
    """Give the entity that a number alone stands for after this question, or None.

    Only the hours are asked for as a number; a postcode is known by itself.
    """
    found = _ONE_NUMBER.fullmatch(text) if asked == "hours" else None
    return {"entity": "hours", "value": found[1]} if found else None


def next_question(
    profile: Mapping[str, Any], skipped: Iterable[str], later: Iterable[str] = ()
) -> str | None:
    """Name the next question without an answer, or None when all have been asked.

    `later`: questions that got no answer yet although they were asked; they come last.
    """
    passed, late = set(skipped), set(later)
    left = [name for name in QUESTIONS if name not in profile and name not in passed]
    return next((name for name in left if name not in late), left[0] if left else None)


def previous_question(asked: str | None) -> str:
    """Name the question before this one; the first one has no earlier question than itself."""
    if asked is None:
        return QUESTIONS[-1]
    return QUESTIONS[max(0, QUESTIONS.index(asked) - 1)]


def says_enough(profile: Mapping[str, Any]) -> bool:
    """Tell whether there is anything to base advice on."""
    known = profile.get("education") not in (None, "unknown")
    return known or any(profile.get(field) for field in ("occupation", "interests"))


def progress(asked: str) -> tuple[int, int]:
    """Give the number of this question, from 1, and how many there are."""
    return QUESTIONS.index(asked) + 1, len(QUESTIONS)
