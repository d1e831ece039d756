"""The statuses of a handoff: what must hold of the one table of moves, whatever is in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.errors import IllegalMove
from bot.handoff.model import MOVES, OPEN, Move, Status, after

DOCS = Path(__file__).parents[2] / "docs" / "partner.md"
ENDED = frozenset(Status) - OPEN
WITH_COUNSELLOR = {Status.CLAIMED, Status.RETURNED}
PARTNERS_OWN = (Move.DELIVER, Move.ACKNOWLEDGE, Move.FAIL)


def reachable(start: Status) -> set[Status]:
    """Give every status that can come after this one."""
    found = {start}
    while more := {to for (here, _), to in MOVES.items() if here in found} - found:
        found |= more
    return found


def test_nothing_leaves_a_status_that_ended():
    assert [key for key in MOVES if key[0] in ENDED] == []


def test_every_status_can_come_and_every_open_one_can_end():
    assert reachable(Status.REQUESTED) == set(Status)
    for status in OPEN:
        assert Status.CLOSED in reachable(status), status


@pytest.mark.parametrize("status", sorted(OPEN))
def test_a_person_can_always_withdraw(status: Status):
    assert after(status, Move.WITHDRAW) is Status.WITHDRAWN


@pytest.mark.parametrize("status", sorted(WITH_COUNSELLOR))
@pytest.mark.parametrize("move", PARTNERS_OWN)
def test_a_partner_never_takes_a_request_from_a_counsellor(status: Status, move: Move):
    assert after(status, move) is status


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (Status.CLAIMED, {Move.CLAIM, Move.HEAR}),
        (Status.RETURNED, {Move.ASK}),
        (Status.APPROVED, {Move.APPROVE, Move.RETRY}),
        (Status.ACKNOWLEDGED, {Move.ACKNOWLEDGE}),
        (Status.CLOSED, {Move.CLOSE}),
        (Status.WITHDRAWN, {Move.WITHDRAW}),
        (Status.EXPIRED, {Move.EXPIRE}),
    ],
)
def test_a_status_says_what_was_done(status: Status, moves: set[Move]):
    came = {move for (here, move), to in MOVES.items() if to is status and here is not status}
    assert came == moves


@given(st.sampled_from(Status), st.sampled_from(Move))
def test_what_is_not_in_the_table_cannot_be_done(status: Status, move: Move):
    if (status, move) in MOVES:
        assert after(status, move) is MOVES[status, move]
    else:
        with pytest.raises(IllegalMove, match=f"{status} -> {move}"):
            after(status, move)


class Handoff(RuleBasedStateMachine):
    """A request to which anything is tried in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status.REQUESTED
        self.claimed = self.approved = self.withdrawn = False

    @rule(move=st.sampled_from(Move))
    def someone_tries(self, move: Move) -> None:
        """Try a move; when it is refused nothing has changed."""
        before = self.status
        try:
            self.status = after(before, move)
        except IllegalMove:
            return
        assert before not in ENDED
        self.claimed |= move is Move.CLAIM
        self.approved |= move in (Move.APPROVE, Move.RETRY)
        self.withdrawn |= move is Move.WITHDRAW

    @invariant()
    def what_it_is_follows_from_what_was_done(self) -> None:
        """Nobody is with a counsellor, approved or withdrawn without someone who did that."""
        if self.status in WITH_COUNSELLOR:
            assert self.claimed
        if self.status is Status.APPROVED:
            assert self.approved
        assert (self.status is Status.WITHDRAWN) == self.withdrawn


TestAnySequence = Handoff.TestCase


def table() -> str:
    """Give the table of moves as docs/partner.md shows it."""
    lines = []
    for status in Status:
        moves = [
            f"{move} → {to}" if to is not status else f"{move} (blijft)"
            for (here, move), to in MOVES.items()
            if here is status
        ]
        lines.append(f"| `{status}` | {', '.join(sorted(moves)) or 'einde'} |")
    return "\n".join(lines)


def test_the_documentation_shows_the_table_as_it_is():
    assert table() in DOCS.read_text("utf-8")
