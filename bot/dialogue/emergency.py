"""Tells from the words whether somebody needs 112 now. Pure.

A wrong alarm is worse than a question back: an alarm needs a sign and a word such as 'nu', or a
short message with a sign that can only be of now. What is told of earlier or only supposed is none.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.catalogue.folding import fold

SHORT = 7
"""So many words at most in a message that is only a cry for help."""


class Danger(StrEnum):
    """How sure it is that somebody is in danger now."""

    NOW = "now"
    MAYBE = "maybe"


def danger(text: str, words: Mapping[str, str]) -> Danger | None:
    """Give how sure it is, or None where nothing speaks of an emergency.

    Args:
        text: what the person typed.
        words: phrases with commas between them: `acute` signs that are of now by themselves, other
            `signs`, words of `now`, and words of `earlier` or of what is only supposed.
    """
    said = f" {fold(text)} "
    acute = _has(said, words["acute"])
    if not (acute or _has(said, words["signs"])) or _has(said, words["earlier"]):
        return None
    is_now = _has(said, words["now"]) or (acute and len(said.split()) <= SHORT)
    return Danger.NOW if is_now else Danger.MAYBE


def _has(said: str, phrases: str) -> bool:
    return any(f" {fold(phrase)} " in said for phrase in phrases.split(","))
