"""What a person earns or needs, from the numbers of a text that speak of money."""

import re
from dataclasses import dataclass, replace

from bot.catalogue.places import fold
from nlu.dutch_numbers import Number
from nlu.sentence import Cues, Sentence

# A month is a twelfth of a year of 52 weeks; a full week is 38 hours, a usual Dutch norm.
HOURS_A_MONTH = 38 * 52 / 12
WEEKS_A_MONTH = 52 / 12
MONTHS = 12
NEAR = 4
CENTS = 100
LIKELY_HOURLY = 60
# An amount without a word for money: no year of the calendar, and not 3,000 of something.
LEAST_BARE, MOST_BARE = 1000, 5000
YEARS = range(1950, 2000)
POSTCODES = range(1000, 10_000)
PAID_TO = frozenset({"me", "mij", "ons"})
THOUSAND = 1000
HOUR, WEEK, MONTH, YEAR = "hour", "week", "month", "year"
BOUNDS = {HOUR: (5, 150), WEEK: (75, 1_500), MONTH: (300, 20_000), YEAR: (8_000, 300_000)}


@dataclass(frozen=True, slots=True)
class Wage:
    """An amount in euros per hour, week, month or year; `net`: None when it is not said."""

    amount: float
    per: str
    net: bool | None
    start: int
    end: int

    @property
    def month(self) -> int:
        """Give the euros a month, in whole euros."""
        times = {HOUR: HOURS_A_MONTH, WEEK: WEEKS_A_MONTH, MONTH: 1, YEAR: 1 / MONTHS}[self.per]
        return round(self.amount * times)


def wage_in(sentence: Sentence, numbers: list[Number], cues: Cues) -> Wage | None:
    """Give the first number that is a wage, or the one that mends it ('nee wacht, 2150')."""
    words = sentence.words
    if not cues["money_other"].isdisjoint(words) and cues["earning"].isdisjoint(words):
        return None
    found: Wage | None = None
    since, last = 0, -1
    for place, number in enumerate(numbers):
        if not is_own(sentence, number.first) or number.last <= last:
            continue
        if sentence.ends_in_question(sentence.bounds[number.last][1]):
            continue
        if found and not _is_instead(words, since, last, number, cues):
            continue
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        wage = _wage(sentence, number, following, cues)
        if wage is not None:
            found, since, last = wage, number.first, number.last
    return found


def _is_instead(words: list[str], since: int, last: int, number: Number, cues: Cues) -> bool:
    """'2000, nee wacht 2150', 'ik dacht 2700 maar het is 2685', 'ik had 3400 en nu nog 2500'."""
    before, between = words[max(0, since - NEAR) : since], words[last + 1 : number.first]
    if not cues["mended"].isdisjoint(between):
        return True
    if not cues["corrected"].isdisjoint(before):
        return "maar" in between
    return not cues["once"].isdisjoint(before) and "nu" in between


def is_own(sentence: Sentence, place: int) -> bool:
    """Not 'mijn man verdient 3000' or 'is 2000 veel'; 'mijn baas geeft me 2000' is."""
    clause = sentence.clause(place) if place in sentence.others else []
    paid = any(
        word in PAID_TO and clause[at - 1 : at] != ["van"] for at, word in enumerate(clause)
    )
    return paid or place in sentence.own


def _cents(number: Number, following: Number | None, words: list[str]) -> Number:
    """'veertien vijftig', 'dertien euro tachtig': euros and cents as they are spoken."""
    if following is None or number.value >= CENTS or not following.value < CENTS or number.tail:
        return number
    between = words[number.last + 1 : following.first]
    spoken = between == [] and words[number.last].isalpha()
    if not (spoken or between == ["euro"]) or words[following.last + 1 : following.last + 2] == [
        "uur"
    ]:
        return number
    value = number.value + following.value / CENTS
    return replace(number, value=value, last=following.last, end=following.end)


def _wage(sentence: Sentence, number: Number, following: Number | None, cues: Cues) -> Wage | None:
    text, words = sentence.text, sentence.words
    number = _cents(number, following, words)
    first, last = sentence.bounds[number.first][0], sentence.bounds[number.last][1]
    before = _without_hours(words[max(0, number.first - NEAR - 1) : number.first], cues)[-NEAR:]
    after = words[number.last + 1 :]
    if before[-1:] in (["geen"], ["niet"]):
        return None
    if before[-1:] == ["in"] and number.value in POSTCODES and not number.money:
        return None  # 'woon in 9711, rijd 8 jaar bus'
    price = cues["money_other"] & set(words[max(first, number.first - NEAR) : number.first])
    if price and cues["earning"].isdisjoint(before):
        return None  # 'de huur is 950 dus ik moet 2000 netto hebben'
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
    others = {*words[first : number.first], *words[number.last + 1 : last + 1]}
    paid = near & cues["money"] or others & (cues["net"] | cues["gross"] | cues["earning"])
    paid = paid or (number.value >= THOUSAND and after[:1] == ["nodig"])
    net = _net(words, number, first, last, cues)
    paid = paid or net is not None
    rate = " ".join(after[:2]) in cues["hourly"]
    # 'per uur bedoelde ik, 15,25', '450 in de week'
    rate = rate or (number.value % 1 > 0 and not cues["per_hour"].isdisjoint(before))
    weekly = number.value >= BOUNDS[WEEK][0] and _is_weekly(before, after, cues)
    rate = rate or (weekly and number.value > BOUNDS[HOUR][1])
    yearly = number.value >= BOUNDS[YEAR][0] and not cues["per_year"].isdisjoint(near)
    thousands = number.large or (
        number.value >= THOUSAND and "." in text[number.start : number.end]
    )
    said = len(words) - (number.last - number.first)
    euro = euro or rate or yearly or (thousands and said <= NEAR)
    roughly = _is_roughly(sentence, number, before, after, cues)
    if not euro and not paid and not roughly:
        return None
    # 'die tv was 899 euro' is money and no wage
    rate = rate or not cues["per_hour"].isdisjoint(near)
    stated = rate or net is not None
    if not stated and _is_price(words[first : number.first], cues):
        return None
    known = cues["money"] | cues["wage_said"]
    if near & cues["money"] <= cues["euros"] and not (
        rate
        or yearly
        or roughly
        or net is not None
        or others & (known - cues["euros"])
        or others <= cues["filler"] | cues["euros"] | {"of"}
    ):
        return None
    value = number.value
    per = _per(before, after, value, cues, text)
    low, high = BOUNDS[per]
    if not low <= value <= high:
        return None
    end = number.end + (1 if text[number.end : number.end + 1] == "€" else 0)
    amount = round(value, 2)
    return Wage(int(amount) if amount == int(amount) else amount, per, net, number.start, end)


def _without_hours(before: list[str], cues: Cues) -> list[str]:
    """'36 uur hoeft niet, 28 is goed': the hours that are counted say nothing of what follows."""
    return [
        word
        for at, word in enumerate(before)
        if not (at and word in cues["per_hour"] and before[at - 1].isdigit())
    ]


def _is_price(before: list[str], cues: Cues) -> bool:
    """'laptop van 600 euro', 'een cursus van 900': a thing of that price, where no pay is named."""
    thing = before[-2:-1]
    pay = cues["money"] | cues["wage_said"] | cues["earning"] | cues["living"] | cues["self"]
    return before[-1:] == ["van"] and thing != [] and len(before) <= NEAR and thing[0] not in pay


def _is_weekly(before: list[str], after: list[str], cues: Cues) -> bool:
    rest = [word for word in after if word not in cues["euros"] | cues["net"] | cues["gross"]]
    later = rest[:2] == ["per", "week"] or rest[:3] == ["in", "de", "week"] or rest[:1] == ["pw"]
    return later or before[-2:] == ["per", "week"]


def _is_roughly(
    sentence: Sentence, number: Number, before: list[str], after: list[str], cues: Cues
) -> bool:
    """'ongeveer 1900', 'onder de 2000 wil ik niet': a postcode has no more or less."""
    first, last = sentence.bounds[number.first]
    if not LEAST_BARE <= number.value <= MOST_BARE or number.value in YEARS:
        return False
    bare = cues["beside_number"] | cues["wage_said"] | cues["roughly"]
    stretch = [*sentence.words[first : number.first], *sentence.words[number.last + 1 : last + 1]]
    near = {*before[-2:], *after[:NEAR]} & set(stretch)
    named = {word for word in stretch if not word.isdigit()}
    return bare >= named and not cues["roughly"].isdisjoint(near)


def _net(words: list[str], number: Number, first: int, last: int, cues: Cues) -> bool | None:
    """Give whether the nearest word says net, or gross; before and after the number alike."""
    said = [
        (min(abs(place - number.first), abs(place - number.last)), words[place] in cues["net"])
        # a word more than the clause: '1.850,- netto'
        for place in range(first, min(last + 2, len(words)))
        if words[place] in cues["net"] | cues["gross"]
    ]
    if said:
        return min(said)[1]
    around = f" {' '.join(words[first : last + 1 + NEAR])} "
    for name, net in (("net_phrases", True), ("gross_phrases", False)):
        if any(f" {phrase} " in around for phrase in cues[name]):
            return net
    return None


def _per(before: list[str], after: list[str], value: float, cues: Cues, text: str) -> str:
    near = {*before, *after[:NEAR]}
    if value <= BOUNDS[HOUR][1] and (
        near & cues["per_hour"] or "p/u" in fold(text) or "/u" in text
    ):
        return HOUR
    if value <= LIKELY_HOURLY and near & cues["euros"] and near & (cues["net"] | cues["gross"]):
        return HOUR
    if value <= BOUNDS[WEEK][1] and _is_weekly(before, after, cues):
        return WEEK
    if value >= BOUNDS[YEAR][0] and near & cues["per_year"]:
        return YEAR
    return MONTH
