"""Another partner than the person said yes to: only after a new yes."""

import json

from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.storage.handoff_tables import OutboxRow
from tests.integration.console.stage import (
    WEST_BRABANT,
    Stage,
    approve,
    html,
    page_of,
    shown,
    taken_up,
)

YES, NO = "Ja, deel dit", "Nee, niet delen"
NATIONAL = "werkcentrum_landelijk"


async def test_another_partner_needs_a_new_yes(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    page = await html(await anna.get(page_of(reference)))
    assert "De persoon zei alleen ja tegen Werkcentrum West-Brabant" in page
    address = page_of(reference, "toestemming")
    await html(await anna.post(address, data={"partner": NATIONAL}))
    question = (await stage.read(reference))[-1]
    assert question.sender == "counsellor"
    assert "Werkcentrum (landelijk)" in question.text
    assert "Kassamedewerker" in question.text
    assert [button.title for button in question.buttons] == [YES, NO]

    # An answer in other words is no consent.
    await stage.says(reference, "Ja hoor, prima")
    text, _ = await shown(anna, reference)
    assert json.loads(text)["consent"]["text"] == "Mag ik dit delen?"
    # But the button still counts after them.
    await stage.says(reference, YES)
    text, _ = await shown(anna, reference)
    assert json.loads(text)["consent"]["text"] == question.text

    await anna.post(address, data={"partner": NATIONAL})
    stage.clock.pass_by(minutes=5)
    await stage.says(reference, YES)
    text = await approve(anna, reference)
    row = await stage.row(reference)
    assert row.partner_id == NATIONAL
    assert row.consent_at == stage.clock()
    assert json.loads(text)["consent"]["text"] == row.consent_text == question.text
    async with stage.database.transaction() as session:
        due = await session.scalar(select(OutboxRow).where(OutboxRow.kind == "handoff"))
        assert due is not None
        assert due.partner_id == NATIONAL


async def test_the_last_button_before_it_is_sent_decides(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "toestemming"), data={"partner": NATIONAL})
    await stage.says(reference, YES)
    _, form = await shown(anna, reference)
    await stage.says(reference, NO)
    page = await html(await anna.get(page_of(reference)))
    assert "Er is nog geen ja" in page
    # What the adviser saw before the no does not go out.
    await html(await anna.post(page_of(reference, "goedkeuren"), data=form), 409)
    assert (await stage.row(reference)).partner_id == WEST_BRABANT
    await stage.says(reference, YES)
    await approve(anna, reference)
    assert (await stage.row(reference)).partner_id == NATIONAL


async def test_a_late_yes_shares_no_more_than_was_asked(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "toestemming"), data={"partner": NATIONAL})
    await stage.says(reference, "Dit gaat niemand iets aan")
    stage.clock.pass_by(minutes=5)
    await stage.says(reference, YES)
    text = await approve(anna, reference)
    row = await stage.row(reference)
    assert (row.partner_id, row.consent_at) == (NATIONAL, stage.clock())
    said = [one["text"] for one in json.loads(text)["transcript"]]
    assert said[-1] == row.consent_text
    assert "Dit gaat niemand iets aan" not in said


async def test_a_no_or_a_changed_profile_gives_no_other_partner(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    address = page_of(reference, "toestemming")
    await anna.post(address, data={"partner": NATIONAL})
    await stage.says(reference, NO)
    page = await html(await anna.get(page_of(reference)))
    assert "Er is nog geen ja" in page
    other = await taken_up(stage, anna)
    await anna.post(page_of(other, "toestemming"), data={"partner": NATIONAL})
    page = await html(await anna.post(page_of(other, "sluiten"), data={"outcome": "other"}))
    assert "Er is nog geen ja" not in page
    await anna.post(address, data={"partner": NATIONAL})
    await stage.says(reference, YES)
    corrected = {"occupation": "Kok", "save": "1"}
    await html(await anna.post(page_of(reference, "profiel"), data=corrected))
    await approve(anna, reference)
    assert (await stage.row(reference)).partner_id == WEST_BRABANT
