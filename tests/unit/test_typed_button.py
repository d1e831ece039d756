"""Words that repeat a button are taken for it, and no other words."""

import pytest

from bot.dialogue.typed_button import typed_payload

BUTTONS = [("Ik heb WW", "ww"), ("Ik heb werk", "employed"), ("Geen van deze", "none"), ("Ja", "yes")]
LEADING = ("ik", "heb", "ja", "nee")
ALSO = {"Geen van deze": "anders,geen van die"}


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("Ik heb WW", "ww"),
        ("ww!", "ww"),
        ("heb werk", "employed"),
        ("Anders", "none"),
        ("geen van die.", "none"),
        ("ja", None),
        ("", None),
        ("ik heb werk en WW", None),
        ("werken", None),
        ("anders dan mijn werk", None),
    ],
)
def test_only_the_words_of_a_button_are_that_button(text: str, payload: str | None) -> None:
    assert typed_payload(text, BUTTONS, LEADING, ALSO) == payload


def test_words_of_two_buttons_are_neither() -> None:
    assert typed_payload("ww", [("WW", "a"), ("Ik heb WW", "b")], LEADING, {}) is None
