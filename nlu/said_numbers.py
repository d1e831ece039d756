"""The numbers of a message with their units, and which of them mends or opposes another."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nlu.dutch_numbers import Number
from nlu.sentence import Sentence

type Cues = Mapping[str, set[str]]

NEAR = 4
SHORT = 2
# The unit of a number that is said without one where hours are meant: 'ik werk 40'.
HOURS = "hours"
# A number without a unit is hours only where it could be nothing but a working week.
BARE_HOURS = range(12, 49)
# Said alone these are a working week: nothing else that is asked is a number.
USUAL_HOURS = frozenset({16, 20, 24, 28, 30, 32, 36, 38, 40})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that is said from character `start` to `end`.

    `loose`: years that may be an age as well, for no word says of what they are.
    """

    value: float
    start: int
    end: int
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A number with its unit, and the folded words of its clause before it and after its unit.

    `instead`: it comes instead of a denied one. `mended`: another comes instead of it.
    `own`: it is of the person who writes. `refused`: 'veertig uur trek ik niet meer'.
    `following`: the word after the number itself, or nothing.
    """

    number: Number
    unit: str
    end: int
    before: list[str]
    after: list[str]
    instead: bool = False
    mended: bool = False
    own: bool = True
    refused: bool = False
    following: str = ""

    def is_short(self, cues: Cues) -> bool:
        """Tell whether the clause has little else than this: 'atheneum en 6 jaar stewardess'."""
        joint = max((place for place, word in enumerate(self.before) if word == "en"), default=-1)
        others = [*self.before[joint + 1 :], *self.after]
        return sum(word not in cues["chatter"] for word in others) <= SHORT

    def is_denied(self) -> bool:
        """'geen 40 uur maar 32', 'niet 2 jaar': not this one; 'niet meer dan 20' is."""
        return self.mended or self.before[-1:] in (["geen"], ["niet"])


def said_numbers(sentence: Sentence, numbers: list[Number], cues: Cues) -> list[Said]:
    """Give each number with the unit that follows it, or that follows the range it begins.

    A number without a unit has that of the number which it mends ('geen 40 uur maar 32') or
    opposes ('mijn man werkt 32 uur, ik 24'). Other people's numbers are given too, as not `own`.
    """
    counted = [number for number in numbers if number.tail not in cues["ordinals"]]
    places = {place for number in counted for place in range(number.first, number.last + 1)}
    units = _units(cues)
    found: list[Said] = []
    for number in counted:
        item = _loose(sentence, _said(sentence, number, places, cues), cues)
        before = found[-1] if found else None
        mine = next((one for one in reversed(found) if one.own), None)
        if mine and item.own and _takes_over(sentence, mine, item, cues):
            place = found.index(mine)
            unit = item.unit if item.unit in units else mine.unit
            if item.unit not in units:
                item = replace(item, end=sentence.tokens[number.last].end)
            item = replace(item, unit=unit, instead=True)
            found[place] = replace(mine, mended=True)
        elif before and _opposes(before, item, cues):
            item = replace(item, unit=before.unit, end=sentence.tokens[number.last].end)
        if item.own and item.unit not in units and _are_hours(sentence, item, counted, cues):
            item = replace(item, unit=HOURS, end=sentence.tokens[number.last].end)
        found.append(item)
    return found


def _units(cues: Cues) -> set[str]:
    names = ("hour_units", "day_units", "half_day_units", "year_units", "month_units")
    return {HOURS}.union(*(cues[name] for name in names))


def _said(sentence: Sentence, number: Number, places: set[int], cues: Cues) -> Said:
    tokens, words = sentence.tokens, sentence.words
    first, last = sentence.part(number.first).first, sentence.part(number.last).last
    at = number.last + 1
    following = words[at] if at <= last else ""
    while at <= last and (words[at] in cues["between"] or at in places):
        at += 1
    before = words[first : number.first]
    if number.tail or at > last:
        at = number.last
    unit = number.tail if at == number.last else words[at]
    after = words[at + 1 : last + 1]
    own = number.first not in sentence.others and not _is_opined(sentence, number.first, cues)
    refused = _is_refused(sentence, at, before, cues)
    return Said(
        number,
        unit,
        tokens[at].end,
        before,
        after,
        own=own,
        refused=refused,
        following=following,
    )


def _loose(sentence: Sentence, item: Said, cues: Cues) -> Said:
    """'een uurtje of 20', 'een dag of 4 in de week': the unit stands before it."""
    before, number = item.before, item.number
    loose = before[-1:] == ["of"] and {*before[-2:-1]} & (cues["hour_units"] | cues["day_units"])
    if not loose or item.unit in _units(cues) or number.tail:
        return item
    after = sentence.words[number.last + 1 : sentence.part(number.last).last + 1]
    end = sentence.tokens[number.last].end
    return replace(item, unit=before[-2], end=end, before=before[:-3], after=after)


def _is_opined(sentence: Sentence, place: int, cues: Cues) -> bool:
    """'mijn baas wil dat ik 40 uur ga werken': what another wants of the person."""
    here = next(at for at, part in enumerate(sentence.parts) if place in part.places)
    if not here or sentence.words[sentence.parts[here].first] != "dat":
        return False
    told = sentence.parts[here - 1]
    said = sentence.words[told.first : told.last + 1]
    return not told.mine and not cues["opines"].isdisjoint(said)


def _is_refused(sentence: Sentence, at: int, before: list[str], cues: Cues) -> bool:
    """'40 uur is te veel', '50 uur in de week en dat wil ik niet meer'."""
    if before[-1:] == ["dan"]:
        return False  # 'meer dan 30 uur wil ik niet'
    words = sentence.words
    rest = words[at + 1 : sentence.bounds[at][1] + 1]
    following = sentence.bounds[at][1] + 1
    if following < len(words) and words[following] in cues["pointing_back"]:
        rest = [*rest, *words[following : sentence.bounds[following][1] + 1]]
    said = f" {' '.join(rest[: 2 * NEAR])} "
    for phrase in cues["too_much"]:
        earlier, found, _ = said.partition(f" {phrase} ")
        if found and cues["comparing"].isdisjoint(earlier.split()[-1:]):
            return True  # not '20 uur, meer kan ik niet'
    return False


def _opposes(other: Said, item: Said, cues: Cues) -> bool:
    """'mijn collega zit er al 30 jaar, ik pas zes': another's number, then one's own."""
    return not other.own and item.own and "ik" in item.before and _is_bare(item, cues)


def _is_bare(item: Said, cues: Cues) -> bool:
    """Tell whether only small words stand beside a number: nothing that it counts."""
    beside = {*item.before[-1:], item.following} - {""}
    small = cues["beside_number"] | cues["ranging"]
    return not item.number.tail and not item.number.money and small >= beside


def _are_hours(sentence: Sentence, item: Said, numbers: list[Number], cues: Cues) -> bool:
    """'ik werk 40', 'parttime, 25 of zo', 'geen 40, 36 is genoeg': hours without that word."""
    if item.number.value not in BARE_HOURS or not _is_bare(item, cues):
        return False
    if item.number.first not in sentence.own:
        return False  # 'is fulltime 36 of 40 tegenwoordig'
    if not cues["year_age"].isdisjoint(item.before):
        return False
    words = set(sentence.words)
    places = {place for number in numbers for place in range(number.first, number.last + 1)}
    others = [word for place, word in enumerate(sentence.words) if place not in places]
    small = cues["beside_number"] | cues["between"] | cues["filler"] | {"tussen"}
    ranged = len(numbers) == SHORT and all(one.value in BARE_HOURS for one in numbers)
    alone = len(numbers) == 1 and item.number.value in USUAL_HOURS and small.issuperset(others)
    return (
        item.instead
        or alone
        or (ranged and _is_range(others, cues) and small.issuperset(others))
        or not cues["works_hours"].isdisjoint(item.before[-SHORT:])
        or (not cues["hours_topic"].isdisjoint(words) and _is_wished(item, cues))
    )


def _is_range(others: list[str], cues: Cues) -> bool:
    """'tussen de 24 en 32', '24 tot 32'; 'van 13 tot 17' is a time of day."""
    joined = not cues["range_joins"].isdisjoint(others) and others[:1] != ["van"]
    return joined or not cues["ranging"].isdisjoint(others)


def _is_wished(item: Said, cues: Cues) -> bool:
    around = {*item.before, *item.after, item.unit}
    return item.is_short(cues) or not cues["wishes_hours"].isdisjoint(around)


def _takes_over(sentence: Sentence, first: Said, item: Said, cues: Cues) -> bool:
    """Tell whether a number comes instead of an earlier one.

    'geen 40 uur maar 32', 'ik zei 15 jaar maar het is er 18', 'tien jaar. nee wacht elf', '16 uur,
    maar ik zou 30 willen'.
    """
    units = _units(cues)
    bare = [one for one in (first, item) if one.unit not in units]
    kinds = {one.unit in cues["year_units"] | cues["month_units"] for one in (first, item)}
    alike = all(_is_bare(one, cues) for one in bare) if bare else len(kinds) == 1
    if not alike or (len(bare) == SHORT and first.number.value not in BARE_HOURS):
        return False
    between = sentence.words[first.number.last + 1 : item.number.first]
    joined = between != [] and cues["range_joins"].issuperset(between)
    if joined or not cues["ranging"].isdisjoint(first.before[-SHORT:]):
        return False  # of 'tussen de 20 en 24' the first counts, as of '20 tot 24 uur'
    if first.before[-1:] in (["geen"], ["niet"]) or first.refused:
        return item.before[-1:] == ["maar"] or cues["filler"].issuperset(item.before)
    but = "maar" in item.before
    said = {*first.before[-NEAR:], *first.after[:1], first.following}
    corrected = not cues["corrected"].isdisjoint(said)
    mended = not cues["mended"].isdisjoint(between[-NEAR:])
    if mended or (corrected and (but or item.is_short(cues))):
        return True
    hours = first.unit in cues["hour_units"] | cues["day_units"] | {HOURS}
    if hours and not cues["to"].isdisjoint(item.before[-SHORT:]):
        return True  # 'van vijf dagen naar vier'
    changed = not cues["once"].isdisjoint(first.before) and "nu" in item.before
    wished = hours and item.unit not in units and _is_wished(item, cues)
    return changed or (wished and item.before != first.before)
