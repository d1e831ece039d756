"""Signing: fixed examples, any change is noticed, five minutes, two keys while rotating."""

import hashlib
import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.signing import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    WINDOW_SECONDS,
    is_valid,
    sign,
    signature,
)

KEYS = st.text(string.ascii_letters + string.digits + "-_", min_size=8, max_size=60)
NOW = 1_795_000_000


def test_the_signature_is_what_anyone_computes_with_their_own_tools():
    # printf '1795000000.{"a": 1}' | openssl dgst -sha256 -hmac key-of-the-example
    assert signature("key-of-the-example", NOW, b'{"a": 1}') == "v1=9992b027caddac064ee6688c7cedea127c291105e6f64dcde866db555add85e5"


@given(key=KEYS, body=st.binary(max_size=300))
def test_a_signed_body_is_valid_and_an_independent_computation_agrees(key: str, body: bytes):
    headers = sign([key], NOW, body)
    own = hmac.new(key.encode(), f"{NOW}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers == {TIMESTAMP_HEADER: str(NOW), SIGNATURE_HEADER: f"v1={own}"}
    assert is_valid([key], str(NOW), headers[SIGNATURE_HEADER], body, NOW)


@given(key=KEYS, body=st.binary(min_size=1, max_size=100), place=st.integers(0, 99), bit=st.integers(0, 7))
def test_one_changed_bit_of_the_body_is_noticed(key: str, body: bytes, place: int, bit: int):
    changed = bytearray(body)
    changed[place % len(body)] ^= 1 << bit
    assert not is_valid([key], str(NOW), signature(key, NOW, body), bytes(changed), NOW)


@given(key=KEYS, other=KEYS)
def test_only_one_of_our_keys_fits(key: str, other: str):
    given_ = signature(key, NOW, b"x")
    assert is_valid([other], str(NOW), given_, b"x", NOW) == (key == other)
    assert is_valid([other, key], str(NOW), given_, b"x", NOW)
    assert not is_valid([], str(NOW), given_, b"x", NOW)


def test_while_keys_rotate_each_of_the_two_reads_it():
    headers = sign(["old", "new"], NOW, b"x")
    for keys in (["old"], ["new"], ["other", "new"]):
        assert is_valid(keys, str(NOW), headers[SIGNATURE_HEADER], b"x", NOW)
    assert not is_valid(["other"], str(NOW), headers[SIGNATURE_HEADER], b"x", NOW)


@given(st.integers(-2 * WINDOW_SECONDS, 2 * WINDOW_SECONDS))
def test_a_request_is_good_for_five_minutes_both_ways(age: int):
    given_ = signature("key", NOW, b"x")
    assert is_valid(["key"], str(NOW), given_, b"x", NOW + age) == (abs(age) <= WINDOW_SECONDS)


def test_the_timestamp_itself_is_signed():
    assert not is_valid(["key"], str(NOW + 1), signature("key", NOW, b"x"), b"x", NOW)


@given(st.text(max_size=40), st.text(max_size=40))
def test_anything_at_all_in_the_headers_is_refused_without_an_error(timestamp: str, given_: str):
    assert not is_valid(["key"], timestamp, given_, b"x", NOW)


@pytest.mark.parametrize("timestamp", ["", "-1", "1e9", "٣", "1" * 13, "\udcff", " 1795000000"])
def test_what_is_no_time_is_refused(timestamp: str):
    assert not is_valid(["key"], timestamp, signature("key", NOW, b"x"), b"x", NOW)


def test_bytes_that_are_no_text_are_refused_without_an_error():
    assert not is_valid(["key"], str(NOW), "v1=\udcff", b"x", NOW)
