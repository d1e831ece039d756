"""Deliveries to a partner that drops, delays, refuses and comes back; on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web

from bot.handoff import outbox as rules
from bot.handoff.model import Move
from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid
from bot.observability import outbox_metrics
from bot.operations import retry_handoff
from bot.privacy.erasure import erase
from bot.privacy.retention import REQUEST, purge
from bot.settings import Settings
from bot.storage import handoffs
from bot.storage.database import Database, again_on_conflict
from bot.storage.handoff_tables import PartnerSetting
from bot.storage.outbox import CIRCUIT_OPENS_AFTER, CIRCUIT_PAUSE
from connectors.partners import webhook
from tests.integration.deliveries import Post, post_office
from tests.partner import Partner, hang_up, never_answer

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is between us and the partner, and not between us and the database."""


@pytest.fixture
def partner() -> Partner:
    """Give the partner."""
    return Partner()


@pytest.fixture
def other() -> Partner:
    """Give another partner."""
    return Partner()


@pytest.fixture
async def post(
    database: Database, settings: Settings, partner: Partner, other: Partner
) -> AsyncIterator[Post]:
    """Give the outbox with both partners."""
    async with post_office(database, settings, partner, other) as opened:
        yield opened


async def move(post: Post, handoff_id: str, wanted: Move, actor: str = "person") -> None:
    """Make a move in a transaction of its own, again when a worker came between, as a turn does."""

    async def once() -> None:
        async with post.database.transaction() as session:
            row = await handoffs.load(session, handoff_id)
            await handoffs.move(session, row, wanted, actor, post.now)

    await again_on_conflict(once)


async def test_five_faults_and_then_an_answer_give_one_delivery_under_one_key(
    post: Post, partner: Partner
):
    request = await post.request()
    partner.answers += [web.Response(status=500) for _ in range(5)]
    waits = []
    while (await post.rows())[0].state == "pending":
        await post.worker.deliver_due()
        row = (await post.rows())[0]
        waits.append((row.next_try_at - post.now).total_seconds())
        open_until = (await post.partner_row()).open_until
        post.now = max(row.next_try_at, open_until or row.next_try_at)
    assert len(partner.received) == 6
    assert len(partner.idempotency_keys) == 1
    assert len({str(body) for body in partner.received}) == 1
    for number, wait in enumerate(waits[:5], 1):
        assert rules.FIRST_WAIT_SECONDS / 2 <= wait <= rules.FIRST_WAIT_SECONDS * 2**number
    assert (await post.handoff(request.id)).status == "delivered"


@ON_SQLITE
async def test_every_try_is_signed_anew_with_both_active_keys(post: Post, partner: Partner):
    async with post.database.transaction() as session:
        row = await session.get(PartnerSetting, "partner")
        row.next_key = "the-next-key"
    await post.request()
    partner.answers.append(web.Response(status=503))
    await post.deliver_until_done()
    first, second = (headers[TIMESTAMP_HEADER] for headers in partner.headers)
    assert int(second) > int(first)
    for key in (partner.key, "the-next-key"):
        for headers, body in zip(partner.headers, partner.bodies, strict=True):
            stamp = headers[TIMESTAMP_HEADER]
            assert is_valid([key], stamp, headers[SIGNATURE_HEADER], body, float(stamp))


@ON_SQLITE
@pytest.mark.parametrize("misbehaviour", [hang_up, never_answer])
async def test_a_broken_or_silent_line_is_tried_again(
    post: Post, partner: Partner, misbehaviour: object, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(webhook, "TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    request = await post.request()
    partner.answers.append(misbehaviour)
    await post.deliver_until_done()
    assert len(partner.received) == 2
    assert len(partner.idempotency_keys) == 1
    assert (await post.handoff(request.id)).status == "delivered"


@ON_SQLITE
async def test_what_a_partner_asks_to_wait_is_waited(post: Post, partner: Partner):
    for status, as_date in ((429, False), (503, False), (429, True), (503, True)):
        await post.request()
        then = format_datetime(post.now + timedelta(seconds=600), usegmt=True)
        asked = {"Retry-After": then if as_date else "600"}
        partner.answers.append(web.Response(status=status, headers=asked))
        await post.worker.deliver_due()
        post.passes(seconds=599)
        assert await post.worker.deliver_due() == 0, (status, as_date)
        post.passes(seconds=1)
        assert await post.worker.deliver_due() == 1, (status, as_date)
    assert len(partner.received) == 8


@ON_SQLITE
async def test_nobody_can_make_us_wait_for_a_week(post: Post, partner: Partner):
    await post.request()
    week = web.Response(status=503, headers={"Retry-After": str(7 * 86400)})
    partner.answers.append(week)
    await post.worker.deliver_due()
    post.passes(seconds=rules.LONGEST_RETRY_AFTER)
    assert await post.worker.deliver_due() == 1


async def test_a_final_no_is_a_dead_letter_at_once_and_can_be_tried_again_by_hand(
    post: Post, partner: Partner
):
    request = await post.request()
    for status in sorted(webhook.NEVER_WILL):
        partner.answers.append(web.Response(status=status))
        await post.worker.deliver_due()
        (row,) = await post.rows()
        assert (row.state, row.last_error) == ("dead", f"HTTP {status}")
        assert (await post.handoff(request.id)).status == "failed"
        assert await retry_handoff(post.database, request.reference, post.now) == 1
    await post.worker.deliver_due()
    assert (await post.handoff(request.id)).status == "delivered"
    assert len(partner.idempotency_keys) == 1


@ON_SQLITE
async def test_a_redirect_is_never_followed(post: Post, partner: Partner, other: Partner):
    inside = (await post.partner_row("other")).endpoint
    for status in (301, 302, 307, 308):
        await post.request()
        partner.answers.append(web.Response(status=status, headers={"Location": inside}))
    await post.worker.deliver_due()
    assert other.received == []
    errors = {row.last_error for row in await post.rows()}
    assert errors == {"HTTP 301", "HTTP 302", "HTTP 307", "HTTP 308"}


@ON_SQLITE
async def test_a_conflict_or_an_acknowledgement_means_that_the_partner_has_it(
    post: Post, partner: Partner
):
    twice, taken = await post.request(), await post.request()
    partner.answers.append(web.Response(status=409))
    await post.worker.deliver_due()
    partner.answers.append(web.json_response({"status": "acknowledged"}))
    async with post.database.transaction() as session:
        handoffs.enqueue(session, taken, "partner", "handoff", post.now)
    await post.worker.deliver_due()
    assert (await post.handoff(twice.id)).status == "delivered"
    assert (await post.handoff(taken.id)).status == "acknowledged"


async def test_after_five_faults_the_circuit_opens_and_one_delivery_tries_it_again(
    post: Post, partner: Partner, other: Partner
):
    # GIVEN a partner that is down with many deliveries, and another that is up
    for _ in range(8):
        await post.request()
    partner.answers += [web.Response(status=500) for _ in range(50)]
    while (await post.partner_row()).failures < CIRCUIT_OPENS_AFTER:
        await post.worker.deliver_due()
        post.passes(seconds=5)
    tried = len(partner.received)

    # WHEN deliveries for both are due
    for _ in range(3):
        await post.request("other")
    await post.worker.deliver_due()

    # THEN the other has its own, and the one that is down is left alone
    assert len(other.received) == 3
    assert len(partner.received) == tried

    # AND half open: one tries, and the pause begins anew
    post.passes(seconds=CIRCUIT_PAUSE.total_seconds())
    post.passes(minutes=20)
    assert await post.worker.deliver_due() == 1
    assert await post.worker.deliver_due() == 0

    # AND one answer closes the circuit
    partner.answers.clear()
    post.passes(minutes=20)
    assert await post.worker.deliver_due() == 1
    assert (await post.partner_row()).failures == 0
    await post.deliver_until_done()
    assert {row.state for row in await post.rows()} == {"sent"}


async def test_a_slow_partner_leaves_room_for_the_others(
    post: Post, partner: Partner, other: Partner
):
    for _ in range(rules.BATCH + 5):
        await post.request()
    await post.request("other")
    leased = await post.outbox.lease(post.now, limit=rules.BATCH)
    assert "other" in {delivery.partner_id for delivery in leased}


async def test_two_workers_never_hold_the_same_delivery(post: Post):
    for _ in range(3):
        await post.request()
        await post.request("other")
    leases = await asyncio.gather(*(post.outbox.lease(post.now, limit=2) for _ in range(8)))
    taken = [delivery.id for lease in leases for delivery in lease]
    assert len(taken) == len(set(taken)) == 6
    post.passes(seconds=61)
    again = await post.outbox.lease(post.now, limit=10)
    assert {delivery.id for delivery in again} == set(taken)


@ON_SQLITE
async def test_a_paused_partner_keeps_its_deliveries_and_loses_none_when_it_comes_back(
    post: Post, partner: Partner
):
    async with post.database.transaction() as session:
        (await session.get(PartnerSetting, "partner")).paused = True
    request = await post.request()
    post.passes(days=7)
    assert await post.worker.deliver_due() == 0
    async with post.database.transaction() as session:
        (await session.get(PartnerSetting, "partner")).paused = False
    partner.answers.append(web.Response(status=503))
    await post.deliver_until_done()
    assert (await post.handoff(request.id)).status == "delivered"


async def test_a_week_of_silence_shows_in_the_metrics_and_ends_as_a_visible_dead_letter(
    post: Post, partner: Partner
):
    request = await post.request()
    partner.answers += [web.Response(status=500) for _ in range(500)]
    await post.worker.deliver_due()
    post.passes(days=2)
    await outbox_metrics.measure_outbox(post.database, post.clock)
    assert outbox_metrics.oldest._value.get() == pytest.approx(2 * 86400)
    post.passes(days=5)
    await post.deliver_until_done()
    (row,) = await post.rows()
    assert (row.state, row.tries) == ("dead", rules.LEAST_TRIES)
    assert (await post.handoff(request.id)).status == "failed"
    await outbox_metrics.measure_outbox(post.database, post.clock)
    assert outbox_metrics.number.labels(state="dead")._value.get() == 1


@ON_SQLITE
async def test_a_fault_of_our_own_is_one_more_try_and_holds_up_nobody(post: Post, other: Partner):
    class Broken:
        async def send(self, delivery: object) -> None:
            raise RuntimeError("broken on purpose")

    await post.request()
    broken = Post(post.database, Broken(), now=post.now)
    await broken.worker.deliver_due()
    (row,) = await post.rows()
    assert (row.state, row.last_error, row.leased_until) == ("pending", "RuntimeError", None)


@ON_SQLITE
async def test_what_was_not_sent_stays_home_after_a_withdrawal(post: Post, partner: Partner):
    request = await post.request()
    await move(post, request.id, Move.WITHDRAW)
    await post.worker.deliver_due()
    assert partner.received == []
    assert await retry_handoff(post.database, request.reference, post.now) == 0

    # THEN it is no loss that somebody must look at
    await outbox_metrics.measure_outbox(post.database, post.clock)
    assert outbox_metrics.number.labels(state="dead")._value.get() == 0


@ON_SQLITE
async def test_a_dead_letter_of_a_request_that_is_withdrawn_needs_nobody_any_more(
    post: Post, partner: Partner
):
    request = await post.request()
    partner.answers.append(web.Response(status=422))
    await post.worker.deliver_due()
    await outbox_metrics.measure_outbox(post.database, post.clock)
    assert outbox_metrics.number.labels(state="dead")._value.get() == 1
    await move(post, request.id, Move.WITHDRAW)
    await outbox_metrics.measure_outbox(post.database, post.clock)
    assert outbox_metrics.number.labels(state="dead")._value.get() == 0


async def test_what_may_have_arrived_is_not_sent_again_and_the_partner_is_told_to_delete_it(
    post: Post, partner: Partner
):
    request = await post.request()
    partner.answers.append(web.Response(status=500))
    await post.worker.deliver_due()
    await move(post, request.id, Move.WITHDRAW)
    post.passes(hours=1)
    await post.worker.deliver_due()
    assert [body["type"] for body in partner.received] == ["handoff", "withdrawal"]
    assert len(partner.idempotency_keys) == 2


@pytest.mark.parametrize("ending", ["withdraw", "erase"])
async def test_the_word_to_delete_a_request_never_overtakes_the_request(
    post: Post, partner: Partner, ending: str
):
    # GIVEN a delivery that a worker has in hand
    request = await post.request()
    (delivery,) = await post.outbox.lease(post.now, limit=1)

    # WHEN the person withdraws or erases everything
    if ending == "withdraw":
        await move(post, request.id, Move.WITHDRAW)
    else:
        async with post.database.transaction() as session:
            await erase(session, request.conversation_id, post.now)

    # THEN another worker does not send the withdrawal before the first one must be done
    assert await post.worker.deliver_due() == 0
    receipt = await post.sender.send(delivery)
    await post.outbox.sent(delivery, receipt, post.now)
    post.passes(seconds=61)
    await post.worker.deliver_due()
    assert [body["type"] for body in partner.received] == ["handoff", "withdrawal"]
    assert partner.received[1]["reference"] == request.reference


async def test_a_withdrawal_and_a_worker_at_the_same_moment_leave_nothing_untold(
    post: Post, partner: Partner
):
    for _ in range(8):
        request = await post.request()
        await asyncio.gather(post.worker.deliver_due(), move(post, request.id, Move.WITHDRAW))
        post.passes(seconds=61)
        await post.worker.deliver_due()
    sent = {body["reference"] for body in partner.received if body["type"] == "handoff"}
    told = {body["reference"] for body in partner.received if body["type"] == "withdrawal"}
    assert sent == told


async def test_an_expired_request_goes_to_nobody_any_more(post: Post, partner: Partner):
    async with post.database.transaction() as session:
        (await session.get(PartnerSetting, "partner")).paused = True
    request = await post.request()
    post.now += REQUEST + timedelta(days=1)
    await purge(post.database, post.now)
    assert (await post.handoff(request.id)).status == "expired"
    async with post.database.transaction() as session:
        (await session.get(PartnerSetting, "partner")).paused = False
    await post.worker.deliver_due()
    assert partner.received == []


@ON_SQLITE
async def test_a_request_that_was_closed_in_the_meantime_still_goes_out(
    post: Post, partner: Partner
):
    request = await post.request()
    await move(post, request.id, Move.CLAIM, "anna")
    await move(post, request.id, Move.CLOSE, "anna")
    await post.worker.deliver_due()
    assert len(partner.received) == 1
    assert (await post.handoff(request.id)).status == "closed"
