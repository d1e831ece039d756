"""Getting in and staying in: with a clock that is moved."""

from typing import Any

import pyotp
import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import func, select

from bot.console import auth, login
from bot.console.state import COOKIE
from bot.settings import Settings
from bot.storage.console_tables import Account, ConsoleSession
from tests.accounts import login_form
from tests.integration.console.stage import Stage, html, page_of, staged, taken_up

INBOX = "/console/inbox"


async def tries(stage: Stage, email: str, password: str, code: str) -> Any:
    """Try to log in from an address that did nothing before."""
    form = {"email": email, "password": password, "code": code}
    return await stage.browser().post("/console/inloggen", data=form, allow_redirects=False)


async def is_in(browser: TestClient, **more: Any) -> bool:
    answer = await browser.get(INBOX, allow_redirects=False, **more)
    return bool(answer.status == 200)


def cookie_of(answer: Any) -> Any:
    return answer.cookies[COOKIE]


async def test_the_cookie_is_for_the_console_alone_and_new_at_each_login(stage: Stage):
    account, browser = await stage.account("anna"), stage.browser()
    first = cookie_of(await stage.logs_in(account, browser))
    assert first["httponly"]
    assert (first["samesite"], first["path"]) == ("Lax", "/console")
    stage.clock.pass_by(minutes=1)
    second = cookie_of(await stage.logs_in(account, browser))
    assert len(second.value) >= 43
    assert second.value != first.value
    # The session that the browser had before ended with the new login.
    assert not await is_in(stage.browser(), headers={"Cookie": f"{COOKIE}={first.value}"})
    async with stage.database.transaction() as session:
        stored = (await session.scalars(select(ConsoleSession.id_hash))).all()
    assert all(second.value not in row for row in stored)


async def test_a_session_that_someone_brings_along_is_not_used(stage: Stage):
    browser, account = stage.browser(), await stage.account("anna")
    browser.session.cookie_jar.update_cookies({COOKIE: "chosen-by-someone-else"})
    answer = await stage.logs_in(account, browser)
    assert cookie_of(answer).value != "chosen-by-someone-else"
    assert not await is_in(stage.browser(), headers={"Cookie": f"{COOKIE}=chosen-by-someone-else"})


async def test_thirty_minutes_of_nothing_end_a_session(stage: Stage):
    browser = await stage.counsellor("anna")
    for _ in range(3):
        stage.clock.pass_by(minutes=29)
        assert await is_in(browser)
    stage.clock.pass_by(minutes=31)
    assert not await is_in(browser)


async def test_a_page_that_refreshes_itself_is_not_someone_at_work(stage: Stage):
    browser = await stage.counsellor("anna")
    for _ in range(6):
        stage.clock.pass_by(minutes=5)
        answer = await browser.get(INBOX, headers={"HX-Request": "true"})
        assert answer.status == 200
    stage.clock.pass_by(minutes=1)
    answer = await browser.get(INBOX, headers={"HX-Request": "true"}, allow_redirects=False)
    # The page's script decides: words that were typed there stay.
    assert (answer.status, answer.headers["HX-Reswap"]) == (401, "none")
    assert "HX-Redirect" not in answer.headers


async def test_who_logs_in_comes_back_where_they_were(stage: Stage):
    account, browser = await stage.account("anna"), stage.browser()
    reference = await stage.handoff()
    answer = await browser.get(page_of(reference), allow_redirects=False)
    assert answer.headers["Location"] == f"/console/inloggen?next=%2Fconsole%2Faanvraag%2F{reference}"
    page = await html(await browser.get(answer.headers["Location"]))
    assert f'name="next" value="{page_of(reference)}"' in page
    form = login_form(account, stage.clock()) | {"next": page_of(reference)}
    wrong = await html(await browser.post("/console/inloggen", data=form | {"code": "0"}), 401)
    assert f'name="next" value="{page_of(reference)}"' in wrong
    answer = await browser.post("/console/inloggen", data=form, allow_redirects=False)
    assert answer.headers["Location"] == page_of(reference)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org", "//example.org/console/", "/console//example.org", "/\\example.org",
     "/console/../x", "/console@example.org", "/gesprek", "/console/inbox\r\nX: y", ""],
)  # fmt: skip
async def test_a_login_sends_nobody_elsewhere(stage: Stage, elsewhere: str):
    form = login_form(await stage.account("anna"), stage.clock()) | {"next": elsewhere}
    answer = await stage.browser().post("/console/inloggen", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, INBOX)


async def test_words_sent_after_the_session_ended_are_given_back(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    stage.clock.pass_by(minutes=31)
    answer = await anna.post(page_of(reference, "antwoord"), data={"text": "Dag <Roos>"})
    page = await html(answer, 401)
    assert ">Dag &lt;Roos&gt;</textarea>" in page
    assert f'name="next" value="{page_of(reference)}"' in page
    assert "Dag" not in "".join(message.text for message in await stage.read(reference))


async def test_after_twelve_hours_everyone_logs_in_again(stage: Stage):
    browser = await stage.counsellor("anna")
    for _ in range(36):
        stage.clock.pass_by(minutes=20)
        assert await is_in(browser)
    stage.clock.pass_by(minutes=1)
    assert not await is_in(browser)


async def test_logging_out_ends_the_session_for_good(stage: Stage):
    account, browser = await stage.account("anna"), stage.browser()
    value = cookie_of(await stage.logs_in(account, browser)).value
    await browser.post("/console/uitloggen")
    assert not await is_in(stage.browser(), headers={"Cookie": f"{COOKIE}={value}"})


@pytest.mark.parametrize("action", ["disable", "reset", "change"])
async def test_what_an_admin_changes_ends_the_sessions_at_once(stage: Stage, action: str):
    account, browser = await stage.account("anna"), stage.browser()
    await stage.logs_in(account, browser)
    admin = await stage.counsellor("admin", role="admin")
    form = {
        "email": account.email, "action": action,
        "name": "Anna", "role": "coordinator", "regions": "AM01",
    }  # fmt: skip
    await html(await admin.post("/console/beheer/accounts", data=form))
    assert not await is_in(browser)
    stage.clock.pass_by(minutes=1)
    again = await stage.logs_in(account)
    assert again.status == (303 if action == "change" else 401)


async def test_after_five_mistakes_the_delay_doubles_up_to_fifteen_minutes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(login, "TRIES_A_MINUTE", 1000)  # the other limit is not what this is about
    account = await stage.account("anna")
    for _ in range(auth.FREE_TRIES):
        await html(await tries(stage, account.email, "wrong", "000000"), 401)
    delays = []
    for _ in range(12):
        async with stage.database.transaction() as session:
            row = await session.scalar(select(Account).where(Account.email == account.email))
            assert row is not None
            assert row.next_login_at is not None
            delays.append((row.next_login_at - stage.clock()).total_seconds())
        # Too soon: even the right answer does not help, and does not make it longer.
        assert (await stage.logs_in(account)).status == 401
        stage.clock.pass_by(seconds=delays[-1] + 61)
        await tries(stage, account.email, "wrong", "000000")
    assert delays[:3] == [2, 4, 8]
    assert max(delays) == 900
    stage.clock.pass_by(minutes=16)
    assert (await stage.logs_in(account)).status == 303


async def test_nobody_learns_which_accounts_exist(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    account = await stage.account("anna")
    off = await stage.account("bram")
    async with stage.database.transaction() as session:
        row = await session.scalar(select(Account).where(Account.email == off.email))
        assert row is not None
        row.disabled = True
    checked = []
    whole = auth._password_fits
    monkeypatch.setattr(
        auth, "_password_fits", lambda known, given: checked.append(known) or whole(known, given)
    )
    pages = []
    for email, password in (
        (account.email, "wrong"),
        ("niemand@example.org", "wrong"),
        (off.email, off.password),
        (account.email, account.password),
    ):
        page = await html(await tries(stage, email, password, "000000"), 401)
        pages.append(page.replace(email, ""))
    assert len(set(pages)) == 1
    # Each of them cost one check of a hash of the same kind: no difference in time either.
    assert len(checked) == 4
    assert all(known.startswith("$argon2id$") for known in checked)


async def test_a_code_works_once_and_a_recovery_code_too(stage: Stage):
    account = await stage.account("anna")
    code = pyotp.parse_uri(account.totp_uri).at(stage.clock())
    assert (await tries(stage, account.email, account.password, code)).status == 303
    assert (await tries(stage, account.email, account.password, code)).status == 401
    recovery = account.recovery_codes[0]
    assert (await tries(stage, account.email, account.password, recovery)).status == 303
    assert (await tries(stage, account.email, account.password, recovery)).status == 401
    async with stage.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(ConsoleSession)) == 2


async def test_a_minute_holds_ten_tries_from_one_address(stage: Stage):
    statuses = [
        (await tries(stage, f"x{number}@example.org", "wrong", "0")).status for number in range(11)
    ]
    assert statuses == [401] * 10 + [429]


async def test_behind_https_the_cookie_goes_over_nothing_else(settings: Settings):
    from dataclasses import replace

    async with staged(replace(settings, secure_cookies=True)) as stage:
        answer = await stage.logs_in(await stage.account("anna"))
        assert cookie_of(answer)["secure"]
        assert "Strict-Transport-Security" in answer.headers
