"""Reads how a person wants to be reached, from the words of one message. Pure.

Whether it may be kept is decided elsewhere (bot/handoff/reach.py); what is not kept stays masked.
"""

import re
from dataclasses import dataclass

MAX_NAME = 80
MAX_NAME_WORDS = 4
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w+])\(?(?:\+|00)?\d(?:[ ./()-]{0,3}\d){7,14}(?!\w)")
_ODD_PHONE = re.compile(r"(?<![\w+])\(?\+?\d(?:[ ./()-]{0,3}\d){5,19}(?!\w)")
_ODD_MAIL = re.compile(r"(?<!\S)\S{0,64}@\S{0,64}")
_SAYS_NAME = re.compile(r"\b(?:ik heet|mijn naam is|m'?n naam is|naam ?:|noem me)\s+\S", re.I)
_ANNOUNCED = re.compile(
    r"(?:ik heet|mijn naam is|m'?n naam is|naam ?:?|ik ben|noem me|vraag naar|dit is)\s+(.*)", re.I
)
_WORDS_ABOUT = re.compile(
    r"\b(?:mijn|telefoonnummer|telefoon|nummer|nr|mobiel|tel|06|e-?mail(?:adres)?|mail|adres|bel|"
    r"me|mij|maar|op|kan|je|mag|via|is|het|en|of|dan|graag|bellen|mailen|app|appen|whatsapp|ja|"
    r"ok|oké|oke|na|om|uur|naar|met|liever|liefst|alleen|alsjeblieft|svp|prima|goed|hoi|hallo|dag|"
    r"bereikbaar|bereiken|morgen|overdag|tussen|ik|hier|dit)\b",
    re.I,
)
_LINKS = frozenset(
    ("van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "el", "al", "la", "le", "da", "dos")
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number or e-mail address, and the name if it was given."""

    way: str
    name: str | None


def read_contact(text: str) -> Contact | None:
    """Give the contact that an answer holds, or None when it has no number and no address."""
    cut = text[:400]
    found = _MAIL.search(cut) or _PHONE.search(cut)
    if found is None:
        return None
    rest = _PHONE.sub(" ", _MAIL.sub(" ", cut))
    return Contact(way=" ".join(found[0].split()), name=_name(rest))


def is_complete(way: str) -> bool:
    """Tell whether this can be a whole number: ten digits here, or with the code of a country."""
    if "@" in way:
        return True
    digits = re.sub(r"\D", "", way.replace("(0)", ""))
    abroad = way.strip(" (").startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if abroad else digits
    if digits.startswith("31"):
        return len(digits) == 11
    if abroad:
        return 8 <= len(digits) <= 15
    return len(digits) == (10 if digits.startswith("0") else 9) and digits[0] in "06"


def read_odd(text: str) -> str | None:
    """Give what looks like a number or an address but cannot be a whole one, or None."""
    cut = text[:400]
    found = _ODD_PHONE.search(cut) or _ODD_MAIL.search(cut)
    whole = read_contact(text)
    return found[0] if found and (whole is None or not is_complete(whole.way)) else None


def read_name(text: str) -> str | None:
    """Give the name, of a message that is one or says it is: "Henk de Vries", "ik heet henk"."""
    name = _name(text[:400])
    if name is None or _SAYS_NAME.search(text[:400]):
        return name
    whole = name == " ".join(text.split()).strip(',.;:!?()"')
    # Who writes all in capitals writes no name by it: "NEE LAAT MAAR".
    shouts = " " in name and name.isupper()
    return name if whole and not shouts and _is_written_as_name(name.split()) else None


def hide(text: str) -> str:
    """Give the text without the number or address in it, also where masking knows none in it."""
    for pattern in (_MAIL, _ODD_MAIL):
        text = pattern.sub("[e-mail]", text)
    return _ODD_PHONE.sub("[telefoon]", _PHONE.sub("[telefoon]", text))


def hint(way: str) -> str:
    """Give a number or address so far that its owner knows it, and nobody else can use it."""
    if "@" in way:
        name, _, house = way.partition("@")
        return f"{name[0]}•••@{house}"
    return f"{way[:2]} •••• {way[-2:]}"


def _name(rest: str) -> str | None:
    """Give the name: whatever is announced as one, else what is left and is written as one."""
    announced = _ANNOUNCED.search(rest)
    words = (announced[1] if announced else _WORDS_ABOUT.sub(" ", rest)).split()
    kept: list[str] = []
    for word in words:
        plain = word.strip(',.;:!?()"')
        if not plain and not kept:
            continue  # the comma of "0612345678, Ans Jansen"
        if not plain or not plain[0].isalpha() or (announced and _WORDS_ABOUT.fullmatch(plain)):
            break
        kept.append(plain)
        if word[-1] in ",.;:!?":
            break
    if not 0 < len(kept) <= MAX_NAME_WORDS or not (announced or _is_written_as_name(kept)):
        return None
    return " ".join(kept)[:MAX_NAME]


def _is_written_as_name(words: list[str]) -> bool:
    """Tell whether every word has a capital, but for the small words inside a name."""
    outer = (words[0], words[-1])
    return all(word[0].isupper() for word in outer) and all(
        word[0].isupper() or word.lower() in _LINKS for word in words[1:-1]
    )
