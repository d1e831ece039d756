"""The number that answers a question for hours or for money, among the words of a message. Pure.

The language model's numbers need a unit ("32 uur", "1800 netto"); after such a question none is said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalogue.folding import fold, has
from nlu.dutch_numbers import DutchNumbers
from nlu.tokens import tokenise

type Words = Mapping[str, Any]

HOURS = range(4, 41)
WAGES = range(300, 10_001)
"""Euros a month that somebody may need."""
FULL_WEEK = 40
"""Hours of which a share is said: "80 procent", "0,8 fte"."""
SURE_WAGE = 1000
"""An amount below it counts only in few words: it may be a number of anything."""
FEW = 4
NEAR = 4
ENOUGH = 2
"""The weight of an amount that is said to do, or to be the least."""
YEARS = range(1930, 2040)
LEAST_SPELT = 12
"""Smaller numbers in letters are as likely other words: "ach" is eight in some regions."""
ROUND = 50
_PLAIN = re.compile(r"\d+(?:[.,]\d\d?)?")
_THOUSANDS = re.compile(r"(?<![\w.,])(\d)k(\d)(\d?)\b", re.IGNORECASE)
_STOPS = r"[.,;!?()](?!\d)|\.\.+"
_SHARE = re.compile(r"(?<![\d.,])(\d\d\d?) ?(?:%|procent\b)(?! van (?:mijn|m|het|de)\b)")
_OF_FULL = re.compile(r"(?<![\d.,])0[.,](\d\d?) ?fte\b")
_HOURS = re.compile(r"(?<![\d.,:])\b(\d\d?)\b(?![.:]?\d)(?!,\d)")
_MONEY = re.compile(r"(?<![\w.,:/-])(\d{3,5})(?:,-|,00)?(?![\w:]|[.,]\d|-\d\d-)")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros a month; `enough`: said to do, or to be the least. `net`: None when it is not said."""

    value: int
    enough: bool
    net: bool | None


def in_digits(text: str, numbers: DutchNumbers) -> str:
    """Give a text with its numbers in plain digits: "twintig", "2.450", "1k6" as 20, 2450 and 1600."""
    text = _THOUSANDS.sub(lambda one: f"{one[1]}{one[2]}{one[3] or 0}0", text)
    written, end = [], 0
    for one in numbers.find(text, tokenise(text)):
        if one.value < LEAST_SPELT or one.value % 1 or _PLAIN.fullmatch(text[one.start : one.end]):
            continue
        written += [text[end : one.start], f"{one.value:.0f}"]
        end = one.end
    return "".join([*written, text[end:]])


def hours_in(text: str, words: Words, within: range = HOURS) -> str | None:
    """Give the number in a text that may be hours a week, and is no age, year or time.

    Another's hours are none either. Of several it is the first, or the one that is wished: "van het
    UWV moet ik 40, zelf wil ik 24".
    """
    lower = text.casefold()
    shares = [int(one[1]) for one in _SHARE.finditer(lower)]
    shares += [int(one[1].ljust(2, "0")) for one in _OF_FULL.finditer(lower)]
    if shares:
        hours = round(shares[0] * FULL_WEEK / 100)
        return str(hours) if len(shares) == 1 and hours in within else None
    before, after = words["not_after"].split(), words["not_before"].split()
    after += words["amounts"]["counts"].split()
    others = set(words["amounts"]["other"].split())
    first = None
    for part in _parts(lower, words):
        for found in _HOURS.finditer(part):
            left, right = fold(part[: found.start()]).split(), fold(part[found.end() :]).split()
            if left[-1:] and left[-1] in before or right[:1] and right[0] in after:
                continue
            own = others.isdisjoint(left) and not _is_age(left, words)
            if own and int(found[1]) in within and not _is_refused(left, right, words):
                if has(" ".join(left), words["amounts"]["own_wish"]):
                    return found[1]
                first = first or found[1]
    return first


def _is_age(left: list[str], words: Words) -> bool:
    """Tell whether a number after these words is an age: "ik ben pas 19"."""
    between = words["age_between"].split()
    last = next((one for one in reversed(left) if one not in between), "")
    return last in words["ages"].split()


def wage_in(text: str, words: Words) -> Amount | None:
    """Give the amount a month that a text says to be needed; of several the one that would do.

    What is paid, what was earned, what another has, and years of the calendar are none.
    """
    given = words["amounts"]
    last = text.rpartition("?")[2]
    found: list[tuple[int, Amount]] = []
    for part in _parts(last, words):
        if not set(given["mends"].split()).isdisjoint(fold(part).split()[:1]):
            found = []  # "2000, nee wacht 1800"
        for one in _MONEY.finditer(part):
            left, right = fold(part[: one.start()]).split(), fold(part[one.end() :]).split()
            value = int(one[1])
            if value in WAGES and _is_need(part, value, left, right, words):
                weight = _weight(left, right, given)
                found.append((weight, Amount(value, weight >= ENOUGH, _is_net(part, last, given))))
    return max(found, key=lambda one: one[0])[1] if found else None


def names_other_money(text: str, words: Words) -> bool:
    """Tell whether a text names amounts, and none that is needed: "ik krijg 1300 uitkering"."""
    units = set(words["amounts"]["units"].split())
    monthly = [
        one
        for one in _MONEY.finditer(text)
        if int(one[1]) in WAGES and units.isdisjoint(fold(text[one.end() :]).split()[:NEAR])
    ]
    return bool(monthly) and wage_in(text, words) is None


def _parts(text: str, words: Words) -> Iterator[str]:
    """Give the parts of a text between its stops, each from a word on that joins sentences."""
    joints = "|".join(words["amounts"]["joints"].split())
    for part in re.split(rf"{_STOPS}|\b(?=(?:{joints})\b)", text):
        if part and part.strip():
            yield part


def _is_need(part: str, value: int, left: list[str], right: list[str], words: Words) -> bool:
    """Tell whether a number may be what somebody needs to earn in a month."""
    given = words["amounts"]
    euros = set(given["euros"].split())
    after = [one for one in right if one not in euros]
    needs = set(given["needs"].split()) & {*left, *right}
    if _is_cost(left, after, needs, given):
        return False
    if set(given["other"].split()) & {*left, *after} or set(given["past"].split()) & set(left):
        return False
    counts = set(given["counts"].split())
    if (after[:1] and after[0] in counts) or _is_year(value, left, after, given):
        return False
    if _POSTCODE.search(part) or set(given["units"].split()) & set(after[:3]):
        return False
    sure = value >= SURE_WAGE or needs or len(right) > len(after) or len([*left, *after]) <= FEW
    if not sure and _weight(left, right, given) < ENOUGH:
        return False
    return not _is_refused(left, right, words)


def _is_cost(left: list[str], after: list[str], needs: set[str], given: Words) -> bool:
    """Tell whether a number is paid or owned: "900 huur"; not "na mijn huur heb ik 2000 nodig"."""
    costs = set(given["costs"].split())
    if costs & {*left[-2:], *after[:2]}:
        return needs.isdisjoint(after[:1])
    return not needs and bool(costs & {*left[-NEAR:], *after[: NEAR - 1]})


def _is_year(value: int, left: list[str], after: list[str], given: Words) -> bool:
    """Tell whether a number is a year: "in 2019", "van 1984"; not "1950" and not "1976 netto"."""
    if value not in YEARS:
        return False
    if left[-1:] and left[-1] in given["year_after"].split():
        return True
    small = set(given["beside"].split())
    return value % ROUND > 0 and not small.issuperset([*left, *after])


def _is_refused(left: list[str], right: list[str], words: Words) -> bool:
    """Tell whether a number is said not to do: "geen 40", "1500 is te weinig"; not "meer dan 20 wil ik niet"."""
    given = words["amounts"]
    if left[-1:] and left[-1] in given["denies"].split():
        return True
    if has(" ".join(left[-3:]), given["bounds"]):
        return False
    said = f" {' '.join(right)} "
    for phrase in given["refused"].split(","):
        earlier, there, _ = said.partition(f" {phrase} ")
        if there and set(given["more"].split()).isdisjoint(earlier.split()):
            return True
    return False


def _weight(left: list[str], right: list[str], given: Words) -> int:
    """Weigh an amount: what would do most, what is wished or earned now least."""
    around = " ".join([*left[-NEAR:], "#", *right])
    if has(around, given["enough"]) or has(" ".join(left[-3:]), given["least"]):
        return ENOUGH
    return 0 if has(around, given["wished"]) else 1


def _is_net(part: str, text: str, given: Words) -> bool | None:
    """Give whether an amount is net or gross, by its own part or else by the whole text."""
    for said in (fold(part), fold(text)):
        net, gross = has(said, given["net"]), has(said, given["gross"])
        if net != gross:
            return net
    return None
