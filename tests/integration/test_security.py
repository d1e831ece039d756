"""Who gets in, how much, how fast, and from where; every route is walked as the router has it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot import server
from bot.server import Running, application
from bot.settings import Settings, read_settings
from bot.storage.database import Database
from bot.storage.tables import Base, StoredMessage
from connectors.web import api, security
from connectors.web.session import COOKIE

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = ON_SQLITE

OF_EVERYONE = {"chat", "conversation", "begin", "about", "erased", "widget", "static", "start",
               "live_probe", "ready_probe", "metrics", "openapi"}  # fmt: skip
WITH_COOKIE = {"send", "wipe", "my_data", "live", "plan", "plan_pdf"}
WITH_TOKEN = {"say", "read", "export", "erase", "events"}
WITH_OWN_PROOF = {"rest", "partner_status"}


@dataclass
class Site:
    """A running service with two people in it."""

    parts: Running
    client: TestClient
    ids: list[str]
    tokens: list[str]

    def headers(self, number: int) -> dict[str, str]:
        """Give the proof of one of the two."""
        return {"Authorization": f"Bearer {self.tokens[number]}"}

    def cookie(self, number: int = 0) -> dict[str, str]:
        """Give the header that the browser of one of the two sends."""
        return {"Cookie": f"{COOKIE}={self.ids[number]}.{self.tokens[number]}"}

    def routes(self) -> list[tuple[str, str, str]]:
        """Give method, path and name of each route outside the console."""
        found = []
        for route in self.client.app.router.routes():
            resource = route.resource
            if resource is None or "/console" in resource.canonical or route.method == "HEAD":
                continue
            path = resource.canonical.replace("{id}", self.ids[0]).replace("{partner}", "p")
            name = route.name or resource.name or resource.canonical
            found.append((route.method, path, "static" if path.startswith("/static") else name))
        return found


@pytest.fixture
async def site(parts: Running, settings: Settings) -> AsyncIterator[Site]:
    """Give the service with two people."""
    wanted = replace(settings, frame_ancestors=("https://partner.example",))
    people = [await parts.conversations.start(channel="web") for _ in range(2)]
    async with TestClient(TestServer(application(parts, wanted))) as client:
        yield Site(parts, client, [one.id for one in people], [one.token for one in people])


async def everything(database: Database) -> list[str]:
    """Give every row of every table."""
    async with database.transaction() as session:
        return [
            f"{table.name} {row}"
            for table in Base.metadata.sorted_tables
            for row in await session.execute(select(table))
        ]


async def test_every_route_is_of_everyone_or_asks_for_proof(site: Site):
    names = {name for _, _, name in site.routes()}
    assert names == OF_EVERYONE | WITH_COOKIE | WITH_TOKEN | WITH_OWN_PROOF


async def test_without_the_right_token_no_conversation_can_be_read_or_changed(site: Site):
    before = await everything(site.parts.database)
    routes = [(method, path) for method, path, name in site.routes() if name in WITH_TOKEN]
    assert len(routes) == len(WITH_TOKEN)
    wrong: list[tuple[dict[str, str], int]] = [
        ({}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": f"Basic {site.tokens[0]}"}, 401),
        ({"Authorization": "Bearer x"}, 404),
        ({"Authorization": f"Bearer {site.tokens[0][:-1]}"}, 404),
        (site.headers(1), 404),
        (site.cookie(0), 401),
    ]
    for method, path in routes:
        for headers, status in wrong:
            answer = await site.client.request(method, path, headers=headers, json={"text": "x"})
            assert answer.status == status, (method, path, headers)
            assert answer.content_type == "application/problem+json"
            assert "message" not in await answer.text()
        for other in ("x", "../x", "0" * 36, site.ids[0].upper(), f"{site.ids[0]}%00"):
            aside = path.replace(site.ids[0], other)
            answer = await site.client.request(method, aside, headers=site.headers(0))
            assert answer.status == 404, aside
    assert await everything(site.parts.database) == before


async def test_without_the_right_cookie_no_page_shows_a_conversation(site: Site):
    before = await everything(site.parts.database)
    for method, path, name in site.routes():
        if name not in WITH_COOKIE or name == "wipe":
            continue
        for cookie in ({}, {"Cookie": f"{COOKIE}={site.ids[0]}.{site.tokens[1]}"},
                       {"Cookie": f"{COOKIE}={site.ids[0]}."}, {"Cookie": f"{COOKIE}=.."}):  # fmt: skip
            answer = await site.client.request(
                method, path, headers=cookie, data={"text": "x"} if method == "POST" else None
            )
            assert answer.status == 404, (path, cookie)
            assert "automatische assistent" not in await answer.text()
    assert await everything(site.parts.database) == before


async def test_the_rest_channel_needs_its_own_token(site: Site):
    body = {"sender": "x", "message": "/help"}
    for given in ({}, {"Authorization": "Bearer no"}):
        answer = await site.client.post("/webhooks/rest/webhook", json=body, headers=given)
        assert answer.status == 401
    good = {"Authorization": "Bearer rest-token-for-tests"}
    assert (await site.client.post("/webhooks/rest/webhook", json=body, headers=good)).status == 200
    for sender in ("", "a\x00b", "\ud800", 7, "x" * 65):
        odd = {"sender": sender, "message": "/help"}
        answer = await site.client.post("/webhooks/rest/webhook", json=odd, headers=good)
        assert answer.status == 400, sender


async def test_a_token_is_long_and_is_not_stored(site: Site):
    stored = "\n".join(await everything(site.parts.database))
    for token in site.tokens:
        assert len(token) * 6 >= 256
        assert token not in stored


async def test_reading_changes_nothing(site: Site):
    before = await everything(site.parts.database)
    for method, path, name in site.routes():
        if method != "GET" or name in ("static", "events", "live"):
            continue
        answer = await site.client.get(path, headers=site.headers(0) | site.cookie(0))
        assert answer.status in (200, 404), path
    assert await everything(site.parts.database) == before


async def test_another_site_cannot_change_anything_with_a_persons_cookie(site: Site):
    before = await everything(site.parts.database)
    changing = [
        path
        for method, path, name in site.routes()
        if method != "GET" and name not in WITH_TOKEN | WITH_OWN_PROOF | {"start"}
    ]
    assert len(changing) >= 3
    foreign = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    )
    for path in changing:
        for headers in foreign:
            answer = await site.client.post(
                path, headers=headers | site.cookie(), data={"text": "x"}, allow_redirects=False
            )
            assert answer.status == 403, (path, headers)
    assert await everything(site.parts.database) == before
    own = {"Sec-Fetch-Site": "same-origin"} | site.cookie()
    answer = await site.client.post(
        "/gesprek/bericht", data={"payload": "/help"}, headers=own, allow_redirects=False
    )
    assert answer.status == 303


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site):
    answer = await site.client.post("/gesprek/begin", allow_redirects=False)
    flags = answer.headers["Set-Cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags


async def test_in_another_sites_frame_a_conversation_begins_goes_on_and_is_wiped(site: Site):
    # GIVEN the service behind https, with a site that may show it in a frame
    framed = {"SECURE_COOKIES": "1", "FRAME_ANCESTORS": "https://site.nl"}
    app = application(site.parts, read_settings(Path("nowhere"), framed))
    async with TestClient(TestServer(app)) as client:
        begun = await client.post("/gesprek/begin", allow_redirects=False)
        assert begun.status == 303, await begun.text()
        cookie, *flags = begun.headers["Set-Cookie"].split("; ")
        assert {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"} <= set(flags)

        # THEN the conversation goes on, whatever other cookies the browser has
        mine = {"Cookie": f"Partitioned=1; {cookie}; x=y; Partitioned"}
        data = {"payload": "/help", "text": "Wat kan je?"}
        said = await client.post(
            "/gesprek/bericht", headers=mine, data=data, allow_redirects=False
        )
        assert said.status == 303
        assert "Wat kan je?" in await (await client.get("/", headers=mine)).text()

        # AND wiping it makes the browser forget the cookie in the same partition
        wiped = await client.post("/gesprek/wis", headers=mine, allow_redirects=False)
        _, *flags = wiped.headers["Set-Cookie"].split("; ")
        assert {"Max-Age=0", "Secure", "SameSite=None", "Partitioned"} <= set(flags)


async def test_every_answer_has_the_headers_that_protect_it(site: Site):
    paths = [path for method, path, _ in site.routes() if method == "GET" and "{" not in path]
    paths += ["/static/chat.js", "/no/such/page", "/console/inloggen", "/console/no-such-page"]
    for path in paths:
        if path.endswith(("/events", "/live")) or path == "/static":
            continue
        answer = await site.client.get(path, headers=site.cookie())
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        framers = policy.partition("frame-ancestors ")[2]
        wanted = "'none'" if path.startswith("/console") else "'self' https://partner.example"
        assert framers == wanted, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        if not path.startswith("/static"):
            assert answer.headers.get("Cache-Control"), path


def path_of(site: Site) -> str:
    """Give where the first person's messages go."""
    return f"/api/conversations/{site.ids[0]}/messages"


async def test_a_text_that_is_too_long_is_refused_kindly_and_the_longest_is_read(site: Site):
    longest = {"text": "a" * api.MAX_CHARACTERS, "payload": "/help"}
    answer = await site.client.post(path_of(site), json=longest, headers=site.headers(0))
    assert answer.status == 200
    before = await everything(site.parts.database)
    longer = {"text": "a" * (api.MAX_CHARACTERS + 1), "payload": "/help"}
    answer = await site.client.post(path_of(site), json=longer, headers=site.headers(0))
    assert answer.status == 413
    assert "te lang" in json.loads(await answer.text())["title"]
    page = await site.client.post(
        "/gesprek/bericht", data={"text": longer["text"]}, headers=site.cookie()
    )
    assert page.status == 413
    assert longer["text"] in await page.text()
    assert await everything(site.parts.database) == before


async def test_a_body_above_64_kilobyte_is_refused_on_every_route(site: Site):
    for method, path, name in site.routes():
        if method == "GET" or name in ("start", "begin", "wipe", "erase"):
            continue
        headers = site.headers(0) | site.cookie()
        if name == "rest":
            headers["Authorization"] = "Bearer rest-token-for-tests"
        body = {"text": "x" * 66_000}
        answer = await site.client.request(method, path, data=body, headers=headers)
        assert answer.status == 413, path


async def test_who_goes_too_fast_is_asked_to_wait_and_others_are_not(site: Site):
    message = {"text": "", "payload": "/nothing at all"}
    statuses = []
    for _ in range(api.TURNS_AT_ONCE + 1):
        answer = await site.client.post(path_of(site), json={"text": ""}, headers=site.headers(0))
        statuses.append(answer.status)
    assert statuses[-1] == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Wacht even" in json.loads(await answer.text())["title"]
    other = path_of(site).replace(site.ids[0], site.ids[1])
    assert (
        await site.client.post(other, json=message | {"payload": "/help"}, headers=site.headers(1))
    ).status == 200
    exports = [
        (
            await site.client.get(
                f"/api/conversations/{site.ids[0]}/export", headers=site.headers(0)
            )
        ).status
        for _ in range(api.EXPORTS_A_MINUTE + 1)
    ]
    assert exports == [200] * api.EXPORTS_A_MINUTE + [429]


async def raw(site: Site, request: bytes) -> bytes:
    """Send bytes as they are, and give all that comes back until the line is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.client.port)
    writer.write(request)
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return answer


async def test_who_sends_a_body_byte_by_byte_is_cut_off(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(security, "BODY_SECONDS", 0.1)
    head = (
        f"POST {path_of(site)} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n"
        f"Authorization: Bearer {site.tokens[0]}\r\n\r\n"
    )
    assert await raw(site, head.encode() + b'{"text":') == b""
    async with site.parts.database.transaction() as session:
        said = await session.scalars(
            select(StoredMessage).where(StoredMessage.sender == "person")
        )
        assert said.all() == []


async def test_who_never_finishes_the_headers_is_cut_off(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(server, "IDLE_SECONDS", 0.1)
    runner = server.runner_of(web.Application())
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    assert await asyncio.wait_for(reader.read(), 20) == b""
    writer.close()
    await runner.cleanup()


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Content-Length: +5"],
        ["Transfer-Encoding: chunked, identity"],
        ["Host : x"],
        ["X\x00Y: 1"],
        ["X-Long: " + "a" * 70_000],
    ],
)
async def test_a_request_that_can_be_read_in_two_ways_is_refused(site: Site, lines: list[str]):
    head = "\r\n".join([f"POST {path_of(site)} HTTP/1.1", "Host: x", *lines, "", "0\r\n\r\n"])
    answer = await raw(site, head.encode())
    assert answer.startswith(b"HTTP/1.1 400") or answer.startswith(b"HTTP/1.0 400")
    assert b"Traceback" not in answer


async def test_a_proof_that_is_no_text_is_refused_without_an_error(site: Site):
    for path, status in ((path_of(site), b"404"), ("/webhooks/rest/webhook", b"401")):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n"
        answer = await raw(site, head.encode() + b"Authorization: Bearer \xff\xfe\r\n\r\n{}")
        assert answer.startswith(b"HTTP/1.1 " + status)


async def test_no_answer_says_what_runs_behind_it(site: Site):
    answers: list[Any] = [
        await site.client.get("/no/such/page"),
        await site.client.put("/"),
        await site.client.post("/api/conversations", data=b"{"),
    ]
    for answer in answers:
        text = await answer.text()
        assert "Traceback" not in text
        assert "Python" not in answer.headers.get("Server", "")
