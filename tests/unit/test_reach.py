"""What of a message may be kept to reach a person: only of who asks for a person, and only whole."""

import pytest

from bot.handoff.call_time import is_call_time, names_a_time
from bot.handoff.contact import Contact, is_complete, read_name, read_odd
from bot.handoff.reach import PREPARING, Reach, read_reach
from bot.privacy.masking import mask

PLACES = {"almere", "den haag"}
WORK = {"kapper", "bakker", "medewerker bediening"}
NUMBER = "0612345678"


def reach(said: str, stage: str | None, *, waits: bool = False) -> Reach:
    return read_reach(said, mask(said), stage, waits=waits, places=PLACES, work=WORK)


@pytest.mark.parametrize("stage", PREPARING)
@pytest.mark.parametrize("said", [NUMBER, f"bel {NUMBER}", "jan@voorbeeld.nl"])
def test_while_a_handoff_is_prepared_a_contact_is_taken(stage: str, said: str) -> None:
    found = reach(said, stage)
    assert found.contact and found.contact.way in said
    assert found.payload == '/inform{"phone":"given"}'


@pytest.mark.parametrize("stage", [None, "intake", "summary", "advice", "delete"])
def test_elsewhere_it_is_only_offered(stage: str | None) -> None:
    found = reach(f"bel me op {NUMBER}", stage)
    assert (found.contact, found.offered, found.payload) == (None, Contact(NUMBER, None), None)


def test_for_a_request_that_waits_it_is_taken() -> None:
    assert reach(NUMBER, "intake", waits=True).contact


def test_a_place_beside_a_number_is_left_to_the_model_and_is_no_name() -> None:
    found = reach(f"Almere {NUMBER}", "handoff_place")
    assert (found.contact, found.payload) == (Contact(NUMBER, None), None)
    assert reach(f"Jan Jansen {NUMBER}", "handoff_place").contact == Contact(NUMBER, "Jan Jansen")


@pytest.mark.parametrize("said", ["061234567", "06123456789", "jan@voorbeeld", "123456782"])
def test_half_a_number_is_never_a_contact_and_never_stored(said: str) -> None:
    found = reach(said, "contact")
    assert found.odd and not found.contact
    assert said not in found.shown(mask(said))


@pytest.mark.parametrize("said", ["1315 AB", "ik ben 52", "2100 euro", "32"])
@pytest.mark.parametrize("stage", PREPARING)
def test_other_numbers_are_no_half_number(said: str, stage: str) -> None:
    assert reach(said, stage) == Reach()


def test_a_name_alone_counts_only_where_a_number_is_asked() -> None:
    assert reach("Henk de Vries", "contact").payload == '/inform{"name":"given"}'
    assert reach("Youssef", "contact") == Reach(name="Youssef")
    assert reach("Youssef", "contact").payload is None
    assert reach("Youssef", "intake") == reach("Almere", "contact") == Reach()


@pytest.mark.parametrize(
    ("way", "whole"),
    [
        ("06-12345678", True),
        ("061234567", False),
        ("(076) 123 45 67", True),
        ("612345678", True),
        ("+31 6 12345678", True),
        ("+31 (0)6 12345678", True),
        ("+31 6 1234567", False),
        ("0031612345678", True),
        ("0032 470 12 34 56", True),
        ("+49 1512 3456789", True),
        ("123456782", False),
        ("jan@voorbeeld.nl", True),
    ],
)
def test_a_number_is_whole_or_not(way: str, whole: bool) -> None:
    assert is_complete(way) is whole
    assert (read_odd(way) is None) is whole


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Youssef", "Youssef"),
        ("Henk de Vries", "Henk de Vries"),
        ("ik heet youssef", "youssef"),
        ("Mijn naam is Fatima el Amrani", "Fatima el Amrani"),
        ("ik ben boos", None),
        ("Wat is Evc", None),
        ("NEE LAAT MAAR", None),
        ("nee laat maar", None),
        ("Bel mij maar", None),
    ],
)
def test_a_name_is_read_when_the_message_is_one(said: str, name: str | None) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    "said",
    [
        "bel liever na 18 uur", "liefst na 18 uur bellen", "s avonds na 6", "alleen na 17:00 bellen",
        "tussen 9 en 12", "morgen", "'s ochtends", "na het werk", "op maandag graag",
    ],
)  # fmt: skip
def test_a_time_to_call_is_known(said: str) -> None:
    assert names_a_time(said)


@pytest.mark.parametrize(
    "said",
    [
        "24 uur",
        "ik wil 32 uur per week werken",
        "ik werk na 18 uur",
        "na 12 jaar kapper",
        "ja",
        "",
    ],
)
def test_hours_of_work_are_no_time_to_call(said: str) -> None:
    assert not names_a_time(said)


@pytest.mark.parametrize(
    ("said", "always"),
    [
        ("bel me liever donderdag", True),
        ("kunnen jullie me na 18 uur bellen?", True),
        ("ik ben bereikbaar na 17.00", True),
        ("kan het na 5 uur", False),
        ("liefst in de ochtend", False),
        ("ik ben woensdag thuis", False),
    ],
)
def test_a_wish_to_be_called_at_a_time_goes_to_a_request_that_waits(
    said: str, always: bool
) -> None:
    assert is_call_time(said, just_sent=True)
    assert is_call_time(said, just_sent=False) is always
    found = read_reach(said, said, "advice", waits=True, places=(), just_sent=True)
    assert found.payload == '/request_human{"when":"given"}'
    assert reach(said, "advice").payload is None


@pytest.mark.parametrize(
    "said",
    [
        "word ik morgen gebeld?",
        "ok en wanneer bellen jullie, maandag?",
        "ik wil 's avonds leren, kan dat",
        "is de cursus op maandag, kan het ook dinsdag",
        "ik werk liefst 's avonds per week",
        "wat verdien ik in het weekend",
        "bel me",
    ],
)
def test_other_words_on_times_are_no_wish_to_be_called(said: str) -> None:
    assert not is_call_time(said, just_sent=True)


@pytest.mark.parametrize("said", ["mijn naam is trouwens Anneke", "ik heet Anneke"])
def test_a_name_that_is_told_for_a_request_that_waits_counts(said: str) -> None:
    found = reach(said, "advice", waits=True)
    assert (found.name, found.payload) == ("Anneke", '/inform{"name":"given"}')
    assert reach("Anneke", "advice", waits=True) == Reach()


@pytest.mark.parametrize("stage", ["contact", "consent", "reach"])
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("mijn naam is fatima el amrani", "fatima el amrani"),
        ("ik heet Ali", "Ali"),
        ("o en ik heet Ria", "Ria"),
    ],
)
def test_a_name_that_is_told_as_one_counts_while_the_handoff_is_open(
    stage: str, said: str, name: str
) -> None:
    found = reach(said, stage)
    assert (found.name, found.payload) == (name, '/inform{"name":"given"}')
    assert reach(said, "intake") == Reach()


@pytest.mark.parametrize("said", ["ik heet daar niks", "mijn naam is niet nodig", "Akkoord", "Nee Dank U"])
def test_at_the_consent_other_words_are_no_name(said: str) -> None:
    assert reach(said, "consent") == Reach()


@pytest.mark.parametrize("stage", ["contact", "consent"])
@pytest.mark.parametrize(
    "said",
    [
        "Jazeker", "Inderdaad", "Uiteraard", "Precies", "Vooruit", "Perfect", "Doen", "Jep", "Yep!", "Jaja",
        "Exact", "Juist", "Correct", "Gerust", "Begrepen", "Top", "Nope", "Helder", "Geweldig", "Delen",
        "Ga Weg", "Gemeente Utrecht", "Sociale Dienst", "Doe Dat Maar",
    ],
)  # fmt: skip
def test_a_yes_a_no_or_a_service_is_no_name(stage: str, said: str) -> None:
    assert reach(said, stage) == Reach()


@pytest.mark.parametrize("said", ["Jan", "Jaap", "Jet", "Anja", "Okke", "Juul"])
def test_a_name_that_looks_like_a_yes_is_a_name(said: str) -> None:
    # The model takes these for a yes: they must be shown in the consent, not taken as one.
    assert reach(said, "consent").name == said


def test_a_name_in_small_letters_counts_only_where_it_is_asked() -> None:
    for stage, name in (("contact", "anneke"), ("handoff_place", None), ("intake", None)):
        found = reach(f"anneke {NUMBER}", stage)
        assert (found.contact or found.offered) == Contact(NUMBER, name)


@pytest.mark.parametrize("work", ["kapper", "Kapper", "medewerker bediening"])
def test_an_occupation_is_no_name(work: str) -> None:
    assert reach(f"{work} {NUMBER}", "contact").contact == Contact(NUMBER, None)
    assert reach(work, "contact") == Reach()


def test_who_is_called_as_an_occupation_says_so() -> None:
    assert reach(f"Jan Bakker {NUMBER}", "contact").contact == Contact(NUMBER, "Jan Bakker")
    assert reach(f"ik heet Bakker, {NUMBER}", "contact").contact == Contact(NUMBER, "Bakker")


def test_a_number_in_words_is_known_as_one_and_not_stored() -> None:
    said = "mijn nummer is nul zes een twee drie vier vijf zes zeven acht"
    found = reach(said, "contact")
    assert found.payload == '/inform{"phone":"spelled"}'
    assert found.shown(mask(said)) == "mijn nummer is [telefoon]"
    assert reach(said, "intake") == reach("een, twee of drie", "contact") == Reach()
