"""What a handoff is and which moves are legal. Pure: the standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.errors import IllegalMove

CONSENT_VERSION = "2026-11"
DISTRESS = "distress"
"""The intent of words of despair or danger, and the event of a request: that they were written, never what."""
DECLINED = "declined"
"""The outcome of a request that is not for who has it: nothing of it goes out any more."""
OUTCOMES = ("started_learning", "found_work", "advice_given", "not_reached", "other", DECLINED)
"""What came of a request that was closed."""


class Status(StrEnum):
    """Where a handoff is."""

    REQUESTED = "requested"
    CLAIMED = "claimed"
    RETURNED = "returned"
    APPROVED = "approved"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Move(StrEnum):
    """What can be done with it."""

    CLAIM = "claim"
    RELEASE = "release"
    ASK = "ask"
    HEAR = "hear"
    APPROVE = "approve"
    DELIVER = "deliver"
    ACKNOWLEDGE = "acknowledge"
    FAIL = "fail"
    RETRY = "retry"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


_S, _M = Status, Move
OPEN = frozenset(_S) - {_S.CLOSED, _S.WITHDRAWN, _S.EXPIRED}
"""The statuses in which something can still happen."""

MOVES: dict[tuple[Status, Move], Status] = {
    **{
        (status, _M.CLAIM): _S.CLAIMED
        for status in (_S.REQUESTED, _S.DELIVERED, _S.ACKNOWLEDGED, _S.FAILED)
    },
    # A partner may have it at once while a counsellor works on it: the counsellor's status stays.
    **{
        (status, move): status
        for status in (_S.CLAIMED, _S.RETURNED)
        for move in (_M.DELIVER, _M.ACKNOWLEDGE, _M.FAIL)
    },
    (_S.REQUESTED, _M.DELIVER): _S.DELIVERED,
    (_S.REQUESTED, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.REQUESTED, _M.FAIL): _S.FAILED,
    (_S.ACKNOWLEDGED, _M.DELIVER): _S.ACKNOWLEDGED,
    (_S.CLAIMED, _M.RELEASE): _S.REQUESTED,
    (_S.RETURNED, _M.RELEASE): _S.REQUESTED,
    (_S.CLAIMED, _M.ASK): _S.RETURNED,
    (_S.RETURNED, _M.HEAR): _S.CLAIMED,
    (_S.CLAIMED, _M.APPROVE): _S.APPROVED,
    (_S.RETURNED, _M.APPROVE): _S.APPROVED,
    (_S.APPROVED, _M.DELIVER): _S.DELIVERED,
    (_S.APPROVED, _M.FAIL): _S.FAILED,
    (_S.DELIVERED, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.APPROVED, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.FAILED, _M.RETRY): _S.APPROVED,
    (_S.FAILED, _M.DELIVER): _S.DELIVERED,
    (_S.FAILED, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    **{(status, _M.CLOSE): _S.CLOSED for status in OPEN - {_S.REQUESTED}},
    **{(status, _M.WITHDRAW): _S.WITHDRAWN for status in OPEN},
    **{(status, _M.EXPIRE): _S.EXPIRED for status in (_S.REQUESTED, _S.CLAIMED, _S.RETURNED)},
}
"""The one table of legal moves."""


def after(status: Status, move: Move) -> Status:
    """Give the status after a move.

    Raises:
        IllegalMove: this move cannot be made from this status.
    """
    try:
        return MOVES[status, move]
    except KeyError:
        raise IllegalMove(f"{status} -> {move}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffRequest:
    """What a person agreed to share, at the moment of the yes.

    `region` is a code AMnn or "NL". `contact` None means: only through this chat.
    """

    conversation_id: str
    region: str
    partner_id: str
    profile: dict[str, Any]
    advice: dict[str, Any]
    consent_text: str
    consent_at: datetime
    transcript_until: int
    contact_name: str | None = None
    contact: str | None = None
    in_distress: bool = False
