"""Finds a street with a house number; postcodes and places stay, the advice needs them."""

import re

_STREETS = (
    "straat", "str", "straatje", "laan", "laantje", "weg", "plein", "kade", "singel", "gracht",
    "dijk", "hof", "hofje", "steeg", "pad", "dreef", "plantsoen", "wal", "boulevard", "ring",
    "burg", "donk", "akker", "veld", "kamp", "erf", "vaart", "haven", "berg", "markt",
    "poort", "zoom", "horst", "brink", "park", "baan", "heide", "hoek", "oord", "zijde", "kant", "voorhout",
)  # fmt: skip
_SURE = (
    "straat", "straatje", "laan", "plein", "kade", "singel", "gracht", "dijk", "steeg", "dreef",
    "plantsoen", "boulevard", "hofje", "weg", "pad", "voorhout",
)  # fmt: skip
_NO_STREET = re.compile(
    r"onderweg|halfweg|omweg|snelweg|boulevard|terugweg|heenweg|uitweg|weg|straat|plein|laan|pad|baan|"
    r"arbeidsmarkt|banenmarkt|loopbaan|markt|park|startbaan|bijbaan|droombaan|werkveld|veld|"
    r"ring|berg|hoek|kant|hof|wal|haven|vaart|werkstraat|productiestraat|winkelstraat|"
    r"spoorweg|autoweg|leerpad|loopbaanpad|ontwikkelpad|groeipad|carrièrepad|huizenmarkt|"
    r"supermarkt|bouwmarkt|woningmarkt|weekmarkt|achterkant|voorkant|werkkamp|oefening|"
    r"eetboulevard|woonboulevard|meubelboulevard|vakgebied|omzoom",
    re.I,
)
_UNIT = (
    r"(?! ?(?:uur|uren|u\b|jaar|jaren|jr|maand|maanden|week|weken|dag|dagen|euro|eur\b|%|procent|"
    r"keer|x\b|mensen|man\b|personen|collega|minuten|min\b|km|kilometer|kinderen|kind\b|meter|"
    r"kilo|kg\b|graden|verdieping|e |ste |de verdieping|mbo|hbo|banen|winkels|vestigingen|"
    r"filialen|opleidingen|cursussen|vacatures|sollicitaties))"
)
_NUMBER = rf"(?:nr\.? ?|nummer |no\. ?)?(?!(?:19|20)\d\d\b)\d{{1,4}}(?![\d.,:]*\d){_UNIT}(?: ?[-/] ?\d{{1,4}}\b|[- ]?(?:bis|hs|[a-hA-H](?:-?\d{{1,3}})?)\b(?! ?[\[(])| ?(?:I{{1,3}}|IV)\b)?(?!\w)"
_TITLE = (
    r"(?:(?:burgemeester|burg\.|prinses|prins|koningin|koning|dokter|dr\.|professor|prof\.|sint|"
    r"st\.|pastoor|generaal|gen\.|oude|nieuwe|lange|korte|grote|kleine|hoge|lage|eerste|tweede|"
    r"jan|johan|willem|anna|2e|1e)(?: (?:van|de|der|den|het|ten|ter)){0,2} ){0,3}"
)
_WORD = re.compile(rf"(?<![\w'’-]){_TITLE}([^\W\d_][\w'’-]{{1,40}}\.?),? {{1,2}}{_NUMBER}", re.I)
_LAAN_VAN = re.compile(
    r"(?<!\w)(?:(?:laan|weg|plein|hof|kade) (?:van|der|de|naar) (?:de |het |den |der )?|boulevard )"
    rf"(?:[\w'’-]{{2,30}} ){{1,3}}{_NUMBER}",
    re.I,
)
_LIVES = re.compile(
    r"(\b(?:woon|woont|wonen|adres is|adres:|woonadres is|woonachtig)(?: nu| al)?"
    r"(?: op| aan| in)?(?: de| het)? )"
    rf"([A-Z][\w'’-]{{2,30}}(?: [\w'’-]{{2,30}}){{0,2}} {_NUMBER})"
)
_HOUSE = re.compile(rf"(?<!\w)(?:huisnummer|huisnr\.?)(?: is)?[ :]{{1,2}}{_NUMBER}", re.I)


def mask_addresses(text: str) -> str:
    """Give the text with streets and their house numbers masked."""
    text = _LAAN_VAN.sub("[adres]", text)
    text = _WORD.sub(_street, text)
    text = _LIVES.sub(r"\1[adres]", text)
    return _HOUSE.sub("[adres]", text)


def _street(found: re.Match[str]) -> str:
    """Judge the word before the number: only a capital makes 'park' or 'markt' a street."""
    word = found[1].rstrip(".")
    plain = word.lower()
    if _NO_STREET.fullmatch(plain) or not plain.endswith(_STREETS):
        return found[0]
    if plain.endswith(_SURE) or (word[0].isupper() and _inside(found)):
        return "[adres]"
    return found[0]


def _inside(found: re.Match[str]) -> bool:
    """Tell whether the word is not the first of its sentence, where any word has a capital."""
    before = found.string[: found.start(1)].rstrip()
    return not before or before[-1] not in ".!?"
