"""Takes words for the button they repeat: who types "iets anders" means the button of that name. Pure."""

from collections.abc import Iterable, Mapping

from bot.catalogue.folding import fold


def typed_payload(
    text: str,
    buttons: Iterable[tuple[str, str]],
    leading: Iterable[str],
    also: Mapping[str, str],
) -> str | None:
    """Give the payload of the one button that the words name, or None.

    Args:
        text: what the person typed.
        buttons: title and payload of what can be tapped now.
        leading: words that do not count at the beginning: "ik heb WW" is "WW".
        also: other words for a title, with commas between them.
    """
    skipped = frozenset(leading)
    said = _core(text[:80], skipped)
    if not said:
        return None
    named = {
        payload
        for title, payload in buttons
        if said in {_core(one, skipped) for one in (title, *also.get(title, "").split(","))}
    }
    return named.pop() if len(named) == 1 else None


def _core(text: str, leading: frozenset[str]) -> tuple[str, ...]:
    words = fold(text).split()
    while words and words[0] in leading:
        words.pop(0)
    return tuple(words)
