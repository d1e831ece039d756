"""Tells whether a message is nothing but answers to the questions of the intake."""

import re
from collections.abc import Collection, Mapping

from nlu.extractor import Entity
from nlu.tokens import Token, tokenise

INFORM = "inform"
LONGEST = 60
"""Characters of a message that may be nothing but an answer."""
PLAIN = frozenset({"place", "education", "hours", "years", "wage"})
"""The kinds of answers that tell nothing else: neither of one's work nor of how one feels."""
_PROVINCE = re.compile(r"(\s*\([A-Za-z]{1,3})?\.?\)")
"""What some municipalities have behind their name, or the end of it: 'Stein (L.)'."""
_BREAK = re.compile(r"[,.;:!\n]")


class Answers:
    """Weighs what the entities of a message leave unsaid.

    Args:
        cues: the lexicon's words: `filler` round an answer, `subjects` that are learnt, and
            `subject_joins` between a school and its subject.
    """

    def __init__(self, cues: Mapping[str, Collection[str]]) -> None:
        self._filler = cues["filler"]
        self._subjects = cues["subjects"]
        self._joins = cues["subject_joins"]

    def are_all(self, text: str, entities: list[Entity], kinds: Collection[str] = PLAIN) -> bool:
        """Tell whether entities of these kinds, and filler, are all there is in a clean text."""
        answers = [item for item in entities if item["entity"] in kinds]
        if not answers or "?" in text or len(text) > LONGEST:
            return False
        tokens = tokenise(text)
        ranges = [(item["start"], self._end(text, item)) for item in answers]
        said = {
            at
            for at, token in enumerate(tokens)
            if any(start <= token.start < end for start, end in ranges)
        }
        for item in answers:
            if item["entity"] == "education":
                said |= self._subject(text, tokens, item["end"])
        return all(at in said or token.folded in self._filler for at, token in enumerate(tokens))

    def is_place(self, text: str, entities: list[Entity]) -> bool:
        """Tell whether a clean text is the name of a place and no more."""
        return any(
            item["entity"] == "place" and item["start"] == 0 and self._end(text, item) == len(text)
            for item in entities
        )

    def _end(self, text: str, answer: Entity) -> int:
        end: int = answer["end"]
        province = _PROVINCE.match(text, end) if answer["entity"] == "place" else None
        return province.end() if province else end

    def _subject(self, text: str, tokens: list[Token], end: int) -> set[int]:
        """Give the places of what was learnt: 'mbo 4 marketing', 'hbo diploma in bedrijfskunde'."""
        said: set[int] = set()
        for at, token in enumerate(tokens):
            if token.start < end:
                continue
            if _BREAK.search(text[end : token.start]):
                break
            if token.folded not in self._subjects and token.folded not in self._joins:
                break
            said.add(at)
            end = token.end
        return said
