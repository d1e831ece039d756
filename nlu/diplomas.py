"""The highest diploma that a person has, among the schools that a message names."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from bot.catalogue.places import fold
from nlu.denials import Denials
from nlu.lexicon import phrases_of
from nlu.sentence import Sentence
from nlu.tokens import Span

ABROAD_REACH = 5
UNFINISHED_REACH = 8
BEFORE = 4
SHORT = 3
MEND_REACH = 5
NONE, FOREIGN, UNKNOWN = "none", "foreign", "unknown"
# 'havo gehaald en gestopt met werken': what follows is another story.
ELSEWHERE = frozenset({"en", "toen", "daarna"})
JOINED = frozenset({"en", "of", "noch", "ook"})


def school_names(lexicon: Mapping[str, Any]) -> dict[str, str]:
    """Give folded name -> value: those listed, their 'diploma', and each way to write a level."""
    names = phrases_of(lexicon["values"]["education"])
    cues = lexicon["cues"]
    for value, numbers in cues["levels"].items():
        for word, number, joint in product(cues["level_words"], numbers, ("", " ")):
            names.setdefault(fold(f"{word}{joint}{number}"), value)
    single = [name for name in names if " " not in name and name not in cues["weak_school"]]
    for name, ending in product(single, cues["diploma_ends"]):
        names.setdefault(f"{name}{ending}", names[name])
    return names


class Diplomas:
    """Weighs the schools of a message.

    Args:
        phrases: folded name of a school or diploma to its value.
        order: the values from low to high.
        cues: the lexicon's words round them.
    """

    def __init__(
        self, phrases: Mapping[str, str], order: list[str], cues: Mapping[str, set[str]]
    ) -> None:
        self._phrases = phrases
        self._order = order
        self._cues = cues

    def of(self, said: Sentence, spans: list[Span], denials: Denials) -> list[tuple[str, Span]]:
        """Give the value and the words of the highest diploma, or nothing."""
        found = [
            (self._phrases[span.phrase], span)
            for place, span in enumerate(spans)
            if self._is_had(said, spans, place, denials)
        ]
        found = [self._relevelled(said.words, *one) for one in found]
        abroad = self._from_abroad(said, [span for _, span in found])
        lacks = any(value == NONE for value, _ in found)
        here = self._cues["in_holland"] | {"wel"}
        if not lacks or not here.isdisjoint(said.words):
            found += abroad  # not 'school gehad in Turkije, geen diploma'
        for special in (UNKNOWN, FOREIGN):
            for value, span in found:
                if value == special:
                    return [(value, span)]
        best = max(found, key=lambda item: self._order.index(item[0]), default=None)
        return [best] if best else []

    def _is_had(self, said: Sentence, spans: list[Span], place: int, denials: Denials) -> bool:
        words, span = said.words, spans[place]
        value = self._phrases[span.phrase]
        if denials.is_negation(span.first, span.first):
            return True
        if span.phrase in self._cues["weak_school"] and not self._is_school(said, span):
            return False
        between = words[spans[place - 1].last + 1 : span.first] if place else ["-"]
        # 'geen mbo 3 het was mbo 2': the negation has gone to the first of them.
        used = spans[place - 1].last + 1 if place and not JOINED.issuperset(between) else 0
        if self._is_asked(said, span.last):
            return False
        stop = self._next_story(words, span, spans[place + 1 :])
        if self._relevelled(words, value, span)[0] != value:
            stop = span.last + 1  # 'mbo 4 nee sorry 3': the no is for the level
        if denials.reaches(span, used, stop) or said.is_of_other(span.last):
            return False
        if place + 1 < len(spans) and self._is_mended(words, span, spans[place + 1]):
            return False
        corrected = not self._cues["corrected"].isdisjoint(
            words[max(0, span.first - 2) : span.first]
        )
        if corrected and place + 1 < len(spans):
            return False
        if value != NONE and (self._is_wished(said, span) or self._is_place(said, span)):
            return False
        others = [one for one in spans[place + 1 :] if self._phrases[one.phrase] != NONE]
        following = others[0].first if others else len(words)
        return value == NONE or not self._is_unfinished(said, span, following)

    def _is_mended(self, words: list[str], span: Span, following: Span) -> bool:
        """'vwo moest havo zijn', 'hbo, nee wacht, mbo 4'."""
        between = words[span.last + 1 : following.first]
        if not self._cues["mended"].isdisjoint(between[:MEND_REACH]) and "en" not in between:
            return True
        after = words[following.last + 1 : following.last + 2]
        return between in (["moest"], ["moet"]) and after == ["zijn"]

    def _next_story(self, words: list[str], span: Span, others: list[Span]) -> int | None:
        """Give where 'en' begins something else than the next school of a list, or nothing."""
        for place in range(span.last + 1, len(words) - 1):
            if others and place >= others[0].first:
                return None
            if words[place] in ELSEWHERE:
                listed = others and others[0].first == place + 1
                return None if listed else place
        return None

    def _is_asked(self, said: Sentence, place: int) -> bool:
        """'tellen buitenlandse diploma's mee?': a question that does not speak of the person."""
        first, last = said.bounds[place]
        words = said.words[first : last + 1]
        mine = self._cues["self"] | self._cues["me"]
        # 'wat kost dat, een hbo in deeltijd': many write no question mark
        opens = any(
            f"{' '.join(said.words)} ".startswith(f"{one} ") for one in self._cues["asks_of"]
        )
        if opens and mine.isdisjoint(said.words):
            return True
        return len(words) > SHORT and said.ends_in_question(last) and mine.isdisjoint(words)

    def _relevelled(self, words: list[str], value: str, span: Span) -> tuple[str, Span]:
        """'mbo 3, nee 4', 'eerst zei ik mbo 3, maar het was toch 4': the level alone is mended."""
        if not value.startswith("mbo"):
            return value, span
        before = words[max(0, span.first - SHORT) : span.first]
        for place in range(span.last + 1, min(len(words), span.last + 2 + MEND_REACH)):
            names = (f"{name} {words[place]}" for name in self._cues["level_words"])
            level = next((self._phrases[name] for name in names if name in self._phrases), None)
            if level is None or words[place - 1] in self._cues["level_words"]:
                continue
            between = words[span.last + 1 : place]
            mends = not self._cues["mended"].isdisjoint(between)
            mends = mends or not self._cues["corrected"].isdisjoint(before)
            counts = not self._cues["year_units"].isdisjoint(words[place + 1 : place + 2])
            return (level if mends and not counts else value), span
        return value, span

    def _is_school(self, said: Sentence, span: Span) -> bool:
        """'las' and 'master' are words of other things too: alone, or with 'diploma' or 'gedaan'."""
        words = said.words
        first, last = said.bounds[span.first]
        others = [*words[first : span.first], *words[span.last + 1 : last + 1]]
        near = {
            *words[max(0, span.first - SHORT) : span.first],
            *words[span.last + 1 : span.last + 5],
        }
        if words[span.first - 1 : span.first] == ["ik"]:
            return False  # 'ik las ergens'
        alone = self._cues["articles"] | self._cues["possessives"]
        return alone.issuperset(others) or not self._cues["about_school"].isdisjoint(near)

    def _is_wished(self, said: Sentence, span: Span) -> bool:
        """'ik wil mbo 4 gaan doen', 'naar het hbo': not had yet."""
        words, end = said.words, said.bounds[span.last][1]
        start = max(said.bounds[span.first][0], span.first - BEFORE)
        after = words[span.last + 1 : end + 1]
        return (
            not self._cues["school_wished"].isdisjoint(words[start : span.first])
            and self._cues["finished"].isdisjoint(after)
            and "heb" not in words[start : end + 1]
        )

    def _is_place(self, said: Sentence, span: Span) -> bool:
        """'ik ben conciërge op een havo': where one works, not what one has."""
        before = said.words[max(0, span.first - 2) : span.first]
        after = said.words[span.last + 1 : said.bounds[span.last][1] + 1]
        at = before in (["op", "een"], ["in", "een"], ["bij", "een"])
        return at and self._cues["finished"].isdisjoint(after)

    def _is_unfinished(self, said: Sentence, span: Span, following: int) -> bool:
        """'hbo was ik mee begonnen', 'havo, niet afgemaakt', 'een half jaar hbo'."""
        words, end = said.words, said.bounds[span.last][1]
        rest = words[span.last + 1 : min(end + 1, span.last + 1 + UNFINISHED_REACH, following)]
        cut = next((place for place, word in enumerate(rest) if word in ELSEWHERE), None)
        rest = rest[:cut]
        after = f" {' '.join(rest)} "
        if any(f" {phrase} " in after for phrase in self._cues["unfinished"]):
            return True
        start = max(said.bounds[span.first][0], span.first - BEFORE)
        if start < span.first and words[span.first - 1] in ("jaar", "jr"):
            return True
        before = f" {' '.join(words[start : span.first])} "
        if any(f" {phrase} " in before for phrase in self._cues["unfinished_before"]):
            return True
        later = words[end + 1 : end + 1 + SHORT] if cut is None and end + 1 < following else []
        later = later[1:] if later[:1] == ["maar"] else later
        return any(f"{' '.join(later)} ".startswith(f"{one} ") for one in self._cues["unfinished"])

    def _from_abroad(self, said: Sentence, spans: list[Span]) -> list[tuple[str, Span]]:
        """A country, its people or a city there, and a word for school: a diploma of another country."""
        words, bounds = said.words, said.bounds
        abroad = self._cues["countries"] | self._cues["foreign_cities"]
        lands = [
            place
            for place, word in enumerate(words)
            if word in abroad and not self._is_asked(said, place)
        ]
        schools = [place for place, word in enumerate(words) if word in self._cues["schooling"]]
        near = [
            (a, b)
            for a in lands
            for b in schools
            if b - a == 1 or (abs(a - b) <= ABROAD_REACH and words[a] not in self._cues["tongues"])
        ]
        # 'in Syrie had ik hbo gedaan'
        near += [
            (a, span.first)
            for a in lands
            for span in spans
            if words[a - 1 : a] == ["in"] and bounds[a] == bounds[span.first]
        ]
        # 'ik kom uit Polen, ik heb universiteit gedaan', if it was not 'hier'
        if self._cues["in_holland"].isdisjoint(words):
            near += [
                (a, span.first)
                for a in lands
                for span in spans
                if words[a - 1 : a] in (["uit"], ["van"]) and "universit" in span.phrase
            ]
        # 'hbo, maar wel uit Polen'
        near += [
            (a, span.first)
            for a in lands
            for span in spans
            if words[a - 1] in ("uit", "van")
            and 0 < a - span.last <= BEFORE
            and self._cues["place_home"].isdisjoint(words[span.last + 1 : a])
        ]
        # 'kom uit Syrie, ik heb een diploma van daar'
        near += [
            (a, b)
            for a in lands
            for b in [*schools, *(span.first for span in spans)]
            if not self._cues["there"].isdisjoint(words[b + 1 : b + 1 + SHORT])
        ]
        # what a Flemish school gives has the name of something else in Holland: A2, TSO
        cities = [at for at, word in enumerate(words) if word in self._cues["flemish_cities"]]
        taught = [at for at, word in enumerate(words) if word in self._cues["flemish_schools"]]
        near += [(a, b) for a in cities for b in taught if bounds[a] == bounds[b]]
        if not near:
            return []
        first, last = min(min(pair) for pair in near), max(max(pair) for pair in near)
        return [(FOREIGN, Span("", first, last))]
