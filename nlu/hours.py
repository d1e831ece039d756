"""Hours a week, from the numbers of a text and the words round them."""

import re
from collections.abc import Collection

from nlu.said_numbers import HOURS, NEAR, Cues, Quantity, Said
from nlu.tokens import Token

HOURS_A_DAY = 8
FULL_TIME_HOURS = 38
HALF_DAYS_HOURS = 20
HALF_DAY_HOURS = 4
LONGEST_DAY = 12
SHORTEST_DAY = 4
WEEK = 7
HALF_A_WEEK = 16
# '4x9': four days of nine hours
_TIMES = re.compile(r"x(\d{1,2})")
MIDNIGHT = 24


def hours_a_week(
    tokens: list[Token], own: Collection[int], said: list[Said], cues: Cues
) -> Quantity | None:
    """Give the hours a week that are said, in hours, days or words such as 'fulltime'.

    `own`: the tokens in which the person tells of itself.
    """
    best: tuple[Said, Quantity] | None = None
    for place, item in enumerate(said):
        hours = None if item.is_denied() or item.refused else _hours(item, cues)
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
    return _in_words(tokens, words, own, cues) or _on_weekdays(tokens, words, own, cues)


def _in_words(
    tokens: list[Token], words: list[str], own: Collection[int], cues: Cues
) -> Quantity | None:
    named = {"half_days": HALF_DAYS_HOURS, "full_time": FULL_TIME_HOURS}
    for place in range(len(words)):
        for size in (2, 1) if place + 1 < len(words) else (1,):
            phrase = " ".join(words[place : place + size])
            for cue, hours in named.items():
                denied = words[place - 1 : place] in (["geen"], ["niet"])
                if phrase in cues[cue] and place in own and not denied:
                    return Quantity(hours, tokens[place].start, tokens[place + size - 1].end)
    return None


def _on_weekdays(
    tokens: list[Token], words: list[str], own: Collection[int], cues: Cues
) -> Quantity | None:
    """'alleen ma di en do': whole days that are named, if nothing else but small words is said."""
    days = [place for place, word in enumerate(words) if word in cues["weekdays"]]
    small = (
        cues["weekdays"] | cues["beside_number"] | cues["filler"] | cues["day_units"] | {"hele"}
    )
    if len(days) < 2 or not small.issuperset(words) or not set(days) <= set(own):  # noqa: PLR2004
        return None
    if not cues["negation"].isdisjoint(words):
        return None
    return Quantity(len(days) * HOURS_A_DAY, tokens[days[0]].start, tokens[days[-1]].end)


def _days_of(tokens: list[Token], item: Said, following: Said, cues: Cues) -> float | None:
    """'vier dagen van acht uur', 'twee ochtenden van 4 uur', '3 x 8 uur'."""
    between = {token.folded for token in tokens[item.number.last + 1 : following.number.first]} | (
        {item.number.tail} - {""}
    )
    named = between & (cues["day_units"] | cues["half_day_units"] | {"keer", "x", "maal"})
    rest = between - cues["day_units"] - cues["half_day_units"] - cues["times_between"]
    hours = following.number.value
    joined = 0 < following.number.first - item.number.last <= NEAR and named and not rest
    counted = following.unit in cues["hour_units"] or (
        between == {"x"} and not following.number.tail
    )
    # 'vier dagen van 9', 'vier keer negen'; 'vier dagen van 9 tot 5' are times of day
    alone = not following.number.tail and not following.following and hours >= SHORTEST_DAY
    counted = counted or (alone and bool(between & cues["times_between"]))
    if joined and counted and hours <= LONGEST_DAY:
        days = item.number.value
        return (
            days * hours if 1 <= days <= WEEK and not (item.is_denied() or item.refused) else None
        )
    return None


def _is_wished(
    tokens: list[Token], first: Said, quantity: Quantity, item: Said, cues: Cues
) -> bool:
    """'ik werk 36 uur maar wil terug naar 28 uur', 'twee ochtenden en een dag, dus 16 uur'."""
    if item.number.start < quantity.end:
        return False
    between = {token.folded for token in tokens[first.number.last + 1 : item.number.first]}
    if item.unit in cues["hour_units"] and not cues["in_all"].isdisjoint(item.before[-2:]):
        return True
    wished = not cues["wishes_hours"].isdisjoint(between) and cues["wishes_hours"].isdisjoint(
        first.before
    )
    return wished or not cues["mended"].isdisjoint(between)


def _hours(item: Said, cues: Cues) -> float | None:
    value, before, after = item.number.value, item.before, item.after
    if item.unit == HOURS:
        return value
    times = _TIMES.fullmatch(item.number.tail)
    if times and 1 <= value <= WEEK and 4 <= int(times[1]) <= LONGEST_DAY:
        return value * int(times[1])
    if item.unit in cues["hour_units"]:
        other = cues["hour_other"] & {*after[:2], *before[-2:]}
        if value >= HALF_A_WEEK:
            other -= cues["learning"]  # 'ik kan 24 uur leren'; homework takes less
        if _is_clock(item, cues) or other:
            return None
        return value if 4 <= value <= 60 else None
    if item.unit in cues["half_day_units"] and 1 <= value <= 10:
        return value * HALF_DAY_HOURS
    if item.unit in cues["day_units"] and 1 <= value <= 6:
        if cues["day_other"] & {*after[:3], *before[-2:]}:
            return None
        weekly = cues["hour_week"] & {*after[:4], *before} or item.instead
        # nobody counts halves of days but in a week: '3,5 dag'
        halves = value > 1 and value % 1
        alone = item.is_short(cues) or (not before and after[:1] and after[0] in cues["joints"])
        # 'drie dagen is voor mij genoeg'
        alone = alone or (before == [] and not cues["enough"].isdisjoint(after))
        return value * HOURS_A_DAY if weekly or halves or alone else None
    return None


def _is_clock(item: Said, cues: Cues) -> bool:
    """'om 9 uur', 'open van 9 tot 18 uur', 'op donderdag tot 21 uur': a time of day."""
    value, before, after = item.number.value, item.before, item.after
    at = before[-1:]
    if at == ["om"]:
        return True
    timed = bool(at) and at[0] in cues["hour_clock"] | {"van"}
    around = {*before, *after}
    if cues["open_hours"] & around and timed and value <= MIDNIGHT:
        return True
    if value <= LONGEST_DAY and not cues["hour_week"] & {*after[:NEAR]}:
        return timed or (after[:1] == ["op"] and not cues["weekdays"].isdisjoint(after[:2]))
    return False
