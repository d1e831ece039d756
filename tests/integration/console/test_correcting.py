"""Correcting the profile: every field, with its mistakes."""

from typing import Any

import yaml
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.advice.codes import CODES
from bot.console.profile_form import NUMBERS
from bot.storage import conversations
from bot.storage.handoff_tables import HandoffEvent
from tests.conftest import ROOT
from tests.integration.console.stage import Stage, html, page_of, taken_up

FIELDS = {
    "occupation": "Vrachtwagenchauffeur",
    "years": "12",
    "place": "3011",
    "situation": "ww",
    "education": "mbo2",
    "hours": "24",
    "needs_wage": "yes",
    "min_wage_month": "2100",
    "interests": ["machines", "outdoors"],
    "avoid": ["nights"],
}


def stage_labels() -> dict[str, Any]:
    """Give the words of the interface."""
    return dict(yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"])


async def test_every_field_of_the_profile_can_be_corrected(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    address = page_of(reference, "profiel")
    page = await html(await anna.post(address, data=_form(FIELDS)))
    assert "Advies met het verbeterde profiel" in page
    assert page.count("veranderd</span>") == len(FIELDS)
    assert "Deze woonplaats hoort bij Rijnmond" in page
    assert (await stage.row(reference)).profile["occupation"] == "kassamedewerker"
    await html(await anna.post(address, data=[*_form(FIELDS), ("save", "1")]))
    row = await stage.row(reference)
    assert row.profile == {
        "occupation": "vrachtwagenchauffeur",
        "years": 12,
        "place": "3011",
        "situation": "ww",
        "education": "mbo2",
        "hours": 24,
        "needs_wage": True,
        "min_wage_month": 2100,
        "interests": ["outdoors", "machines"],
        "avoid": ["nights"],
    }
    assert len(row.advice["suggestions"]) == 3
    assert row.occupation == "vrachtwagenchauffeur"
    page = await html(await anna.get(page_of(reference)))
    assert "profiel verbeterd: " in page
    found = await html(await anna.post("/console/inbox", data={"zoek": "vracht", "tab": "alles"}))
    assert reference in found
    form = await html(await anna.get(address))
    assert 'value="Vrachtwagenchauffeur"' in form
    assert 'value="2100"' in form


async def test_what_the_person_refused_stays_when_something_else_is_corrected(
    stage: Stage, anna: TestClient
):
    profile = {"occupation": "kok", "interests": ["hands_on"], "refused": ["lasser"]}
    reference = await taken_up(stage, anna, profile=profile)
    assert "Werk dat je niet wilt" in await html(await anna.get(page_of(reference)))
    form = [*_form({"occupation": "Kok", "interests": ["hands_on"], "hours": "24"}), ("save", "1")]
    await html(await anna.post(page_of(reference, "profiel"), data=form))
    assert (await stage.row(reference)).profile["refused"] == ["lasser"]


async def test_the_person_reads_what_was_changed_and_nothing_else(stage: Stage, anna: TestClient):
    profile = {"occupation": "kok", "place": "Breda", "hours": 24}
    reference = await taken_up(stage, anna, profile=profile)
    before, address = await stage.read(reference), page_of(reference, "profiel")
    form = {"occupation": "Kok", "place": "Tilburg"}
    await html(await anna.post(address, data=_form(form)))
    assert await stage.read(reference) == before
    await html(await anna.post(address, data=[*_form(form), ("save", "1")]))
    told = (await stage.read(reference))[-1]
    assert told.sender == "system" and reference in told.text
    assert "- Woonplaats: Tilburg" in told.text
    assert "- Uren per week: (weggehaald)" in told.text
    assert "Kok" not in told.text
    # WHEN nothing is changed THEN nothing is told
    await html(await anna.post(address, data=[*_form(form), ("save", "1")]))
    assert (await stage.read(reference))[-1] == told


async def test_the_conversation_goes_on_with_what_was_corrected(stage: Stage, anna: TestClient):
    profile = {"occupation": "kok", "place": "Breda", "hours": 24}
    # GIVEN someone who said another thing since, and who tries what other hours would change
    own = {"occupation": "bakker", "place": "Breda", "hours": 24}
    slots = {"stage": "advice", "profile": own, "supposed": {**own, "needs_wage": True}}
    reference = await taken_up(stage, anna, profile=profile, slots=slots)
    form = {"occupation": "Kok", "place": "Tilburg"}
    address = page_of(reference, "profiel")
    await html(await anna.post(address, data=_form(form)))
    assert (await _slots(stage, reference))["profile"] == own, "a look changes nothing"
    await html(await anna.post(address, data=[*_form(form), ("save", "1")]))
    # THEN only what was corrected follows
    kept = await _slots(stage, reference)
    assert kept["profile"] == {"occupation": "bakker", "place": "Tilburg"}
    assert kept["supposed"] == {**kept["profile"], "needs_wage": True}
    told = (await stage.read(reference))[-1].text
    assert "mijn advies" in told


async def _slots(stage: Stage, reference: str) -> dict[str, Any]:
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        return dict((await conversations.load(session, row.conversation_id)).slots)


async def test_another_order_of_what_was_chosen_is_no_change(stage: Stage, anna: TestClient):
    profile = {"occupation": "kok", "interests": ["machines", "hands_on"], "avoid": []}
    reference = await taken_up(stage, anna, profile=profile)
    form = {"occupation": "Kok", "interests": ["hands_on", "machines"]}
    page = await html(await anna.post(page_of(reference, "profiel"), data=_form(form)))
    assert "Je hebt niets veranderd." in page
    form["interests"] = ["hands_on", "helping"]
    page = await html(await anna.post(page_of(reference, "profiel"), data=_form(form)))
    assert page.count("veranderd</span>") == 1


async def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna)
    wrong = FIELDS | {"occupation": "qqqq", "place": "Nergenshuizen", "hours": "99", "years": "-1"}
    page = await html(await anna.post(page_of(reference, "profiel"), data=_form(wrong)), 422)
    for name in ("occupation", "place", "hours", "years"):
        assert f'id="p-{name}-fout"' in page
        assert f'value="{wrong[name]}"' in page
    assert page.count('aria-invalid="true"') == 4
    assert 'value="2100"' in page
    assert "profile_corrected" not in await _events(stage)


async def test_an_empty_field_is_taken_away(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await html(await anna.post(page_of(reference, "profiel"), data={"save": "1"}))
    assert (await stage.row(reference)).profile == {}


def _form(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the fields as a browser sends them."""
    return [
        (name, item)
        for name, value in fields.items()
        for item in (value if isinstance(value, list) else [value])
    ]


async def _events(stage: Stage) -> list[str]:
    async with stage.database.transaction() as session:
        return list(await session.scalars(select(HandoffEvent.what)))


def test_every_reason_has_words_beside_its_code():
    assert set(stage_labels()["reason"]) == CODES["reasons"]


async def test_a_number_that_cannot_be_names_its_field_and_range(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    labels = stage_labels()
    for name, (low, high) in NUMBERS.items():
        for wrong in ("x", str(high + 1)):
            page = await html(
                await anna.post(page_of(reference, "profiel"), data={name: wrong}), 422
            )
            said = labels["console_error"][f"number_{name}"]
            assert said.endswith(f": een heel getal van {low} tot {high}.")
            assert page.count(said) == 2, "at the field and in the summary"
