"""What an advice makes of a message: what is refused, set as a limit, or wanted after all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.beside_advice import beside_advice
from bot.dialogue.mentioned import Seen, counted
from tests.conftest import ROOT
from tests.unit.advice_profiles import catalogue

SHOWN = ("assemblagemedewerker", "monteur_zonnepanelen", "stukadoor", "lasser")


def words() -> dict[str, Any]:
    labels = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]
    return {**labels["beside_advice"], "number": labels["number"]}


def read(
    text: str,
    *,
    intent: str = "nlu_fallback",
    last: tuple[str, ...] = SHOWN[:3],
    refused: tuple[str, ...] = (),
    entities: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """Read a message below these suggestions."""
    seen = Seen(targets=catalogue().targets, shown=SHOWN, last=last, refused=refused)
    parsed = {"text": text, "intent": {"name": intent}, "entities": list(entities)}
    return beside_advice(parsed, seen, words())


def said(text: str, kind: str, **given: Any) -> list[str]:
    """Give the values of one kind of entity in a message."""
    found = read(text, **given)
    values = [one["value"] for one in found["entities"] if one["entity"] == kind]
    assert not values or found["intent"]["name"] == "inform"
    return values


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("zonnepaneelmonteur lijkt me niks", ["monteur_zonnepanelen"]),
        ("nummer 2 wil ik niet", ["monteur_zonnepanelen"]),
        ("haal de tweede eruit", ["monteur_zonnepanelen"]),
        ("die laatste trekt me niet", ["stukadoor"]),
        ("nummer 1 en 3 wil ik niet", ["assemblagemedewerker", "stukadoor"]),
        ("de eerste twee hoeven niet", ["assemblagemedewerker", "monteur_zonnepanelen"]),
        ("ik wil geen lasser worden", ["lasser"]),
        ("liever geen lasser of schilder", ["lasser", "schilder"]),
        ("lasser wil ik niet maar schilder wel", ["lasser"]),
        ("elektricien is niks voor mij", ["monteur_elektrotechnische_installaties"]),
        ("geen van deze spreekt me aan", list(SHOWN[:3])),
        ("dat lijkt me niks", ["which"]),
        ("dozen heb ik genoeg getild, dat wil ik niet meer", ["which"]),
        ("lasser? nee dank je", ["lasser"]),
        ("de middelste niet", ["monteur_zonnepanelen"]),
    ],
)
def test_work_that_is_refused_is_known_by_its_name_number_or_place(
    text: str, ids: list[str]
) -> None:
    assert said(text, "refused") == ids


def test_a_sort_of_work_is_all_work_of_that_name() -> None:
    refused = said("ik wil geen monteur worden", "refused")

    assert {"automonteur", "monteur_zonnepanelen", "liftmonteur"} <= set(refused)
    assert not {"lasser", "stukadoor"}.intersection(refused)


def test_what_was_just_explained_is_meant_by_a_no_without_a_name() -> None:
    assert said("dat lijkt me niks", "refused", last=("lasser",)) == ["lasser"]
    assert said("niks voor mij", "refused", last=("lasser",)) == ["lasser"]
    assert said("dat wil ik niet", "refused", last=()) == []


def test_a_field_is_all_work_in_it() -> None:
    field = {"entity": "field", "value": "bouw", "start": 9, "end": 13}

    refused = said("niks met bouw", "refused", entities=(field,))

    assert {"metselaar", "timmerman"} <= set(refused)
    assert "lasser" not in refused
    factory = said("geen fabriekswerk", "refused")
    assert {"verpakkingsoperator", "procesoperator"} <= set(factory)


def test_a_part_of_a_field_is_not_all_of_it() -> None:
    field = {"entity": "field", "value": "energie", "start": 5, "end": 17}

    assert said("geen zonnepanelen", "refused", entities=(field,)) == ["monteur_zonnepanelen"]


@pytest.mark.parametrize(
    "text",
    ["waarom staat er geen ict bij", "en ict dan?", "is er niks met computers", "ik mis ict"],
)
def test_work_that_is_missed_is_asked_why(text: str) -> None:
    found = read(text)

    assert found["intent"]["name"] == "ask_why_question"
    ids = {one["value"] for one in found["entities"] if one["entity"] == "missing"}
    assert {"software_developer", "data_analist"} <= ids
    assert "lasser" not in ids


@pytest.mark.parametrize(
    "text",
    [
        "nee",
        "nee bedankt",
        "dat weet ik niet",
        "dat is niet waar",
        "dat wil ik niet delen",
        "dat is niet wat ik bedoelde",
        "ik ben geen lasser",
        "waarom geen lasser",
        "lasser lijkt me niet verkeerd",
        "ik snap niet wat een lasser doet",
        "lasser weet ik nog niet",
        "kan ik geen lasser worden?",
        "kan ik geen lasser worden",
        "geen derde leerweg",
        "ik wil niet 2 jaar leren",
        "ik wil niet naar school",
        "ik wil geen mens spreken",
    ],
)
def test_other_noes_refuse_no_work(text: str) -> None:
    assert said(text, "refused") == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("dat is me te zwaar", ["heavy"]),
        ("zonnepaneelmonteur lijkt me te hoog op een dak", ["heights"]),
        ("de opleiding is me te zwaar", []),
        ("wordt dat niet te zwaar", []),
        ("is dat te zwaar", []),
        ("het is niet te zwaar", []),
    ],
)
def test_a_limit_is_told_by_what_work_is_too_much_of(text: str, limits: list[str]) -> None:
    assert said(text, "avoid") == limits


@pytest.mark.parametrize(
    "text", ["toch wel lasser", "doe de lasser toch maar weer erbij", "oh wacht toch wel"]
)
def test_what_was_refused_can_be_wanted_after_all(text: str) -> None:
    assert said(text, "wanted", refused=("lasser",)) == ["lasser"]
    assert said("lasser toch niet", "wanted", refused=("lasser",)) == []
    assert said(text, "wanted") == []


def test_what_is_told_beside_a_refusal_is_kept() -> None:
    entities = (
        {"entity": "occupation", "value": "lasser", "start": 5, "end": 11},
        {"entity": "occupation", "value": "kapper", "start": 19, "end": 25},
    )

    found = read("geen lasser ik ben kapper", entities=entities)["entities"]

    assert ("occupation", "kapper") in {(one["entity"], one["value"]) for one in found}
    assert ("occupation", "lasser") not in {(one["entity"], one["value"]) for one in found}


def test_no_objection_takes_no_limit_back() -> None:
    none = {"entity": "avoid", "value": "none"}

    assert read("alles is goed", intent="affirm", entities=(none,))["intent"]["name"] == "affirm"


@pytest.mark.parametrize("intent", ["request_human", "what_if"])
def test_a_wish_stays_a_wish(intent: str) -> None:
    assert read("lasser wil ik niet", intent=intent)["intent"]["name"] == intent


def test_despair_stays_despair() -> None:
    assert read("dat wil ik niet meer", intent="distress")["intent"]["name"] == "distress"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("hoe lang duurt nummer 2", [SHOWN[1]]),
        ("de eerste of de laatste", [SHOWN[0], SHOWN[2]]),
        ("geen opleiding van 4 jaar", []),
        ("hoe lang duurt mbo 3", []),
        ("wat kost de derde leerweg", []),
        ("wat verdien ik in het eerste jaar", []),
    ],
)
def test_a_number_of_something_else_is_no_suggestion(text: str, ids: list[str]) -> None:
    assert counted(text, SHOWN, words()["number"]) == ids


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ik wil alles terug, ik wil dood", "distress"),
        ("wis alles terug, alles weg", "delete_data"),
        ("geef alles terug wat je van me hebt", "export_data"),
    ],
)
def test_no_wish_for_what_was_refused_takes_the_place_of_a_crisis_or_a_right(
    text: str, intent: str
) -> None:
    found = read(text, intent=intent, refused=("lasser",))

    assert (found["intent"]["name"], found["entities"]) == (intent, [])


def test_all_that_was_refused_is_wanted_or_asked_after() -> None:
    assert said("alles weer erbij", "wanted", intent="restart", refused=("lasser",)) == ["lasser"]
    asked = read("welk werk heb ik afgewezen", intent="export_data", refused=("lasser",))
    assert asked["entities"] == [{"entity": "about", "value": "refused"}]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("mijn keuze is niet lasser", ["lasser"]),
        ("ik kies niet voor nummer 1", [SHOWN[0]]),
        ("doe maar niet de tweede", [SHOWN[1]]),
        ("ik ga nooit voor lasser", ["lasser"]),
        ("ik kies nummer 1 nog niet", []),
    ],
)
def test_what_is_not_chosen_is_no_choice(text: str, ids: list[str]) -> None:
    assert read(text)["intent"]["name"] != "ask_next_step"
    assert said(text, "refused") == ids


@pytest.mark.parametrize("text", ["nee ik kies lasser", "ik kies lasser want ik wil uit de bijstand"])
def test_what_is_chosen_is_a_choice(text: str) -> None:
    found = read(text)
    assert found["intent"]["name"] == "ask_next_step"
    assert [one["value"] for one in found["entities"]] == ["lasser"]


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("daar heb ik niks bij in te brengen", False),
        ("ik begrijp er niets bij", False),
        ("daar voel ik niks bij", False),
        ("er zit niks bij", True),
        ("er zit niks bij voor mij", True),
        ("daar zit niets bij", True),
        ("staat er niks bij", True),
        ("niks bij", True),
    ],
)
def test_none_of_the_suggestions_is_said_of_the_suggestions(text: str, none: bool) -> None:
    assert said(text, "refused") == (list(SHOWN[:3]) if none else [])
