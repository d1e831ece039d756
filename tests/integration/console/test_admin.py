"""What a coordinator and an admin do: accounts, partners, fixed answers, switches, reports, mails."""

import asyncio
import csv
import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.console.digest import make_digests
from bot.console.reports import safe_cell
from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid
from bot.privacy.erasure import erase
from bot.settings import Settings
from bot.storage.console_tables import Account, AuditEntry
from bot.storage.handoff_tables import OutboxRow, PartnerSetting
from bot.storage.tables import NotUnderstood
from tests.integration.console.stage import (
    WEST_BRABANT,
    Stage,
    html,
    page_of,
    reachable,
    staged,
)
from tests.smtp import MailServer

ACCOUNTS = "/console/beheer/accounts"
ANSWERS = "/console/beheer/antwoorden"
PARTNER = f"/console/beheer/partners/{WEST_BRABANT}"
NEW = {
    "action": "add", "email": "Nieuw@Example.org ", "name": " Nieuw  Iemand ",
    "role": "coordinator", "regions": "AM01",
}  # fmt: skip


@pytest.fixture
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    """Give the console; no partner of this machine may be reached unless a test says so."""
    async with staged(replace(settings, allow_private_partners=False)) as opened:
        yield opened


@pytest.fixture
async def admin(stage: Stage) -> TestClient:
    """Give an admin who is logged in."""
    return await stage.counsellor("admin", role="admin")


# Accounts


async def test_a_new_account_shows_its_secrets_once_and_can_log_in(
    stage: Stage, admin: TestClient
):
    page = await html(await admin.post(ACCOUNTS, data=NEW))
    password = re.search(r"Wachtwoord</dt><dd><code>([^<]+)", page)
    assert password
    secret = re.search(r"otpauth://totp/[^<]*secret=(\w+)", page)
    typed = re.search(r"Sleutel voor de code-app</dt><dd><code>([^<]+)", page)
    assert secret and typed and typed[1].replace(" ", "") == secret[1]
    codes = re.findall(r"<code>([0-9a-f]{10})</code>", page)
    assert len(codes) == 8
    assert password[1] not in await html(await admin.get(ACCOUNTS))
    form = {"email": "nieuw@example.org", "password": password[1], "code": codes[0]}
    answer = await stage.browser().post("/console/inloggen", data=form)
    assert "Inbox" in await html(answer)
    async with stage.database.transaction() as session:
        row = await session.scalar(select(Account).where(Account.email == "nieuw@example.org"))
        assert row is not None
        assert (row.name, row.role, row.regions) == ("Nieuw Iemand", "coordinator", ["AM01"])
        audit = (await session.scalars(select(AuditEntry.detail))).all()
    assert password[1] not in json.dumps(audit)


async def test_a_mistake_in_a_new_account_is_said_and_the_rest_is_kept(admin: TestClient):
    for wrong, said in (
        ({"email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"email": "admin@example.org"}, "Er is al een account met dit e-mailadres."),
        ({"name": "  "}, "Vul een naam in."),
        ({"role": "baas"}, "Kies een rol."),
        ({"regions": "AM99"}, "Kies minstens één regio."),
    ):
        page = await html(await admin.post(ACCOUNTS, data=NEW | wrong), 422)
        field = re.search(rf'<a href="#([\w-]+)">{re.escape(said)}', page)
        assert field and page.count(f'id="{field[1]}"') == 1
        assert ('value="Nieuw Iemand"' in page) == ("name" not in wrong)
        assert "Wachtwoord</dt>" not in page


async def test_an_admin_cannot_shut_out_or_demote_themselves(stage: Stage, admin: TestClient):
    for action in ("disable", "change"):
        form = NEW | {"action": action, "email": "admin@example.org", "role": "counsellor"}
        page = await html(await admin.post(ACCOUNTS, data=form), 422)
        assert "Vraag een andere beheerder" in page
    assert (await admin.get(ACCOUNTS)).status == 200


async def test_an_account_changes_and_is_shut_out_and_let_in_again(
    stage: Stage, admin: TestClient
):
    account = await stage.account("anna")
    form = NEW | {"action": "change", "email": account.email, "role": "admin"}
    await html(await admin.post(ACCOUNTS, data=form))
    wrong = NEW | {"action": "change", "email": account.email, "name": ""}
    page = await html(await admin.post(ACCOUNTS, data=wrong), 422)
    assert "Vul een naam in." in page
    await html(await admin.post(ACCOUNTS, data={"action": "disable", "email": account.email}))
    assert (await stage.logs_in(account)).status == 401
    await html(await admin.post(ACCOUNTS, data={"action": "enable", "email": account.email}))
    assert (await stage.logs_in(account)).status == 303


# Partners


async def test_an_address_that_cannot_be_is_refused_at_its_field(stage: Stage, admin: TestClient):
    for address in (
        "http://partner.example/", "ftp://partner.example/", "https://", "partner.example",
        "https://127.0.0.1/", "https://10.1.2.3/x", "https://169.254.169.254/latest",
        "https://[::1]/", "https://192.168.0.4:8443/",
    ):  # fmt: skip
        form = {"endpoint": address, "email": "a@example.org", "paused": "on"}
        page = await html(await admin.post(PARTNER, data=form), 422)
        assert 'id="endpoint-fout"' in page
        assert f'value="{address}"' in page
        assert 'value="a@example.org"' in page
    async with stage.database.transaction() as session:
        assert await session.get(PartnerSetting, WEST_BRABANT) is None


async def test_keys_are_shown_once_and_masked_after(stage: Stage, admin: TestClient):
    form = {"endpoint": "https://partner.example/zijstap", "email": ""}
    page = await html(await admin.post(PARTNER, data=form))
    key = await _setting(stage, "key")
    assert key in page
    again = await html(await admin.post(PARTNER, data=form | {"needs_approval": "on"}))
    assert key not in again
    assert f"{key[:4]}…" in again
    page = await html(await admin.post(f"{PARTNER}/sleutel", data={"action": "new"}))
    second = await _setting(stage, "next_key")
    assert second in page
    assert key not in page
    page = await html(await admin.post(f"{PARTNER}/sleutel", data={"action": "only_new"}))
    assert second not in page
    assert await _setting(stage, "key") == second
    assert await _setting(stage, "next_key") is None


async def test_a_test_delivery_is_signed_marked_and_says_what_came_of_it(settings: Settings):
    async with staged(settings) as stage:
        admin = await stage.counsellor("admin", role="admin")
        await reachable(stage)
        page = await html(await admin.post(f"{PARTNER}/proef"))
        assert "De proef is aangekomen. Antwoord: HTTP 200." in page
        (body,) = stage.partner.received
        assert body["type"] == "test"
        headers = stage.partner.headers[0]
        stamp, signed = headers[TIMESTAMP_HEADER], headers[SIGNATURE_HEADER]
        assert is_valid([stage.partner.key], stamp, signed, stage.partner.bodies[0], float(stamp))
        stage.partner.answers = [web.Response(status=500)]
        page = await html(await admin.post(f"{PARTNER}/proef"))
        assert "De proef is niet aangekomen: HTTP 500." in page


async def test_a_paused_partner_waits(settings: Settings):
    async with staged(settings) as stage:
        admin = await stage.counsellor("admin", role="admin")
        await reachable(stage, needs_approval=False)
        form = {"endpoint": stage.partner_url, "paused": "on"}
        await html(await admin.post(PARTNER, data=form))
        await stage.handoff()
        await stage.outbox.deliver_due()
        assert stage.partner.received == []
        assert "gepauzeerd" in await html(await admin.get("/console/beheer/partners"))
        await html(await admin.post(PARTNER, data={"endpoint": stage.partner_url}))
        await stage.outbox.deliver_due()
        assert len(stage.partner.received) == 1


# Fixed answers and switches


async def test_a_fixed_answer_is_made_changed_and_deleted(stage: Stage):
    lead = await stage.counsellor("lead", role="coordinator")
    form = {"title": "Dag", "text": "Dag {naam}"}
    await html(await lead.post(ANSWERS, data=form))
    form = {"id": "1", "action": "change", "title": "Hallo", "text": "Hallo {naam}"}
    page = await html(await lead.post(ANSWERS, data=form))
    assert "Hallo {naam}" in page
    assert "Dag {naam}" not in page
    wrong = form | {"text": "Hallo {achternaam}"}
    page = await html(await lead.post(ANSWERS, data=wrong), 422)
    assert "Tussen accolades kan alleen" in page
    assert "Hallo {achternaam}" in page
    await html(await lead.post(ANSWERS, data={"id": "1", "action": "delete"}))
    assert "Er zijn nog geen vaste antwoorden" in await html(await lead.get(ANSWERS))


async def test_switches_are_kept_and_written_down(stage: Stage, admin: TestClient):
    form = {"bot_paused": "on", "banner": "Morgen dicht"}
    page = await html(await admin.post("/console/beheer/schakelaars", data=form))
    assert 'name="bot_paused" checked' in page
    assert "Morgen dicht" in page
    async with stage.database.transaction() as session:
        (entry,) = (await session.scalars(select(AuditEntry))).all()
    assert entry.what == "switches"


# Reports


async def test_a_report_has_the_same_numbers_as_bars_table_and_csv(stage: Stage):
    lead = await stage.counsellor("lead", role="coordinator")
    references = [await stage.handoff() for _ in range(4)]
    await stage.handoff(region="AM01")
    stage.clock.pass_by(minutes=20)
    for reference, accepted in zip(references, ("yes", "yes", "no"), strict=False):
        await lead.post(page_of(reference, "claim"))
        form = {"outcome": "advice_given", "accepted": accepted}
        await html(await lead.post(page_of(reference, "sluiten"), data=form))
    await _missed(stage, references[0], "=cmd()")
    await _missed(stage, references[0], "in dit gesprek", guess="export_data")
    await _erase(stage, references[2])

    page = await html(await lead.get("/console/rapport"))
    rows = await _csv(lead)
    parts: dict[str, dict[str, str]] = {}
    for part, value, number in rows[1:]:
        parts.setdefault(part, {})[value] = number
    assert parts["Aanvragen"] == {"": "4"}
    assert parts["Waarvan gewist, alleen geteld"] == {"": "1"}
    assert parts["Per week"] == {"2026-W48": "4"}
    assert parts["Per regio"] == {"West-Brabant": "4"}
    assert parts["Per uitkomst"] == {"advies gegeven": "3", "Nieuw": "1"}
    assert parts["Advies gevolgd"] == {"ja": "2", "niet bekend": "2"}
    assert parts["Eerste reactie"] == {"binnen 1 uur": "2", "nog niet": "1"}
    assert parts["Uren tot eerste reactie (mediaan)"] == {"": "0.3"}
    assert parts["Niet begrepen, eerste gok"] == {"'=greet": "1", "Geef mij mijn gegevens": "1"}
    assert '<th scope="row">Geef mij mijn gegevens</th>' in page
    assert "export_data" not in page
    assert "<strong>binnen 1 uur</strong> was de eerste reactie er" in page
    assert "Feiten die opnieuw bekeken moeten worden" in parts
    for part in ("Per week", "Per regio", "Per uitkomst", "Advies gevolgd", "Eerste reactie"):
        section = page.partition(f">{part}</h2>")[2].partition("</section>")[0]
        table = re.findall(r'<th scope="row">(.*?)</th><td class="number">(\d+)</td>', section)
        assert dict(table) == parts[part]
        bars = re.findall(r"<text [^>]*>(\d+)</text>", section)
        assert bars == [number for _, number in table]


async def test_a_period_holds_its_last_day(stage: Stage, admin: TestClient):
    await stage.handoff()
    day = stage.clock().date()
    for since, until, number in ((day, day, "1"), (day + timedelta(1), day + timedelta(2), "0")):
        rows = await _csv(admin, f"?van={since}&tot={until}")
        assert rows[1] == ["Aanvragen", "", number]
    assert (await _csv(admin, "?van=onzin&tot="))[1] == ["Aanvragen", "", "1"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str):
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert safe_cell("gewoon") == "gewoon"


# Mails


async def test_the_daily_mail_is_made_once_whoever_makes_it(stage: Stage, admin: TestClient):
    anna = await stage.counsellor("anna")
    await stage.counsellor("bram")
    await stage.handoff(contact_name="Roos")
    await html(await anna.post("/console/mijn-account", data={"wants_digest": "on"}))
    assert await make_digests(stage.database, stage.clock().replace(hour=4)) == 0
    made = await asyncio.gather(*(make_digests(stage.database, stage.clock()) for _ in range(3)))
    assert sorted(made) == [0, 0, 1]
    assert await make_digests(stage.database, stage.clock() + timedelta(hours=5)) == 0
    assert await make_digests(stage.database, stage.clock() + timedelta(days=1)) == 1
    async with stage.database.transaction() as session:
        rows = (await session.scalars(select(OutboxRow).where(OutboxRow.kind == "digest"))).all()
    assert [row.body for row in rows] == 2 * [
        {"to": "anna@example.org", "new": 1, "mine": 0, "failed": 0}
    ]


async def test_mails_say_how_many_and_where_and_nothing_about_anyone(settings: Settings):
    async with MailServer() as mail:
        wanted = replace(settings, smtp_url=f"smtp://127.0.0.1:{mail.port}")
        async with staged(wanted) as stage:
            anna = await stage.counsellor("anna")
            form = {"wants_digest": "on", "wants_mail": "on"}
            await html(await anna.post("/console/mijn-account", data=form))
            await stage.handoff(contact_name="Roos", contact="0612345678")
            await make_digests(stage.database, stage.clock())
            await stage.outbox.deliver_due()
    assert sorted(sent["Subject"][:12] for sent in mail.mails) == ["Nieuwe aanvr", "Zijstap: 1 n"]
    for sent in mail.mails:
        assert sent["To"] == "anna@example.org"
        text = sent.get_content()
        assert "/console/" in text
        for personal in ("Roos", "0612345678", "Breda", "Kassamedewerker"):
            assert personal not in text


async def test_who_wants_no_mail_gets_none(stage: Stage):
    anna = await stage.counsellor("anna")
    await html(await anna.post("/console/mijn-account", data={}))
    await stage.handoff()
    await stage.outbox.deliver_due()
    async with stage.database.transaction() as session:
        kinds = (await session.scalars(select(OutboxRow.kind))).all()
    assert "mail" not in kinds


async def _setting(stage: Stage, name: str) -> Any:
    async with stage.database.transaction() as session:
        row = await session.get(PartnerSetting, WEST_BRABANT)
        return getattr(row, name)


async def _csv(browser: TestClient, query: str = "") -> list[list[str]]:
    answer = await browser.get(f"/console/rapport.csv{query}")
    text = (await answer.read()).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


async def _missed(stage: Stage, reference: str, said: str, guess: str = "=greet") -> None:
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        session.add(
            NotUnderstood(
                conversation_id=row.conversation_id,
                text=said,
                guess=guess,
                region="AM25",
                at=stage.clock(),
            )
        )


async def _erase(stage: Stage, reference: str) -> None:
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        await erase(session, row.conversation_id, stage.clock())
