"""What the open question makes of a message that the language model read alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.amounts import hours_in
from bot.dialogue.in_context import in_context
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]


def parsed(text: str, intent: str, *entities: dict[str, Any]) -> dict[str, Any]:
    named = {"name": intent, "confidence": 0.9}
    return {"text": text, "intent": named, "intent_ranking": [named], "entities": list(entities)}


def read(
    text: str, intent: str, asked: str | None, *entities: dict[str, Any], known: Any = ()
) -> tuple[Any, Any]:
    """Give the intent and the kinds and values that are found."""
    made = in_context(parsed(text, intent, *entities), asked, WORDS, known)
    assert made["intent_ranking"][0] == made["intent"]
    return made["intent"]["name"], [(one["entity"], one["value"]) for one in made["entities"]]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("liever niet staan", "deny"),
        ("nee, liever geen klanten", "deny"),
        ("geen vies werk", "ask_occupation"),
        ("weekend", "goodbye"),
        ("geen weekenden", "inform"),
    ],
)
def test_what_one_does_not_want_is_an_answer_that_is_not_all_is_well(
    text: str, intent: str
) -> None:
    assert read(text, intent, "avoid") == ("inform", [("avoid", "other")])
    assert read(text, intent, "hours") == (intent, [])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("nee hoor, maakt mij niet uit", "deny"),
        ("nee", "deny"),
        ("geen voorkeur", "deny"),
        ("fijn weekend", "goodbye"),
        ("is er dan geen werk meer?", "ask_chances"),
        ("geen idee", "dont_know"),
        ("ik wil niet meer leven", "distress"),
        ("nee ik wil een mens spreken, geen bot", "request_human"),
    ],
)
def test_a_bare_no_and_other_wishes_stay_what_they_are(text: str, intent: str) -> None:
    assert read(text, intent, "avoid") == (intent, [])


@pytest.mark.parametrize("asked", ["hours", "situation", None])
def test_an_age_is_never_hours_or_years(asked: str | None) -> None:
    assert read("47 jaar", "nlu_fallback", asked) == ("inform", [("unasked", "age")])
    loose = {"entity": "years", "value": "33", "start": 0, "end": 7, "loose": True}
    assert read("33 jaar, 2 kids", "inform", asked, loose) == ("inform", [("unasked", "age")])
    years = {"entity": "years", "value": "12", "start": 0, "end": 7}
    assert read("12 jaar", "inform", asked, years) == ("inform", [("years", "12")])


def test_a_doubt_keeps_what_was_said_before_it_alone() -> None:
    text = "ik weet niet of techniek iets voor mij is"
    interest = {"entity": "interest", "value": "machines", "start": 16, "end": 24}
    target = {"entity": "target_occupation", "value": "docent_techniek", "start": 0, "end": 41}
    said = ("inform", [("doubt", "said")])
    assert read(text, "express_interest", "situation", interest, target) == said
    assert read(text, "distress", "situation", interest) == ("distress", [("doubt", "said")])
    longer = f"computers leuk, {text}"
    liked = {"entity": "interest", "value": "computers", "start": 0, "end": 9}
    late = {**interest, "start": 32, "end": 40}
    assert read(longer, "express_interest", "interests", liked, late)[1] == [
        ("interest", "computers"),
        ("doubt", "said"),
    ]
    assert read("weet niet of ik loon nodig heb", "dont_know", "needs_wage") == ("dont_know", [])


def test_a_province_is_an_answer_to_the_question_for_a_town_alone() -> None:
    assert read("zeeland", "ask_chances", "place") == ("inform", [])
    assert read("zeeland", "ask_chances", "hours") == ("ask_chances", [])
    assert read("is er werk in zeeland?", "ask_chances", "place") == ("ask_chances", [])


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("zwaar", ["heavy"]),
        ("nee, niet op hoogte", ["heights"]),
        ("Buiten en 's nachts", ["outdoors", "nights"]),
        ("achter een scherm", ["screen"]),
    ],
)
def test_a_few_words_are_limits_after_that_question_alone(said: str, limits: list[str]) -> None:
    liked = {"entity": "interest", "value": "outdoors", "start": 0, "end": 6}
    intent, found = read(said, "ask_occupation", "avoid", liked)
    assert intent == "inform"
    assert sorted(found) == sorted(("avoid", limit) for limit in limits)
    assert read(said, "ask_occupation", "hours", liked)[1] == [("interest", "outdoors")]


@pytest.mark.parametrize(
    "said", ["liever buiten", "zwaar is geen probleem", "buiten werken lijkt me leuk", "buiten?"]
)
def test_what_says_more_than_a_limit_is_left_to_the_model(said: str) -> None:
    liked = {"entity": "interest", "value": "outdoors", "start": 0, "end": 6}
    assert ("avoid", "outdoors") not in read(said, "inform", "avoid", liked)[1]


def test_a_liking_that_is_in_the_name_of_work_is_a_liking() -> None:
    liked = {"entity": "interest", "value": "machines", "start": 0, "end": 8}
    named = {"entity": "target_occupation", "value": "docent_techniek", "start": 0, "end": 8}
    assert read("techniek", "ask_occupation", "interests", liked, named) == (
        "inform",
        [("interest", "machines")],
    )
    elsewhere = {**named, "start": 12, "end": 20}
    assert ("target_occupation", "docent_techniek") in read(
        "techniek of docent", "ask_occupation", "interests", liked, elsewhere
    )[1]


def test_who_likes_everything_has_no_liking() -> None:
    assert read("alles", "inform", "interests") == ("dont_know", [])
    assert read("alles", "inform", "avoid") == ("inform", [])


def test_a_benefit_that_tells_of_health_is_heard_and_not_kept() -> None:
    assert read("ik zit in de wia", "inform", "situation") == (
        "inform",
        [("unasked", "benefit")],
    )
    ww = {"entity": "situation", "value": "ww"}
    assert read("eerst ziektewet, nu ww", "inform", "situation", ww)[1] == [("situation", "ww")]
    assert read("wat is de wia?", "ask_benefit", "situation") == ("ask_benefit", [])


def test_pain_that_seems_despair_is_a_limit_where_limits_are_asked() -> None:
    heavy = {"entity": "avoid", "value": "heavy", "start": 3, "end": 6}
    doubted = {**parsed("me rug wil nie meer", "distress", heavy), "intent_ranking": []}
    doubted["intent"] = {"name": "distress", "confidence": 0.7}
    assert in_context(doubted, "avoid", WORDS)["intent"]["name"] == "inform"
    assert in_context(doubted, "hours", WORDS)["intent"]["name"] == "distress"
    sure = {**doubted, "intent": {"name": "distress", "confidence": 1.0}}
    assert in_context(sure, "avoid", WORDS)["intent"]["name"] == "distress"
    bare = {**doubted, "entities": []}
    assert in_context(bare, "avoid", WORDS)["intent"]["name"] == "distress"


def test_work_that_need_not_be_is_no_life_that_need_not_be() -> None:
    assert read("buiten hoeft voor mij niet meer", "distress", "avoid") == (
        "inform",
        [("avoid", "outdoors")],
    )
    for said in ("het hoeft voor mij niet meer", "zwaar, het hoeft niet meer", "buiten"):
        assert read(said, "distress", "hours" if said == "buiten" else "avoid")[0] == "distress"


def test_people_are_a_liking_and_no_wish_for_an_adviser() -> None:
    helping = ("inform", [("interest", "helping")])
    assert read("mensen spreken", "request_human", "interests") == helping
    assert read("praten", "request_human", "interests") == helping
    assert read("mensen spreken", "request_human", "hours")[0] == "request_human"
    for said in (
        "ik wil echte mensen spreken",
        "een mens",
        "kan ik mensen spreken?",
        "ik wil praten",
    ):
        assert read(said, "request_human", "interests") == ("request_human", [])


def test_a_liking_is_no_village_and_no_work_that_is_known_already() -> None:
    known = {"place", "occupation"}
    place = {"entity": "place", "value": "Dieren", "start": 0, "end": 6}
    cook = {"entity": "occupation", "value": "kok", "start": 0, "end": 5, "ranking": ["kok"]}
    assert read("dieren", "inform", "interests", place, known=known) == ("inform", [])
    assert read("koken", "inform", "interests", cook, known=known) == ("inform", [])
    assert read("koken", "inform", "interests", cook) == ("inform", [("occupation", "kok")])
    assert read("dieren", "inform", "interests", place)[1] == [("place", "Dieren")]
    assert read("ik woon in dieren", "inform", "interests", place, known=known)[1] != []
    assert read("nee, ik ben kok", "inform", "interests", cook, known=known)[1] != []
    assert read("dieren", "inform", "place", place, known=known)[1] != []


def test_work_is_shown_to_who_names_it_and_not_to_who_likes_to_draw() -> None:
    guessed = {"entity": "target_occupation", "value": "tekenaar", "start": 0, "end": 7}
    named = [("target_occupation", "tekenaar")]
    drawing = {**guessed, "ranking": ["tekenaar", "bim_modelleur"]}
    assert read("tekenen", "express_interest", "interests", drawing) == ("inform", [])
    assert read("tekenaar", "express_interest", "interests", guessed)[1] == named
    assert read("wat doet een tekenaar", "ask_occupation", "interests", drawing)[1] == named


@pytest.mark.parametrize(
    ("said", "liked"),
    [
        ("handen", ["hands_on"]),
        ("ik help vaak bij de buren met hun computer", ["helping", "computers"]),
        ("elektrische auto's", ["machines"]),
        ("koken", []),
        ("geen computers", []),
    ],
)
def test_likings_are_found_in_a_sentence_after_that_question_alone(
    said: str, liked: list[str]
) -> None:
    assert read(said, "inform", "interests")[1] == [("interest", one) for one in liked]
    assert read(said, "inform", "situation")[1] == []


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("maximaal 32 want ik doe mantelzorg voor mijn moeder", "32"),
        ("24, meer lukt niet met mijn ms", "24"),
        ("38 maar niet meer s avonds", "38"),
        ("van 38 naar 24", "24"),
        ("ik werk nu 36 maar 28 is beter", "28"),
        ("ik ben 38", None),
        ("na 12 jaar wil ik minder", None),
        ("van 8 tot 16", None),
        ("vanaf 9.00 of 10:30", None),
        ("sinds 2019", None),
        ("3 of 50", None),
    ],
)
def test_a_number_beside_other_words_is_the_hours_if_it_can_be(
    said: str, hours: str | None
) -> None:
    assert hours_in(said, WORDS) == hours
    found = [("hours", hours)] if hours else []
    assert read(said, "nlu_fallback", "hours")[1] == found
    assert read(said, "nlu_fallback", "education")[1] == []


def test_every_day_is_full_time_and_hours_that_were_read_stay() -> None:
    assert read("alle dagen ik kan werken", "ask_part_time", "hours")[1] == [("hours", "38")]
    days = {"entity": "hours", "value": "36", "start": 0, "end": 13}
    assert read("4 dagen, 24 kan ook", "inform", "hours", days)[1] == [("hours", "36")]


@pytest.mark.parametrize(
    ("said", "intent", "wage"),
    [
        ("moet wel", "inform", "needed"),
        ("liefst wel", "nlu_fallback", "needed"),
        ("geld moet er zijn", "ask_cost", "needed"),
        ("ik heb nog 14 maanden ww dus voorlopig niet", "inform", "not_needed"),
        ("dus hoeft niet meteen", "deny", "not_needed"),
        ("het moet niet maar het is wel fijn", "correct", "not_needed"),
        ("dat valt wel mee", "nlu_fallback", "not_needed"),
    ],
)
def test_a_need_of_money_is_found_in_a_sentence(said: str, intent: str, wage: str) -> None:
    assert read(said, intent, "needs_wage") == ("inform", [("wage", wage)])
    assert ("wage", wage) not in read(said, intent, "avoid")[1]


def test_who_does_not_mind_needs_no_wage_question_and_who_says_both_is_asked_again() -> None:
    assert read("maakt niet uit", "nlu_fallback", "needs_wage") == ("dont_know", [])
    assert read("moet wel, nou ja hoeft niet", "nlu_fallback", "needs_wage")[1] == []


def test_a_social_plan_is_no_liking_and_school_hours_are_no_limit() -> None:
    plan = {"entity": "situation", "value": "at_risk", "start": 0, "end": 12}
    social = {"entity": "interest", "value": "helping", "start": 0, "end": 7}
    assert read("sociaal plan", "inform", "hours", plan, social)[1] == [("situation", "at_risk")]
    nights = {"entity": "avoid", "value": "nights", "start": 0, "end": 16}
    assert read("onder schooltijd", "inform", "hours", nights)[1] == []
    assert read("onder schooltijd", "inform", "avoid", nights)[1] == [("avoid", "nights")]


def test_anger_at_work_is_a_limit_where_limits_are_asked() -> None:
    office = {"entity": "avoid", "value": "screen", "start": 0, "end": 7}
    said = "kantoor daar word ik gek van"
    assert read(said, "complain", "avoid", office) == ("inform", [("avoid", "screen")])
    assert read(said, "complain", "hours", office)[0] == "complain"
    assert read("daar word ik gek van", "complain", "avoid")[0] == "complain"


def test_who_looks_for_work_is_asked_how_things_are() -> None:
    assert read("ik zoek werk", "want_switch", "situation") == ("inform", [])
    assert read("ik zoek werk", "want_switch", "hours") == ("want_switch", [])
    assert read("ik zoek werk, ik kan niet meer", "distress", "situation")[0] == "distress"


def test_some_wage_that_is_needed_outweighs_savings() -> None:
    savings = {"entity": "wage", "value": "not_needed", "start": 3, "end": 24}
    said = "ik heb nog wat spaargeld maar een beetje loon is wel nodig"
    assert read(said, "nlu_fallback", "needs_wage", savings) == ("inform", [("wage", "needed")])
    assert read("ik heb spaargeld", "inform", "needs_wage", savings)[1] == [("wage", "not_needed")]


@pytest.mark.parametrize(
    ("said", "fine"),
    [
        ("hoogte is prima", True),
        ("hoogte vind ik niet erg", True),
        ("hoogte is prima maar niet zwaar", False),
        ("zwaar werk, hoogte kan wel", False),
        ("hoogte is eng", False),
    ],
)
def test_work_that_is_no_objection_is_an_answer(said: str, fine: bool) -> None:
    intent, found = read(said, "inform", "avoid")
    assert ((intent, found) == ("inform", [("avoid", "none")])) == fine


def test_how_things_are_is_told_to_that_question_alone() -> None:
    assert read("jawel, nog steeds", "affirm", "situation") == (
        "inform",
        [("situation", "employed")],
    )
    assert read("het houdt op 1 mei op", "inform", "situation")[1] == [("situation", "at_risk")]
    assert read("het houdt op 1 mei op", "inform", "hours")[1] == []
    assert read("einde verhaal in mei", "distress", "situation") == ("distress", [])
    ww = {"entity": "situation", "value": "ww"}
    assert read("ww, het stopt in mei", "inform", "situation", ww)[1] == [("situation", "ww")]


def test_a_sort_of_work_is_no_work_of_today_at_the_question_for_work() -> None:
    temp = {"entity": "situation", "value": "employed", "start": 11, "end": 22}
    work = [("situation", "employed")]
    assert read("van alles, uitzendwerk", "inform", "occupation", temp)[1] == []
    assert read("nu en dan, uitzendwerk", "inform", "occupation", temp)[1] == work
    assert read("van alles, uitzendwerk", "inform", "situation", temp)[1] == work
    shop = {**temp, "start": 0, "end": 10}
    assert read("vaste baan bij de bakker", "inform", "occupation", shop)[1] == work


@pytest.mark.parametrize("said", ["nee die heb ik niet", "heb ik niet", "nee, nooit gehaald"])
def test_not_to_have_it_is_to_have_no_diploma(said: str) -> None:
    assert read(said, "deny", "education") == ("inform", [("education", "none")])
    assert read(said, "deny", "situation")[1] == []


def test_a_school_without_a_diploma_is_none_unless_there_is_another() -> None:
    none = ("inform", [("education", "none")])
    assert read("praktijkschool", "inform", "education") == none
    assert read("ik zat op het praktijkonderwijs", "nlu_fallback", "education") == none
    level = {"entity": "education", "value": "mbo2", "start": 18, "end": 23}
    said = "praktijkschool en mbo 2"
    assert read(said, "inform", "education", level)[1] == [("education", "mbo2")]


def test_an_age_at_which_school_was_left_is_no_years_of_work() -> None:
    years = {"entity": "years", "value": "14", "start": 4, "end": 11}
    assert read("met 14 jaar van school", "inform", "education", years)[1] == []
    assert read("met 14 jaar ervaring", "inform", "education", years)[1] == [("years", "14")]


@pytest.mark.parametrize(
    "said", ["liever niet", "nee, liever niet hoor", "dat zeg ik liever niet"]
)
def test_rather_not_is_a_skip_where_there_is_nothing_to_refuse(said: str) -> None:
    assert read(said, "deny", "education") == ("skip", [])
    assert read(said, "deny", "avoid")[0] != "skip"
    assert read(said, "distress", "education")[0] == "distress"


@pytest.mark.parametrize(
    "said", ["ja allemaal wel eigenlijk", "alles een beetje", "eigenlijk alles wel", "allemaal"]
)
def test_everything_is_as_good_as_no_liking_in_more_words(said: str) -> None:
    assert read(said, "affirm", "interests") == ("dont_know", [])
    assert read(said, "affirm", "avoid")[0] != "dont_know"


def test_who_begins_not_to_know_and_names_nothing_does_not_know() -> None:
    clerk = {"entity": "occupation", "value": "kassamedewerker", "start": 30, "end": 38}
    said = "geen flauw idee, heb nooit iets anders gedaan dan scannen"
    assert read(said, "inform", "interests", clerk) == ("dont_know", [])
    assert read("weet ik veel, ik deed de kassa", "inform", "avoid") == ("dont_know", [])
    helping = {"entity": "interest", "value": "helping", "start": 11, "end": 25}
    liked = ("inform", [("interest", "helping")])
    assert read("geen idee, mensen helpen", "inform", "interests", helping) == liked
    assert read("geen idee hoe ik verder moet", "distress", "interests")[0] == "distress"


def test_an_answer_that_the_model_doubts_is_one() -> None:
    helping = {"entity": "interest", "value": "helping", "start": 12, "end": 28}
    listens = "ik ben een goede luisteraar"
    found = [("interest", "helping")]
    assert read(listens, "nlu_fallback", "interests", helping) == ("inform", found)
    assert read(listens, "nlu_fallback", "hours", helping) == ("nlu_fallback", found)
    assert read(f"{listens}?", "nlu_fallback", "interests", helping)[0] == "nlu_fallback"


@pytest.mark.parametrize(
    ("said", "liked"),
    [
        ("op de trekker", {"machines", "outdoors"}),
        ("met de tractor over het land", {"machines", "outdoors"}),
        ("schietgames, uren", {"computers"}),
        ("ik kan goed luisteren zeggen ze", {"helping"}),
        ("die grote persen draaien", {"machines"}),
        ("mijn zoontje zit op de playstation", set()),
        ("mijn zoon is gek op computers maar ik ga liever naar buiten", set()),
        ("ik zit op de playstation met mijn zoon", {"computers"}),
        ("muziek luisteren", set()),
        ("alles behalve computers", set()),
    ],
)
def test_more_likings_that_many_name(said: str, liked: set[str]) -> None:
    assert set(read(said, "inform", "interests")[1]) == {("interest", one) for one in liked}


def test_work_that_is_only_named_is_a_limit_and_no_work_or_liking() -> None:
    near = {"entity": "occupation", "value": "sjouwer", "start": 0, "end": 7, "ranking": []}
    like = {"entity": "interest", "value": "outdoors", "start": 0, "end": 6}
    years = {"entity": "years", "value": "15", "start": 21, "end": 28}
    assert read("sjouwen met zware dozen", "inform", "avoid", near) == (
        "inform",
        [("avoid", "heavy")],
    )
    assert read("buiten zijn", "nlu_fallback", "avoid", like)[1] == [("avoid", "outdoors")]
    told = read("ploegendienst, heb ik 15 jaar gedaan", "inform", "avoid", years)[1]
    assert told == [("years", "15"), ("avoid", "nights")]
    assert read("sjouwen met zware dozen", "inform", "hours")[1] == []
    assert read("op een dak klimmen", "distress", "avoid")[0] == "distress"
    assert read("hoog van een gebouw springen", "inform", "avoid")[1] == []


@pytest.mark.parametrize(
    "said",
    [
        "ik doe alles",
        "ik pak alles aan hoor",
        "ja ik doe alles wel",
        "nergens vies van",
        "alles is goed, ik pak alles aan",
        "geen ene moer, ik doe alles",
    ],
)
def test_who_does_all_work_avoids_none(said: str) -> None:
    assert read(said, "inform", "avoid") == ("inform", [("avoid", "none")])
    assert ("avoid", "none") not in read(f"{said} verkeerd", "inform", "avoid")[1]


def test_work_by_telephone_is_no_request_that_is_withdrawn() -> None:
    said = "bellen! nooit meer bellen"
    assert read(said, "withdraw_handoff", "avoid") == ("inform", [("avoid", "other")])
    assert read(said, "withdraw_handoff", "hours")[0] == "withdraw_handoff"
    assert read("bel me nooit meer", "withdraw_handoff", "avoid") == ("withdraw_handoff", [])


def test_who_works_no_more_is_asked_for_a_benefit() -> None:
    made = in_context(parsed("nee, ik werk niet meer", "restart"), "situation", WORDS)
    assert made["intent"]["name"] == "inform"
    assert made["entities"][0]["alternatives"] == ["ww", "bijstand", "returning"]
    assert read("ik werk niet meer", "restart", "hours") == ("restart", [])
    assert read("ik werk niet meer", "distress", "situation") == ("distress", [])
    assert read("ik werk niet meer dan 20 uur", "inform", "situation")[1] == []


def test_a_limit_that_is_only_named_keeps_the_place_of_its_words() -> None:
    made = in_context(parsed("elke dag laat werken tot tien uur", "inform"), "avoid", WORDS)
    assert made["entities"] == [{"entity": "avoid", "value": "nights", "start": 9, "end": 20}]
    beside = read("fysiek zwaar en avonddiensten en weekend", "inform", "avoid")[1]
    assert sorted(beside) == [("avoid", "heavy"), ("avoid", "nights")]


def test_what_drives_mad_is_a_limit_and_no_liking() -> None:
    like = {"entity": "interest", "value": "computers", "start": 16, "end": 18}
    said = "hele dag achter de pc zou ik gek worden"
    assert read(said, "express_interest", "avoid", like) == ("inform", [("avoid", "screen")])
    dark = "achter de pc word ik gek van, ik maak er een eind aan"
    assert read(dark, "distress", "avoid")[0] == "distress"
    fine = read("hoogte is prima, er mag mij iets gebeuren", "distress", "avoid")
    assert fine == ("distress", [])


def test_logical_is_no_liking_after_the_question_for_money() -> None:
    like = {"entity": "interest", "value": "figuring_out", "start": 30, "end": 37}
    said = "mijn hypotheek is 1200 dus ja logisch"
    assert read(said, "inform", "needs_wage", like) == ("inform", [("wage", "needed")])
