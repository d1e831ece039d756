"""What people type with a question open: is what they say of it written down, and nothing else.

`answers.yml` and `answers_more.yml` are by writers who knew the questions and nothing of the model;
docs/nlu.md has what was right at first sight.
"""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import intake
from bot.catalogue.folding import fold
from bot.dialogue.turn import Conversations
from bot.server import load_services, opened_database
from bot.settings import read_settings
from bot.storage import conversations as store
from bot.storage.bell import Bell
from bot.storage.database import Database

FILES = ("answers.yml", "answers_more.yml")
BEFORE = {
    "occupation": '/inform{"occupation":"kassamedewerker"}',
    "situation": '/inform{"situation":"at_risk"}',
    "education": '/inform{"education":"mbo2"}',
    "place": '/inform{"place":"Breda"}',
    "interests": '/inform{"interest":"hands_on"}',
    "hours": '/inform{"hours":"32"}',
    "needs_wage": '/inform{"wage":"not_needed"}',
}
"""The taps that answer the questions before the one that is open."""
HELP = ("113", "0800-2000", "112")
CAREFUL = "Misschien begrijp ik je verkeerd"
UNKEPT = {"ask", "private", "other", "mbo"}
"""What is said but cannot be written down as it is: the bot asks, or says why not."""
RIGHT, WRONG, ASKED = "right", "wrong", "asked again"


class Listener:
    """Conversations in which any of the questions can be open."""

    def __init__(self, conversations: Conversations, database: Database, agent: Any) -> None:
        self._conversations, self._database, self._agent = conversations, database, agent

    async def hears(self, asked: str, say: str) -> tuple[dict[str, Any], str]:
        """Give what was written down for a message with this question open, and the answer."""
        talk = (await self._conversations.start(channel="web")).id
        for question in intake.QUESTIONS[: intake.QUESTIONS.index(asked)]:
            await self._conversations.take_turn(talk, "tap", payload=BEFORE[question])
        before = await self._profile(talk)
        answer = await self._conversations.take_turn(talk, say)
        after = await self._profile(talk)
        changed = {name: value for name, value in after.items() if before.get(name) != value}
        return changed, "\n".join(message.text for message in answer)

    async def _profile(self, talk: str) -> dict[str, Any]:
        async with self._database.transaction() as session:
            return dict((await store.load(session, talk)).slots.get("profile") or {})

    async def works(self, name: str) -> set[str]:
        """Give the occupations that an everyday name may stand for."""
        found: set[str] = set()
        for text in (name, f"ik ben {name}"):
            for one in (await self._agent.parse_message(text))["entities"]:
                if one["entity"].endswith("occupation"):
                    found |= {one["value"], *one.get("ranking", ()), *one.get("alternatives", ())}
        return found


@pytest.fixture
async def listener(agent: Any, tmp_path: Path) -> AsyncIterator[Listener]:
    """Give someone to talk to on the real model."""
    settings = read_settings(tmp_path, {})
    services = load_services(settings)
    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        talks = Conversations(database, agent, services, services.clock, bell)
        yield Listener(talks, database, agent)


async def verdict(listener: Listener, case: dict[str, Any]) -> str:
    """Judge one case by what was written down for the question that was open."""
    asked, meant = case["asked"], case["is"]
    written, answer = await listener.hears(asked, case["say"])
    helped = any(one in answer for one in HELP) and CAREFUL not in answer
    if meant == "crisis" or helped:
        return RIGHT if helped and meant == "crisis" else WRONG
    got = written.get(asked)
    wanted = [one for one in meant or [] if one not in UNKEPT]
    if not wanted:
        return RIGHT if got in (None, []) else WRONG
    if got is None:
        return ASKED
    return RIGHT if await _is_meant(listener, asked, written, wanted) else WRONG


async def _is_meant(
    listener: Listener, asked: str, written: dict[str, Any], wanted: list[str]
) -> bool:
    got, first = written[asked], wanted[0]
    if asked == "needs_wage":
        if first in ("yes", "no"):
            return bool(got) == (first == "yes")
        return written.get("min_wage_month") == round(float(first))
    if asked == "occupation":
        return any([got in await listener.works(name) for name in wanted])
    if asked == "place":
        # "Bergen (L.)" is Bergen.
        return fold(str(got)).split(" (")[0] in {fold(name) for name in wanted}
    if asked in ("interests", "avoid"):
        return set(got) == set(wanted) - {"none"}
    return str(got) in {one.split(".")[0] for one in wanted}


def cases_of(name: str) -> list[dict[str, Any]]:
    """Give the cases of a file."""
    read: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("name", FILES)
async def test_answers_are_written_down_as_they_are_meant(listener: Listener, name: str) -> None:
    cases = cases_of(name)
    verdicts = [(await verdict(listener, case), case) for case in cases]
    counts = Counter(one for one, _ in verdicts)
    wrong = [case for one, case in verdicts if one == WRONG]
    assert len(cases) >= 300
    assert counts[RIGHT] >= 0.89 * len(cases), [case for one, case in verdicts if one == ASKED]
    assert len(wrong) <= 0.05 * len(cases), wrong


@pytest.mark.parametrize("name", FILES)
async def test_despair_in_place_of_an_answer_is_seen(listener: Listener, name: str) -> None:
    cases = [case for case in cases_of(name) if case["is"] == "crisis"]
    missed = [case for case in cases if await verdict(listener, case) != RIGHT]
    assert len(cases) >= 12
    assert missed == []
