"""Hours a week and years in work, from the numbers of a text and the words round them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from nlu.dutch_numbers import Number
from nlu.sentence import Sentence
from nlu.tokens import Token

HOURS_A_DAY = 8
FULL_TIME_HOURS = 38
HALF_DAYS_HOURS = 20
HALF_DAY_HOURS = 4
LONGEST_DAY = 12
MONTHS = 12
DATES = (1950, 2035)
NEAR = 4
SHORT = 2
LIKELY_AGE = 45
# So young nobody says it: 'ik ben 12 jaar kok'.
LEAST_AGE = 16
# 'tien jaar bezorgd': what was done all these years.
_DONE = re.compile(r"\w*ge\w+(?:d|t|en)|(?:be|ver|ont|her)\w{3,}[dt]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that is said from character `start` to `end`."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A number with its unit, and the folded words of its clause before it and after its unit.

    `instead`: it comes instead of a denied one. `mended`: another comes instead of it.
    """

    number: Number
    unit: str
    end: int
    before: list[str]
    after: list[str]
    instead: bool = False
    mended: bool = False

    def is_short(self) -> bool:
        """Tell whether the clause has little else than this: 'atheneum en 6 jaar stewardess'."""
        joint = max((place for place, word in enumerate(self.before) if word == "en"), default=-1)
        return len(self.before) - joint - 1 + len(self.after) <= SHORT

    def is_denied(self) -> bool:
        """'geen 40 uur maar 32', 'niet 2 jaar': not this one; 'niet meer dan 20' is."""
        much = self.after[:3] == ["is", "te", "veel"] or self.after[:2] == ["te", "veel"]
        return self.mended or much or self.before[-1:] in (["geen"], ["niet"])


def said_numbers(
    sentence: Sentence, numbers: list[Number], cues: Mapping[str, set[str]]
) -> list[Said]:
    """Give each number with the unit that follows it, or that follows the range it begins.

    A number without a unit after a denied one has the unit of that one ('geen 40 uur maar 32').
    """
    places = {place for number in numbers for place in range(number.first, number.last + 1)}
    units = cues["hour_units"] | cues["day_units"] | cues["year_units"] | cues["month_units"]
    tokens, words = sentence.tokens, sentence.words
    found: list[Said] = []
    for number in numbers:
        first, last = sentence.bounds[number.first][0], sentence.bounds[number.last][1]
        at = number.last + 1
        while at <= last and (words[at] in cues["between"] or at in places):
            at += 1
        before = words[first : number.first]
        if number.tail or at > last:
            end, rest = tokens[number.last].end, words[number.last + 1 : last + 1]
            item = Said(number, number.tail, end, before, rest)
        else:
            item = Said(number, words[at], tokens[at].end, before, words[at + 1 : last + 1])
        loose = (
            before[-2:-1]
            and before[-2] in cues["hour_units"] | cues["day_units"]
            and before[-1] == "of"
        )
        if loose and item.unit not in units and not number.tail:
            # 'een uurtje of 20', 'een dag of 4 in de week'
            item = Said(
                number,
                before[-2],
                tokens[number.last].end,
                before[:-3],
                words[number.last + 1 : last + 1],
            )
        if found and _takes_over(found[-1], item, cues):
            end = item.end if item.unit in units else tokens[number.last].end
            unit = item.unit if item.unit in units else found[-1].unit
            found[-1] = replace(found[-1], mended=True)
            item = replace(item, unit=unit, end=end, instead=True)
        found.append(item)
    return found


def _takes_over(previous: Said, item: Said, cues: Mapping[str, set[str]]) -> bool:
    """'geen 40 uur maar 32', 'geen 40 uur, 32', 'ik zei 15 jaar maar het is er 18'."""
    but = "maar" in item.before[-NEAR:]
    if previous.is_denied():
        return item.before[-1:] == ["maar"] or cues["filler"].issuperset(item.before)
    if but and previous.unit in cues["hour_units"]:
        around = {*item.before[-NEAR:], *item.after[:SHORT]}
        return not cues["wishes_hours"].isdisjoint(around)
    said = not cues["corrected"].isdisjoint(previous.before[-NEAR:])
    return said and (but or not cues["mended"].isdisjoint(item.before) or item.is_short())


def hours_a_week(
    tokens: list[Token], own: Collection[int], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """Give the hours a week that are said, in hours, days or words such as 'fulltime'.

    `own`: the tokens in which the person tells of itself.
    """
    best: tuple[Said, Quantity] | None = None
    for place, item in enumerate(said):
        hours = None if item.is_denied() else _hours(item, cues)
        end = item.end
        if place + 1 < len(said) and (product := _days_of(tokens, item, said[place + 1], cues)):
            hours, end = product, said[place + 1].end
            best = None
        if hours is None or not (best is None or _is_wished(tokens, *best, item, cues)):
            continue
        best = item, Quantity(hours, item.number.start, end)
    if best:
        return best[1]
    words = [token.folded for token in tokens]
    for place in range(len(words)):
        for size in (2, 1) if place + 1 < len(words) else (1,):
            phrase = " ".join(words[place : place + size])
            named = {"half_days": HALF_DAYS_HOURS, "full_time": FULL_TIME_HOURS}
            for cue, hours in named.items():
                denied = words[place - 1 : place] in (["geen"], ["niet"])
                if phrase in cues[cue] and place in own and not denied:
                    return Quantity(hours, tokens[place].start, tokens[place + size - 1].end)
    return None


def _days_of(
    tokens: list[Token], item: Said, following: Said, cues: Mapping[str, set[str]]
) -> float | None:
    """'vier dagen van acht uur', 'twee ochtenden van 4 uur', '3 x 8 uur'."""
    between = {token.folded for token in tokens[item.number.last + 1 : following.number.first]} | (
        {item.number.tail} - {""}
    )
    named = between & (cues["day_units"] | cues["half_day_units"] | {"keer", "x", "maal"})
    rest = between - cues["day_units"] - cues["half_day_units"] - cues["times_between"]
    hours = following.number.value
    joined = 0 < following.number.first - item.number.last <= NEAR and named and not rest
    if joined and following.unit in cues["hour_units"] and hours <= LONGEST_DAY:
        days = item.number.value
        return days * hours if 1 <= days <= 7 and not item.is_denied() else None
    return None


def _is_wished(
    tokens: list[Token], first: Said, quantity: Quantity, item: Said, cues: Mapping[str, set[str]]
) -> bool:
    """'ik werk 36 uur maar wil terug naar 28 uur', '32 uur, nee 28 uur': the later one counts."""
    if item.number.start < quantity.end:
        return False
    between = {token.folded for token in tokens[first.number.last + 1 : item.number.first]}
    wished = not cues["wishes_hours"].isdisjoint(between) and cues["wishes_hours"].isdisjoint(
        first.before
    )
    return wished or not cues["mended"].isdisjoint(between)


def _hours(item: Said, cues: Mapping[str, set[str]]) -> float | None:
    value, before, after = item.number.value, item.before, item.after
    if item.unit in cues["hour_units"]:
        clock = bool(before[-1:] and before[-1] in cues["hour_clock"] | {"van"})
        clock = clock and value <= LONGEST_DAY
        if clock or before[-1:] == ["om"] or cues["hour_other"] & {*after[:2], *before[-2:]}:
            return None
        return value if 4 <= value <= 60 else None
    if item.unit in cues["half_day_units"] and 1 <= value <= 10:
        return value * HALF_DAY_HOURS
    if item.unit in cues["day_units"] and 1 <= value <= 6:
        if cues["day_other"] & {*after[:3], *before[-2:]}:
            return None
        weekly = cues["hour_week"] & {*after[:4], *before}
        return value * HOURS_A_DAY if weekly or item.is_short() else None
    return None


def _between_dates(said: list[Said], cues: Mapping[str, set[str]]) -> Quantity | None:
    """'van 1990 tot 2015 heb ik bij de bank gewerkt'."""
    for begin, end in pairwise(said):
        first, last = begin.number, end.number
        worked = cues["year_work"] & {*begin.before, *end.after}
        other = cues["year_other"] & {*begin.before, *end.after}
        joined = last.first - first.last <= SHORT + 1 and begin.before[-1:] == ["van"]
        if joined and worked and not other and DATES[0] <= first.value < last.value <= DATES[1]:
            return Quantity(last.value - first.value, first.start, last.end)
    return None


def years_in_work(
    tokens: list[Token], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """Give years of work; ages, terms and dates are none."""
    words = [token.folded for token in tokens]
    for place, item in enumerate(said):
        years = None if item.is_denied() else _years(item, cues)
        if (
            place
            and item.unit in cues["month_units"]
            and said[place - 1].unit in cues["year_units"]
        ):
            continue  # '13 jaar en 6 maanden'
        alone = item.is_short() and not item.instead and cues["filler"].issuperset(item.before)
        if alone and not cues["year_home"].isdisjoint(words[: item.number.first]):
            continue  # 'ik zorgde thuis voor de kinderen, 10 jaar lang'
        if years is not None:
            return Quantity(years, item.number.start, item.end)
    for place, word in enumerate(words):
        if word == "eeuw" and words[place - 1 : place] == ["kwart"]:
            return Quantity(25, tokens[place - 1].start, tokens[place].end)
    return _years_of(tokens, said, cues) or _between_dates(said, cues)


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
    if before[-1:] == ["na"] and after[:1] == ["weer"]:
        return None  # 'wil na 15 jaar weer werken'
    if not cues["year_school"].isdisjoint(after[:2]):
        return None
    idle = f"{' '.join(after[: NEAR + 1])} "
    if "niet" in after[:2] or any(f"{phrase} " in idle for phrase in cues["idle"]):
        return None
    # 'ik ben 12 jaar kok', 'ik was 8 jaar engineer', not 'ik was 8 jaar toen'
    been = before[-1:] == ["was"] or (before[-1:] == ["ben"] and value < LEAST_AGE)
    if been and after and cues["filler"].isdisjoint(after[:1]) and after[0] not in cues["aged"]:
        return value
    if before[-1:] == ["was"] and after[:1] == ["toen"]:
        return None
    # 'ik ben pas 29 jaar' says an age, 'ik ben al 29 jaar kapper' does not.
    age = before[-1:] if after else before[-2:]
    if after[:1] in (["oud"], ["jong"], ["geleden"]) or not cues["year_age"].isdisjoint(age):
        return None
    if cues["year_other"] & near or not cues["year_before_other"].isdisjoint(before[-2:]):
        return None
    done = any(_DONE.fullmatch(word) for word in after[:NEAR])
    worked = done or cues["year_work"] & near or item.after[:1] in (["in"], ["bij"])
    return value if bare or worked else None


def _years_of(
    tokens: list[Token], said: list[Said], cues: Mapping[str, set[str]]
) -> Quantity | None:
    """'een jaar of zes', 'een maand of zes'."""
    for item in said:
        before, value = item.before, item.number.value
        other = cues["year_before_other"] & set(before[-5:]) or (
            cues["year_other"] & {*before, *item.after[:3]}
        )
        unit = " ".join(before[-2:-1])
        per = 1 if unit in cues["year_units"] else MONTHS if unit in cues["month_units"] else None
        if per and before[-1:] == ["of"] and value <= 60 and not other:
            years = round(value / per, 2)
            return Quantity(years, item.number.start, tokens[item.number.last].end)
    return None
