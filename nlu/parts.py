"""Cuts a message into parts that may each say something of its own. Pure.

"Ik was kassière, woon in Breda en ik wil dood" is mostly an answer; what matters most is the end.
"""

import re
from collections.abc import Collection, Iterator

LEAST_WORDS = 4
"""Shorter parts ("en mijn leven", "hij wil") say too little without the rest."""
MOST_PARTS = 12
_STOPS = re.compile(r"[.,;:!?()\n]+")


def parts(text: str, joints: Collection[str]) -> list[str]:
    """Give the parts of a text of enough words, in order; none when it is not cut.

    Args:
        text: a clean text.
        joints: folded words that begin a part: "en", "maar".
    """
    said = [list(_sayings(piece, joints)) for piece in _STOPS.split(text)]
    if sum(map(len, said)) < 2:
        return []
    found: list[list[str]] = []
    for first, *others in filter(None, said):
        if len(first) >= LEAST_WORDS:
            found.append(first)
        elif found:
            # After a stop it goes with what it follows: "ik kan er niet meer tegen, die targets".
            found[-1] = found[-1] + first
        found += [words for words in others if len(words) >= LEAST_WORDS]
    return [" ".join(words) for words in found][:MOST_PARTS]


def _sayings(piece: str, joints: Collection[str]) -> Iterator[list[str]]:
    """Give the words between joints, where there are any."""
    words: list[str] = []
    for word in piece.split():
        if word.lower() in joints:
            if words:
                yield words
            words = []
        else:
            words.append(word)
    if words:
        yield words
