"""The form in which names are looked up."""

import unicodedata

_APOSTROPHES = "'’‘`´ʼ"
_KEPT_SIGNS = "+#"
# Most names are ASCII, and whole tables of names are folded: one table look-up does it for them.
_ASCII = {
    code: None if chr(code) in _APOSTROPHES else " "
    for code in range(128)
    if not (chr(code).isalnum() or chr(code) in _KEPT_SIGNS)
}


def fold(text: str) -> str:
    """Bring a name to the form it is looked up by.

    Lower case without accents and apostrophes; every other sign but letters, digits, ``+`` and
    ``#`` becomes one space.

    Args:
        text: anything a person may type.

    Returns:
        The folded text; empty when nothing is left.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    decomposed = unicodedata.normalize("NFKD", lowered.casefold())
    kept = []
    for sign in decomposed:
        if sign.isalnum() or sign in _KEPT_SIGNS:
            kept.append(sign)
        elif not unicodedata.combining(sign) and sign not in _APOSTROPHES:
            kept.append(" ")
    return " ".join("".join(kept).split())


def has(said: str, phrases: str) -> bool:
    """Tell whether folded words hold one of these folded phrases, which have commas between them.

    A dot in a phrase is the begin or the end of the message.
    """
    framed = f" . {said} . "
    return any(f" {one.strip()} " in framed for one in phrases.split(","))
