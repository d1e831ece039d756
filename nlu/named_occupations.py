"""Finds the names of occupations in a text, and tells of each whether the person is it or wishes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.catalogue.model import Catalogue
from nlu.clauses import Clause
from nlu.more_names import more_names
from nlu.occupation_names import PhraseSpelling, Spelling, forms, names_of
from nlu.tokens import Span, Token, tokenise, windows
from nlu.wishes import Sense, sense_of

LONGEST = 6
ORIGIN = "_origin"
"""Ends the id of an occupation that people come from and that is a target under the same name."""
SHORT = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, and `words`: the name and the rest of its clause.

    `certain`: its place says that it is the person's work, or wish; `weak`: it has other meanings;
    `setting`: it says where the work is; `served`: words beside it say that the person works there.
    """

    ids: tuple[str, ...]
    span: Span
    wished: bool
    certain: bool
    weak: bool
    setting: bool
    served: bool
    words: str


class OccupationNames:
    """The names of the catalogue, and what the words round one in a text say."""

    def __init__(self, catalogue: Catalogue, cues: dict[str, set[str]]) -> None:
        self._origins = names_of(catalogue.origins)
        self.targets = names_of(catalogue.targets)
        names = [*self._origins.by_name, *self.targets.by_name]
        self._spelling = Spelling(names)
        self._origin_of = {
            one: f"{one}{ORIGIN}"
            for one in catalogue.targets
            if f"{one}{ORIGIN}" in catalogue.origins
        }
        self.only_wished = set(catalogue.targets) - set(catalogue.origins) - set(self._origin_of)
        """The targets that nobody comes from."""
        self._all_targets = set(catalogue.targets)
        self._target_of = {origin: target for target, origin in self._origin_of.items()}
        self._cues = cues
        self._weak_endings = tuple(cues["weak_endings"])
        self._common = set().union(*cues.values())
        self._phrases = PhraseSpelling(names, self._common)

    def are_targets(self, ids: Iterable[str]) -> bool:
        """Tell whether all of some ids are occupations that people may go to."""
        return self._all_targets.issuperset(ids)

    def spelt(self, tokens: list[Token]) -> list[Token]:
        """Give tokens with the typing errors in names of several words mended, word for word."""
        mended = self._phrases.mended([token.folded for token in tokens])
        return [
            replace(token, folded=mended[place], raw=mended[place]) if place in mended else token
            for place, token in enumerate(tokens)
        ]

    def called(self, name: str) -> tuple[str, ...]:
        """Give the ids of what is called exactly so; where it may be both, of what people are."""
        return self._origins.by_name.get(name) or self.as_origins(
            self.targets.by_name.get(name, ())
        )

    def mentions(self, text: str) -> bool:
        """Tell whether any name of an occupation is in a text, whoever it is about."""
        return any(any(self._ids(span.phrase)) for span in windows(tokenise(text), LONGEST))

    def named(self, tokens: list[Token], parts: list[Clause], asking: bool) -> list[Named]:
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
            before = [token.folded for token in tokens[part.first : span.first]]
            if before[-1:] != [] and before[-1] in self._cues["long_time"]:
                before = before[:-2]  # 'ik was 20 jaar slager'
            expected = before[-1:] != [] and before[-1] in self._cues["name_follows"]
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
        hoped = (
            part.wished
            and self.targets.find(span.phrase) != ()
            and self._cues["name_denied"].isdisjoint(before)
        )
        wished = sense.wished if sense else asking or part.wish_follows or hoped
        said = sense.said if sense else part.wish_follows
        if not (wished or said) and self._is_of_another(before, part, span):
            return None
        origins, targets = self._ids(name)
        origins = origins or (() if targets else more_names().find(name))
        as_wished, as_own = (
            self.as_targets(targets or origins),
            origins or self.as_origins(targets),
        )
        ids = as_wished if wished else as_own
        setting = self._is_setting(before, name)
        says_little = any(form in self._cues["occupation_weak"] for form in forms(name))
        says_little |= name.endswith(self._weak_endings)
        served = setting and not wished and self._is_served(words, part, span)
        weak = (setting and not wished) or says_little
        # A word of many meanings must be all of the message, or all that it begins with: 'kassa, winkel dicht'.
        by_itself = says_little and (part.first > 0 or len(tokens) == len(part.places) or asking)
        alone = self._is_alone(tokens, range(len(tokens)) if by_itself else part.places, span)
        # 'nu ben ik kok' too
        led = before[:-1] if before[-1:] != [] and before[-1] in self._cues["self"] else before
        placed = led[-1:] != [] and led[-1] in self._cues["name_follows"]
        leads = not weak and self._cues["name_filler"].issuperset(before)
        # 'websites leren bouwen': what such a word means, its object says
        said = said and not (says_little and sense is Sense.SAID_WISHED and not alone)
        certain = alone or placed or said or leads
        rest = " ".join(words[span.first : part.last + 1])
        return Named(ids, span, wished, certain, weak, setting, served, rest)

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

    def _is_served(self, words: list[str], part: Clause, span: Span) -> bool:
        """'ik zit al 22 jaar bij de bank', 'ik zat bij de Hema': where one works, not where one shops."""
        # A patient, pupil or passenger may be at some places for long; who stands there works there.
        cues = self._cues
        before, after = words[part.first : span.first], words[span.last + 1 : part.last + 1]
        own = {*before, *after}
        long = not cues["long_time"].isdisjoint(own)
        if not cues["passing"].isdisjoint(own) or not (long or cues["self"] & own):
            return False
        if not cues["at_work"].isdisjoint(own):
            return cues["name_denied"].isdisjoint(own)
        may_be_guest = not cues["guest_at"].isdisjoint(words[span.first : span.last + 1])
        verbs = cues["stands"] if may_be_guest else cues["stands"] | cues["sits"]
        if not verbs.isdisjoint(own):
            return long or cues["filler"].issuperset(after)
        more = own - cues["long_time"] - cues["filler"] - cues["name_filler"]
        return (
            not may_be_guest
            and before[-1:] != []
            and before[-1] in cues["long_time"]
            and len(more) <= 1
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

    def is_denied(self, tokens: list[Token], part: Clause, named: list[Named]) -> bool:
        """'ik ben geen kok': nothing else is to be guessed from the clause."""
        if any(item.span.first in part.places for item in named):
            return False
        denied = [
            place + 1
            for place in range(part.first, part.last)
            if tokens[place].folded in self._cues["name_denied"]
        ]
        return denied != [] and any(span.first in denied for span, _ in self._spans(tokens, part))

    def _more_spans(self, tokens: list[Token], part: Clause) -> list[tuple[Span, str]]:
        """Give the first name that is not of the catalogue but of `more_names`."""
        names = more_names()
        for span in within(tokens, part, LONGEST) if names.by_name else ():
            if span.phrase not in self._common and names.find(span.phrase):
                return [(span, span.phrase)]
        return []

    def as_origins(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Give ids, each that is a target by the id of the same occupation as an origin."""
        return tuple(dict.fromkeys(self._origin_of.get(one, one) for one in ids))

    def as_targets(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Give ids, each that is an origin by the id of the same occupation as a target."""
        return tuple(dict.fromkeys(self._target_of.get(one, one) for one in ids))

    def _ids(self, phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self._origins.find(phrase), self.targets.find(phrase)


def within(tokens: list[Token], part: Clause, longest: int) -> Iterator[Span]:
    """Give the runs of tokens of one clause, the longest first."""
    for span in windows(tokens[part.first : part.last + 1], longest):
        yield Span(span.phrase, span.first + part.first, span.last + part.first)
