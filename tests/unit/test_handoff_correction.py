"""What of a profile is another thing than a request says."""

import pytest

from bot.handoff.correction import changed_fields, corrected, still_other, with_fields

REQUEST = {"place": "Breda", "interests": ["machines", "hands_on"]}


@pytest.mark.parametrize(
    ("before", "after", "added", "found"),
    [
        (REQUEST, {**REQUEST, "place": "Tilburg"}, False, {"place": "Tilburg"}),
        # told in an earlier message: that was asked then
        ({**REQUEST, "place": "Tilburg"}, {**REQUEST, "place": "Tilburg"}, True, {}),
        ({**REQUEST, "place": "Tilburg"}, REQUEST, True, {}),
        (REQUEST, {**REQUEST, "hours": 24}, False, {}),
        (REQUEST, {**REQUEST, "hours": 24}, True, {"hours": 24}),
        (REQUEST, {**REQUEST, "interests": ["hands_on", "machines"]}, True, {}),
        (REQUEST, {"place": "Breda"}, False, {"interests": None}),
        (REQUEST, {**REQUEST, "refused": ["lasser"]}, True, {}),
    ],
)
def test_a_field_counts_that_changed_and_that_the_request_has_otherwise(
    before: dict[str, object], after: dict[str, object], added: bool, found: dict[str, object]
):
    assert corrected(REQUEST, before, after, added=added) == found


def test_what_is_put_back_is_no_other_thing_and_none_takes_a_field_away():
    assert still_other(REQUEST, {"place": "Breda", "hours": 24}) == {"hours": 24}
    assert with_fields(REQUEST, {"interests": None, "hours": 24}) == {
        "place": "Breda",
        "hours": 24,
    }


def test_in_what_order_several_were_chosen_is_no_difference():
    assert changed_fields(REQUEST, {"interests": ["hands_on", "machines"]}) == ["place"]
