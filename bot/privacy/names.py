"""Finds a name that people give with words such as 'ik heet' or 'mijn naam is'."""

import re

_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*"
_LINK = r"(?:van|de|der|den|het|'t|ter|ten|te|el|al|ait|ben|bin|von|da|dos|la|le)"
_TOLD = re.compile(
    r"(?<!\w)(ik heet|(?:mijn|m'n|mn) (?:voor|achter)?naam is|mijn naam:|naam:|ik ben genaamd|"
    r"je spreekt met|u spreekt met|hier spreekt|ik word \w{1,12} genoemd door|groetjes,?|"
    r"groet,?|met vriendelijke groet,?|mvg,?|noem me(?: maar)?|ik sta ingeschreven als)"
    rf"( {{1,2}})({_WORD}\.?(?: (?:'t|{_WORD})){{0,4}})",
    re.I,
)
_AM = re.compile(
    rf"(?<!\w)([Ii]k ben|[Hh]oi,? met|[Hh]allo,? met|\AMet)( )"
    rf"((?:(?:de heer|dhr\.?|mevrouw|mevr\.?|mw\.?) )?[A-Z][a-zà-ÿ'’]{{1,20}}(?:-[A-Z]?[a-zà-ÿ]{{1,20}})?(?: {_LINK}){{0,3}}"
    r"(?: [A-Z][a-zA-Zà-ÿ'’-]{1,30}){1,2})(?!\w)"
)
_NO_NAME = re.compile(
    r"niet|geen|ook|nu|al|nog|gewoon|wel|eigenlijk|niks|privé|anoniem|geheim|belangrijk|"
    r"bekend|en|of|maar|ik|je|jij|u|we|het|een|de|dat|dit|die|zo|hoe|wat|wie|waar|toch|echt|"
    r"dus|liever|ben|heb|werk|woon|kom|wil|zoek|was|had|uit|in|op|bij|als|voor|met|naar|mijn|"
    r"jouw|zonder|jaar|oud|verkoper|verkoopster|hallo|hoi|van|tot|om|over|door|vanuit|sinds|"
    r"daar|hier|jongen|meisje|man|vrouw|zal|kan|mag|moet|niemand|iemand|gezegd|zeg|noem|gaat|"
    r"ga|doe",
    re.I,
)
_JOBS = re.compile(
    r"(?:medewerk\w*|manager|adviseur|assistent\w*|consultant|verkoper|verkoopster|specialist|"
    r"chauffeur|leider|leidster|monteur|planner|directeur|hoofd|senior|junior|lead|service|"
    r"sales|account|office|customer|team|project|product|store|floor|shift|afdeling\w*|"
    r"administrati\w*|financieel|commercieel|zelfstandig\w*|allround|operator|engineer|"
    r"developer|designer|teller|banker|agent|coördinator|coordinator|secretaresse|receptionist\w*|"
    r"verzorgende|verpleegkundige|kassamedewerker|boekhouder|schade\w*|hypotheek\w*|winkel\w*|"
    r"klanten\w*|data|ict|business|marketing|human|resource\w*|support|back|front|call|"
    r"nederland\w*|marokkaan\w*|turk\w*|syrisch\w*|pool\w*|belgisch\w*|zuid|noord|excel|word|"
    r"microsoft|google|windows|linux|python|java|albert|rabo\w*|ing|abn|power|bv|school|uwv|"
    r"werk|scalda|roc|vista|fontys|avans|hogeschool|universiteit|mbo|hbo|wij|we|word|office)",
    re.I,
)
_LINK_WORD = re.compile(_LINK, re.I)


def mask_names(text: str) -> str:
    """Give the text with names masked that follow a phrase which announces a name."""
    text = _TOLD.sub(_told, text)
    return _AM.sub(_am, text)


def _told(found: re.Match[str]) -> str:
    """Keep the phrase; mask the words up to the first that cannot be a name."""
    words = found[3].split(" ")
    taken = 0
    for place, word in enumerate(words):
        plain = word.strip(".").lower()
        link = place > 0 and _LINK_WORD.fullmatch(plain) and place + 1 < len(words)
        if _NO_NAME.fullmatch(plain) and not (link and taken):
            break
        if place and not link and word[:1].islower() and words[0][:1].isupper():
            break
        if word and (not link or place == 0):
            taken = place + 1
        if word.endswith(".") or (taken >= 2 and word[0].islower() and not link):
            break
    if not taken:
        return found[0]
    stop = "." if len(words[taken - 1]) > 2 and words[taken - 1].endswith(".") else ""
    return " ".join([f"{found[1]}{found[2]}[naam]{stop}", *words[taken:]])


def _am(found: re.Match[str]) -> str:
    """'Ik ben Sales Manager' is no name."""
    if any(_JOBS.fullmatch(word) for word in found[3].split()):
        return found[0]
    return f"{found[1]}{found[2]}[naam]"
