"""Finds numbers that identify a person: BSN, IBAN and telephone numbers."""

import re

# Lengths of the IBAN registry (SWIFT, ISO 13616) for the countries people here bank in.
_IBAN_LENGTHS = {
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("NL", "DK", "FI"), 18),
    **dict.fromkeys(("AT", "LT", "LU", "EE"), 20),
    **dict.fromkeys(("CH", "LV", "HR"), 21),
    **dict.fromkeys(("DE", "GB", "IE", "BG"), 22),
    **dict.fromkeys(("ES", "SE", "RO", "SK", "CZ", "PT"), 24),
    **dict.fromkeys(("TR",), 26),
    **dict.fromkeys(("FR", "IT", "GR"), 27),
    **dict.fromkeys(("PL", "HU", "CY", "MA"), 28),
    "SI": 19,
    "UA": 29,
}
_PARTS = "|".join(
    rf"{country}[ .-]?\d[ .-]?\d(?:[ .-]?[A-Z0-9]){{{length - 4}}}"
    for country, length in _IBAN_LENGTHS.items()
)
_IBAN = re.compile(rf"(?<![A-Z0-9])(?:{_PARTS})(?!-?[A-Z0-9])", re.I)
_DUTCH_ACCOUNT = re.compile(r"NL\d\d[A-Z]{4}\d{10}")

_SEP = r"(?: ?[-./] ?| {1,2})?"
_PHONE = re.compile(
    r"(?<![\w+€.,-])(?<!€ )"
    r"(?:"
    rf"(?:\+|00)[1-9](?:{_SEP}(?:\(0\))?{_SEP}\d){{7,14}}"
    rf"|\(0\d{{1,3}}\)(?:{_SEP}\d){{6,8}}"
    rf"|0{_SEP}[1-9](?:{_SEP}\d){{8}}"
    rf"|31{_SEP}[1-9](?:{_SEP}\d){{8}}"
    rf"|6{_SEP}[1-58](?:{_SEP}\d){{7}}"
    r")(?!-?\w)(?!,\d)(?! ?(?:euro|eur\b|%))",
    re.I,
)
_DATE = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d|\d{4} ?- ?(?:19|20)\d\d")
_TIMES = re.compile(r"0\d[.:][0-5]\d ?- ?\d\d[.:][0-5]\d")
_PUBLIC = re.compile(r"0(?:800|90[0-9])")
_DIGIT = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|[0-9])"
_SPELLED = re.compile(
    rf"(?<!\w)nul[ ,-]{{1,2}}{_DIGIT}(?:[ ,-]{{0,2}}{_DIGIT}){{7,8}}(?!\w)", re.I
)

_NINE = re.compile(r"(?<![\w€.,-])(?<!€ )\d(?:[ .-]?\d){8}(?!\w)(?!,\d)(?! ?(?:euro|eur)\b)", re.I)
_NAMED = re.compile(
    r"((?<!\w)(?:bsn|burgerservicenummer|burger service nummer|sofi-?nummer)"
    r"(?:[ -]?(?:nummer|nr\.?))?(?: is)?[ :]{0,3})(\d(?:[ .-]?\d){7,8})(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def mask_numbers(text: str) -> str:
    """Give the text with IBAN, BSN and telephone numbers masked."""
    text = _IBAN.sub(lambda found: "[iban]" if is_iban(found[0]) else found[0], text)
    text = _NAMED.sub(r"\1[bsn]", text)
    text = _NINE.sub(lambda found: "[bsn]" if _looks_like_bsn(found[0]) else found[0], text)
    text = _PHONE.sub(lambda found: "[telefoon]" if _is_phone(found[0]) else found[0], text)
    return _SPELLED.sub("[telefoon]", text)


def is_bsn(text: str) -> bool:
    """Tell whether nine digits pass the 11-test of the BSN (weights 9..2 and -1)."""
    digits = [int(character) for character in text if character in "0123456789"]
    if len(digits) != 9 or not any(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0


def is_iban(text: str) -> bool:
    """Tell whether an account number passes mod 97 (ISO 7064), or is Dutch in all but a typo."""
    plain = re.sub(r"[ .-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
        return False
    if _DUTCH_ACCOUNT.fullmatch(plain):
        return True
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _looks_like_bsn(found: str) -> bool:
    """Nine digits in groups may also be years and wages next to each other."""
    groups = re.split(r"[ .-]", found)
    years = len(groups) > 1 and any(_YEAR.fullmatch(group) for group in groups)
    return is_bsn(found) and not years


def _is_phone(found: str) -> bool:
    """Dates, opening hours and public numbers such as 0800 are no one's own number."""
    if _DATE.match(found) or _TIMES.match(found):
        return False
    digits = re.sub(r"\D", "", found)
    return not _PUBLIC.match(digits) and len(set(digits)) > 1
