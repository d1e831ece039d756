"""Knows a time of the day or week, as in "liefst na 18 uur": no number of working hours. Pure.

After a request was sent it must also be known that the time is one to be called at: the talk goes
on about schools and work, which have times too. The same goes for a wish as to the way: "niet bellen".
"""

import re

_TIME = re.compile(
    r"\b(?:na|voor|vanaf|om|rond|tegen|tussen|tot)\s+(?:half\s+)?(?:de\s+)?\d{1,2}\b(?!\s*(?:jaar|euro))"
    r"|\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b"
    r"|\b(?:s?(?:ochtends|morgens|middags|avonds)|overdag|vanmiddag|vanavond|doordeweeks|werktijd)\b"
    r"|\b(?:in de|elke) (?:ochtend|middag|avond)\b|\bna (?:het|mijn|m'?n|me) (?:eten|werk)\b"
    r"|\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(?:ochtend|morgen|middag|avond)?(?:en)?\b|\b(?:weekend|morgen)\b",
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
_BY = r"(?:bel(?:len|t)?|(?:op|terug)bellen|gebeld|(?:e-?)?mail(?:en|t)?|gemaild|(?:whats)?app(?:en|t)?|sms(?:en)?|schrijf|schrijven|chat(?:ten)?)"
_WAY = re.compile(rf"\b{_BY}\b", re.I)
_NOT_BY = re.compile(
    rf"\b(?:niet|geen|ipv|in plaats van) (?:meer )?(?:te )?{_BY}\b|\b{_BY} (?:(?:me|mij|maar|svp|liever) ){{0,3}}niet\b",
    re.I,
)
# A way that a clause speaks of with one of these is not wished: "ik wil liever niet dat ze me bellen".
_NO = re.compile(r"\b(?:niet|geen|nooit|moeilijk|eng|lastig|vervelend|spannend|slecht)\b", re.I)
_NO_OBJECTION = re.compile(r"\b(?:niet|geen) (?:erg|probleem|bezwaar|moeilijk|eng|lastig)\b", re.I)
_CLAUSE = re.compile(r"[.,;:!?]|\b(?:want|dus|maar(?! niet))\b", re.I)
_RATHER = re.compile(r"\b(?:liever|liefst|ook|alleen|ipv|in plaats van|moet|moeten)\b", re.I)
_VIA = re.compile(rf"\b(?:via|per|met|over)(?: de| een| mijn)? {_BY}\b", re.I)
_TO_ME = re.compile(r"\b(?:me|mij)\b", re.I)
_MAY = re.compile(r"\b(?:kan|kunnen|mag|graag|liever|liefst)\b", re.I)
# No wish as to the way: a question, who gives up or calls themselves, what is not there yet, the plan.
_NO_WAY = re.compile(
    r"\b(?:wanneer|wie|hoe|hoelang|waarom|wat|zelf|niet meer|nog niet|maar niet)\b|\b(?:kan|mag|moet) ik\b"
    r"|\b(?:plan|overstapplan|advies|samenvatting|overzicht|pdf|gesprek|cv|sollicit\w+)\b",
    re.I,
)
_LONGEST_WISH = 14
"""Words; a longer message may be about something else."""
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


def is_way_wish(text: str, *, just_sent: bool) -> bool:
    """Tell whether a text wishes how to be reached: "niet bellen", "kunnen ze ook appen ipv bellen".

    Args:
        text: what the person wrote.
        just_sent: the bot's last words were about the request, so that "liever mailen" is of it too.
    """
    cut = text[:400]
    ways = {found[0].lower() for found in _WAY.finditer(cut)}
    if not ways or len(cut.split()) > _LONGEST_WISH:
        return False
    if _NO_WAY.search(cut) or _WORK.search(cut) or _LEARNS.search(cut):
        return False
    via = _VIA.search(cut) is not None
    rather = _NOT_BY.search(cut) or _RATHER.search(cut)
    sure = len(ways) > 1 or _TO_ME.search(cut) or (via and _MAY.search(cut))
    return bool((rather or via) and (just_sent or sure))


def wished_ways(text: str) -> set[str]:
    """Give what a wish as to the way is for, as far as it must be known whereto: "mail", "call"."""
    kept = _NO_OBJECTION.sub(" ", _NOT_BY.sub(" ", text[:400]))
    wished = [clause for clause in _CLAUSE.split(kept) if not _NO.search(clause)]
    ways = [found[0].lower() for clause in wished for found in _WAY.finditer(clause)]
    mail = {"mail" for way in ways if "mail" in way}
    return mail | {"call" for way in ways if "bel" in way}
