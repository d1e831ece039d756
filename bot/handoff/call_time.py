"""Knows a time of the day or week, as in "liefst na 18 uur": no number of working hours. Pure.

After a request was sent it must also be known that the time is one to be called at: the talk goes
on about schools and work, which have times too.
"""

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
_CALLS = re.compile(
    r"\b(?:bel|bellen|belt|gebeld|opbellen|terugbel(?:len|t)?|bereikbaar|bereiken|mail|mailen|gemaild|app|appen)\b",
    re.I,
)
_WISHES = re.compile(
    r"\b(?:kan|mag|lukt|schikt) (?:het|dat|t)\b|\b(?:liefst|liever|het beste|graag)\b"
    r"|\bben ik\b|\bik ben\b|\bik kan\b",
    re.I,
)
_LEARNS = re.compile(
    r"\b(?:leren|leer|school|scholen|les|lessen|cursus|opleiding|studeren|stage|bbl|bol)\b", re.I
)
_ASKS = re.compile(
    r"\W*(?:(?:en|dus|maar|ok[eé]?|hoi|hallo)\W+){0,2}"
    r"(?:wanneer|hoe|hoor|word[te]?n?|bellen|belt|gaan|gaat|krijg|zijn)\b",
    re.I,
)


def names_a_time(text: str) -> bool:
    """Tell whether a text names a time of the day or week, and not of work."""
    cut = text[:400]
    return bool(_TIME.search(cut)) and not _WORK.search(cut)


def asks_when(text: str) -> bool:
    """Tell whether a text asks when one is called, and wishes nothing: "word ik morgen gebeld?"."""
    return _ASKS.match(text[:400]) is not None


def is_call_time(text: str, *, just_sent: bool) -> bool:
    """Tell whether a text wishes a time to be called at.

    Args:
        text: what the person wrote.
        just_sent: the bot's last words were about the request, so that "kan het na 5 uur" is too.
    """
    cut = text[:400]
    of_calls = _CALLS.search(cut) or (just_sent and _WISHES.search(cut))
    return bool(of_calls) and names_a_time(cut) and not (asks_when(cut) or _LEARNS.search(cut))
