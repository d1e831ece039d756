"""Finds the occupations of a text: those that are named, and those that are only described."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from bot.catalogue.model import Catalogue
from bot.catalogue.places import fold
from nlu.clauses import Clause, clauses, has_phrase
from nlu.lexicon import folded_cues
from nlu.moods import in_moods
from nlu.more_names import more_names
from nlu.occupation_model import Guess, OccupationModel
from nlu.occupation_names import Spelling, forms, names_of
from nlu.tokens import Span, Token, tokenise, windows
from nlu.wishes import Sense, sense_of

LONGEST = 6
ORIGIN = "_origin"
"""Ends the id of an occupation that people come from and that is a target under the same name."""
SHORT = 3
ASKED = 4
APART = 3
SURE_LEAD = 0.35
# What a name adds to the model's score of its occupations: it says more than the words round it.
NAME_BONUS, WEAK_NAME_BONUS = 0.4, 0.0


# What the model must give to be believed; found on tests/nlu/occupations.yml. A guess is clear when
# it is high and far above the next one; a word such as "werk" makes it likelier that it is work.
LEAST = 0.3
LEAST_WISHED = -0.2
CLEAR_WEIGHT = 0.6
AT_WORK = 0.3
# How far above every origin a target must be, to be wished though nothing says so.
TARGET_LEAD = 0.35
ORIGIN_LAG = 0.26
# What the model must give one of the targets, to take it for a wished name that is none of them.
LEAST_TARGET = -0.7


@dataclass(frozen=True, slots=True)
class Found:
    """Occupations that tokens `first` to and with `last` may mean, best first.

    More than one in `ids`: it is not certain which. `ranking`: the ids with the next best ones.
    """

    ids: tuple[str, ...]
    first: int
    last: int
    wished: bool
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, and `words`: the name and the rest of its clause.

    `certain`: its place says that it is the person's work, or wish; `weak`: it has other meanings;
    `setting`: it says where the work is.
    """

    ids: tuple[str, ...]
    span: Span
    wished: bool
    certain: bool
    weak: bool
    setting: bool
    words: str


class OccupationFinder:
    """Looks in names first and then, if there is one, in a model."""

    def __init__(
        self, catalogue: Catalogue, cues: Mapping[str, Any], see: Callable[[str], np.ndarray]
    ) -> None:
        self._see = see
        self._origins = names_of(catalogue.origins)
        self._targets = names_of(catalogue.targets)
        self._spelling = Spelling([*self._origins.by_name, *self._targets.by_name])
        self._origin_of = {
            one: f"{one}{ORIGIN}"
            for one in catalogue.targets
            if f"{one}{ORIGIN}" in catalogue.origins
        }
        self._only_wished = set(catalogue.targets) - set(catalogue.origins) - set(self._origin_of)
        self._target_of = {origin: target for target, origin in self._origin_of.items()}
        self._cues = folded_cues({"cues": cues})
        self._weak_endings = tuple(self._cues["weak_endings"])
        self._common = set().union(*self._cues.values())
        self.model: OccupationModel | None = None

    def mentions(self, text: str) -> bool:
        """Tell whether any name of an occupation is in a text, whoever it is about."""
        return any(any(self._ids(span.phrase)) for span in windows(tokenise(text), LONGEST))

    def find(
        self, text: str, *, asking: bool, telling: bool = True, liking: bool = False
    ) -> list[Found]:
        """Give the occupations of the person: first what is, then what is wished.

        Args:
            asking: the message asks about occupations; what it names is no work of the person.
            telling: the message may describe work without naming it.
            liking: the message says what one would like; only what has a word for it is not wished.
        """
        tokens = tokenise(text)
        parts = in_moods(text, tokens, clauses(text, tokens, self._cues), self._cues)
        asks = liking or self._asks(text, tokens, asking)
        if liking:
            parts = [replace(part, wished=not self._is_of_now(tokens, part)) for part in parts]
        named = self._named(tokens, parts, asks)
        wishes = [item for item in named if item.wished]
        current = [item for item in named if not item.wished]
        parts = [part for part in parts if not self._is_denied(tokens, part, named)]
        wished = self._of_kind(text, tokens, parts, wishes, telling, wished=True)
        if telling and not wished:
            wished = self._bare_wish(text, tokens, parts, current)
            if wished:
                parts = [part for part in parts if not part.bare]
                current = [item for item in current if any(item.span.first in one.places for one in parts)]
        own = self._of_kind(text, tokens, parts, current, telling, any_wished=bool(wishes), found_wish=bool(wished))
        return [*own, *wished]

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
        wishes = [guess for guess in ranking if guess.name in self._only_wished]
        if not wishes or wishes[0] is not ranking[0]:
            return []
        words = [tokens[place].folded for place in places]
        doubted = len(bare) < len(parts) or has_phrase(words, self._cues["guessed"])
        rivals = [guess for guess in ranking if guess.name not in self._only_wished]
        if rivals and not doubted:
            named_so = any(wishes[0].name in item.ids and not item.weak for item in inside)
            lead = wishes[0].score - rivals[0].score - NAME_BONUS * named_so
            if lead < TARGET_LEAD:
                return []
        names = tuple(guess.name for guess in wishes)
        return [Found(names[:1], places[0], places[-1], True, names)]

    def _is_wish(self, ids: tuple[str, ...]) -> bool:
        return self._only_wished.issuperset(ids)

    def _is_denied(self, tokens: list[Token], part: Clause, named: list[Named]) -> bool:
        """'ik ben geen kok': nothing else is to be guessed from the clause."""
        if any(item.span.first in part.places for item in named):
            return False
        return any(
            span.first > part.first and tokens[span.first - 1].folded in self._cues["name_denied"]
            for span, _ in self._spans(tokens, part)
        )

    def _is_of_now(self, tokens: list[Token], part: Clause) -> bool:
        words = {tokens[place].folded for place in part.places}
        return not part.wished and not words.isdisjoint(self._cues["current"])

    def _asks(self, text: str, tokens: list[Token], asking: bool) -> bool:
        words = [token.folded for token in tokens]
        if words[1:] and words[0] in self._cues["asks_verbs"] and words[1] in self._cues["addressed"]:
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
            return [
                Found(self._ids_for(item, text), item.span.first, item.span.last, wished)
                for item in certain
            ]
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
            ranking, places = self._guessed_apart(text, tokens, parts, places, wished)
        if not ranking:
            return []
        if not wished:
            ranking = self._origins_first(ranking, alone=found_wish)
            if found_wish and not ranking: return []
        names = tuple(guess.name for guess in ranking)
        names = names if wished else self._as_origins(names)
        sure = len(ranking) < 2 or ranking[0].score - ranking[1].score >= SURE_LEAD
        spans = [item.span for item in named if names[0] in item.ids]
        first, last = (spans[0].first, spans[0].last) if spans else (places[0], places[-1])
        return [Found(names[:1] if sure else names[:ASKED], first, last, wished, names)]

    def _ids_for(self, item: Named, message: str) -> tuple[str, ...]:
        """A wished occupation is one of the targets, if the model sees one in the name."""
        if not item.wished or self.model is None or self._targets.find(item.span.phrase):
            return item.ids
        see = partial(self._see, message)
        guess = self.model.guess(item.words, see, targets_only=True)[0]
        return (guess.name,) if guess.score >= LEAST_TARGET else item.ids

    def _guessed(self, text: str, message: str, named: list[Named], wished: bool) -> list[Guess]:
        """Give what the model and the names make of a text, best first; empty when it is no work.

        The vector is that of the whole message: as good as one of its own (docs/nlu.md), and the
        intent's model may have asked for it already.
        """
        ids = {one: item.weak for item in named for one in item.ids}
        if self.model is None:
            return [Guess(one, 0.0, 0.0) for one, weak in ids.items() if not weak]
        bonus = {one: WEAK_NAME_BONUS if weak else NAME_BONUS for one, weak in ids.items()}
        see = partial(self._see, message)
        guesses = self.model.guess(text, see, targets_only=wished, bonus=bonus)
        named_well = guesses[0].name in ids and not ids[guesses[0].name]
        return guesses if named_well or self._is_believed(guesses, text, wished) else []

    def _guessed_apart(
        self,
        message: str,
        tokens: list[Token],
        parts: list[Clause],
        places: list[int],
        wished: bool,
    ) -> tuple[list[Guess], list[int]]:
        """Give what the model makes of the first clause that speaks of work when the whole does not."""
        own = [[place for place in part.places if place in places] for part in parts]
        own = [one for one in own if len(one) >= SHORT]
        for one in own[:APART] if len(own) > 1 else ():
            ranking = self._guessed(_words(message, tokens, one), message, [], wished)
            if ranking:
                return ranking, one
        return [], places

    def _is_believed(self, guesses: list[Guess], text: str, wished: bool) -> bool:
        first, second = guesses[:2]
        clear = 2 * first.score - second.score
        if wished:
            return clear >= LEAST_WISHED
        at_work = not self._cues["works"].isdisjoint(fold(text).split())
        return first.works + CLEAR_WEIGHT * clear + AT_WORK * at_work >= LEAST

    def _origins_first(self, ranking: list[Guess], *, alone: bool) -> list[Guess]:
        """Give guesses of what is: an origin before what only a wish can be, unless that is far better."""
        least = ranking[0].score - ORIGIN_LAG
        near = [one for one in ranking if one.name not in self._only_wished and one.score >= least]
        if alone:
            return near
        return [*near, *(one for one in ranking if one not in near)]

    def _as_origins(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Give ids, each that is a target by the id of the same occupation as an origin."""
        return tuple(dict.fromkeys(self._origin_of.get(one, one) for one in ids))

    def _as_targets(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Give ids, each that is an origin by the id of the same occupation as a target."""
        return tuple(dict.fromkeys(self._target_of.get(one, one) for one in ids))

    def _ids(self, phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self._origins.find(phrase), self._targets.find(phrase)

    def _more_spans(self, tokens: list[Token], part: Clause) -> list[tuple[Span, str]]:
        """Give the first name that is not of the catalogue but of `more_names`."""
        names = more_names()
        for span in within(tokens, part, LONGEST) if names.by_name else ():
            if span.phrase not in self._common and names.find(span.phrase):
                return [(span, span.phrase)]
        return []

    def _named(self, tokens: list[Token], parts: list[Clause], asking: bool) -> list[Named]:
        for look in (self._spans, self._more_spans, self._misspelt):
            found: list[Named] = []
            for part in parts:
                spans = look(tokens, part)
                for number, (span, name) in enumerate(spans):
                    after = spans[number + 1][0].first if number + 1 < len(spans) else None
                    item = self._meant(tokens, part, span, name, after, asking)
                    if item is not None:
                        found.append(item)
            if found:
                return found
        return []

    def _spans(self, tokens: list[Token], part: Clause) -> list[tuple[Span, str]]:
        """Give the names in a clause, with the name that each stands for."""
        found: list[tuple[Span, str]] = []
        taken: set[int] = set()
        for span in within(tokens, part, LONGEST):
            places = set(range(span.first, span.last + 1))
            if not taken & places and any(self._ids(span.phrase)):
                taken |= places
                found.append((span, span.phrase))
        return sorted(found, key=lambda item: item[0].first)

    def _misspelt(self, tokens: list[Token], part: Clause) -> list[tuple[Span, str]]:
        for span in within(tokens, part, 2):
            before = tokens[span.first - 1].folded if span.first > part.first else ""
            expected = before in self._cues["name_follows"]
            if tokens[span.last].folded in self._cues["filler"] | self._cues["name_filler"]:
                continue
            name = self._spelling.nearest(span.phrase, expected=expected)
            if name:
                return [(span, name)]
        return []

    def _meant(
        self,
        tokens: list[Token],
        part: Clause,
        span: Span,
        name: str,
        next_name: int | None,
        asking: bool,
    ) -> Named | None:
        before = [token.folded for token in tokens[part.first : span.first]]
        words = [token.folded for token in tokens]
        sense = sense_of(words, part, span, next_name, self._cues)
        if sense is Sense.REFUSED:
            return None
        hoped = part.wished and any(self._ids(name)[1]) and self._cues["name_denied"].isdisjoint(before)
        wished = sense.wished if sense else asking or part.wish_follows or hoped
        said = sense.said if sense else part.wish_follows
        if not (wished or said) and self._is_of_another(before, part, span):
            return None
        origins, targets = self._ids(name)
        origins = origins or (() if targets else more_names().find(name))
        as_wished, as_own = (
            self._as_targets(targets or origins),
            origins or self._as_origins(targets),
        )
        ids = as_wished if wished else as_own
        setting = self._is_setting(before, name)
        says_little = any(form in self._cues["occupation_weak"] for form in forms(name))
        says_little |= name.endswith(self._weak_endings)
        weak = (setting and not wished) or says_little
        alone = self._is_alone(tokens, range(len(tokens)) if says_little else part.places, span)
        placed = before[-1:] != [] and before[-1] in self._cues["name_follows"]
        leads = not weak and self._cues["name_filler"].issuperset(before)
        certain = alone or placed or said or leads
        rest = " ".join(words[span.first : part.last + 1])
        return Named(ids, span, wished, certain, weak, setting, rest)

    def _is_setting(self, before: list[str], name: str) -> bool:
        """'in een fabriek', 'bij de krant': where the work is, not what it is."""
        prepositions = self._cues["prepositions"]
        if name.split()[0] in prepositions or before[-1:] and before[-1] in prepositions:
            return True
        return (
            before[-1:] != []
            and before[-1] in self._cues["articles"]
            and (before[-2:-1] != [] and before[-2] in prepositions)
        )

    def _is_alone(self, tokens: list[Token], places: range, span: Span) -> bool:
        others = [tokens[place].folded for place in places if not span.first <= place <= span.last]
        return self._cues["name_filler"].issuperset(others)

    def _is_of_another(self, before: list[str], part: Clause, span: Span) -> bool:
        """'naar de kapper', 'ik zoek een loodgieter', 'mijn kapper', 'geen kok': not one's own work."""
        if before[-1:] and before[-1] in self._cues["not_own"]:
            return True
        if not self._cues["name_cues"].isdisjoint(before[-3:]):
            return True
        if not before or before[-1] not in self._cues["articles"]:
            return False
        if len(before) == 1:
            return part.last - span.last > SHORT
        return before[-2] in self._cues["serves"] and self._cues["works"].isdisjoint(before)


def within(tokens: list[Token], part: Clause, longest: int) -> Iterator[Span]:
    """Give the runs of tokens of one clause, the longest first."""
    for span in windows(tokens[part.first : part.last + 1], longest):
        yield Span(span.phrase, span.first + part.first, span.last + part.first)


def _free(parts: list[Clause], wished: bool, spans: list[Span]) -> list[int]:
    """Give the tokens of the wished or the other clauses; a clause that holds a name is taken too."""
    return [
        place
        for part in parts
        if part.wished == wished or any(part.first <= span.first <= part.last for span in spans)
        for place in part.places
    ]


def _words(text: str, tokens: list[Token], places: list[int]) -> str:
    """Give the words at some places; the text as it is when that is all of them."""
    if len(places) == len(tokens):
        return text
    return " ".join(tokens[place].raw for place in places)
