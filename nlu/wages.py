"""What a person earns or needs, from the numbers of a text that speak of money."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue.places import fold
from nlu.dutch_numbers import Number
from nlu.tokens import Token

# A month is a twelfth of a year of 52 weeks; a full week is 38 hours, a usual Dutch norm.
HOURS_A_MONTH = 38 * 52 / 12
MONTHS = 12
NEAR = 4
HOUR, MONTH, YEAR = "hour", "month", "year"
BOUNDS = {HOUR: (5, 150), MONTH: (300, 20_000), YEAR: (8_000, 300_000)}


@dataclass(frozen=True, slots=True)
class Wage:
    """An amount in euros per hour, month or year; `net`: None when it is not said."""

    amount: float
    per: str
    net: bool | None
    start: int
    end: int

    @property
    def month(self) -> int:
        """Give the euros a month, in whole euros."""
        times = {HOUR: HOURS_A_MONTH, MONTH: 1, YEAR: 1 / MONTHS}[self.per]
        return round(self.amount * times)


def wage_in(
    text: str, tokens: list[Token], numbers: list[Number], cues: Mapping[str, set[str]]
) -> Wage | None:
    """Give the first number that is a wage."""
    words = {token.folded for token in tokens}
    if words & cues["money_other"] and not words & cues["earning"]:
        return None
    for number in numbers:
        wage = _wage(text, tokens, number, cues)
        if wage is not None:
            return wage
    return None


def _wage(
    text: str, tokens: list[Token], number: Number, cues: Mapping[str, set[str]]
) -> Wage | None:
    words = [token.folded for token in tokens]
    before, after = words[max(0, number.first - NEAR) : number.first], words[number.last + 1 :]
    if (
        number.tail
        and number.tail not in cues["money"]
        or after[:1]
        and after[0] in cues["counted"]
    ):
        return None
    euro = (
        number.money or re.match(r"(,-)? ?(€|eur)", text[number.end :], re.IGNORECASE) is not None
    )
    near = {*before, *after[:NEAR]}
    euro = euro or " ".join(after[:2]) in cues["hourly"] or (number.large and len(words) <= NEAR)
    if not euro and not near & cues["money"]:
        return None
    per = _per(before, after, number.value, cues, text)
    low, high = BOUNDS[per]
    if not low <= number.value <= high:
        return None
    net = True if near & cues["net"] else False if near & cues["gross"] else None
    end = number.end + (1 if text[number.end : number.end + 1] == "€" else 0)
    amount = round(number.value, 2)
    return Wage(int(amount) if amount == int(amount) else amount, per, net, number.start, end)


def _per(
    before: list[str], after: list[str], value: float, cues: Mapping[str, set[str]], text: str
) -> str:
    near = {*before, *after[:NEAR]}
    if value <= BOUNDS[HOUR][1] and (
        near & cues["per_hour"] or "p/u" in fold(text) or "/u" in text
    ):
        return HOUR
    if value >= BOUNDS[YEAR][0] and near & cues["per_year"]:
        return YEAR
    return MONTH
