"""Behind a proxy: the person's own address counts, and nobody can pretend another one."""

import ipaddress
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import read_settings
from connectors.web.proxies import FORWARDED, BehindProxies, sender_of

OURS = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))
PERSON = "145.10.0.1"


@pytest.mark.parametrize(
    ("remote", "forwarded", "sender"),
    [
        ("10.0.0.1", PERSON, PERSON),
        ("10.0.0.1", f"{PERSON}, 10.2.0.1", PERSON),
        ("10.0.0.1", f"1.2.3.4, {PERSON}", PERSON),
        ("fd00::1", "2a00::1", "2a00::1"),
        ("10.0.0.1", "", None),
        ("10.0.0.1", "10.0.0.7", None),
        ("10.0.0.1", "unknown", None),
        ("10.0.0.1", f"{PERSON}, nonsense", None),
        (PERSON, "1.2.3.4", None),
        (None, PERSON, None),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(
    remote: str | None, forwarded: str, sender: str | None
):
    assert sender_of(remote, forwarded, OURS) == sender


@given(st.text(max_size=60))
def test_whatever_a_person_writes_in_front_changes_nothing(pretended: str):
    assert sender_of("10.0.0.1", f"{pretended},{PERSON}", OURS) == PERSON
    assert sender_of(PERSON, pretended, OURS) is None


async def test_a_handler_sees_the_address_of_the_person():
    async def say(request: web.Request) -> web.Response:
        return web.Response(text=str(request.remote))

    here = (ipaddress.ip_network("127.0.0.0/8"),)
    app = web.Application(middlewares=[BehindProxies(here)])
    app.router.add_get("/", say)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/", headers={FORWARDED: f"6.6.6.6, {PERSON}"})
        assert await answer.text() == PERSON
        assert await (await client.get("/")).text() == "127.0.0.1"


def test_the_setting_is_read_and_a_mistake_is_named():
    read = read_settings(Path(), {"TRUSTED_PROXIES": "10.0.0.0/8 fd00::/8"})
    assert read.trusted_proxies == OURS
    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        read_settings(Path(), {"TRUSTED_PROXIES": "10.0.0.1/8"})
