"""Who may see and do what in the console: every route x every role x own and foreign region.

The routes are read from the router: a new route without a row in the table fails.
"""

import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.storage.console_tables import AuditEntry
from bot.storage.handoff_tables import HandoffEvent, HandoffRow
from bot.storage.tables import Base, Conversation, NotUnderstood
from tests.integration.console.stage import WEST_BRABANT, Stage, html, page_of

EVERYONE = ("counsellor", "coordinator", "admin")
LEADS = ("coordinator", "admin")
ADMIN = ("admin",)
REQUEST = "/console/aanvraag/{reference}"
PARTNER = "/console/beheer/partners/{partner}"
ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/console"): EVERYONE,
    ("GET", "/console/"): EVERYONE,
    ("GET", "/console/inbox"): EVERYONE,
    ("POST", "/console/inbox"): EVERYONE,
    ("GET", "/console/teller"): EVERYONE,
    ("GET", "/console/mijn-account"): EVERYONE,
    ("POST", "/console/mijn-account"): EVERYONE,
    ("GET", REQUEST): EVERYONE,
    ("GET", f"{REQUEST}/gesprek"): EVERYONE,
    ("GET", f"{REQUEST}/profiel"): EVERYONE,
    ("POST", f"{REQUEST}/profiel"): EVERYONE,
    ("GET", f"{REQUEST}/goedkeuren"): EVERYONE,
    ("POST", f"{REQUEST}/goedkeuren"): EVERYONE,
    ("POST", f"{REQUEST}/claim"): EVERYONE,
    ("POST", f"{REQUEST}/los"): EVERYONE,
    ("POST", f"{REQUEST}/sluiten"): EVERYONE,
    ("POST", f"{REQUEST}/antwoord"): EVERYONE,
    ("POST", f"{REQUEST}/teruggeven"): EVERYONE,
    ("POST", f"{REQUEST}/toestemming"): EVERYONE,
    ("POST", f"{REQUEST}/opnieuw"): EVERYONE,
    ("POST", f"{REQUEST}/met-de-hand"): EVERYONE,
    ("POST", f"{REQUEST}/notitie"): EVERYONE,
    ("POST", f"{REQUEST}/nood"): EVERYONE,
    ("POST", f"{REQUEST}/ordenen"): EVERYONE,
    ("GET", "/console/rapport"): LEADS,
    ("GET", "/console/rapport.csv"): LEADS,
    ("GET", "/console/niet-begrepen.yml"): LEADS,
    ("GET", "/console/beheer/antwoorden"): LEADS,
    ("POST", "/console/beheer/antwoorden"): LEADS,
    ("GET", "/console/beheer/schakelaars"): ADMIN,
    ("POST", "/console/beheer/schakelaars"): ADMIN,
    ("GET", "/console/beheer/accounts"): ADMIN,
    ("POST", "/console/beheer/accounts"): ADMIN,
    ("GET", "/console/beheer/partners"): ADMIN,
    ("GET", PARTNER): ADMIN,
    ("POST", PARTNER): ADMIN,
    ("POST", f"{PARTNER}/sleutel"): ADMIN,
    ("POST", f"{PARTNER}/proef"): ADMIN,
}
OPEN = {
    ("GET", "/console/inloggen"),
    ("POST", "/console/inloggen"),
    ("POST", "/console/uitloggen"),
}


def routes(stage: Stage) -> set[tuple[str, str]]:
    """Give method and path of each route of the console, but for the static files."""
    app: Any = stage.server.app
    found = set()
    for resource in app.router.resources():
        if isinstance(resource, web.PrefixedSubAppResource) and resource.canonical == "/console":
            for route in resource:
                path = route.resource.canonical
                if route.method != "HEAD" and not path.startswith("/console/static"):
                    found.add((route.method, path))
    return found


async def ask(browser: TestClient, method: str, path: str, **more: Any) -> Any:
    """Ask for one route, with something for each part of its path."""
    reference = more.pop("reference", "ZS-BESTAAT")
    address = path.format(reference=reference, partner=WEST_BRABANT)
    data = {"text": "hoi", "partner": WEST_BRABANT} if method == "POST" else None
    return await browser.request(method, address, data=data, allow_redirects=False, **more)


async def test_every_route_has_a_row_in_the_table(stage: Stage):
    assert routes(stage) == set(ALLOWED) | OPEN


async def test_without_a_session_every_route_leads_to_the_login_page(stage: Stage):
    reference, browser = await stage.handoff(), stage.browser()
    for method, path in ALLOWED:
        answer = await ask(browser, method, path, reference=reference)
        if answer.status == 401:  # words that were on their way are given back above the form
            assert 'action="/console/inloggen"' in await answer.text(), (method, path)
            assert method == "POST" and reference not in (await answer.text()).split("<main")[0]
        else:
            assert answer.status == 303, (method, path)
            assert answer.headers["Location"].startswith("/console/inloggen"), (method, path)


@pytest.mark.parametrize("role", EVERYONE)
async def test_a_role_opens_what_is_its_own_and_nothing_else(stage: Stage, role: str):
    reference = await stage.handoff()
    browser = await stage.counsellor("someone", role=role)
    for (method, path), roles in ALLOWED.items():
        answer = await ask(browser, method, path, reference=reference)
        assert "/console/inloggen" not in answer.headers.get("Location", "")
        assert (answer.status != 404) == (role in roles), (method, path)


@pytest.mark.parametrize("role", ["counsellor", "coordinator"])
@pytest.mark.parametrize("regions", [("AM01",), ()])
async def test_a_request_of_another_region_does_not_exist(
    stage: Stage, role: str, regions: tuple[str, ...]
):
    reference = await stage.handoff(contact_name="Roos Appel")
    browser = await stage.counsellor("someone", role=role, regions=regions)
    before = await _everything(stage)
    for method, path in ALLOWED:
        if "{reference}" in path:
            answer = await ask(browser, method, path, reference=reference)
            page = await html(answer, 404)
            assert "Roos" not in page
    assert await _everything(stage) == before


@pytest.mark.parametrize("role", ["counsellor", "coordinator"])
async def test_lists_searches_counts_reports_and_exports_hold_only_the_own_regions(
    stage: Stage, role: str
):
    own = await stage.handoff(region="AM01", contact_name="Roos Appel")
    other = await stage.handoff(contact_name="Roos Peer")
    await _mislabel(stage, other, "geheim-label")
    await _not_understood(stage, own, "AM01", "eigen zin")
    await _not_understood(stage, other, "AM25", "vreemde zin")
    browser = await stage.counsellor("someone", role=role, regions=("AM01",))
    seen = await html(await browser.get("/console/inbox"))
    assert "geheim-label" not in seen
    for tab in ("nieuw", "mijn", "wacht", "mislukt", "rust", "afgerond", "alles"):
        for more in ("", "&regio=AM25", "&label=geheim-label", "&prioriteit=normal"):
            seen += await html(await browser.get(f"/console/inbox?tab={tab}{more}"))
    found = await html(await browser.post("/console/inbox", data={"zoek": "roos", "tab": "alles"}))
    assert own in found
    seen += found
    if role == "coordinator":
        for path in ("rapport", "rapport.csv", "niet-begrepen.yml"):
            seen += await html(await browser.get(f"/console/{path}"))
        assert "eigen zin" in seen
        report = await html(await browser.get("/console/rapport.csv"))
        assert "Aanvragen;;1" in report
        assert "West-Brabant" not in report
    for secret in (other, "Peer", "vreemde zin"):
        assert secret not in seen
    count = await html(await browser.get("/console/teller"))
    assert 'data-new="1"' in count


async def test_an_admin_sees_all_regions_also_the_unknown_one(stage: Stage):
    references = [await stage.handoff(region=region) for region in ("AM01", "AM25", "NL")]
    inbox = await html(await (await stage.counsellor("a", role="admin")).get("/console/inbox"))
    assert all(reference in inbox for reference in references)
    national = await stage.counsellor("n", regions=("NL",))
    inbox = await html(await national.get("/console/inbox"))
    assert [reference in inbox for reference in references] == [False, False, True]


async def test_a_lead_acts_for_others_and_a_colleague_does_not(stage: Stage):
    reference = await stage.handoff()
    anna, bram = await stage.counsellor("anna"), await stage.counsellor("bram")
    lead = await stage.counsellor("lead", role="coordinator")
    await anna.post(page_of(reference, "claim"))
    for action in ("los", "sluiten", "antwoord", "goedkeuren", "opnieuw", "met-de-hand"):
        answer = await bram.post(page_of(reference, action), data={"text": "hoi"})
        await html(answer, 409)
    for action in ("antwoord", "met-de-hand"):
        await html(await lead.post(page_of(reference, action), data={"text": "hoi"}), 409)
    await html(await lead.post(page_of(reference, "los")))
    assert (await stage.row(reference)).owner_id is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
    ],
)
async def test_no_change_comes_from_another_site(stage: Stage, headers: dict[str, str]):
    reference = await stage.handoff()
    browser = await stage.counsellor("admin", role="admin")
    before = await _everything(stage)
    for method, path in sorted(set(ALLOWED) | OPEN):
        if method == "POST":
            answer = await ask(browser, method, path, reference=reference, headers=headers)
            assert answer.status == 403, path
    assert await _everything(stage) == before


async def test_a_get_changes_nothing_but_the_history_of_who_looked(stage: Stage):
    reference = await stage.handoff()
    browser = await stage.counsellor("admin", role="admin")
    await browser.post(page_of(reference, "claim"))
    before = await _everything(stage)
    for method, path in sorted(ALLOWED):
        if method == "GET":
            await ask(browser, method, path, reference=reference)
    assert await _everything(stage) == before


async def test_every_page_has_strict_headers_and_nothing_of_a_person_in_its_title(stage: Stage):
    reference = await stage.handoff(contact_name="Roos Appel", contact="0612345678")
    browser = await stage.counsellor("admin", role="admin")
    await browser.post(page_of(reference, "claim"))
    for method, path in sorted(set(ALLOWED) | OPEN):
        if method != "GET" or path in ("/console", "/console/"):
            continue
        answer = await ask(browser, method, path, reference=reference)
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        page = await answer.text()
        title = re.search("<title>(.*?)</title>", page)
        if title:
            assert "Roos" not in title[1]
            assert "0612345678" not in title[1]
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", page), path


NAUGHTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


async def test_what_people_type_is_text_on_every_page(stage: Stage):
    reference = await stage.handoff(
        contact_name=NAUGHTY[:80],
        contact=NAUGHTY,
        said=(NAUGHTY, NAUGHTY),
        consent_text=NAUGHTY,
        profile={"occupation": NAUGHTY[:80], "place": NAUGHTY},
        advice={"suggestions": []},
    )
    browser = await stage.counsellor("admin", role="admin")
    await browser.post(page_of(reference, "claim"))
    await browser.post(page_of(reference, "notitie"), data={"text": NAUGHTY})
    await browser.post(page_of(reference, "ordenen"), data={"labels": NAUGHTY})
    await browser.post("/console/beheer/antwoorden", data={"title": NAUGHTY[:80], "text": "Dag"})
    await browser.post("/console/beheer/schakelaars", data={"banner": NAUGHTY})
    await _not_understood(stage, reference, "AM25", NAUGHTY)
    pages = [await browser.post("/console/inbox", data={"zoek": NAUGHTY})]
    pages += [
        await ask(browser, method, path, reference=reference)
        for method, path in sorted(ALLOWED)
        if method == "GET" and not path.endswith(".yml")
    ]
    for answer in pages:
        page = await answer.text()
        assert "<script>" not in page, answer.url
        assert "<img" not in page, answer.url
    page = await html(await browser.get(page_of(reference)))
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


async def test_nobody_changes_the_history_not_even_by_the_database(stage: Stage):
    reference = await stage.handoff()
    browser = await stage.counsellor("anna", role="admin")
    await browser.get(page_of(reference))
    await browser.post("/console/beheer/schakelaars", data={"banner": "Hallo"})
    for statement in (
        "UPDATE handoff_events SET actor = 'iemand anders' WHERE what = 'opened'",
        "DELETE FROM handoff_events WHERE what = 'opened'",
        "UPDATE audit SET actor = 'iemand anders'",
    ):
        with pytest.raises(DBAPIError, match="does not change"):
            async with stage.database.transaction() as session:
                await session.execute(text(statement))
    # What belongs to a person goes with the person.
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        await session.delete(await session.get(Conversation, row.conversation_id))
    async with stage.database.transaction() as session:
        assert (await session.scalars(select(HandoffEvent))).all() == []
        assert (await session.scalars(select(AuditEntry))).all() != []


async def test_looking_is_written_down_once_in_ten_minutes(stage: Stage):
    reference = await stage.handoff()
    browser = await stage.counsellor("anna")
    for _ in range(3):
        await browser.get(page_of(reference))
    stage.clock.pass_by(minutes=11)
    page = await html(await browser.get(page_of(reference)))
    assert page.count("<td>geopend</td><td>Anna</td>") == 2


async def _everything(stage: Stage) -> dict[str, Any]:
    """Give all rows of all tables, but for who looked and the sessions."""
    found = {}
    async with stage.database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in ("handoff_events", "console_sessions"):
                rows = await session.execute(select(table).order_by(*table.primary_key))
                found[table.name] = [tuple(row) for row in rows]
        events = await session.scalars(select(HandoffEvent).where(HandoffEvent.what != "opened"))
        found["events"] = [event.what for event in events]
    return found


async def _mislabel(stage: Stage, reference: str, label: str) -> None:
    lead = await stage.counsellor("labeller", role="admin")
    await html(await lead.post(page_of(reference, "ordenen"), data={"labels": label}))


async def _not_understood(stage: Stage, reference: str, region: str, said: str) -> None:
    async with stage.database.transaction() as session:
        row = await session.scalar(select(HandoffRow).where(HandoffRow.reference == reference))
        assert row is not None
        session.add(
            NotUnderstood(
                conversation_id=row.conversation_id,
                text=said,
                guess="greet",
                region=region,
                at=stage.clock(),
            )
        )
