"""Finds the occupations of a text: those that are named, and those that are only described."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from bot.catalogue.model import Catalogue
from bot.catalogue.places import fold
from nlu.clauses import Clause, clauses
from nlu.lexicon import folded_cues
from nlu.moods import in_moods, is_employed
from nlu.named_occupations import Named, OccupationNames
from nlu.occupation_model import Guess, OccupationModel
from nlu.tokens import Span, Token, has_phrase, tokenise

SHORT = 3
TOLD = 4
ASKED = 4
APART = 3
TODAY, PAST = "today", "past"
SURE_LEAD = 0.35
# What a name adds to the model's score of its occupations: it says more than the words round it.
NAME_BONUS, WEAK_NAME_BONUS = 0.4, 0.0


# What the model must give to be believed; found on tests/nlu/occupations.yml. A guess is clear when
# it is high and far above the next one; a word such as "werk" makes it likelier that it is work.
LEAST = 0.4
LEAST_WISHED = -0.2
CLEAR_WEIGHT = 0.6
AT_WORK = 0.3
# How far above every origin a target must be, to be wished though nothing says so.
TARGET_LEAD = 0.4
ORIGIN_LAG = 0.26
# What the model must give other work than a name that is certain, and how much more, to ask.
LEAST_DOUBT, DOUBT_LEAD = 0.0, 0.2
# What the model must give one of the targets, to take it for a wished name that is none of them.
LEAST_TARGET = -0.3


@dataclass(frozen=True, slots=True)
class Found:
    """Occupations that tokens `first` to and with `last` may mean, best first.

    More than one in `ids`: it is not certain which. `ranking`: the ids with the next best ones.
    `bare`: nothing says whether it is or is wished; it is work that few come from, and so it is taken for
    a wish unless it is told in detail.
    """

    ids: tuple[str, ...]
    first: int
    last: int
    wished: bool
    ranking: tuple[str, ...] = ()
    bare: bool = False


class OccupationFinder:
    """Looks in names first and then, if there is one, in a model."""

    def __init__(
        self, catalogue: Catalogue, cues: Mapping[str, Any], see: Callable[[str], np.ndarray]
    ) -> None:
        self._see = see
        self._cues = folded_cues({"cues": cues})
        self._names = OccupationNames(catalogue, self._cues)
        self.model: OccupationModel | None = None

    def mentions(self, text: str) -> bool:
        """Tell whether any name of an occupation is in a text, whoever it is about."""
        return self._names.mentions(text)

    def find(
        self, text: str, *, asking: bool, telling: bool = True, liking: bool = False
    ) -> list[Found]:
        """Give the occupations of the person: first what is, then what is wished.

        Args:
            asking: the message asks about occupations; what it names is no work of the person.
            telling: the message may describe work without naming it.
            liking: the message says what one would like; only what has a word for it is not wished.
        """
        tokens = self._names.spelt(tokenise(text))
        whole = _words(text, tokens, range(len(tokens)))
        if not asking and "?" not in text and (ids := self._names.called(fold(whole))):
            return [self._named_alone(ids, len(tokens) - 1)]
        parts = in_moods(text, tokens, clauses(text, tokens, self._cues), self._cues)
        asks = liking or self._asks(text, tokens, asking)
        if liking:
            parts = [replace(part, wished=not self._is_of_now(tokens, part)) for part in parts]
        named = self._names.named(tokens, parts, asks)
        wishes = [item for item in named if item.wished]
        current = [item for item in named if not item.wished]
        parts = [part for part in parts if not self._names.is_denied(tokens, part, named)]
        wished = self._of_kind(text, tokens, parts, wishes, telling, wished=True)
        if telling and not wished:
            wished = self._bare_wish(text, tokens, parts, current)
            if wished and self._is_told(text, tokens, parts, current):
                return [replace(wished[0], wished=False)]
            if wished:
                parts = [part for part in parts if not part.bare]
                current = [
                    item for item in current if any(item.span.first in one.places for one in parts)
                ]
        parts = [part for part in parts if not self._is_liked(tokens, part, named)]
        own = self._of_kind(
            text, tokens, parts, current, telling, any_wished=bool(wishes), found_wish=bool(wished)
        )
        told = parts if telling else []
        now = self._described_now(text, tokens, own, told, current)
        return [*(now or self._of_today(tokens, own, told)), *wished]

    def _of_today(self, tokens: list[Token], own: list[Found], parts: list[Clause]) -> list[Found]:
        """'ik was leraar, nu werk ik als kok': what one does now, without what one once did."""
        times = [self._time_of(tokens, one, own, parts) for one in own]
        if TODAY not in times:
            return own
        return [one for one, time in zip(own, times, strict=True) if time != PAST]

    def _time_of(
        self, tokens: list[Token], found: Found, own: list[Found], parts: list[Clause]
    ) -> str | None:
        """Give which word of time stands nearest before an occupation, after the one before it.

        Where there is none, one behind it in its clause: 'typiste heette dat vroeger'.
        """
        begin = max((one.last + 1 for one in own if one.last < found.first), default=0)
        clause = next((one for one in parts if found.last in one.places), None)
        behind = tokens[found.last + 1 : clause.last + 1] if clause else []
        was = self._cues[PAST] | self._cues["trained"]
        for token in [*reversed(tokens[begin : found.first]), *behind]:
            if token.folded in self._cues[TODAY]:
                return TODAY
            if token.folded in was:
                return PAST
        return None

    def _described_now(
        self,
        text: str,
        tokens: list[Token],
        own: list[Found],
        parts: list[Clause],
        named: list[Named],
    ) -> list[Found]:
        """'vroeger kok, nu sta ik in een magazijn': what one does now may have no name.

        Gives the work of the clause after what one was, or learnt for, that begins with a word of
        today, of here or of afterwards, or that names where one works.
        """
        if {self._time_of(tokens, one, own, parts) for one in own} != {PAST}:
            return []
        begins = self._cues[TODAY] | self._cues["in_holland"] | self._cues["afterwards"]
        for part in parts:
            inside = [item for item in named if item.span.first in part.places]
            words = {tokens[place].folded for place in part.places}
            # 'maar ik sta al jaren achter de kassa'
            served = _served(inside) if words.isdisjoint(self._cues[PAST]) else []
            later = served or tokens[part.first].folded in begins
            if own[-1].last >= part.first or not later or part.wished or len(part.places) < SHORT:
                continue
            ranking = self._guessed(_words(text, tokens, part.places), text, inside, wished=False)
            ranking = self._origins_first(ranking, alone=True) if ranking else []
            if ranking:
                names = self._names.as_origins(guess.name for guess in ranking)
                ids = names[:1] if _is_sure(ranking) else names[:ASKED]
                return [Found(ids, part.first, part.last, False, names)]
            if served:
                return served
        return []

    def _named_alone(self, ids: tuple[str, ...], last: int) -> Found:
        """'kapper', 'energieadviseur': nobody need guess what it is; what it is like was learnt."""
        if not self._is_wish(ids):
            return Found(ids, 0, last, False)
        likes = self.model.like(ids[0]) if self.model and len(ids) == 1 else ids
        return Found(ids, 0, last, True, self._names.as_origins(likes), bare=True)

    def _bare_wish(
        self, text: str, tokens: list[Token], parts: list[Clause], named: list[Named]
    ) -> list[Found]:
        """'laadpalen', 'robots programmeren': what only a wish can be, if nothing says it is one's work.

        Where another clause tells of that, or it is only supposed, any lead over the best origin will do.
        """
        bare = [part for part in parts if part.bare]
        places = [place for part in bare for place in part.places]
        inside = [item for item in named if item.span.first in places]
        if not places or any(item.certain and not self._is_wish(item.ids) for item in inside):
            return []
        ranking = self._guessed(_words(text, tokens, places), text, inside, wished=False)
        wishes = [guess for guess in ranking if guess.name in self._names.only_wished]
        if not wishes or wishes[0] is not ranking[0]:
            return []
        words = [tokens[place].folded for place in places]
        doubted = len(bare) < len(parts) or has_phrase(words, self._cues["guessed"])
        rivals = [guess for guess in ranking if guess.name not in self._names.only_wished]
        if rivals and not doubted:
            named_so = any(wishes[0].name in item.ids and not item.weak for item in inside)
            lead = wishes[0].score - rivals[0].score - NAME_BONUS * named_so
            if lead < TARGET_LEAD:
                return []
        names = self._names.as_origins(guess.name for guess in ranking)
        ids = names[:1] if _is_sure(ranking) else names[:ASKED]
        return [Found(ids, places[0], places[-1], True, names, bare=True)]

    def _is_told(
        self, text: str, tokens: list[Token], parts: list[Clause], named: list[Named]
    ) -> bool:
        """'glasvezel blazen voor kpn': so much detail, and not a word of a wish, tells of one's work.

        What stands beside other work, that is named or that the person does now, is wished all the same.
        """
        certain = any(item.certain and not self._is_wish(item.ids) for item in named)
        if len(tokens) < TOLD or "?" in text or certain:
            return False
        words = [token.folded for token in tokens]
        now = {words[place] for part in parts if not part.bare for place in part.places}
        dreamt = has_phrase(words, self._cues["guessed"] | self._cues["dreamt"])
        return not dreamt and now.isdisjoint(self._cues["current"])

    def _is_wish(self, ids: tuple[str, ...]) -> bool:
        return self._names.only_wished.issuperset(ids)

    def _is_liked(self, tokens: list[Token], part: Clause, named: list[Named]) -> bool:
        """'iets met computers': what one would like, if nothing says or names more."""
        words = [tokens[place].folded for place in part.places]
        says_more = not part.bare or any(item.span.first in part.places for item in named)
        return not says_more and has_phrase(words[:SHORT], self._cues["something"])

    def _is_of_now(self, tokens: list[Token], part: Clause) -> bool:
        words = {tokens[place].folded for place in part.places}
        return not part.wished and not words.isdisjoint(self._cues["current"])

    def _asks(self, text: str, tokens: list[Token], asking: bool) -> bool:
        words = [token.folded for token in tokens]
        if (
            words[1:]
            and words[0] in self._cues["asks_verbs"]
            and words[1] in self._cues["addressed"]
        ):
            return "?" in text
        if words[:1] and words[0] in self._cues["question_words"]:
            return asking or self._cues["self"].isdisjoint(words)
        return asking and ("?" in text or not self._cues["asks"].isdisjoint(words))

    def _of_kind(
        self,
        text: str,
        tokens: list[Token],
        parts: list[Clause],
        named: list[Named],
        telling: bool,
        *,
        wished: bool = False,
        any_wished: bool = False,
        found_wish: bool = False,
    ) -> list[Found]:
        """Give what is certain by its name; else the best of names and model together."""
        certain = [item for item in named if item.certain or (any_wished and not item.setting)]
        if certain:
            found = [
                Found(self._ids_for(item, text), item.span.first, item.span.last, wished)
                for item in certain
            ]
            if wished or len(found) > 1 or not telling:
                return found
            places = _free(parts, wished, [certain[0].span])
            return [self._doubted(found[0], _words(text, tokens, places), len(places))]
        if not (telling or named):
            return []
        places = _free(parts, wished, [item.span for item in named])
        words = {tokens[at].folded for at in places}
        if words <= self._cues["filler"]:
            return []
        if any_wished and not named and not words & self._cues["self"]:
            return []
        ranking = self._guessed(_words(text, tokens, places), text, named, wished)
        if not ranking:
            ranking, places = self._guessed_apart(text, tokens, parts, places, named, wished)
        if not ranking:
            return self._by_name_alone(named) if wished else _served(named)
        if not wished:
            ranking = self._origins_first(ranking, alone=found_wish)
        if not ranking:
            return []
        names = tuple(guess.name for guess in ranking)
        names = names if wished else self._names.as_origins(names)
        spans = [item.span for item in named if names[0] in item.ids]
        first, last = (spans[0].first, spans[0].last) if spans else (places[0], places[-1])
        ids = names[:1] if _is_sure(ranking) else names[:ASKED]
        return [Found(ids, first, last, wished, names)]

    def _by_name_alone(self, named: list[Named]) -> list[Found]:
        """'operator worden in een melkfabriek': the name, where the words round it say no more."""
        for item in named:
            if self._names.are_targets(item.ids):
                first, last = item.span.first, item.span.last
                return [Found(item.ids[:ASKED], first, last, True, item.ids)]
        return []

    def _doubted(self, found: Found, words: str, number: int) -> Found:
        """'baliemedewerkster bij een bank': asked, when the other words speak of far likelier work."""
        if self.model is None or number - (found.last - found.first + 1) < SHORT - 1:
            return found
        if not self._cues["name_denied"].isdisjoint(fold(words).split()):
            return found  # 'geen kok maar bakker': the other words speak of what it is not
        guesses = [
            (self._names.as_origins([guess.name])[0], guess.score)
            for guess in self.model.guess(words)
            if guess.name not in self._names.only_wished
        ]
        own = max((score for name, score in guesses if name in found.ids), default=-math.inf)
        if not guesses or guesses[0][1] < max(LEAST_DOUBT, own + DOUBT_LEAD):
            return found
        ids = dict.fromkeys([*found.ids, *(name for name, _ in guesses)])
        return replace(found, ids=tuple(ids)[:ASKED])

    def _ids_for(self, item: Named, message: str) -> tuple[str, ...]:
        """A wished occupation is one of the targets, if the model sees one in the name."""
        if not item.wished or self.model is None or self._names.targets.find(item.span.phrase):
            return item.ids
        see = partial(self._see, message)
        guess = self.model.guess(item.words, see, targets_only=True)[0]
        return (guess.name,) if guess.score >= LEAST_TARGET else item.ids

    def _guessed(self, text: str, message: str, named: list[Named], wished: bool) -> list[Guess]:
        """Give what the model and the names make of a text, best first; empty when it is no work.

        The vector is that of the whole message: as good as one of its own (docs/nlu.md), and the
        intent's model may have asked for it already. Where a name beside 'ik werk' or 'iets met ...'
        says what the work is, counts alone decide: it is found as well, and costs a tenth.
        """
        ids = {one: item.weak for item in named for one in item.ids}
        if self.model is None:
            return [Guess(one, 0.0, 0.0) for one, weak in ids.items() if not weak]
        bonus = {one: WEAK_NAME_BONUS if weak else NAME_BONUS for one, weak in ids.items()}
        words = fold(text).split()
        works = named and not self._cues["at_work"].isdisjoint(words)
        said = has_phrase(words, self._cues["something"]) if wished else works
        see = None if said else partial(self._see, message)
        guesses = self.model.guess(text, see, targets_only=wished, bonus=bonus)
        named_well = guesses[0].name in ids and not ids[guesses[0].name]
        return guesses if named_well or self._is_believed(guesses, text, wished) else []

    def _guessed_apart(
        self,
        message: str,
        tokens: list[Token],
        parts: list[Clause],
        places: list[int],
        named: list[Named],
        wished: bool,
    ) -> tuple[list[Guess], list[int]]:
        """Give what the model makes of the first clause that speaks of work when the whole does not."""
        own = [[place for place in part.places if place in places] for part in parts]
        own = [one for one in own if len(one) >= SHORT]
        for one in own[:APART] if own != [places] else ():
            inside = [item for item in named if item.span.first in one]
            ranking = self._guessed(_words(message, tokens, one), message, inside, wished)
            if ranking:
                return ranking, one
        return [], places

    def _is_believed(self, guesses: list[Guess], text: str, wished: bool) -> bool:
        first, second = guesses[:2]
        clear = 2 * first.score - second.score
        if wished:
            return clear >= LEAST_WISHED
        words = fold(text).split()
        at_work = not self._cues["works"].isdisjoint(words) or is_employed(words, self._cues)
        return first.works + CLEAR_WEIGHT * clear + AT_WORK * at_work >= LEAST

    def _origins_first(self, ranking: list[Guess], *, alone: bool) -> list[Guess]:
        """Give guesses of what is: an origin before what only a wish can be, unless that is far better."""
        least = ranking[0].score - ORIGIN_LAG
        near = [
            one
            for one in ranking
            if one.name not in self._names.only_wished and one.score >= least
        ]
        if alone:
            return near
        return [*near, *(one for one in ranking if one not in near)]


def _is_sure(ranking: list[Guess]) -> bool:
    return len(ranking) < 2 or ranking[0].score - ranking[1].score >= SURE_LEAD


def _served(named: list[Named]) -> list[Found]:
    """'ik zit al 22 jaar bij de bank': where one works, when nothing tells what one does there."""
    for item in named:
        if item.served and item.ids:
            return [Found(item.ids[:ASKED], item.span.first, item.span.last, False, item.ids)]
    return []


def _free(parts: list[Clause], wished: bool, spans: list[Span]) -> list[int]:
    """Give the tokens of the wished or the other clauses; a clause that holds a name is taken too."""
    return [
        place
        for part in parts
        if part.wished == wished or any(part.first <= span.first <= part.last for span in spans)
        for place in part.places
    ]


def _words(text: str, tokens: list[Token], places: Sequence[int]) -> str:
    """Give the words at some places; with the signs between them when that is all of them."""
    if len(places) < len(tokens):
        return " ".join(tokens[place].raw for place in places)
    ends = [0, *(token.end for token in tokens)]
    between = [text[end : token.start] for end, token in zip(ends, tokens, strict=False)]
    said = "".join(f"{signs}{token.raw}" for signs, token in zip(between, tokens, strict=True))
    return said + text[ends[-1] :]
