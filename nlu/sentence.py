"""A message with its words, its clauses and the stops between them, looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlu.clauses import Clause, clauses, is_parted
from nlu.tokens import Token, tokenise

SHORT = 2
ENDS = frozenset(".?!")

type Cues = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message. `bounds`: for each token the first and last one between its commas and full stops.

    `own`: the tokens of clauses in which the person tells of itself, and asks nothing.
    `others`: the tokens of clauses about somebody else.
    """

    text: str
    tokens: list[Token]
    words: list[str]
    bounds: list[tuple[int, int]]
    parts: list[Clause]
    cues: Cues
    own: frozenset[int] = field(default_factory=frozenset)
    others: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, text: str, cues: Cues, tokens: list[Token] | None = None) -> "Sentence":
        """Read a text, or its tokens when their spelling was mended."""
        tokens = tokenise(text) if tokens is None else tokens
        words = [token.folded for token in tokens]
        bounds = _bounds(text, tokens)
        parts = clauses(text, tokens, cues)
        own = frozenset(_own(text, tokens, bounds, parts, cues))
        others = frozenset(_places([part for part in parts if not part.mine]))
        return cls(text, tokens, words, bounds, parts, cues, own, others)

    def stretches(self) -> list[tuple[int, int]]:
        """Give the runs of tokens between stops, in order."""
        return list(dict.fromkeys(self.bounds))

    def part(self, place: int) -> Clause:
        """Give the clause in which a token is."""
        return next(part for part in self.parts if part.first <= place <= part.last)

    def clause(self, place: int) -> list[str]:
        """Give the words of the clause in which a token is."""
        part = self.part(place)
        return self.words[part.first : part.last + 1]

    def ends_in_question(self, place: int) -> bool:
        """Tell whether a question mark follows this token, before the next one."""
        last = place + 1 == len(self.tokens)
        end = len(self.text) if last else self.tokens[place + 1].start
        return "?" in self.text[self.tokens[place].end : end]

    def asks(self, place: int) -> bool:
        """Tell whether the stretch of a token asks about the world: 'hoe laat gaat de trein'."""
        first, last = self.bounds[place]
        return asks(self.words[first : last + 1], self.cues)

    def is_of_other(self, place: int) -> bool:
        """Tell whether what ends at a token is another's: 'de school van mijn dochter'."""
        of, whose, who = [*self.words[place + 1 : place + 4], "", "", ""][:3]
        return of == "van" and whose in self.cues["possessives"] and who in self.cues["relatives"]


def asks(words: list[str], cues: Cues) -> bool:
    """'wat is mbo 4', 'moet ik havo hebben', 'moet je het dak op': nothing that the person has."""
    # 'heb 1850 nodig' leaves out 'ik', and asks nothing
    tells = (
        words[1:] != []
        and (words[1].isdigit() or words[0] in cues["first_verbs"])
        and (words[1] not in cues["self"] | cues["addressed"])
    )
    if words[0] in cues["asks_own"] and not tells and not cues["required"].isdisjoint(words[1:]):
        return True
    if words[0] in cues["asks_verbs"] and words[1:2] != [] and words[1] in cues["addressed"]:
        return True
    if words[0] == "wat" and words[-1] in cues["third_verbs"] and len(words) > SHORT:
        return False  # 'wat vroeger de mts was'
    if words[:2] == ["wat", "met"] and cues["possessives"].isdisjoint(words):
        return False  # 'wat met machines' is 'iets met machines'
    return words[0] in cues["question_words"] and cues["self"].isdisjoint(words)


def _bounds(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    starts = [place for place in range(len(tokens)) if not place or is_parted(text, tokens, place)]
    ends = [*starts[1:], len(tokens)] if starts else []
    return [
        (first, end - 1)
        for first, end in zip(starts, ends, strict=True)
        for _ in range(first, end)
    ]


def _opens(words: list[str], cues: Cues) -> bool:
    """'krijg ik een vast contract', 'is dat fulltime', 'wanneer krijg ik ww': a question by order.

    It is one only where a sentence begins: 'toen ik 16 was, ben ik gestopt' is none.
    """
    if len(words) <= SHORT:
        return False
    verb_first = (words[0] in cues["asks_verbs"] and words[1] == "ik") or (
        words[0] in cues["asks_third"] and words[1] not in cues["self"]
    )
    # 'werken er in de ict vooral jongens'
    verb_first = verb_first or (words[0] in cues["asks_plural"] and words[1] in cues["asked_of"])
    # 'wat als ik mbo 4 had' supposes what is had
    asked = words[0] in cues["question_words"] and words[1] not in cues["self"] | {"als"}
    return verb_first or (asked and words[SHORT] in cues["self"])


def _own(
    text: str,
    tokens: list[Token],
    bounds: list[tuple[int, int]],
    parts: list[Clause],
    cues: Cues,
) -> set[int]:
    words = [token.folded for token in tokens]
    own: set[int] = set()
    asking = False
    for part in parts:
        said = words[part.first : part.last + 1]
        # 'wie zegt dat ik fulltime moet' asks on
        told = said[0] == "dat" and not cues["tells"].isdisjoint(words[: part.first][-SHORT:])
        follows = told or cues["self"].isdisjoint(said)
        goes_on = bounds[part.first][0] < part.first and follows
        first = part.first
        begins = not first or not ENDS.isdisjoint(
            text[tokens[first - 1].end : tokens[first].start]
        )
        asking = asks(said, cues) or (begins and _opens(said, cues)) or (asking and goes_on)
        if part.mine and not asking:
            own.update(range(part.first, part.last + 1))
    return own


def _places(parts: list[Clause]) -> set[int]:
    return {place for part in parts for place in range(part.first, part.last + 1)}
