"""A wish how to be reached is known by its own words; a question, a complaint or work is none."""

import pytest

from bot.handoff.call_time import is_way_wish, names_a_time, wished_ways


@pytest.mark.parametrize(
    ("said", "just_sent", "wish"),
    [
        ("ze moeten appen niet bellen", False, True),
        ("kunnen ze ook appen ipv bellen", False, True),
        ("bel me liever niet", False, True),
        ("ik vind bellen ook moeilijk", True, True),
        ("bellen liever niet", True, True),
        ("ik wil liever niet dat ze me bellen", False, True),
        ("kan het ook via de mail", False, True),
        ("niet bellen, schrijf hier maar", True, True),
        ("ik wil liever mailen", True, True),
        ("ik wil liever mailen", False, False),
        ("ik wil niet bellen", False, False),
        ("bel me niet meer ik bel zelf", True, False),
        ("ze hebben nog niet gebeld", True, False),
        ("wie gaat mij bellen", True, False),
        ("kun je mijn plan ook mailen", True, False),
        ("moet ik in dat werk ook mailen", True, False),
    ],
)
def test_a_wish_how_to_be_reached_is_known(said: str, just_sent: bool, wish: bool) -> None:
    assert is_way_wish(said, just_sent=just_sent) is wish


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("ik wil liever mailen", {"mail"}),
        ("niet mailen maar bellen", {"call"}),
        ("appen ipv bellen", set()),
        ("niet bellen, schrijf hier maar", set()),
        ("bel me liever niet", set()),
        ("bel me maar niet", set()),
        ("bellen liever niet", set()),
        ("ik vind bellen ook moeilijk", set()),
        ("bellen vind ik eng", set()),
        ("ik wil liever niet dat ze me bellen", set()),
        ("mailen kan niet, bel me maar", {"call"}),
        ("bel me liever", {"call"}),
        ("ik wil liever niet mailen maar bellen", {"call"}),
        ("liever bellen want mailen vind ik lastig", {"call"}),
        ("niet bellen maar mailen", {"mail"}),
    ],
)
def test_what_a_wish_is_for_is_known(said: str, ways: set[str]) -> None:
    assert wished_ways(said) == ways


@pytest.mark.parametrize(
    "said", ["dinsdagochtend kan ik het beste", "bel zaterdagmiddag", "vrijdag"]
)
def test_a_part_of_a_day_of_the_week_is_a_time(said: str) -> None:
    assert names_a_time(said)
