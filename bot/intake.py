"""Which background question comes next, and how an answer changes the profile. Pure.

The profile travels as a plain dict in the contract's profile JSON, because it lives in a Rasa slot.
"""

from collections.abc import Iterable, Mapping
from typing import Any

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

_LISTS = {"interest": "interests", "avoid": "avoid"}
_SINGLE = {"occupation", "situation", "education", "place"}
_NUMBERS = {"hours": (1, 60), "years": (0, 70)}


def absorb(profile: Mapping[str, Any], entities: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the profile with every entity of one message taken in.

    Args:
        profile: the profile so far, as profile JSON.
        entities: Rasa entities, each with `entity` and `value`.
    """
    changed = dict(profile)
    replaced: set[str] = set()
    for entity in entities:
        name, value = entity["entity"], entity["value"]
        if name in _LISTS:
            _add_to_list(changed, _LISTS[name], value, replaced)
        elif name in _SINGLE and isinstance(value, str):
            changed[name] = value
        elif name in _NUMBERS:
            _set_number(changed, name, value)
        elif name == "wage":
            _set_wage(changed, value)
    return changed


def _add_to_list(profile: dict[str, Any], field: str, value: Any, replaced: set[str]) -> None:
    if value == "none":
        profile[field] = []
        return
    # The values of one message belong together and replace those of an earlier one.
    earlier = profile.get(field, []) if field in replaced else []
    replaced.add(field)
    profile[field] = [*earlier, value] if value not in earlier else earlier


def _set_number(profile: dict[str, Any], name: str, value: Any) -> None:
    low, high = _NUMBERS[name]
    number = _number(value)
    if number is not None and low <= number <= high:
        profile[name] = number


def _set_wage(profile: dict[str, Any], value: Any) -> None:
    if value in ("needed", "not_needed"):
        profile["needs_wage"] = value == "needed"
        return
    number = _number(value)
    if number is not None and 300 <= number <= 20_000:
        profile["needs_wage"] = True
        profile["min_wage_month"] = number


def _number(value: Any) -> int | None:
    try:
        return round(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def answer_yes_or_no(
    profile: Mapping[str, Any], asked: str | None, *, yes: bool
) -> dict[str, Any]:
    """Give the profile after a bare yes or no to the question that was asked."""
    changed = dict(profile)
    if asked == "needs_wage":
        changed["needs_wage"] = yes
    elif asked in ("interests", "avoid") and not yes:
        changed[asked] = []
    return changed


def next_question(profile: Mapping[str, Any], skipped: Iterable[str]) -> str | None:
    """Name the next question without an answer, or None when all have been asked."""
    passed = set(skipped)
    return next((name for name in QUESTIONS if name not in profile and name not in passed), None)


def previous_question(asked: str | None) -> str:
    """Name the question before this one; the first one has no earlier question than itself."""
    if asked is None:
        return QUESTIONS[-1]
    return QUESTIONS[max(0, QUESTIONS.index(asked) - 1)]


def progress(asked: str) -> tuple[int, int]:
    """Give the number of this question, from 1, and how many there are."""
    return QUESTIONS.index(asked) + 1, len(QUESTIONS)
