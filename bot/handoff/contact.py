"""Reads how a person wants to be reached, from the answer to that question. Pure.

Only for that answer: anywhere else in a conversation a telephone number or an address is masked.
"""

import re
from dataclasses import dataclass

MAX_NAME = 80
MAX_NAME_WORDS = 4
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w+])\(?(?:\+|00)?\d(?:[ ./()-]{0,3}\d){7,14}(?!\w)")
_ANNOUNCED = re.compile(
    r"(?:ik heet|mijn naam is|m'?n naam is|naam ?:?|ik ben|noem me|vraag naar|dit is)\s+(.*)", re.I
)
_WORDS_ABOUT = re.compile(
    r"\b(?:mijn|telefoonnummer|telefoon|nummer|nr|mobiel|tel|06|e-?mail(?:adres)?|mail|adres|bel|"
    r"me|mij|maar|op|kan|je|mag|via|is|het|en|of|dan|graag|bellen|mailen|app|appen|whatsapp|ja|"
    r"ok|oké|oke|na|om|uur|naar|met)\b",
    re.I,
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


def _name(rest: str) -> str | None:
    announced = _ANNOUNCED.search(rest)
    words = (announced[1] if announced else _WORDS_ABOUT.sub(" ", rest)).split()
    kept: list[str] = []
    for word in words:
        plain = word.strip(',.;:!?()"')
        if not plain or not plain[0].isalpha() or (announced and _WORDS_ABOUT.fullmatch(plain)):
            break
        kept.append(plain)
        if word[-1] in ",.;:!?":
            break
    if not 0 < len(kept) <= MAX_NAME_WORDS:
        return None
    return " ".join(kept)[:MAX_NAME]
