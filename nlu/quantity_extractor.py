"""Rasa component: hours a week, years in work, wage, telephone and e-mail.

Age is never taken: a number of years counts only beside words about work.
"""

import re
from dataclasses import dataclass
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.places import fold
from nlu.extractor import Entity, Extractor
from nlu.tokens import Token, tokenise

HOURS_A_DAY = 8
FULL_TIME_HOURS = 38
HALF_DAYS_HOURS = 20
# A month is a twelfth of a year of 52 weeks; a full week is 38 hours, a usual Dutch norm.
HOURS_A_MONTH = 38 * 52 / 12
NEAR = 4
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?"
_WAGE = re.compile(rf"(€ ?)?(?<![\w.,])({_NUMBER})(k)?(?![\d])", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)(?:\+31|0031|0)(?:[ -]?\d){9}(?!\d)")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in words or digits, at the token `place`."""

    value: float
    place: int


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class QuantityExtractor(Extractor):
    """Finds `hours`, `years`, `wage`, `phone` and `email`; values are texts of whole numbers."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        cues = self.lexicon["cues"]
        self._cues = {
            name: {fold(str(word)) or str(word) for word in words}
            for name, words in cues.items()
            if isinstance(words, list)
        }
        self._words = number_words(self.lexicon["numbers"])

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the quantities that are named."""
        tokens = tokenise(text)
        numbers = [
            Counted(value, place)
            for place, token in enumerate(tokens)
            if (value := self._value(token)) is not None
        ]
        found = [*self._hours(tokens, numbers), *self._years(tokens, numbers)]
        found += self._wages(text, found)
        for name, pattern in (("email", _EMAIL), ("phone", _PHONE)):
            for match in pattern.finditer(text):
                found.append(self._entity(name, match[0], match.start(), match.end()))
        return found

    def _entity(self, name: str, value: str, start: int, end: int) -> Entity:
        return {
            "entity": name,
            "value": value,
            "start": start,
            "end": end,
            "extractor": type(self).__name__,
        }

    def _value(self, token: Token) -> float | None:
        if token.folded.isascii() and token.folded.isdigit() and len(token.folded) < 6:
            return float(token.folded)
        joined = re.fullmatch(r"(\d{1,2})(uur|u|jaar|jr|dagen|dgn)", token.folded)
        if joined:
            return float(joined[1])
        return self._words.get(token.folded)

    def _unit(self, tokens: list[Token], number: Counted) -> tuple[str, int]:
        """Give the unit of a number and the token it stands at: the next one, or its own tail."""
        joined = re.fullmatch(r"\d{1,2}([a-z]+)", tokens[number.place].folded)
        if joined:
            return joined[1], number.place
        following = number.place + 1
        while following < len(tokens) and (
            tokens[following].folded in ("a", "tot", "of", "volle", "hele", "werk", "lange")
            or self._value(tokens[following]) is not None
        ):
            following += 1
        return (tokens[following].folded, following) if following < len(tokens) else ("", -1)

    def _hours(self, tokens: list[Token], numbers: list[Counted]) -> list[Entity]:
        words = [token.folded for token in tokens]
        for place, word in enumerate(words):
            if word in self._cues["full_time"] or " ".join(words[place : place + 2]) in (
                self._cues["full_time"] | self._cues["half_days"]
            ):
                half = " ".join(words[place : place + 2]) in self._cues["half_days"]
                hours = HALF_DAYS_HOURS if half else FULL_TIME_HOURS
                token = tokens[place]
                return [self._entity("hours", str(hours), token.start, token.end)]
        for number in numbers:
            hours = self._hours_of(tokens, number)
            if hours is not None:
                unit = self._unit(tokens, number)[1]
                first, last = tokens[number.place], tokens[unit]
                return [self._entity("hours", str(hours), first.start, last.end)]
        return []

    def _hours_of(self, tokens: list[Token], number: Counted) -> int | None:
        unit, place = self._unit(tokens, number)
        before = tokens[number.place - 1].folded if number.place else ""
        following = [token.folded for token in tokens[place + 1 : place + 4]] if place >= 0 else []
        if unit in ("uur", "uren", "u", "uurtjes", "uurtje", "urige", "uurs"):
            if before in self._cues["hour_clock"] or "dag" in following[:2]:
                return None
            if following[:1] in (["rijden"], ["reizen"], ["reistijd"], ["geleden"], ["vandaan"]):
                return None
            return round(number.value) if 4 <= number.value <= 60 else None
        if unit in ("dagen", "dgn", "dagjes", "dag") and 1 <= number.value <= 6:
            weekly = bool(self._cues["hour_week"] & set(following)) or "werken" in following
            wanted = {"werk", "wil", "werken"} & {token.folded for token in tokens}
            if weekly or (wanted and "geleden" not in following and "vakantie" not in following):
                return round(number.value * HOURS_A_DAY)
        return None

    def _years(self, tokens: list[Token], numbers: list[Counted]) -> list[Entity]:
        for number in numbers:
            unit, place = self._unit(tokens, number)
            if unit not in ("jaar", "jaren", "jaartjes", "jr", "jaartje") or number.value > 60:
                continue
            near = {
                token.folded for token in tokens[max(0, number.place - NEAR) : number.place]
            } | {token.folded for token in tokens[place + 1 : place + 1 + NEAR]}
            just_before = tokens[number.place - 1].folded if number.place else ""
            just_after = tokens[place + 1].folded if place + 1 < len(tokens) else ""
            if just_after in self._cues["year_age"] or just_before in self._cues["year_age"]:
                continue
            if not near & self._cues["year_work"] or near & self._cues["year_other"]:
                continue
            first, last = tokens[number.place], tokens[place]
            return [self._entity("years", str(round(number.value)), first.start, last.end)]
        return []

    def _wages(self, text: str, others: list[Entity]) -> list[Entity]:
        words = set(re.findall(r"[€\w]+", fold(text) + (" €" if "€" in text else "")))
        if not words & self._cues["money"] and not re.search(r"\dk\b", text, re.IGNORECASE):
            return []
        if words & self._cues["money_other"] and not words & {"verdien", "verdienen", "salaris"}:
            return []
        for match in _WAGE.finditer(text):
            if any(item["start"] < match.end() and match.start() < item["end"] for item in others):
                continue
            month = self._month(text, match)
            if month is not None:
                return [self._entity("wage", str(month), match.start(), match.end())]
        return []

    def _month(self, text: str, match: re.Match[str]) -> int | None:
        """Give euros a month of a number that speaks of money, or None."""
        value = dutch_number(match[2]) * (1000 if match[3] else 1)
        after = fold(text[match.end() : match.end() + 30]).split()
        before = fold(text[: match.start()]).split()[-NEAR:]
        speaks = bool(match[1] or match[3] or {*after[:3], *before} & self._cues["money"])
        if after[:1] and re.fullmatch(r"uur|uren|jaar|dagen|kinderen|km|kilometer", after[0]):
            return None
        if not speaks:
            return None
        if 5 <= value <= 100 and {*after[:4], *before} & self._cues["per_hour"]:
            return round(value * HOURS_A_MONTH)
        if "jaar" in after[:3] and value >= 12_000:
            value /= 12
        return round(value) if 300 <= value <= 20_000 else None


def dutch_number(text: str) -> float:
    """Read a number as the Dutch write it: 2.100 is two thousand one hundred, 12,50 has cents."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return float(text.replace(".", ""))
    return float(text.replace(",", "."))


def number_words(lexicon: dict[str, Any]) -> dict[str, float]:
    """Give folded word -> number up to 99, made of the lexicon's units and tens."""
    units = [str(word) for word in lexicon["zero_to_twenty"]]
    tens: dict[str, int] = lexicon["tens"]
    words = {word: float(number) for number, word in enumerate(units)}
    words |= {word: float(number) for word, number in tens.items()}
    for ten, number in tens.items():
        for unit in range(1, 10):
            for joint in ("en", "ën"):
                words[fold(f"{units[unit]}{joint}{ten}")] = float(number + unit)
    words.pop("een", None)  # 'een' is the article far more often than the number
    return words
