"""The inbox: what it finds, in which order; and that it reads indexes, however much there is."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import text
from sqlalchemy.sql import Executable

from bench.inbox import NOW, accounts, fill
from bot.settings import Settings
from bot.storage import handoffs, queries
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow
from bot.storage.queries import PAGE_SIZE, TABS, InboxFilter
from tests.integration.console.stage import Stage, html, page_of, staged

MANY = 3000


async def finds(browser: TestClient, said: str, **more: str) -> str:
    """Search, and give the page."""
    form = {"zoek": said, "tab": "alles", **more}
    return await html(await browser.post("/console/inbox", data=form))


async def test_who_waits_longest_stands_first(stage: Stage):
    references = []
    for _ in range(3):
        references.append(await stage.handoff())
        stage.clock.pass_by(minutes=1)
    anna = await stage.counsellor("anna")
    page = await html(await anna.get("/console/inbox"))
    assert sorted(references, key=page.index) == references
    # Who was put back waits from then on, and stands behind the others.
    await anna.post(page_of(references[0], "claim"))
    await anna.post(page_of(references[0], "los"))
    page = await html(await anna.get("/console/inbox"))
    assert sorted(references, key=page.index) == [*references[1:], references[0]]


async def test_a_search_finds_beginnings_of_number_work_name_and_label(stage: Stage):
    reference = await stage.handoff(contact_name="Élise Jean-Pierre de Graaf")
    other = await stage.handoff(contact_name="Xander", profile={"occupation": "kok"})
    anna = await stage.counsellor("anna")
    await anna.post(page_of(reference, "ordenen"), data={"labels": "haast"})
    found = [reference, reference.lower(), reference[3:7], "kassa", "KASSAMEDE", "élise", "elise"]
    found += ["gra", "kassa gra", "jean-pierre", "jeanpi", "pierre", "#haast"]
    for words in found:
        page = await finds(anna, words)
        assert reference in page, words
        assert other not in page, words
    for words in ("aaf", "kassa xander", "haast", "100%", "e_ise"):
        assert reference not in await finds(anna, words), words
    for words in ("%", "_", "\\", "'", '"', "\x00", "😀", "x" * 5000):
        await finds(anna, words)


async def test_the_words_of_a_search_stand_in_no_address(stage: Stage):
    for _ in range(PAGE_SIZE + 1):
        await stage.handoff(contact_name="Roos")
    anna = await stage.counsellor("anna")
    page = await finds(anna, "roos")
    assert page.count('class="reference"') == PAGE_SIZE
    assert "roos" not in "".join(part.partition('"')[0] for part in page.split('href="')[1:])
    assert "roos" not in "".join(part.partition('"')[0] for part in page.split('hx-get="')[1:])
    page = await finds(anna, "roos", pagina="2")
    assert page.count('class="reference"') == 1


async def test_filters_and_pages_stand_in_the_address(stage: Stage):
    for _ in range(PAGE_SIZE + 2):
        await stage.handoff()
    anna = await stage.counsellor("anna", regions=("AM25", "AM01"))
    page = await html(await anna.get("/console/inbox?regio=AM25"))
    later = "/console/inbox?tab=nieuw&amp;regio=AM25&amp;pagina=2"
    assert later in page
    page = await html(await anna.get(later.replace("&amp;", "&")))
    assert page.count('class="reference"') == 2
    assert '/console/inbox?tab=nieuw&amp;regio=AM25"' in page
    for wrong in ("tab=x", "pagina=-1", "pagina=x", "prioriteit=x", "regio=AM99", "pagina=9999"):
        await html(await anna.get(f"/console/inbox?{wrong}"))


async def test_what_is_new_is_counted_in_the_title_of_every_page(stage: Stage):
    for _ in range(3):
        reference = await stage.handoff()
    anna = await stage.counsellor("anna")
    for address in ("/console/inbox", page_of(reference), "/console/mijn-account"):
        assert "<title>(3) " in await html(await anna.get(address))
    await anna.post(page_of(reference, "claim"))
    assert "<title>(2) " in await html(await anna.get("/console/inbox"))


@pytest.fixture
async def much(settings: Settings) -> AsyncIterator[Database]:
    """Give a database with so many handoffs that it is worth to use an index."""
    async with staged(settings) as stage:
        await fill(stage.database, MANY)
        yield stage.database


async def test_no_question_of_the_inbox_reads_the_whole_table(much: Database):
    today = NOW.date()
    for account in accounts().values():
        asked: dict[str, Executable] = {
            f"tab {tab}": queries.inbox_query(account, InboxFilter(tab=tab), today) for tab in TABS
        }
        asked["counts"] = queries.counts_query(account, "", today)
        for name, wanted in {
            "number": InboxFilter(tab="alles", text="ZS-0000123"),
            "words": InboxFilter(tab="alles", text="jansen chauf"),
            "label": InboxFilter(tab="alles", label="haast"),
            "priority": InboxFilter(priority="hoog"),
        }.items():
            asked[name] = queries.inbox_query(account, wanted, today)
        for name, query in asked.items():
            plan = await _plan(much, query)
            whole = _whole_table(plan, postgresql=much.is_postgresql)
            assert not whole, (name, account.role, plan)


async def _plan(database: Database, query: Any) -> list[str]:
    """Give what the database would do; PostgreSQL as it does when the table is large."""
    words = "EXPLAIN " if database.is_postgresql else "EXPLAIN QUERY PLAN "
    async with database.transaction() as session:
        connection = await session.connection()
        if database.is_postgresql:
            await session.execute(text("SET LOCAL enable_seqscan = off"))
        literal = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        rows = await connection.exec_driver_sql(words + str(literal).replace("%%", "%"))
        return [str(row[-1]) for row in rows]


def _whole_table(plan: list[str], *, postgresql: bool) -> list[str]:
    """Give the steps that read every row itself and not an index."""
    if postgresql:
        return [step for step in plan if "Seq Scan on handoffs" in step]
    return [step for step in plan if step.startswith("SCAN") and " INDEX " not in step
            and "handoffs" in step]  # fmt: skip


async def test_a_plan_without_an_index_would_be_noticed(much: Database):
    query = queries.inbox_query(
        accounts()["beheerder, alle"], InboxFilter(tab="alles"), NOW.date()
    )
    async with much.transaction() as session:
        for name in ("queue", "newest", "counts", "owner", "waiting"):
            await session.execute(text(f"DROP INDEX ix_handoffs_{name}"))
        await session.execute(text("DROP INDEX ix_handoffs_created_at"))
    plan = await _plan(much, query)
    assert _whole_table(plan, postgresql=much.is_postgresql), plan


async def test_who_wrote_in_distress_stands_on_top_until_a_counsellor_saw_it(stage: Stage):
    first = await stage.handoff()
    stage.clock.pass_by(hours=1)
    second = await stage.handoff()
    stage.clock.pass_by(hours=1)
    last = await stage.handoff()
    anna = await stage.counsellor("anna")
    row = await stage.row(last)
    async with stage.database.transaction() as session:
        found = await session.get_one(HandoffRow, row.id)
        found.snoozed_until = (stage.clock() + timedelta(days=3)).date()
        handoffs.mark_distress(session, found, stage.clock())
    # Also one that was laid to rest comes back, and every tab names it.
    page = await html(await anna.get("/console/inbox"))
    order = [page.index(f'id="r{reference}"') for reference in (last, first, second)]
    assert order == sorted(order)
    for tab in TABS:
        page = await html(await anna.get(f"/console/inbox?tab={tab}"))
        assert "<strong>Nood.</strong> Iemand met een aanvraag" in page
    other = await stage.counsellor("bram", regions=("AM01",))
    assert last not in await html(await other.get("/console/inbox?tab=alles"))

    seen = page_of(last, "nood")
    await html(await anna.post(seen), 409)
    assert "op nood lijkt" in await html(await anna.get(page_of(last, "gesprek")))
    await anna.post(page_of(last, "claim"))
    assert seen in await html(await anna.get(page_of(last)))
    page = await html(await anna.post(seen))
    assert "De melding van nood is weg." in page
    assert 'action="' + seen not in page
    assert "<strong>Nood." not in await html(await anna.get("/console/inbox"))
