"""When a delivery is tried again: exponential, with jitter, not for ever."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DeliveryError
from bot.handoff.outbox import (
    FIRST_WAIT_SECONDS,
    GIVE_UP_AFTER,
    LEAST_TRIES,
    LONGEST_RETRY_AFTER,
    LONGEST_WAIT_SECONDS,
    next_try,
)
from bot.handoff.ports import Delivery

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRIES = st.integers(1, 10_000)
SEEDS = st.integers(0, 2**32)


def delivery(tries: int, age: timedelta = timedelta()) -> Delivery:
    """Give a delivery that was just tried."""
    return Delivery(
        id="d", kind="handoff", partner_id="p", tries=tries, created_at=NOW - age, body={}
    )


def wait(tries: int, seed: int, error: DeliveryError | None = None) -> float:
    """Give the seconds to the next try."""
    again = next_try(delivery(tries), error or DeliveryError("x"), NOW, random.Random(seed))
    assert again is not None
    return (again - NOW).total_seconds()


@given(TRIES, SEEDS)
def test_the_wait_grows_up_to_a_quarter_of_an_hour_and_is_never_nothing(tries: int, seed: int):
    ceiling = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(tries, 30))
    assert FIRST_WAIT_SECONDS / 2 <= wait(tries, seed) <= ceiling


@given(st.integers(3, 12))
def test_full_jitter_spreads_those_that_failed_together(tries: int):
    waits = sorted(wait(tries, seed) for seed in range(200))
    ceiling = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2**tries)
    assert waits[20] < ceiling * 0.3
    assert waits[-20] > ceiling * 0.7


@given(TRIES, SEEDS, st.floats(0, 10**7))
def test_what_the_receiver_asks_is_the_least_we_wait_within_reason(
    tries: int, seed: int, asked: float
):
    waited = wait(tries, seed, DeliveryError("x", retry_after=asked))
    assert waited >= min(asked, LONGEST_RETRY_AFTER) - 0.001
    assert waited <= max(LONGEST_RETRY_AFTER, LONGEST_WAIT_SECONDS)


@given(TRIES, st.timedeltas(timedelta(), timedelta(days=30)))
def test_it_ends_after_three_days_and_enough_tries_or_at_a_final_no(tries: int, age: timedelta):
    again = next_try(delivery(tries, age), DeliveryError("x"), NOW, random.Random(1))
    assert (again is None) == (age > GIVE_UP_AFTER and tries >= LEAST_TRIES)
    final = DeliveryError("x", final=True)
    assert next_try(delivery(tries, age), final, NOW, random.Random(1)) is None
