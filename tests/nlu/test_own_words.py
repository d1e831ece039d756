"""Whose words count: not what others want or the bot is said to think; and words of a region do."""

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.reading import Reader
from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold
from bot.errors import CatalogueError
from nlu.lexicon import load_lexicon, standard_words
from nlu.occupation_linker import OccupationLinker
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "mijn zoon vindt dat ik met computers moet gaan werken",
        "het bedrijf wil dat ik 40 uur blijf maken",
        "waarom denk je dat ik in de bijstand zit?",
        "ik heb nooit gezegd dat ik de havo heb",
        "je schreef Zwolle en 36 uur, daar klopt niks van",
        "als je 2400 bruto hebt, wat hou je dan over",
        "in die vacature vragen ze 38 uur",
        "toen ik jong was vond ik sleutelen leuk",
        "het gaat om mijn broer, 48 jaar, lts",
    ],
)
def test_what_another_says_is_nobody_s_answer(reader: Reader, text: str) -> None:
    kinds = {"place", "education", "situation", "hours", "wage", "interest", "avoid"}
    assert [item for item in reader(text) if item["entity"] in kinds] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mijn man wil 32 uur maar ik wil er 24", "hours", "24"),
        ("mijn vrouw wil buiten werken en ik ook", "interest", "outdoors"),
        ("je schreef dat ik in Borne woon en dat klopt helemaal", "place", "Borne"),
        ("mijn baas zegt dat ik boventallig ben", "situation", "at_risk"),
        ("ik wil graag dat ik 28 uur kan werken", "hours", "28"),
        ("vief daag van veer oer", "hours", "20"),
        ("ik heb zeuventien joar ewarkt as lasser", "years", "17"),
        ("ik wone noe in Riessen", "place", "Rijssen"),
        ("gain nachten mear veur mie", "avoid", "nights"),
    ],
)
def test_one_s_own_words_count_in_any_region(
    reader: Reader, text: str, kind: str, value: str
) -> None:
    assert value in [item["value"] for item in reader(text) if item["entity"] == kind]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "cues:\n  still: [nu]\n  soon: [straks]\n  still: [al]\n",
            r":4: De sleutel 'still' staat",
        ),
        ("cues:\n  still: [nu\n", r":3: "),
        ("- nu\n", ":1: dit is geen lijst van woorden"),
        ("cues:\n  still: [nu]\n", ":1: deze delen ontbreken: values"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path: Path, text: str, wrong: str) -> None:
    file = tmp_path / "lexicon.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match=f"lexicon.yml{wrong}"):
        load_lexicon(file)


def test_wrong_phrases_of_work_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "phrases.yml"
    file.write_text("none: []\norigins:\n  cook: [kok]\n  cook: [kok]\ntargets: {}\n", "utf-8")
    settings = {
        **OccupationLinker.get_default_config(),
        "catalogue": str(ROOT / "data" / "catalogue"),
        "lexicon": str(ROOT / "data" / "nlu_lexicon.yml"),
        "phrases": str(file),
    }
    with pytest.raises(CatalogueError, match=r"phrases.yml:4: De sleutel 'cook' staat er twee"):
        OccupationLinker(settings).train(TrainingData([]))


def test_no_word_of_a_region_is_a_place_or_a_plain_dutch_word() -> None:
    lexicon = load_lexicon(ROOT / "data" / "nlu_lexicon.yml")
    said = standard_words(lexicon)
    places = shared_catalogue(ROOT / "data" / "catalogue").places
    dutch = {fold(word) for word in lexicon["dutch"]}
    assert [word for word in said if word in places] == []
    assert [word for word, standard in said.items() if word in dutch or word == standard] == []
    assert [standard for standard in said.values() if standard in said] == []


@pytest.mark.parametrize(
    "text", ["ik wil kok worden", "ik wil graag kapper worden", "rustig kantoor ofzo"]
)
def test_a_wish_that_is_no_target_becomes_no_target(reader: Reader, text: str) -> None:
    targets = shared_catalogue(ROOT / "data" / "catalogue").targets
    wished = [item["value"] for item in reader(text) if item["entity"] == "target_occupation"]
    assert [name for name in wished if name in targets] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ik wil websites leren bouwen", "target_occupation", "webdeveloper"),
        ("ik zou graag operator worden in een melkfabriek", "target_occupation", "procesoperator"),
        ("zonnepanelen leggen, daar zit toekomst in", "target_occupation", "monteur_zonnepanelen"),
        ("laadpalen plaatsen bij een installateur", "occupation", "laadpaalmonteur"),
        ("achter de kassa en de winkel gaat dicht", "occupation", "kassamedewerker"),
        ("kapster en de zaak stopt", "occupation", "kapper"),
    ],
)
def test_what_stands_beside_a_name_says_what_is_meant(
    reader: Reader, text: str, kind: str, value: str
) -> None:
    found = [item for item in reader(text) if item["entity"] == kind]
    assert value in [one for item in found for one in (item["value"], *item.get("ranking", ()))]


def test_a_shop_that_closes_makes_no_work_uncertain(reader: Reader) -> None:
    text = "ik zit al 22 jaar achter de kassa bij de Jumbo in Winschoten en de winkel gaat dicht"
    found = [item for item in reader(text) if item["entity"] == "occupation"]
    assert [item["value"] for item in found] == ["kassamedewerker"]
    assert "alternatives" not in found[0]


def test_of_several_parts_the_one_that_tells_of_work_is_found(reader: Reader) -> None:
    text = "ik werk in een magazijn in Tilburg, uitzendcontract, heb werk, wil iets met stroom"
    found = [item["value"] for item in reader(text) if item["entity"] == "occupation"]
    assert found == ["magazijnmedewerker"]


def test_a_letter_is_no_occupation(reader: Reader) -> None:
    assert not [one for one in reader("geen scherm a.u.b.") if one["entity"] == "occupation"]
