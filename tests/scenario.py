"""One conversation for every channel: the button to tap at each step."""

INTAKE = (
    "Weet ik niet",
    "Mijn baan verdwijnt misschien",
    "Mbo 4",
    "Sla over",
    "Computers",
    "32 uur",
    "Ja, dat moet",
    "Zwaar werk",
    "Ja, dat klopt",
)
"""Up to the advice."""

HANDOFF = ("Praat met een mens", "Dat zeg ik liever niet", "Ja, deel dit")
"""From the advice to a request."""
