"""Tells whether a message is nothing but answers to the questions of the intake."""

import re
from collections.abc import Collection, Mapping

from nlu.cleaning import clean
from nlu.extractor import Entity
from nlu.tokens import Token, tokenise

LONGEST = 60
"""Characters of a message that may be nothing but an answer."""
PLAIN = frozenset({"place", "education", "hours", "years", "wage"})
"""The kinds of answers that tell nothing else: neither of one's work nor of how one feels."""
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
        """Tell whether entities of these kinds, and filler, are all there is."""
        answers = [item for item in entities if item["entity"] in kinds]
        if not answers or "?" in text or len(clean(text)) > LONGEST:
            return False
        tokens = tokenise(text)
        said = {
            at
            for at, token in enumerate(tokens)
            if any(item["start"] <= token.start < item["end"] for item in answers)
        }
        for item in answers:
            if item["entity"] == "education":
                said |= self._subject(text, tokens, item["end"])
        return all(at in said or token.folded in self._filler for at, token in enumerate(tokens))

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
