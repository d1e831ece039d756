"""Knows by its own words what is asked or wished about a handoff that is open or sent. Pure.

The model knows these words as other things: "kost dat geld" as the cost of a course.
"""

from collections.abc import Iterable, Mapping

from bot.catalogue.folding import fold, has

LONGEST = 14
"""Words of a message that asks or wishes one thing; in a longer one the words may be about another."""
_ANSWERED_WITH_NO = ("/deny", "/inform", "/skip")


def about(text: str, subjects: Mapping[str, str]) -> str | None:
    """Name the subject that a message is about, or None.

    Args:
        text: what the person wrote.
        subjects: phrases for each, with commas; a dot stands for the begin or end of the message.
    """
    said = fold(text)
    if len(said.split()) > LONGEST:
        return None
    return next((name for name, phrases in subjects.items() if has(said, phrases)), None)


def is_free(stage: str | None, offered: Iterable[str]) -> bool:
    """Tell whether nothing was asked just now that "toch niet" is an answer to.

    Who is asked for a number and says it, wants no request any more.
    """
    return stage == "contact" or not any(one.startswith(_ANSWERED_WITH_NO) for one in offered)
