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
_DIGIT = r"(?:nul|[eé][eé]n|twee|drie|vier|vijf|zes|zeven|acht|negen|plus)"
_SPELLED = re.compile(rf"\b{_DIGIT}(?:[ ,.-]{{1,3}}{_DIGIT}){{5,19}}\b", re.I)
_SAYS_NAME = re.compile(r"\b(?:ik heet|(?:mijn|m'?n) (?:voor|achter)?naam is|naam ?:|noem me)\s+\S", re.I)
_ANNOUNCED = re.compile(
    r"(?:ik heet|(?:mijn|m'?n) (?:voor|achter)?naam is|naam ?:?|ik ben|noem me|vraag naar|dit is|"
    r"groet(?:jes|en)?,?|mvg,?|(?:je|u) spreekt met)\s+(.*)", re.I
)
_I_AM = re.compile(r"^(?:ik ben|dit is|met)\s+", re.I)
_WORDS_ABOUT = re.compile(
    r"\b(?:mijn|m'?n|telefoonnummer|telefoon|nummer|nr|mobiel|tel|06|e-?mail(?:adres)?|mail|adres|bel|"
    r"me|mij|maar|op|kan|je|mag|via|is|het|en|of|dan|graag|bellen|mailen|app|appen|whatsapp|ja|"
    r"ok|oké|oke|na|om|uur|naar|met|liever|liefst|alleen|alsjeblieft|svp|prima|goed|hoi|hallo|dag|"
    r"bereikbaar|bereiken|morgen|overdag|tussen|ik|hier|dit)\b",
    re.I,
)
# Ordinary words that people put beside a number, and that are no name in small letters. A yes must be
# among them: one with a capital would be shown as a name, and asked again. Which words are a yes is not
# left to the model, that takes "Jan" and "Anja" for one too: they would be shared without a yes.
_ORDINARY = """
    thuis werk privé prive vast vaste lijn mobiele nood spoed haast snel direct meteen nu straks
    later vandaag vanavond vanmiddag vanochtend ochtend middag avond nacht weekend week dagen avonds
    ochtends middags nachts altijd nooit soms vaak eerst laatst zes zeven acht negen tien elf twaalf
    hoezo waarvoor misschien liever eventueel duidelijk super tuurlijk natuurlijk absoluut
    vier vijf drie twee een half kwart maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    niet geen wel nog ook maar eens even gewoon beter best mooi fijn leuk stom dom help hulp sorry
    tnx thx dank dankje dankjewel dankuwel bedankt thanks please alstublieft alsjeblieft aub svp groet
    groeten groetjes mvg doei tot ziens nee neen jawel yes zeker klopt oké okay okee top akkoord
    man vrouw zoon dochter moeder vader broer zus vriend vriendin partner buurman buurvrouw oma opa
    mijne mama papa baas collega iemand niemand mens adviseur meneer mevrouw heer dame jongen meisje
    gebeld terug terugbellen opbellen smsen sms signal telegram contact gegevens huis woon wonen
    woonplaats straat postcode plaats naam voornaam achternaam geboren jaar oud nieuw nieuwe oude
    ander andere verkeerd fout goede juiste vorige volgende zelfde dezelfde eigen stil geheim anoniem
    denk vind wil wilt weet zeg geef stuur schrijf neem kom ben heb had was kun kunt mogen moet
    zoals als want dus omdat toch dat die wat wie waar hoe wanneer waarom zonder voor onder
    bij aan uit over door tegen sinds vanaf rond zijn haar hun ons onze jouw jullie hem hij zij wij
    jazeker inderdaad uiteraard precies vooruit perfect doen jep yep jup jaja jahoor yess zekers
    exact juist correct gerust sowieso begrepen helder snap delen deel geweldig fantastisch
    uitstekend okidoki tof chill deal check nope neuh nah mwah twijfel wacht stop stoppen doorgaan
    ga gaan weg verder gemeente sociale dienst werkcentrum stichting uwv
    trouwens overigens eigenlijk namelijk hey hee moi goedemorgen goedemiddag goedenavond goededag nederlands engels
"""
_NO_NAME = frozenset(_ORDINARY.split())
_NO_NAME_END = re.compile(
    r"(?:dag|ochtend|middag|avond|nacht|telefoon|mobiel|mail|nummer|werker|appen|bellen|spreken|sturen)s?$"
)
_LEAST_OF_NAME = 3
_LINKS = frozenset(
    ("van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "el", "al", "la", "le", "da", "dos")
)
_BOTH = ", "
_HERE = " ; "
"""Stands where a number or an address was: what is beside it is one part of the message."""
_PART = re.compile(r"[^,.;:!?]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number or e-mail address, or both, and the name if it was given."""

    way: str
    name: str | None


def read_contact(text: str) -> Contact | None:
    """Give the contact that an answer holds, or None when it has no number and no address."""
    cut = text[:400]
    mail = _MAIL.search(cut)
    phone = _PHONE.search(_MAIL.sub(" ", cut))
    ways = [" ".join(found[0].split()) for found in (phone, mail) if found]
    if len(ways) > 1 and not is_complete(ways[0]):
        ways.pop(0)  # what is no whole number does not spoil the address
    if not ways:
        return None
    rest = _PHONE.sub(_HERE, _MAIL.sub(_HERE, cut))
    return Contact(way=_BOTH.join(ways), name=_name(rest))


def has_both(way: str) -> bool:
    """Tell whether this is a number and an address."""
    return _BOTH in way


def parts_of(way: str | None) -> list[str]:
    """Give the number and the address apart."""
    return way.split(_BOTH) if way else []


def joined(old: str | None, new: str | None) -> str | None:
    """Give what is known after a new number or address: it takes the place of its own kind only."""
    kept = [one for one in parts_of(old) if one not in replaced(old, new)]
    ways = dict.fromkeys([*kept, *parts_of(new)])
    return _BOTH.join(sorted(ways, key=_is_mail)) or None


def replaced(old: str | None, new: str | None) -> list[str]:
    """Give the old number or address in whose place a new one comes."""
    kinds = {_is_mail(one): one for one in parts_of(new)}
    return [one for one in parts_of(old) if kinds.get(_is_mail(one), one) != one]


def _is_mail(way: str) -> bool:
    return "@" in way


def is_complete(way: str) -> bool:
    """Tell whether this can be a whole number: ten digits here, or with the code of a country."""
    if "@" in way:
        return True  # a number beside an address was looked at when it was read
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


def is_spelled(text: str) -> bool:
    """Tell whether a number is written in words: "nul zes een twee ..."."""
    return bool(_SPELLED.search(text[:400]))


def read_name(text: str, *, alone: bool = False) -> str | None:
    """Give the name, of a message that is one or says it is: "Henk de Vries", "ik heet henk".

    Args:
        text: what the person wrote.
        alone: only of a message that is one: where no name was asked for "ik heet daar niks" is none.
    """
    name, says = _name(text[:400]), _SAYS_NAME.search(text[:400])
    if name is None or says:
        return None if alone else name
    words = name.split()
    # Who says "ik ben Nederlander" gives no name: there it takes two words.
    said = _I_AM.sub("", " ".join(text.split())) if len(words) > 1 else " ".join(text.split())
    whole = name == said.strip(',.;:!?()"')
    ordinary = any(word.casefold() in _NO_NAME - _LINKS for word in words)
    # Who writes all in capitals writes no name by it: "NEE LAAT MAAR".
    shouts = " " in name and name.isupper()
    return name if whole and not (shouts or ordinary) and _is_written_as_name(words) else None


def hide(text: str) -> str:
    """Give the text without the number or address in it, also where masking knows none in it."""
    for pattern in (_MAIL, _ODD_MAIL):
        text = pattern.sub("[e-mail]", text)
    text = _SPELLED.sub("[telefoon]", text)
    return _ODD_PHONE.sub("[telefoon]", _PHONE.sub("[telefoon]", text))


def hint(way: str) -> str:
    """Give a number or address so far that its owner knows it, and nobody else can use it."""
    if has_both(way):
        return _BOTH.join(hint(one) for one in way.split(_BOTH))
    if "@" in way:
        name, _, house = way.partition("@")
        return f"{name[0]}•••@{house}"
    return f"{way[:2]} •••• {way[-2:]}"


def _name(rest: str) -> str | None:
    """Give the name: whatever is announced as one, else what is left and is written as one.

    All in small letters it is one only as a whole part beside the number, with nothing but words
    about the number in the others: "anneke 0612345678", "bel me op 0612345678 anneke".
    """
    announced = _ANNOUNCED.search(rest)
    words = (announced[1] if announced else _WORDS_ABOUT.sub(" ", rest)).split()
    kept: list[str] = []
    for word in words:
        plain = word.strip(',.;:!?()"')
        if not plain and not kept:
            continue  # the comma of "0612345678, Ans Jansen"
        if announced and not kept and plain in _NO_NAME and word is not words[-1]:
            continue  # "mijn naam is trouwens Ria"
        if not plain or not plain[0].isalpha() or (announced and _WORDS_ABOUT.fullmatch(plain)):
            break
        kept.append(plain)
        if word[-1] in ",.;:!?":
            break
    if not 0 < len(kept) <= MAX_NAME_WORDS:
        return None
    if not (announced or _is_written_as_name(kept) or _stands_apart(kept, rest)):
        return None
    return " ".join(kept)[:MAX_NAME]


def _stands_apart(name: list[str], rest: str) -> bool:
    """Tell whether these one or two words are a part, and the other parts are about the number."""
    parts = [part.split() for part in _PART.findall(rest) if part.strip()]
    others = [part for part in parts if part != name]
    return (
        0 < len(name) <= 2
        and len(others) == len(parts) - 1
        and all(_may_be_in_name(word) for word in name)
        and not any(_may_be_in_name(word) for part in others for word in part)
    )


def _may_be_in_name(word: str) -> bool:
    """Tell whether a word in small letters is none that is known as no name."""
    return (
        len(word) >= _LEAST_OF_NAME
        and word.isalpha()
        and word.casefold() not in _NO_NAME
        and not _NO_NAME_END.search(word.casefold())
        and not _WORDS_ABOUT.fullmatch(word)
    )


def _is_written_as_name(words: list[str]) -> bool:
    """Tell whether every word has a capital, but for the small words inside a name."""
    outer = (words[0], words[-1])
    return all(word[0].isupper() for word in outer) and all(
        word[0].isupper() or word.lower() in _LINKS for word in words[1:-1]
    )
