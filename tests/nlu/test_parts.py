"""How a message is cut into parts that may each say something of its own."""

from hypothesis import given
from hypothesis import strategies as st

from nlu.parts import LEAST_WORDS, MOST_PARTS, parts

JOINTS = {"en", "maar"}


def test_stops_and_joints_cut_and_short_parts_go_with_what_they_follow_or_are_left_out() -> None:
    text = "54, ik was kok in Zwolle, mbo 3, maar ik wil er niet meer zijn en dat was het"
    assert parts(text, JOINTS) == ["ik was kok in Zwolle mbo 3", "ik wil er niet meer zijn"]


def test_a_message_that_says_one_thing_has_no_parts() -> None:
    assert parts("ik wil er niet meer zijn", JOINTS) == []
    assert parts("ik wil er niet meer zijn.", JOINTS) == []


@given(st.text(alphabet="ab .,!?\n", max_size=500))
def test_parts_are_few_and_of_enough_words(text: str) -> None:
    found = parts(text, JOINTS)
    assert len(found) <= MOST_PARTS
    assert all(len(part.split()) >= LEAST_WORDS for part in found)
