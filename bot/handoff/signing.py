"""Signs what goes to a partner and checks what comes back: HMAC-SHA256 over `timestamp.body`.

The scheme is that of the large payment webhooks: the timestamp is signed too, so a replay after
five minutes is refused; two keys may be valid at once while they are being rotated.
"""

import hashlib
import hmac
from collections.abc import Iterable

WINDOW_SECONDS = 300
TIMESTAMP_HEADER = "X-Zijstap-Timestamp"
SIGNATURE_HEADER = "X-Zijstap-Signature"


def signature(key: str, timestamp: int, body: bytes) -> str:
    """Give `v1=` and the hex HMAC-SHA256 of `timestamp.body`."""
    digest = hmac.new(key.encode(), b"%d." % timestamp + body, hashlib.sha256)
    return f"v1={digest.hexdigest()}"


def sign(keys: Iterable[str], timestamp: int, body: bytes) -> dict[str, str]:
    """Give the headers of a signed request, one signature for each active key."""
    return {
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: ",".join(signature(key, timestamp, body) for key in keys),
    }


def is_valid(keys: Iterable[str], timestamp: str, given: str, body: bytes, now: float) -> bool:
    """Tell whether one of the given signatures fits one of the keys, within the window."""
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        return False
    expected = [signature(key, int(timestamp), body) for key in keys]
    candidates = given.split(",")[:4]
    return any(
        hmac.compare_digest(one.encode(), other.strip().encode("utf-8", "replace"))
        for one in expected
        for other in candidates
    )
