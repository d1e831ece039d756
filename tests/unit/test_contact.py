"""How a person wants to be reached: read from the one answer where it is asked."""

import pytest

from bot.handoff.contact import Contact, hint, read_contact


@pytest.mark.parametrize(
    ("said", "way", "name"),
    [
        ("06-12345678", "06-12345678", None),
        ("0612345678 Jan", "0612345678", "Jan"),
        ("0612345678, Ans Jansen", "0612345678", "Ans Jansen"),
        ("bel me maar op 06 12 34 56 78", "06 12 34 56 78", None),
        ("Mijn naam is Fatima el Amrani, 0612345678", "0612345678", "Fatima el Amrani"),
        (
            "ik heet Ria de Vries en mijn nummer is +31 6 12345678",
            "+31 6 12345678",
            "Ria de Vries",
        ),
        ("jan@voorbeeld.nl", "jan@voorbeeld.nl", None),
        ("Jan Jansen jan.jansen@voorbeeld.nl", "jan.jansen@voorbeeld.nl", "Jan Jansen"),
        ("mail mij op r.bakker+werk@voorbeeld.co.uk", "r.bakker+werk@voorbeeld.co.uk", None),
        ("0032 470 12 34 56", "0032 470 12 34 56", None),
        ("Ben 06 12345678", "06 12345678", "Ben"),
        ("bel me liever op 06 12345678", "06 12345678", None),
        ("Liever bellen, 06 12345678", "06 12345678", None),
        ("06 12345678 maar niet voor tienen", "06 12345678", None),
        ("ik heet ria, 06 12345678", "06 12345678", "ria"),
        ("Anna van den Berg 06 12345678", "06 12345678", "Anna van den Berg"),
        ("(076) 123 45 67", "(076) 123 45 67", None),
        ("anneke 0612345678", "0612345678", "anneke"),
        ("bel me op 0612345678 anneke", "0612345678", "anneke"),
        ("anneke, bel me maar op 0612345678", "0612345678", "anneke"),
        ("bel me op 0612345678, groetjes anneke", "0612345678", "anneke"),
        ("0612345678, groetjes en tot snel", "0612345678", None),
        ("bel me op 0612345678 vanavond", "0612345678", None),
        ("bel anneke op 0612345678", "0612345678", None),
        ("bel me op 0612345678 anneke maar niet vandaag", "0612345678", None),
        ("mijn naam is trouwens Ria de Vries 0612345678", "0612345678", "Ria de Vries"),
        ("0612345678 dinsdagochtend", "0612345678", None),
        ("0612345678 werktelefoon", "0612345678", None),
        ("dit is mn nr 0612345678", "0612345678", None),
        ("06 12 34 56 78 anneke", "06 12 34 56 78", "anneke"),
        ("fatima amrani, 0612345678", "0612345678", "fatima amrani"),
        ("thuis 0612345678", "0612345678", None),
        ("0612345678 graag terugbellen", "0612345678", None),
        ("0612345678 na zessen graag bellen", "0612345678", None),
        ("ria@huis.nl of 0612345678", "0612345678, ria@huis.nl", None),
        ("Ria 0612345678 ria@huis.nl", "0612345678, ria@huis.nl", "Ria"),
        ("ria@huis.nl 061234567", "ria@huis.nl", None),
    ],
)
def test_number_or_address_and_name_are_read(said: str, way: str, name: str | None) -> None:
    assert read_contact(said) == Contact(way, name)


@pytest.mark.parametrize(
    "said",
    ["alleen via de chat", "Jan", "nee", "4811 AB Breda", "ik ben 52 en werk 20 jaar", "", "@"],
)
def test_without_number_and_address_there_is_no_contact(said: str) -> None:
    assert read_contact(said) is None


def test_a_very_long_answer_is_cut() -> None:
    assert read_contact("x" * 100_000 + "0612345678") is None


@pytest.mark.parametrize(
    ("way", "hinted"),
    [
        ("0612345678, ria@huis.nl", "06 •••• 78, r•••@huis.nl"),
        ("06 12345678", "06 •••• 78"),
        ("+31612345678", "+3 •••• 78"),
        ("ria@huis.nl", "r•••@huis.nl"),
    ],
)
def test_a_contact_is_shown_so_that_only_its_owner_knows_it(way: str, hinted: str) -> None:
    assert hint(way) == hinted


def test_words_about_a_forgotten_number_are_no_name() -> None:
    found = read_contact("oh ik vergat mijn telefoonnummer: 06 12345678")
    assert found is not None and found.name is None
