"""People who tap and type anything never get stuck (10,000 of them: python -m bench.random_walk)."""

from bench.random_walk import walk
from tests.conversations.conftest import Person


async def test_nobody_who_taps_and_types_at_random_gets_stuck(person: Person) -> None:
    wrong = list(await walk(person.conversations, range(6)))
    assert not wrong, wrong[0]
