"""Years in work, from the numbers of a text and the words round them."""

import re
from itertools import pairwise

from nlu.said_numbers import NEAR, SHORT, Cues, Quantity, Said
from nlu.tokens import Token

MONTHS = 12
QUARTER = 25
DATES = (1950, 2035)
MOST_YEARS = 50
"""More is an age: who worked longer has a pension."""
LIKELY_AGE = 45
# So young nobody says it: 'ik ben 12 jaar kok'.
LEAST_AGE = 16
# From here on years alone may be an age: who writes here is of age.
LEAST_ADULT = 18
# 'tien jaar bezorgd': what was done all these years.
_DONE = re.compile(r"\w*ge\w+(?:d|t|en|aan)|(?:be|ver|ont|her)\w{3,}[dt]")
# 'ik bediende vijftien jaar tafels': what one did
_DID = re.compile(r"\w{3,}(?:de|te)")
_DOING = re.compile(r"\w{3,}en")


def years_in_work(tokens: list[Token], said: list[Said], cues: Cues) -> Quantity | None:
    """Give years of work; ages, terms and dates are none. Months count when there are no years."""
    words = [token.folded for token in tokens]
    months: Quantity | None = None
    for place, item in enumerate(said):
        years = None if item.is_denied() else _years(item, cues)
        monthly = item.unit in cues["month_units"]
        if monthly and place and said[place - 1].unit in cues["year_units"]:
            continue  # '13 jaar en 6 maanden'
        earlier = words[: item.number.first]
        if years is None or _is_idle(item, earlier, cues):
            continue
        if not monthly and _is_said_of_oneself(item, said[place + 1 :], cues):
            continue
        loose = not monthly and _may_be_age(item, cues)
        found = Quantity(years, item.number.start, item.end, loose)
        if not monthly:
            return found
        months = months or found
    for place, word in enumerate(words):
        if word == "eeuw" and words[place - 1 : place] == ["kwart"]:
            return Quantity(QUARTER, tokens[place - 1].start, tokens[place].end)
    return months or _years_of(tokens, said, cues) or _between_dates(said, cues)


def _may_be_age(item: Said, cues: Cues) -> bool:
    """'33 jaar, 2 kids': so many years, and not a word of work; '12 jaar' is no age."""
    said = item.before[-1:] in (["was"], ["ben"]) or item.instead
    return item.number.value >= LEAST_ADULT and not said and not _is_worked(item, cues)


def _is_said_of_oneself(item: Said, later: list[Said], cues: Cues) -> bool:
    """'ik ben Marjan 54 jaar', and '54 jaar en zit al 22 jaar achter de kassa': an age.

    The name is a word that no cue has; and of two numbers of years the work is of the later one
    when nothing before the "en" between them speaks of work.
    """
    if item.number.value < LEAST_AGE:
        return False
    named = item.before[-2:-1] == ["ben"] and not any(
        item.before[-1] in cue for cue in cues.values()
    )
    if named and not _is_worked(item, cues, near=0):
        return True
    own = _until(item.after, {"en"})
    others = [one for one in later if one.unit in cues["year_units"]]
    return (
        len(own) < len(item.after) and bool(others) and not _is_worked(item, cues, near=len(own))
    )


def _is_idle(item: Said, earlier: list[str], cues: Cues) -> bool:
    """'ik zorgde thuis voor de kinderen, 10 jaar lang', 'bijstand, al drie jaar'."""
    alone = item.is_short(cues) and not item.instead and cues["filler"].issuperset(item.before)
    if alone and not cues["year_home"].isdisjoint(earlier):
        return True
    # 'vwo, daarna rechten maar na twee jaar afgehaakt'
    left = f"{' '.join(item.after[:NEAR])} "
    dropped = any(left.startswith(f"{phrase} ") for phrase in cues["unfinished"])
    return dropped and not cues["year_school"].isdisjoint(earlier)


def _years(item: Said, cues: Cues) -> float | None:
    value, before, after = item.number.value, item.before, item.after
    if item.unit in cues["month_units"] and 1 <= value <= 3 * MONTHS:
        value = round(value / MONTHS, 2)
        bare = item.is_short(cues)
    elif item.unit in cues["year_units"] and value <= MOST_YEARS:
        bare = item.instead or (item.is_short(cues) and value < LIKELY_AGE)
    else:
        return None
    if _are_of_something_else(item, cues):
        return None
    # 'ik ben 12 jaar kok', 'ik was 8 jaar engineer', not 'ik was 8 jaar toen'
    been = before[-1:] == ["was"] or (before[-1:] == ["ben"] and value < LEAST_AGE)
    if been and after and cues["filler"].isdisjoint(after[:1]) and after[0] not in cues["aged"]:
        return value
    if before[-1:] == ["ben"] and "geweest" in after[:NEAR]:
        return value  # 'ik ben 23 jaar secretaresse geweest'
    # 'ik ben pas 29 jaar' says an age, 'ik ben al 29 jaar kapper' does not.
    # 'ik ben bankmedewerker 15 jaar' neither: the work stands between.
    worked = before[-1:] != [] and _is_work(before[-1], cues)
    age = before[-1:] if after or worked else before[-2:]
    if not cues["year_age"].isdisjoint(age):
        return None
    return value if bare or _is_worked(item, cues) else None


def _are_of_something_else(item: Said, cues: Cues) -> bool:
    """Tell whether the years are of school, of a benefit, of an age, or ago."""
    before, after = item.before, item.after
    if before[-1:] == ["na"] and after[:1] == ["weer"]:
        return True  # 'wil na 15 jaar weer werken'
    if any(word in cues["year_school"] or word.endswith("school") for word in after[:2]):
        return True
    rest = f"{' '.join(after[: NEAR + 1])} "
    # 'na 20 jaar moet ik eruit' tells of work that ends
    ends = before[-1:] == ["na"] and not cues["must"].isdisjoint(after[:1])
    idle = not ends and any(f"{phrase} " in rest for phrase in cues["idle"])
    if idle or {"niet", "niks"} & {*after[:2]}:
        return True
    if before[-1:] == ["was"] and after[:1] == ["toen"]:
        return True
    if _was_locked_up(before, after, cues):
        return True
    # '2 jaar voor de klas gestaan en toen de horeca in'
    if " en toen " in f" {' '.join(after)} " and not cues["moved_on"].isdisjoint(after[-1:]):
        return True
    # 'tien jaar thuis en daarvoor 6 jaar verkoopster'
    parts = cues["then"] if before[-1:] != ["en"] else cues["then"] | {"en"}
    then = max((place for place, word in enumerate(before) if word in parts), default=-1)
    near = {*before[then + 1 :][-NEAR:], *_until(after, cues["turns"])[:NEAR]}
    if not cues["unpaid"].isdisjoint([*before, *after]):
        return True
    return (
        not cues["ago"].isdisjoint(after[:1])
        or not cues["year_other"].isdisjoint(near)
        or not cues["year_before_other"].isdisjoint(before[-2:])
    )


def _was_locked_up(before: list[str], after: list[str], cues: Cues) -> bool:
    """'ik heb 2 jaar gezeten', 'ik zat drie jaar vast'; not 'ik heb 2 jaar bij de bank gezeten'.

    That is nobody's business here, and no work.
    """
    if not cues["locked_up"].isdisjoint([*before, *after]):
        return True
    if after[:1] == ["vast"]:
        return after[1:2] == ["gezeten"] or (len(after) == 1 and before[-1:] != ["voor"])
    return after[:1] == ["gezeten"] and cues["prepositions"].isdisjoint([*before, *after])


def _until(words: list[str], ends: set[str]) -> list[str]:
    """Give the words before the first of some others: '23 jaar | maar nu ww'."""
    return words[: next((place for place, word in enumerate(words) if word in ends), len(words))]


def _is_worked(item: Said, cues: Cues, near: int = NEAR) -> bool:
    """Tell whether the words near the years speak of work; `near`: so many of those after them."""
    before, after = item.before, item.after[:near]
    if any(_DONE.fullmatch(word) for word in after[:NEAR]):
        return True
    if cues["year_work"] & {*before[-NEAR:], *after[:NEAR]} or after[:1] in (["in"], ["bij"]):
        return True
    if before[:1] == ["ik"] and before[1:2] != [] and _DID.fullmatch(before[1]):
        return True
    # 'mijn rug is op van 25 jaar vakken vullen'
    if before[-1:] == ["van"] and any(_DOING.fullmatch(word) for word in after[:2]):
        return True
    # 'apotheker 8 jaar', '11 jaar beveiliging'
    beside = after[:1] or before[-1:]
    return any(_is_work(word, cues) for word in beside)


def _is_work(word: str, cues: Cues) -> bool:
    return word in cues["year_trades"] or _names_work(word, cues)


def _names_work(word: str, cues: Cues) -> bool:
    """'33 jaar caissière', '17 jaar baliewerk': by its end, a trade or a place of work."""
    ends = cues["weak_endings"] | cues["worker_endings"]
    return word not in cues["no_worker"] and any(
        word.endswith(end) and len(word) > len(end) for end in ends
    )


def _between_dates(said: list[Said], cues: Cues) -> Quantity | None:
    """'van 1990 tot 2015 heb ik bij de bank gewerkt'."""
    for begin, end in pairwise(said):
        first, last = begin.number, end.number
        worked = cues["year_work"] & {*begin.before, *end.after} or end.unit == "bij"
        other = cues["year_other"] & {*begin.before, *end.after}
        joined = last.first - first.last <= SHORT + 1 and begin.before[-1:] == ["van"]
        if joined and worked and not other and DATES[0] <= first.value < last.value <= DATES[1]:
            return Quantity(last.value - first.value, first.start, last.end)
    return None


def _years_of(tokens: list[Token], said: list[Said], cues: Cues) -> Quantity | None:
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
