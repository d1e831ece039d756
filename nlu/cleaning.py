"""Makes any text safe to look at: short, in one Unicode form, without what cannot be seen.

Cut before anything else: the embedding takes a minute on 100,000 characters (measured).
"""

import functools
import re
import unicodedata

MAX_CHARACTERS = 500
MAX_WORDS = 100
"""More than anybody fits in 500 characters; what costs time is words, and odd texts have one a letter."""
MAX_MARKS = 2
MAX_REPEATS = 3

_SPACES = re.compile(r"\s+")
_LONG_RUN = re.compile(r"([^\s\d])\1{3,}")


def clean(text: object) -> str:
    """Give at most 500 characters and 100 words of visible text, in NFC, on one line; never raises.

    Control characters, lone surrogates, direction marks and zero-width signs are dropped, at most
    two combining marks stay on a letter, and a word that is repeated on and on stays three times.
    Full stops at the end go: who types them says no other thing ("Wilma." was taken for a farewell).
    """
    return _clean(text[: 4 * MAX_CHARACTERS]) if isinstance(text, str) else ""


@functools.lru_cache(maxsize=1)
def _clean(cut: str) -> str:
    """Every component asks for the same message: the last one is kept."""
    visible = "".join(_visible(cut))
    normal = unicodedata.normalize("NFC", _SPACES.sub(" ", visible)).strip()
    cut = _without_repeats(_LONG_RUN.sub(r"\1\1\1", normal))[:MAX_CHARACTERS].strip()
    return cut.rstrip(" .…") or cut


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        if category in ("Cf", "Cs", "Co", "Cn"):
            continue
        if category == "Cc":
            kept.append(" ")
            continue
        marks = marks + 1 if category == "Mn" else 0
        if marks <= MAX_MARKS:
            kept.append(sign)
    return kept


def _without_repeats(text: str) -> str:
    kept: list[str] = []
    run = 0
    for word in text.split(" "):
        run = run + 1 if kept and word == kept[-1] else 1
        if run <= MAX_REPEATS:
            kept.append(word)
    return " ".join(kept[:MAX_WORDS])
