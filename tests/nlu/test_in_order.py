"""The graph of the model gives the same one node after the other as through dask."""

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.in_order import InOrderRunner


@pytest.mark.parametrize("text", ["kapper", "ik woon in Breda en wil iets met computers", ""])
def test_in_order_as_through_dask(agent: Any, text: str) -> None:
    processor = agent.processor
    runner = processor.graph_runner
    assert isinstance(runner, InOrderRunner)
    targets = [processor.model_metadata.nlu_target]
    found = [
        run(
            runner,
            inputs={
                PLACEHOLDER_MESSAGE: [UserMessage(text, message_id="1")],
                PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("x", []),
            },
            targets=targets,
        )[targets[0]][0].as_dict()
        for run in (InOrderRunner.run, DaskGraphRunner.run)
    ]
    assert found[0] == found[1]
