"""Knows a time of the day or week, as in "liefst na 18 uur": no number of working hours. Pure."""

import re

_TIME = re.compile(
    r"\b(?:na|voor|vanaf|om|rond|tegen|tussen|tot)\s+(?:half\s+)?(?:de\s+)?\d{1,2}\b(?!\s*(?:jaar|euro))"
    r"|\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b"
    r"|\b(?:ochtends|morgens|middags|avonds|overdag|vanmiddag|vanavond|doordeweeks|werktijd)\b"
    r"|\b(?:in de|elke) (?:ochtend|middag|avond)\b|\bna (?:het|mijn|m'?n|me) (?:eten|werk)\b"
    r"|\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|weekend|morgen)\b",
    re.I,
)
_WORK = re.compile(
    r"\bper week\b|\bp/w\b|\bpw\b|\bweek\b|\bwerken\b|\bwerk ik\b|\bik werk\b|\bdiensten?\b|\bcontract\b",
    re.I,
)


def names_a_time(text: str) -> bool:
    """Tell whether a text names a time of the day or week, and not of work."""
    cut = text[:400]
    return bool(_TIME.search(cut)) and not _WORK.search(cut)
