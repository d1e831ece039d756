"""Which question comes next, and what an answer does to the profile."""

from hypothesis import given
from hypothesis import strategies as st

from bot import intake


def entity(name: str, value: object) -> dict[str, object]:
    return {"entity": name, "value": value}


def test_one_message_with_many_answers_leaves_only_what_is_missing() -> None:
    said = [
        entity("occupation", "bankmedewerker"),
        entity("years", 20),
        entity("situation", "at_risk"),
        entity("education", "mbo4"),
        entity("place", "Breda"),
        entity("interest", "computers"),
        entity("interest", "hands_on"),
        entity("wage", "needed"),
    ]
    profile = intake.absorb({}, said)
    assert profile["interests"] == ["computers", "hands_on"]
    assert profile["needs_wage"] is True
    assert intake.next_question(profile, []) == "hours"
    assert intake.next_question(profile, ["hours"]) == "avoid"


def test_a_correction_replaces_the_earlier_answer() -> None:
    assert intake.absorb({"place": "Breda"}, [entity("place", "Tilburg")])["place"] == "Tilburg"


def test_a_bare_no_to_the_wage_question_is_an_answer() -> None:
    assert intake.answer_yes_or_no({}, "needs_wage", yes=False) == {"needs_wage": False}


def test_going_back_from_the_first_question_stays_there() -> None:
    assert intake.previous_question("occupation") == "occupation"
    assert intake.previous_question("situation") == "occupation"


@given(
    st.lists(
        st.builds(
            entity,
            st.sampled_from(["hours", "years", "wage", "place", "interest", "avoid"]),
            st.one_of(st.text(), st.integers(), st.floats(), st.none()),
        )
    )
)
def test_no_entity_value_breaks_the_profile(said: list[dict[str, object]]) -> None:
    profile = intake.absorb({}, said)
    assert 1 <= profile.get("hours", 1) <= 60
    assert 0 <= profile.get("years", 0) <= 70
