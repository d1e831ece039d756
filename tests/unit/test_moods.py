"""A clause about work is told, wished, or bare; one that denies or is another's is left out."""

from pathlib import Path

import pytest

from nlu.clauses import clauses
from nlu.lexicon import folded_cues, load_lexicon
from nlu.moods import in_moods
from nlu.tokens import tokenise
from tests.conftest import ROOT

CUES = folded_cues(load_lexicon(Path(ROOT) / "data" / "nlu_lexicon.yml"))


def moods(text: str) -> list[str]:
    """Give the mood of every clause that is left."""
    tokens = tokenise(text)
    parts = in_moods(text, tokens, clauses(text, tokens, CUES), CUES)
    return ["wished" if part.wished else "told" if part.told else "bare" for part in parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daken leggen", ["bare"]),
        ("ik leg daken", ["told"]),
        ("ik wil daken leggen", ["wished"]),
        ("ik sta in een winkel, kleren vouwen", ["told", "told"]),
        ("ik sta in een winkel. daken leggen", ["told", "bare"]),
        ("ik wil de bouw in, daken leggen", ["wished", "wished"]),
        ("kisten naar Polen, slapen in de cabine", ["bare", "bare"]),
        ("daken leggen, dat lijkt me wat", ["wished", "wished"]),
        ("liever daken leggen dan kleren vouwen", ["wished", "told"]),
        ("daken leggen in plaats van kleren vouwen", ["wished", "told"]),
        ("ik doe nu daken in plaats van gevels", ["told", "told"]),
        ("van kleren vouwen naar daken leggen", ["told", "wished"]),
        ("liever werken als kok", ["wished"]),
        ("daken zeker niet", []),
        ("daken niet, gevels wel", ["wished"]),
        ("daken? nee dank je", ["bare"]),
        ("als kind wilde ik daken leggen", []),
        ("als kind wilde ik daken leggen en nog steeds", ["wished"]),
        ("mijn broer wil dat ik daken leg", []),
        ("ze duwen me naar de bouw", []),
    ],
)
def test_the_mood_of_each_clause(text: str, expected: list[str]) -> None:
    assert moods(text) == expected
