"""Six other languages are recognised, and English words in a Dutch sentence are not one."""

from typing import Any

import pytest

SAID = {
    "en": ["hello, do you speak english", "I am looking for a job in IT, can you help me",
           "what does the training cost and how long is it"],
    "uk": ["Добрий день, я шукаю роботу", "скільки коштує навчання?", "я не розумію нідерландську"],
    "ar": ["مرحبا، أبحث عن عمل", "كم تكلفة الدراسة؟", "لا أفهم اللغة الهولندية"],
    "tr": ["merhaba, iş arıyorum", "ben hollandaca bilmiyorum", "bana yardım edebilir misiniz"],
    "pl": ["dzień dobry, szukam pracy", "nie mówię po holendersku", "ile kosztuje kurs dla mnie"],
    "de": ["ich suche Arbeit in der Technik", "können Sie mir bitte helfen",
           "wie lange dauert die Ausbildung"],
}  # fmt: skip
DUTCH = [
    "ik zoek een job in de IT", "mag ik een backup maken of is dat te difficult",
    "is het een full time job", "de training on the job lijkt me leuk",
    "mijn skills zijn communicatie en customer service", "ik was sales manager en team lead",
    "nice, thanks man, wat nu", "die bootcamp data science, hoe lang",
    "ben ik te oud", "ik werk als allround medewerker food and beverage",
    "hoi", "ok", "ja", "het is in de winter te koud op het dak", "du moment",
    "help me even met kiezen please", "ik heb een bachelor of science", "who cares, ga maar door",
]  # fmt: skip


def best(parsed: dict[str, Any]) -> str:
    """Give the best intent, also below the gate."""
    return next(
        str(one["name"]) for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"
    )


@pytest.mark.parametrize(("language", "text"), [(n, t) for n, ts in SAID.items() for t in ts])
async def test_a_message_in_another_language_is_recognised(
    agent: Any, language: str, text: str
) -> None:
    parsed = await agent.parse_message(text)
    assert parsed["intent"]["name"] == "other_language", parsed["intent_ranking"]
    assert [one["value"] for one in parsed["entities"] if one["entity"] == "language"] == [
        language
    ]


@pytest.mark.parametrize("text", DUTCH)
async def test_english_words_in_a_dutch_message_are_no_other_language(
    agent: Any, text: str
) -> None:
    assert best(await agent.parse_message(text)) != "other_language"


@pytest.mark.parametrize("language", SAID)
def test_there_is_one_fixed_answer_that_names_a_person(agent: Any, language: str) -> None:
    (answer,) = agent.domain.responses[f"utter_language_{language}"]
    assert "mens" in answer["text"] and "werkcentrum.nl" in answer["text"]
    assert "/request_human" in [button["payload"] for button in answer["buttons"]]
