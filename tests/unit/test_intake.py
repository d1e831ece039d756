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


def test_an_answer_leaves_other_answers_alone_and_a_correction_does_not() -> None:
    known = {"occupation": "kapper", "avoid": ["nights"]}
    said = [entity("education", "vmbo"), entity("occupation", "metselaar_origin")]
    assert intake.absorb(known, said, asked="education")["occupation"] == "kapper"
    corrected = intake.absorb(known, said, asked="education", correcting=True)
    assert corrected["occupation"] == "metselaar_origin"


def test_other_work_takes_the_place_of_the_work_only_when_that_is_taken_back() -> None:
    known, said = {"occupation": "kapper"}, [entity("occupation", "kok"), entity("hours", "32")]
    kept = intake.absorb(known, said, asked="hours", keeping_work=True)
    assert kept == {"occupation": "kapper", "hours": 32}
    assert intake.absorb(known, said)["occupation"] == "kok"
    asked = intake.absorb(known, said, asked="occupation", keeping_work=True)
    assert asked["occupation"] == "kok"


def test_of_two_values_the_first_counts_and_in_a_correction_the_new_one() -> None:
    said = [entity("occupation", "kapper"), entity("occupation", "kelner")]
    assert intake.absorb({}, said)["occupation"] == "kapper"
    known = {"occupation": "kapper"}
    assert intake.absorb(known, said, correcting=True)["occupation"] == "kelner"


def test_what_is_liked_is_added_while_another_question_is_open() -> None:
    known, said = {"avoid": ["nights"]}, [entity("avoid", "heavy")]
    assert intake.absorb(known, said, asked="hours")["avoid"] == ["nights", "heavy"]
    assert intake.absorb(known, said, asked="avoid")["avoid"] == ["heavy"]
    assert intake.absorb(known, said, correcting=True)["avoid"] == ["heavy"]


def test_what_is_liked_after_the_advice_is_added_too() -> None:
    more = [{"entity": "interest", "value": "outdoors"}]
    known = {"interests": ["helping"]}
    assert intake.absorb(known, more) == {"interests": ["helping", "outdoors"]}
    assert intake.absorb(known, more, asked="interests") == {"interests": ["outdoors"]}
    assert intake.absorb(known, more, correcting=True) == {"interests": ["outdoors"]}


def test_a_forged_button_value_is_not_taken_in() -> None:
    said = [entity("situation", "rich"), entity("interest", "gold"), entity("avoid", "work")]
    assert intake.absorb({}, said) == {}


def test_a_number_alone_is_an_answer_to_the_hours_only() -> None:
    assert intake.bare_number("hours", "32") == entity("hours", "32")
    assert intake.bare_number("hours", "een uur of 28 denk ik") == entity("hours", "28")
    assert intake.bare_number("hours", "24-32") == entity("hours", "24")
    assert intake.bare_number("hours", "24 à 32") == entity("hours", "24")
    assert intake.bare_number("education", "32") is None
    assert intake.bare_number("hours", "tussen 24 en 32") is None


def test_what_got_no_answer_is_asked_last() -> None:
    assert intake.next_question({}, [], ["occupation"]) == "situation"
    done = {name: "x" for name in intake.QUESTIONS[1:]}
    assert intake.next_question(done, [], ["occupation"]) == "occupation"


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


def test_a_supposition_comes_on_top_of_what_is_avoided_or_liked():
    known = {"avoid": ["heavy"], "interests": ["hands_on"]}

    supposed = intake.suppose(
        known,
        [{"entity": "avoid", "value": "nights"}, {"entity": "interest", "value": "computers"}],
    )

    assert supposed == {"avoid": ["heavy", "nights"], "interests": ["hands_on", "computers"]}


def test_a_supposition_can_allow_what_was_avoided():
    known = {"avoid": ["heavy", "nights"]}

    assert intake.suppose(known, [{"entity": "accept", "value": "heavy"}]) == {"avoid": ["nights"]}
    assert intake.suppose(known, [{"entity": "accept", "value": "screen"}]) == known
    assert intake.suppose({}, [{"entity": "accept", "value": "heavy"}]) == {}


def test_a_supposition_leaves_the_profile_itself_alone():
    known = {"avoid": ["heavy"], "hours": 36}

    assert intake.suppose(known, [{"entity": "hours", "value": "24"}])["hours"] == 24
    assert known == {"avoid": ["heavy"], "hours": 36}


def test_what_one_avoids_is_added_to_what_was_told_before_and_none_is_nothing_more() -> None:
    known = {"avoid": ["heavy"]}
    more, none = [entity("avoid", "nights")], [entity("avoid", "none")]
    added = intake.absorb(known, more, asked="avoid", adding=True)
    assert added["avoid"] == ["heavy", "nights"]
    assert intake.absorb(known, none, asked="avoid", adding=True) == known
    assert intake.absorb(known, none, asked="avoid") == {"avoid": []}
    assert intake.answer_yes_or_no(known, "avoid", yes=False, adding=True) == known
    assert intake.answer_yes_or_no(known, "avoid", yes=False) == {"avoid": []}


def test_refusals_add_up_and_one_that_is_wanted_after_all_is_taken_off() -> None:
    once = intake.absorb({}, [entity("refused", "lasser")])
    twice = intake.absorb(once, [entity("refused", "schilder")], correcting=True)
    assert twice["refused"] == ["lasser", "schilder"]
    assert intake.absorb(twice, [entity("wanted", "lasser")])["refused"] == ["schilder"]
    assert "refused" not in intake.absorb(once, [entity("wanted", "lasser")])
    assert intake.named([entity("wanted", "lasser")]) == {"refused"}


def test_work_of_today_takes_the_place_of_the_old_and_of_its_years() -> None:
    known = {"occupation": "kok", "years": 10, "situation": "ww"}
    said = [entity("occupation", "beveiliger"), entity("situation", "employed")]
    new = intake.absorb(known, said, asked="situation", keeping_work=True, new_work=True)
    assert new == {"occupation": "beveiliger", "situation": "employed"}
    kept = intake.absorb(known, said, asked="situation", keeping_work=True)
    assert (kept["occupation"], kept["years"]) == ("kok", 10)


def test_work_that_was_paid_is_the_work_of_who_is_at_home() -> None:
    said = [entity("occupation", "kapper")]
    (at_home,) = intake.UNPAID
    assert (
        intake.absorb({"occupation": at_home}, said, keeping_work=True)["occupation"] == "kapper"
    )
    assert intake.absorb({"occupation": "kok"}, said, keeping_work=True)["occupation"] == "kok"


def test_what_is_liked_no_more_is_taken_off() -> None:
    said = [entity("disliked", "computers"), entity("interest", "helping")]
    assert intake.absorb({"interests": ["computers"]}, said)["interests"] == ["helping"]
    assert intake.absorb({}, [entity("disliked", "computers")], asked="occupation") == {
        "interests": []
    }
