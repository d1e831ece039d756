"""Hours a week and years in work, from the numbers of a text and the words round them."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.clauses import between_stops
from nlu.dutch_numbers import Number
from nlu.tokens import Token

HOURS_A_DAY = 8
FULL_TIME_HOURS = 38
HALF_DAYS_HOURS = 20
NEAR = 4
SHORT = 2
LIKELY_AGE = 45


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that is said from character `start` to `end`."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A number with its unit, and the folded words of its clause before it and after its unit.

    `instead`: it comes instead of a denied one.
    """

    number: Number
    unit: str
    end: int
    before: list[str]
    after: list[str]
    instead: bool = False

    def is_short(self) -> bool:
        """Tell whether the clause has little else than this."""
        return len(self.before) + len(self.after) <= SHORT

    def is_denied(self) -> bool:
        """'geen 40 uur maar 32', 'niet 2 jaar': not this one; 'niet meer dan 20' is."""
        return self.before[-1:] in (["geen"], ["niet"])


def said_numbers(
    text: str, tokens: list[Token], numbers: list[Number], skipped: set[str]
) -> list[Said]:
    """Give each number with the unit that follows it, or that follows the range it begins.

    A number without a unit after a denied one has the unit of that one ('geen 40 uur maar 32').
    """
    places = {place for number in numbers for place in range(number.first, number.last + 1)}
    words = [token.folded for token in tokens]
    found: list[Said] = []
    for number in numbers:
        first, last = between_stops(text, tokens, number.first, number.last)
        at = number.last + 1
        while at <= last and (words[at] in skipped or at in places):
            at += 1
        before = words[first : number.first]
        if number.tail or at > last:
            end, rest = tokens[number.last].end, words[number.last + 1 : last + 1]
            item = Said(number, number.tail, end, before, rest)
        else:
            item = Said(number, words[at], tokens[at].end, before, words[at + 1 : last + 1])
        if found and found[-1].is_denied() and before[-1:] == ["maar"]:
            same = item.unit == found[-1].unit
            end = item.end if same else tokens[number.last].end
            item = Said(number, found[-1].unit, end, before, item.after, instead=True)
        found.append(item)
    return found


def hours_a_week(
    tokens: list[Token], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """Give the hours a week that are said, in hours, days or words such as 'fulltime'."""
    for item in said:
        hours = None if item.is_denied() else _hours(item, cues)
        if hours is not None:
            return Quantity(hours, item.number.start, item.end)
    words = [token.folded for token in tokens]
    for place in range(len(words)):
        for size in (2, 1) if place + 1 < len(words) else (1,):
            phrase = " ".join(words[place : place + size])
            named = {"half_days": HALF_DAYS_HOURS, "full_time": FULL_TIME_HOURS}
            for cue, hours in named.items():
                if phrase in cues[cue] and words[place - 1 : place] not in (["geen"], ["niet"]):
                    return Quantity(hours, tokens[place].start, tokens[place + size - 1].end)
    return None


def _hours(item: Said, cues: Mapping[str, set[str]]) -> float | None:
    value, before, after = item.number.value, item.before, item.after
    if item.unit in cues["hour_units"]:
        clock = bool(before[-1:] and before[-1] in cues["hour_clock"]) and value <= 12
        if clock or before[-1:] == ["om"] or cues["hour_other"] & {*after[:2], *before[-2:]}:
            return None
        return value if 4 <= value <= 60 else None
    if item.unit in cues["day_units"] and 1 <= value <= 6:
        if cues["day_other"] & {*after[:3], *before[-2:]}:
            return None
        weekly = cues["hour_week"] & {*after[:4], *before}
        return value * HOURS_A_DAY if weekly or item.is_short() else None
    return None


def years_in_work(
    tokens: list[Token], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """Give years of work; ages, terms and dates are none."""
    for item in said:
        years = None if item.is_denied() else _years(item, cues)
        if years is not None:
            return Quantity(years, item.number.start, item.end)
    words = [token.folded for token in tokens]
    for place, word in enumerate(words):
        if word == "eeuw" and words[place - 1 : place] == ["kwart"]:
            return Quantity(25, tokens[place - 1].start, tokens[place].end)
    return _years_of(tokens, said, cues)


def _years(item: Said, cues: Mapping[str, set[str]]) -> float | None:
    value, before, after = item.number.value, item.before, item.after
    if item.unit in cues["month_units"] and 1 <= value <= 36:
        value = round(value / 12, 2)
        bare = item.is_short()
    elif item.unit in cues["year_units"] and value <= 60:
        bare = item.instead or item.is_short() and value < LIKELY_AGE
    else:
        return None
    near = {*before[-NEAR:], *after[:NEAR]}
    # 'ik ben pas 29 jaar' says an age, 'ik ben al 29 jaar kapper' does not.
    age = before[-1:] if after else before[-2:]
    if after[:1] in (["oud"], ["jong"], ["geleden"]) or not cues["year_age"].isdisjoint(age):
        return None
    if cues["year_other"] & near or not cues["year_before_other"].isdisjoint(before[-2:]):
        return None
    return (
        value if bare or cues["year_work"] & near or item.after[:1] in (["in"], ["bij"]) else None
    )


def _years_of(
    tokens: list[Token], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """'een jaar of zes', 'een maand of zes'."""
    for item in said:
        before, value = item.before, item.number.value
        other = cues["year_before_other"] & set(before[-5:]) or (
            cues["year_other"] & {*before, *item.after[:3]}
        )
        per = {"jaar": 1, "maand": 12}.get(" ".join(before[-2:-1]))
        if per and before[-1:] == ["of"] and value <= 60 and not other:
            years = round(value / per, 2)
            return Quantity(years, item.number.start, tokens[item.number.last].end)
    return None
