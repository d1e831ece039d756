"""Tells from the words whether despair is of somebody whom the writer fears for. Pure.

In doubt it is of the writer: no word may stand between "mijn zoon" and "wil niet meer leven" but
those that are known, and nobody speaks of "ik" but in worry.
"""

import re
from collections.abc import Mapping


def is_about_another(said: str, words: Mapping[str, str]) -> bool:
    """Tell whether it is a relative or friend who is in despair.

    Args:
        said: folded words.
        words: phrases with commas: `who` it may be, `he` for them, what may stand `between`,
            `despair`, `worry` of the writer, and words of the writer's `self` or loss.
    """
    who, he, between, despair, worry, me = (
        f"(?:{'|'.join(words[name].split(','))})"
        for name in ("who", "he", "between", "despair", "worry", "self")
    )
    rest = re.sub(rf"\b{worry}\b", " ", said)
    speaks_of_self = re.search(rf"\b{me}\b", rest)
    named = re.search(rf"\b{who}\b(.*)", rest)
    if named is None or speaks_of_self:
        return False
    # "mijn zoon van 17 wil dood", or "mijn zoon ... hij wil dood"
    return bool(
        re.match(rf"(?: {between}| \d+)* {despair}\b", named[1])
        or re.search(rf"\b{he}(?: {between})* {despair}\b", named[1])
    )
