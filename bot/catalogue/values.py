"""Which values a catalogue field may have, beyond its type."""

import re
from collections.abc import Mapping

ROUTE_IDS = frozenset(
    [
        "bbl",
        "bol",
        "derde_leerweg",
        "praktijkverklaring",
        "mbo_certificaat",
        "evc",
        "mkb_route",
        "ad",
        "hbo_deeltijd",
        "hbo_duaal",
        "omscholing_ict",
        "zij_instroom_leraar",
        "hybride_docent",
    ]
)
ALLOWED: Mapping[tuple[str, str], frozenset[str]] = {
    ("TargetOccupation", "level"): frozenset({"mbo1", "mbo2", "mbo3", "mbo4", "ad", "hbo"}),
    ("TargetOccupation", "interests"): frozenset(
        ["hands_on", "outdoors", "machines", "computers", "figuring_out", "helping", "organising"]
    ),
    ("TargetOccupation", "traits"): frozenset(
        {"heavy", "heights", "nights", "outdoors", "screen"}
    ),
    ("Topic", "kind"): frozenset(
        {"funding", "programme", "organisation", "glossary", "answer", "question"}
    ),
    ("Topic", "asked_as"): frozenset(
        [
            "ask_route",
            "ask_cost",
            "ask_funding",
            "ask_salary",
            "ask_benefit",
            "ask_admission",
            "ask_employers",
            "ask_part_time",
            "ask_chances",
            "ask_travel",
        ]
    ),
    ("Topic", "status"): frozenset({"open", "closed", "policy", "employer"}),
    ("Route", "entry"): ROUTE_IDS,
}
PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "id": (re.compile(r"[a-z][a-z0-9_]*"), "kleine letters, cijfers en _"),
    "code": (re.compile(r"AM\d\d"), "AM en twee cijfers"),
    "isco08": (re.compile(r"\d{4}"), "vier cijfers"),
    "url": (re.compile(r"https?://\S+"), "een adres dat begint met https://"),
    "website": (re.compile(r"https://\S+"), "een adres dat begint met https://"),
}
RANGES: Mapping[str, tuple[float, float]] = {
    "strength": (0, 3),
    "year": (2000, 2100),
    "days_work": (0, 7),
    "days_school": (0, 7),
    "month_low": (0, 20_000),
    "month_high": (0, 20_000),
}


def mistake_in(kind: str, name: str, value: object) -> str | None:
    """Look whether a value fits its field.

    Args:
        kind: the name of the dataclass.
        name: the name of the field.
        value: a value of the right type.

    Returns:
        What is wrong, a Dutch sentence, or None.
    """
    allowed = ALLOWED.get((kind, name))
    for entry in value if isinstance(value, tuple) else (value,):
        if allowed is not None and entry not in allowed:
            choices = ", ".join(sorted(allowed))
            return f"'{entry}' kan niet bij '{name}'; kies uit: {choices}."
    if isinstance(value, str) and name in PATTERNS:
        pattern, expected = PATTERNS[name]
        if not pattern.fullmatch(value):
            return f"'{value}' past niet bij '{name}': verwacht {expected}."
    if isinstance(value, int | float) and name in RANGES:
        low, high = RANGES[name]
        if not low <= value <= high:
            return f"'{name}' moet tussen {low} en {high} liggen."
    return None
