"""A yes or a no while a counsellor has the conversation: never lost, and never taken for another."""

import pytest

from connectors.message import Button, Message
from tests.conversations.conftest import Person

BUTTONS = (Button("Ja, deel dit", "/affirm"), Button("Nee, niet delen", "/deny"))


async def ask_for_help(person: Person) -> None:
    await person.says("ik ben kapper in Leeuwarden en wil een mens spreken")
    assert "ZS-" in await person.says("ja")


async def test_consent_in_other_words_is_asked_to_tap_the_button(person: Person) -> None:
    await ask_for_help(person)
    question = Message(sender="counsellor", text="Mag ik dit delen?", buttons=BUTTONS)
    await person.is_asked_by_a_counsellor(question)
    for words in ("ja is goed", "ja hoor"):
        assert "Tik op een knop" in await person.says(words)
        assert person.heard[-1].buttons == BUTTONS
    assert await person.says("[Ja, deel dit]") == ""


async def test_who_has_tapped_is_not_asked_to_tap_again(person: Person) -> None:
    await ask_for_help(person)
    question = Message(sender="counsellor", text="Mag ik dit delen?", buttons=BUTTONS)
    await person.is_asked_by_a_counsellor(question)
    person.heard = (question,)
    assert await person.says("[Ja, deel dit]") == ""
    assert await person.says("ok top") == ""


async def test_a_yes_to_a_counsellor_who_asked_without_buttons_is_theirs(person: Person) -> None:
    await ask_for_help(person)
    await person.is_asked_by_a_counsellor(Message(sender="counsellor", text="Schikt morgen?"))
    assert await person.says("ja is goed") == ""


@pytest.mark.parametrize(("answer", "heard"), [("nee", "blijft zoals"), ("ja", "ingetrokken")])
async def test_who_is_asked_whether_to_withdraw_can_say_no(
    person: Person, answer: str, heard: str
) -> None:
    await ask_for_help(person)
    await person.is_asked_by_a_counsellor()
    await person.says("trek mijn aanvraag maar niet in hoor")
    assert list(person.buttons) == ["Ja, trek mijn aanvraag in", "Nee, laat mijn aanvraag staan"]
    assert heard in await person.says(answer)


@pytest.mark.parametrize(
    "words",
    [
        "ik wil niet meer leven",
        "ja ik zie het niet meer zitten",
        "nee ik maak er een eind aan",
        "ik heet Ria en ik wil dood",
        "bel me op 0612345678 ik wil er niet meer zijn",
    ],
)
async def test_despair_is_answered_also_beside_a_question_of_the_counsellor(
    person: Person, words: str
) -> None:
    await ask_for_help(person)
    question = Message(sender="counsellor", text="Mag ik dit delen?", buttons=BUTTONS)
    await person.is_asked_by_a_counsellor(question)
    assert "0800-0113" in await person.says(words)
