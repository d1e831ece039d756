"""Says what of a message is not written down, and why, so that nobody thinks that it counts."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.services import services
from actions.talk import labelled, profile_of, written
from bot import intake
from bot.catalogue.folding import fold, has
from bot.dialogue.in_context import BENEFIT
from bot.profile import Avoid


def say_what_is_left_out(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    said: list[dict[str, Any]],
    profile: dict[str, Any],
) -> None:
    """Say it of an age, a benefit, a doubt, work beside the work that is known, and a limit that is only near.

    `profile`: with the message, whose entities are `said`, taken in.
    """
    names = {one["entity"] for one in said}
    if _asks_age(tracker):
        say_answer(dispatcher, "ask_age")
    elif tells_benefit(said):
        dispatcher.utter_message(response="utter_benefit_not_kept")
    elif names == {"unasked"}:
        dispatcher.utter_message(response="utter_age_not_needed")
    if "doubt" in names:
        dispatcher.utter_message(response="utter_doubt")
    work = profile_of(tracker).get("occupation")
    others = {one["value"] for one in said if one["entity"] == "occupation"}
    kept = profile.get("occupation") == work and work not in others
    if work and kept and intake.named(said) == {"occupation"}:
        name = labelled("occupation", work)
        dispatcher.utter_message(response="utter_work_kept", name=name)
    _say_which_limits(dispatcher, tracker, said)


def tells_benefit(said: list[dict[str, Any]]) -> bool:
    """Tell whether the person has a benefit that tells of health, which is not written down."""
    return any((one["entity"], one["value"]) == ("unasked", BENEFIT) for one in said)


def _say_which_limits(
    dispatcher: CollectingDispatcher, tracker: Tracker, said: list[dict[str, Any]]
) -> None:
    limits = [one["value"] for one in said if one["entity"] == "avoid"]
    rest = _not_usable(fold(written(tracker)))
    if near := _only_near(tracker, said):
        dispatcher.utter_message(response="utter_avoid_nearest", avoid=labelled("avoid", near))
    if rest and {*limits} & {*Avoid}:
        kept = labelled("avoid", limits)
        dispatcher.utter_message(response="utter_avoid_partly", avoid=kept, rest=", ".join(rest))


def _not_usable(said: str) -> list[str]:
    """Give the limits in folded words that the advice knows nothing of, the longest words for each."""
    words = services.get().labels["context"]
    unknown = set(words["limits"].split(",")) - set(words["nearly"].split(","))
    found: list[str] = []
    for phrase in sorted(unknown, key=lambda one: (-len(one), one)):
        if has(said, phrase) and not any(has(one, phrase) for one in found):
            found.append(phrase)
    return found


def _asks_age(tracker: Tracker) -> bool:
    """Tell whether a message that tells something asks too whether one is too old."""
    text = written(tracker)
    return "?" in text and has(fold(text), services.get().labels["context"]["age_asked"])


def _only_near(tracker: Tracker, said: list[dict[str, Any]]) -> list[str]:
    """Give what stands for a limit that the advice does not know: "geen avonden" is no night."""
    text, words = written(tracker), services.get().labels["context"]["nearly"]
    limits = [one for one in said if one["entity"] == "avoid" and "start" in one]
    return [one["value"] for one in limits if has(fold(text[one["start"] : one["end"]]), words)]
