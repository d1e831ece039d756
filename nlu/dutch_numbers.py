"""Numbers in a text as the Dutch write them, in digits and in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalogue.places import fold
from nlu.tokens import Token

# With a stroke it is a date or '24/7', but for hours: '24/32 uur'.
_DIGITS = re.compile(
    r"(?:(?<![\w.,:/])|(?<=\d\d/)(?=\d\d ?u(?:ur)?\b))(?<!\D-)(?<!^-)"
    r"(€ ?)?(\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,(\d{1,2})(?!\d)|\.(\d{1,2})(?!\d))?"
    r"(?:,-)?(k\b)?(?!\d|:\d|/(?!\d\d ?u(?:ur)?\b)\d)",
    re.IGNORECASE,
)
LARGEST = 10_000_000
LARGE = 1000
HUNDRED = 100
TEN = 10


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands at tokens `first` to and with `last`, characters `start` to `end`.

    `large`: it is said in hundreds or thousands.
    `tail`: letters that are joined to it ('20u' -> 'u'). `money`: it has a euro sign or a 'k'.
    """

    value: float
    first: int
    last: int
    start: int
    end: int
    tail: str = ""
    money: bool = False
    large: bool = False


class DutchNumbers:
    """Finds numbers. The words come from the lexicon's section `numbers`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = number_words(words)
        self._times: dict[str, int] = words["times"]
        self._halves: dict[str, float] = words["halves"]
        self._tens = frozenset(float(ten) for ten in words["tens"].values())

    def find(self, text: str, tokens: list[Token]) -> list[Number]:
        """Give the numbers of a text in order."""
        found: list[Number] = []
        place = 0
        while place < len(tokens):
            number = self._in_digits(text, tokens, place) or self._in_words(tokens, place)
            if number is None:
                place += 1
                continue
            number = self._multiplied(text, tokens, number)
            found.append(number)
            place = number.last + 1
        return found

    def _in_digits(self, text: str, tokens: list[Token], place: int) -> Number | None:
        start = tokens[place].start
        if start and text[start - 1] == "€":
            start -= 1
        elif start > 1 and text[start - 2 : start] == "€ ":
            start -= 2
        match = _DIGITS.match(text, start)
        if match is None:
            return None
        value = float(match[2].replace(".", "") + "." + (match[3] or match[4] or "0"))
        if value > LARGEST:
            return None
        last = place
        while last + 1 < len(tokens) and tokens[last + 1].start < match.end():
            last += 1
        tail = fold(text[match.end() : tokens[last].end]).strip("+")
        money = bool(match[1] or match[5])
        value *= 1000 if match[5] else 1
        return Number(value, place, last, match.start(), match.end(), tail, money)

    def _in_words(self, tokens: list[Token], place: int) -> Number | None:
        token = tokens[place]
        value = 1.0 if "é" in token.raw and token.folded == "een" else self.word(token.folded)
        if value is None:
            return None
        last = place
        apart = [item.folded for item in tokens[place + 1 : place + 4]]
        ten = self.word(apart[1]) if apart[:1] == ["en"] and len(apart) > 1 else None
        if (
            1 <= value <= 9
            and ten in self._tens
            and not (place and tokens[place - 1].folded == "tussen")
        ):
            return Number(value + ten, place, place + 2, token.start, tokens[place + 2].end)
        following = " ".join(apart)
        for half in self._halves:
            if f"{following} ".startswith(f"{half} "):
                value += 0.5
                last = place + len(half.split())
        large = value >= LARGE and any(name in token.folded for name in self._times)
        return Number(value, place, last, token.start, tokens[last].end, large=large)

    def _multiplied(self, text: str, tokens: list[Token], number: Number) -> Number:
        """'2 duizend 3 honderd', 'anderhalf duizend': multiply and add what follows."""
        total, current, last = 0.0, number.value, number.last
        while last + 1 < len(tokens):
            word = tokens[last + 1].folded
            if self._adds(number, word):  # 'tweeduizend driehonderd'
                current += self.word(word) or 0.0
            elif word in self._times:
                total, current = total + current * self._times[word], 0.0
            elif total and current == 0.0 and (more := self._small(word)) is not None:
                current = more
            else:
                break
            last += 1
        if last == number.last:
            return number
        value = total + current
        return Number(
            value, number.first, last, number.start, tokens[last].end, "", number.money, True
        )

    def _adds(self, number: Number, word: str) -> bool:
        """Tell whether a word in hundreds follows thousands that are one word."""
        value = self.word(word)
        hundreds = value is not None and HUNDRED <= value < LARGE and value % HUNDRED == 0
        return hundreds and number.large and number.value % LARGE == 0

    def _small(self, word: str) -> float | None:
        if word.isascii() and word.isdigit() and len(word) < 4:
            return float(word)
        value = self.word(word)
        return value if value is not None and value < 1000 else None

    def word(self, word: str) -> float | None:
        """Give the number of one word up to the thousands: 'tweeduizend', 'vijftienhonderd'."""
        if word in self._words:
            return self._words[word]
        for name, times in sorted(self._times.items(), key=lambda item: -item[1]):
            before, found, after = word.partition(name)
            if not found:
                continue
            left = self._words.get(before) if before else 1.0
            right = self.word(after.removeprefix("en")) if after else 0.0
            if left is not None and right is not None:
                return left * times + right
        return None


def number_words(lexicon: Mapping[str, Any]) -> dict[str, float]:
    """Give folded word -> number up to 99 and the fractions, made of the lexicon's parts."""
    units = [str(word) for word in lexicon["zero_to_twenty"]]
    tens: dict[str, int] = lexicon["tens"]
    words = {fold(word): float(number) for number, word in enumerate(units)}
    words |= {fold(word): float(number) for word, number in tens.items()}
    said = {fold(word): number for number, word in enumerate(units) if 0 < number < TEN}
    said |= {word: number for word, number in lexicon["spoken"].items() if number < TEN}
    spoken_tens = {**tens, **lexicon["spoken_tens"]}
    for word, number in {**lexicon["spoken"], **lexicon["spoken_tens"]}.items():
        words.setdefault(fold(word), float(number))
    for ten, number in spoken_tens.items():
        for unit, digit in said.items():
            for joint in ("en", "ën"):
                words[fold(f"{unit}{joint}{ten}")] = float(number + digit)
    for number, word in enumerate(units[2:], start=2):
        for half in ("half", "halve", "eenhalf", "eenhalve"):
            words[fold(f"{word}en{half}")] = words[fold(f"{word}ën{half}")] = number + 0.5
    words |= {fold(word): float(value) for word, value in lexicon["fractions"].items()}
    words.pop("een", None)  # 'een' is the article far more often than the number
    return words
