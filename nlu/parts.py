"""Cuts a message into parts that may each say something of its own. Pure.

"Ik was kassière, woon in Breda en ik wil dood" is mostly an answer; what matters most is the end.
"""

import re
from collections.abc import Collection

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
    found: list[list[str]] = []
    for piece in _STOPS.split(text):
        found.append([])
        for word in piece.split():
            if word.lower() in joints:
                found.append([])
            else:
                found[-1].append(word)
    cut = [words for words in found if words]
    if len(cut) < 2:
        return []
    return [" ".join(words) for words in cut if len(words) >= LEAST_WORDS][:MOST_PARTS]
