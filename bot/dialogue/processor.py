"""Rasa's agent and message processor, with the waste of a turn taken out.

Stock Rasa checks each action's answer against a constant JSON schema that it compiles anew
(16 ms a turn, measured) and sends the whole domain with each call. Our actions run in this process:
the sender is our own code, so neither is needed. It reads a button's payload only after every
component has read it as words, and has dask order the components anew for each message.
"""

import functools
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from actions.care import CAREFUL, DOUBT
from actions.numbered import suggested
from actions.services import Services, services
from actions.told import asks, asks_only
from bot.dialogue.after_care import after_care
from bot.dialogue.amounts import in_digits
from bot.dialogue.beside_advice import REFUSED, beside_advice
from bot.dialogue.in_context import in_context
from bot.dialogue.in_order import InOrderRunner
from bot.dialogue.mentioned import Seen
from bot.dialogue.parsed import Words
from bot.dialogue.self_corrected import (
    denied_part,
    mended_from,
    with_disliked,
    with_mended,
)
from bot.dialogue.side_question import of_others, with_subject
from bot.handoff.model import DISTRESS
from nlu.dutch_numbers import DutchNumbers
from nlu.extractor import Extractor
from nlu.lexicon import load_lexicon

MOST_MENDED = 400
"""Characters of a message that are searched for words that take something back."""


class InProcessAction(RemoteAction):
    """An action of the package `actions`, called as a function."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": {
                "sender_id": tracker.sender_id,
                "slots": tracker.current_slot_values(),
                "latest_message": tracker.latest_message.parse_data
                if tracker.latest_message
                else {},
                "events": [event.as_dict() for event in tracker.events],
                "paused": False,
                "followup_action": None,
                "active_loop": {},
                "latest_action_name": tracker.latest_action_name,
            },
            "domain": {},
        }

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return isinstance(result.get("events"), list)


class Processor(MessageProcessor):
    """Runs our own actions in this process; Rasa's defaults stay as they are."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.graph_runner = InOrderRunner(self.graph_runner)  # type: ignore[has-type]

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """Give the next action as Rasa does, ours in the cheaper form."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self.action_endpoint)
        return action, prediction

    def _parse_message_with_graph(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Read a button's payload as Rasa's last component does, without running the others."""
        tapped = YAMLStoryReader.unpack_regex_message(
            Message({"text": message.text}), self.domain, RegexMessageHandler.__name__
        )
        if tapped.get("intent"):
            return dict(tapped.as_dict(only_output_properties=only_output_properties))
        parsed = dict(super()._parse_message_with_graph(message, tracker, only_output_properties))
        given = services.get(None)
        if given is None or not tracker.events:
            return parsed  # read on its own: `zijstap parse`
        if CAREFUL in _names_now(tracker):
            parsed = after_care(parsed, given.labels[DISTRESS], DOUBT)
            if parsed["intent"]["name"] == DISTRESS:
                return parsed
        words: Words = given.labels["context"]
        parsed = self._mended(parsed, tracker, words)
        known = tracker.get_slot("profile") or {}
        read = in_context(parsed, _asked_now(tracker), words, known, _digits)
        read = _as_side_question(read, tracker, given)
        if tracker.get_slot("stage") != "advice" or not tracker.get_slot("advised"):
            return read
        beside = {**given.labels["beside_advice"], "number": given.labels["number"]}
        return beside_advice(read, _seen(tracker, given), beside)

    def _mended(
        self, parsed: dict[str, Any], tracker: DialogueStateTracker, words: Words
    ) -> dict[str, Any]:
        """Read by themselves the words with which a message takes something back, if there are any."""
        text = str(parsed.get("text") or "")[:MOST_MENDED]

        def read(part: str) -> dict[str, Any]:
            message = UserMessage(part)
            return dict(super(Processor, self)._parse_message_with_graph(message, tracker))

        if start := mended_from(text, words):
            return with_mended(parsed, start, read(text[start:]))
        if denied := denied_part(text, words):
            return with_disliked(parsed, read(denied))
        return parsed


@functools.cache
def _numbers() -> DutchNumbers:
    """Give the numbers by the words of the lexicon that the extractors read."""
    lexicon = load_lexicon(Path(Extractor.get_default_config()["lexicon"]))
    return DutchNumbers(lexicon["numbers"])


def _digits(text: str) -> str:
    """Give a text with its numbers in digits."""
    return in_digits(text, _numbers())


def _as_side_question(
    read: dict[str, Any], tracker: DialogueStateTracker, given: Services
) -> dict[str, Any]:
    """Give a message as what it asks in the light of the last turn."""
    text, last = str(read.get("text") or ""), _last_intent(tracker)
    topics = given.catalogue.topics
    names = {one.name: one.id for one in topics.values()}
    just_now = {last or "", *(names[head] for head in _headings_now(tracker) if head in names)}
    found = with_subject(read, topics.values(), just_now, asking=asks(text))
    if found != read:
        return found
    return of_others(
        read,
        given.catalogue.targets.values(),
        last,
        given.labels["side_question"],
        asking=asks_only(text),
        has_work="occupation" in (tracker.get_slot("profile") or {}),
    )


def _last_intent(tracker: DialogueStateTracker) -> str | None:
    """Name the intent of the person's message before this one."""
    last = next((one for one in reversed(tracker.events) if isinstance(one, UserUttered)), None)
    return last.intent_name if last else None


def _asked_now(tracker: DialogueStateTracker) -> str | None:
    """Name the open question if the bot's last words asked it."""
    said = next((one for one in reversed(tracker.events) if isinstance(one, BotUttered)), None)
    name = str((said.metadata or {}).get("utter_action") or "") if said else ""
    asked: str | None = tracker.get_slot("asked")
    return asked if asked and name.startswith("utter_") and name.endswith(asked) else None


def _seen(tracker: DialogueStateTracker, given: Services) -> Seen:
    """Give what the person sees of the advice."""
    profile = tracker.get_slot("profile") or {}
    targets = given.catalogue.targets
    shown = tracker.get_slot("supposed") or profile
    refused, just_refused = profile.get(REFUSED, []), _just_refused(tracker)
    left = [one for one in refused if one not in just_refused]
    ids = {one.name: one.id for one in targets.values()}
    return Seen(
        targets=targets,
        shown=suggested(shown),
        last=[ids[name] for name in _headings_now(tracker) if name in ids],
        refused=refused,
        page=tracker.get_slot("page") or 0,
        earlier=suggested({**shown, REFUSED: left}) if just_refused else (),
        just_refused=just_refused,
        avoids=profile.get("avoid", []),
        has_place="place" in profile,
    )


def _just_refused(tracker: DialogueStateTracker) -> list[str]:
    """Give the work to which the person's last message said no, and that is left out since."""
    last = next((one for one in reversed(tracker.events) if isinstance(one, UserUttered)), None)
    refused = (tracker.get_slot("profile") or {}).get(REFUSED, [])
    said = [one["value"] for one in last.entities if one["entity"] == REFUSED] if last else []
    return [one for one in said if one in refused]


def _said_now(tracker: DialogueStateTracker) -> list[BotUttered]:
    """Give what the bot said since the person's last message, in order."""
    last = takewhile(lambda one: not isinstance(one, UserUttered), reversed(tracker.events))
    return [one for one in last if isinstance(one, BotUttered)][::-1]


def _names_now(tracker: DialogueStateTracker) -> set[str]:
    """Name the responses of what the bot said last."""
    return {str((one.metadata or {}).get("utter_action")) for one in _said_now(tracker)}


def _headings_now(tracker: DialogueStateTracker) -> Iterator[str]:
    """Give the first lines of what the bot said last, without the number of a suggestion."""
    for event in _said_now(tracker):
        yield re.sub(r"^\d\. ", "", (event.text or "").partition("\n")[0])


class ZijstapAgent(Agent):
    """An agent with our processor."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load the model from a file."""
        self.processor = Processor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses
