"""Background questions: take in what was said, ask what is missing."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff, reach
from actions.advice import leave_the_question, show_more, show_what_is_new, wants_more
from actions.answers import say_named_question
from actions.change import ask_what_to_change
from actions.consent import STAGES
from actions.distress import let_go
from actions.explore import say_occupation
from actions.feelings import comfort
from actions.fit import say_fit
from actions.left_out import say_what_is_left_out, tells_benefit
from actions.numbered import numbered_alone
from actions.refusals import (
    ask_which_is_refused,
    is_forged,
    refuses_something,
    say_what_is_refused,
)
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import (
    Events,
    adds_limits,
    ask,
    entities_of,
    entity_value,
    is_call_time,
    last_said,
    left_to_ask,
    proceed,
    profile_of,
    summary_text,
    written,
)
from actions.which import ask_again, ask_which, choices
from bot import intake
from bot.catalogue.folding import fold, has
from bot.catalogue.model import TargetOccupation
from bot.dialogue.amounts import hours_in
from bot.dialogue.in_context import names_province

LOSING = ("at_risk", "ww")
_CONTACT = re.compile(r"(?:[\w'’]+[^\w\[]+){0,4}\[(?:telefoon|e-mail)\](?:\W+[\w'’]+){0,3}\W*")
ANY_HOURS = range(1, 61)
OFTEN = 2
"""So many times a question is asked in other words or again, before we go on without an answer."""


def heard(tracker: Tracker) -> list[dict[str, Any]]:
    """Give the entities of the message, and a bare number as the answer to the open question."""
    text = written(tracker)
    # In a handoff a number or a yes answers that, not the question from before it.
    asked = tracker.get_slot("asked") if tracker.get_slot("stage") not in STAGES else None
    number = None if is_call_time(tracker) else intake.bare_number(asked, text)
    if number and not hours_in(text, services.get().labels["context"], ANY_HOURS):
        number = None  # "ik ben 34", "mijn man werkt 40"
    said = [one for one in entities_of(tracker) if not (_is_mask(one, text) or is_forged(one))]
    said = [_as_meant(one, tracker) if one.get("bare") else one for one in said]
    if tracker.get_slot("stage") == "advice" and tracker.get_slot("asked") is None:
        said = [_to_read_about(one, text) for one in said]
    if tracker.get_slot("asked") == "occupation":
        said = [*said, *(_work_in_sector(said, text) or _work_left(said, text))]
    if asked == "interests":
        said = [*said, *_wished_then(said, text)]
    if said:
        return said
    wage = _begins_with_yes_or_no(text) if asked == "needs_wage" else None
    return [one for one in (number, wage) if one]


def _begins_with_yes_or_no(text: str) -> dict[str, Any] | None:
    """Give what "ja, anders kan ik de huur niet betalen" answers to whether a wage is needed."""
    words, first = services.get().labels["question"], fold(text).split()[:1]
    for name, value in (("yes", "needed"), ("no", "not_needed")):
        if first and first[0] in words[name].split():
            return {"entity": "wage", "value": value}
    return None


def _is_mask(item: dict[str, Any], text: str) -> bool:
    """Tell whether this is the word that stands for a masked telephone number or address."""
    start, end = item.get("start", 0), item.get("end", 0)
    return item["entity"] == "occupation" and text[start - 1 : start] + text[end : end + 1] == "[]"


def _as_meant(item: dict[str, Any], tracker: Tracker) -> dict[str, Any]:
    """Give technical work that may be done or wished as what the open question makes of it.

    To the question for work it is work, to be asked if it was told in few words; else it is a wish.
    """
    intent = tracker.get_intent_of_latest_message()
    if tracker.get_slot("asked") == "occupation" and intent != "express_interest":
        told = item["entity"] == "occupation"
        return item if told else {**item, "entity": "occupation", "alternatives": item["ranking"]}
    return item if intent == "correct" else {**item, "entity": "target_occupation"}


def _to_read_about(item: dict[str, Any], text: str) -> dict[str, Any]:
    """Give work whose name is all of a message as work to go to: below the advice it asks to read."""
    targets = services.get().catalogue.targets.values()
    named = next((one for one in targets if fold(text) in map(fold, (one.name, *one.names))), None)
    if item["entity"] != "occupation" or named is None:
        return item
    return {**item, "entity": "target_occupation", "value": named.id}


def _work_in_sector(said: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Give the occupation that is known by the sector's own word: "bij de bank", if none is named."""
    if any(item["entity"] == "occupation" for item in said):
        return []
    called = services.get().catalogue.called
    words = (
        fold(text[item["start"] : item["end"]])
        for item in said
        if item["entity"] == "sector" and "start" in item
    )
    found = next((called[word] for word in words if word in called), None)
    return [{"entity": "occupation", "value": found}] if found else []


def _work_left(said: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Give the occupation by an everyday word of who has had enough: "die kassa wil ik niet meer"."""
    given = services.get()
    words = fold(text)
    if said or not has(words, given.labels["context"]["leaving"]):
        return []
    called = given.catalogue.called
    found = next((called[word] for word in words.split() if word in called), None)
    return [{"entity": "occupation", "value": found}] if found else []


def _wished_then(said: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Give work that somebody once wished to do, and its first liking: "ik wou elektricien worden"."""
    given, words = services.get(), fold(text)
    wish: dict[str, str] = given.labels["context"]
    if said or not (has(words, wish["wished_then"]) and has(words, wish["wished_to_be"])):
        return []
    targets = given.catalogue.targets.values()
    found = [one for one in targets if has(words, ",".join(map(fold, (one.name, *one.names))))]
    likes = [
        {"entity": "interest", "value": value} for one in found for value in one.interests[:1]
    ]
    named = [{"entity": "target_occupation", "value": one.id} for one in found]
    return [*named, *likes] if len(found) == 1 else []


def absorbed(tracker: Tracker) -> dict[str, Any]:
    """Give the profile with this message taken in."""
    return intake.absorb(
        profile_of(tracker),
        [entity for entity in heard(tracker) if not choices(entity)],
        asked=tracker.get_slot("asked"),
        correcting=_intent(tracker) == "correct",
        adding=_adds(tracker) or adds_limits(tracker),
        keeping_work=not _takes_back(tracker),
        new_work=has_new_work(tracker),
    )


def has_new_work(tracker: Tracker) -> bool:
    """Tell whether the work that the message names is the work of today: "ik ben nu conciërge"."""
    text, words = written(tracker), services.get().labels["context"]
    work = [one for one in heard(tracker) if one["entity"] == "occupation" and "start" in one]
    begun = any(_leads(text[: one["start"]], words["work_now"]) for one in work)
    # "Mijn zus is kapster geworden" is of another.
    became = any(
        _leads(text[: one["start"]], words["am"])
        and fold(text[one["end"] :]).split()[:1] == [words["become"]]
        for one in work
    )
    return bool(work) and (begun or became or has(fold(text), words["new_work"]))


def _leads(before: str, phrases: str) -> bool:
    """Tell whether one of these phrases stands at the end of the words before something."""
    return any(f" {fold(before)}".endswith(f" {one}") for one in phrases.split(","))


def _takes_back(tracker: Tracker) -> bool:
    """Tell whether the message mends what was said: "nee, ik ben kok"; or says what to change."""
    words, said = services.get().labels["question"], fold(written(tracker)).split()
    mends = not set(words["mends"].split()).isdisjoint(said) or has_new_work(tracker)
    asked_for = "utter_change_what" in last_said(tracker)
    denies = said[:1] != [] and said[0] in words["no"].split()
    return (mends or asked_for or denies) and not _adds(tracker)


def wished(tracker: Tracker) -> TargetOccupation | None:
    """Give the occupation that the person would like, if the message names one."""
    found = (one["value"] for one in heard(tracker) if one["entity"] == "target_occupation")
    name = next(found, None)
    if name is None and tracker.get_intent_of_latest_message() == "express_interest":
        return numbered_alone(tracker)
    return services.get().catalogue.targets.get(name or "")


class ActionTakeIn(Action):
    """Takes in every answer of one message and goes on with what is missing."""

    def name(self) -> str:
        return "action_take_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if (events := let_go(dispatcher, tracker)) is not None:
            return events
        # That debts ask for an income is an answer to that question alone.
        if tracker.get_slot("asked") != "needs_wage":
            events = comfort(dispatcher, tracker)
            if events is not None:
                return events
        return await take_in(dispatcher, tracker)


async def take_in(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take in a message and say what comes next."""
    if conversation.get().name or handoff.says_here_for_a_place(tracker):
        return await handoff.answer(dispatcher, tracker, profile_of(tracker), _intent(tracker))
    before, profile, target = profile_of(tracker), absorbed(tracker), wished(tracker)
    kept = [SlotSet("profile", profile), SlotSet("supposed", None)]
    if target:
        kept.append(SlotSet("topic", target.id))
    if entity_value(tracker, "about"):
        return ask_what_to_change(dispatcher, tracker)
    if refuses_something(tracker):
        return ask_which_is_refused(dispatcher, tracker)
    if unclear := next((one for one in heard(tracker) if _must_ask(one, tracker)), None):
        return [*kept, *ask_which(dispatcher, unclear)]
    if target:
        say_occupation(dispatcher, target, profile)
        if tracker.get_slot("advised"):
            say_fit(dispatcher, target, profile)
    if tracker.get_slot("stage") in STAGES or conversation.get().contact:
        return [*kept, *await handoff.answer(dispatcher, tracker, profile, None)]
    if handoff.asks_for_a_call(tracker):
        return [*kept, *await handoff.request(dispatcher, tracker)]
    if only_contact(tracker):
        dispatcher.utter_message(response="utter_contact_not_kept")
        return [*kept, *come_back(dispatcher, tracker)]
    if _loses_work(tracker, before, profile):
        dispatcher.utter_message(response="utter_sorry_for_work")
    say_what_is_refused(dispatcher, before, profile)
    _say_what_changed(dispatcher, before, profile)
    say_what_is_left_out(dispatcher, tracker, heard(tracker), profile)
    if tells_benefit(heard(tracker)):
        return [*kept, *_past(dispatcher, tracker, profile, "situation")]
    if not intake.named([one for one in heard(tracker) if not choices(one)]):
        return [*kept, *_nothing_new(dispatcher, tracker, profile, target)]
    if tracker.get_slot("stage") == "advice":
        if profile == before:
            return [*kept, *_more(dispatcher, tracker, profile)]
        shown = show_what_is_new(dispatcher, before, profile)
        asks = await reach.ask_to_correct(dispatcher, tracker, before, profile)
        if asks:
            leave_the_question(dispatcher)
        return [*kept, *shown, *asks]
    # One question at a time: the one that is open comes back after the answer.
    asks = await reach.ask_to_correct(dispatcher, tracker, before, profile)
    if asks and tracker.get_slot("asked") in profile:
        # After the yes or no to that the next question comes, not the one that is answered.
        asks.append(SlotSet("asked", left_to_ask(tracker, profile)))
    return [*kept, *(asks or _go_on(dispatcher, tracker, profile))]


def _must_ask(entity: dict[str, Any], tracker: Tracker) -> bool:
    """Tell whether it must be asked which is meant; in passing nobody is asked what is known."""
    name, asked, intent = entity["entity"], tracker.get_slot("asked"), _intent(tracker)
    if name == "situation":
        return name not in profile_of(tracker) and bool(choices(entity))
    if intent == "correct" or asked == name:
        return bool(choices(entity))
    in_passing = asked in intake.named(heard(tracker)) or intent == "express_interest"
    return not in_passing and name not in profile_of(tracker) and bool(choices(entity))


def _intent(tracker: Tracker) -> str | None:
    """Give the intent; who adds something with "ook" takes nothing back."""
    intent: str | None = tracker.get_intent_of_latest_message()
    return "inform" if intent == "correct" and _adds(tracker) else intent


def _adds(tracker: Tracker) -> bool:
    also = services.get().labels["question"]["also"].split()
    return not set(also).isdisjoint(fold(written(tracker)).split())


def only_contact(tracker: Tracker) -> bool:
    """Tell whether the message is little more than a masked telephone number or mail address."""
    text = written(tracker)
    return bool(_CONTACT.fullmatch(text)) and tracker.get_slot("stage") not in STAGES


def _loses_work(tracker: Tracker, before: dict[str, Any], profile: dict[str, Any]) -> bool:
    """Tell whether the person just told, in own words, that the work is or will be gone."""
    told = bool(written(tracker))
    return told and profile.get("situation") in LOSING and "situation" not in before


def _say_what_changed(
    dispatcher: CollectingDispatcher, before: dict[str, Any], profile: dict[str, Any]
) -> None:
    """Repeat an answer that took the place of an earlier one, so that a mistake is seen."""
    changed = {
        field: value
        for field, value in profile.items()
        if field != "refused" and before.get(field, value) != value
    }
    if changed:
        dispatcher.utter_message(response="utter_changed", summary=summary_text(changed))


def _go_on(dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]) -> Events:
    """Ask the next question; the open one again when the message told other things."""
    asked = tracker.get_slot("asked")
    missed = list(tracker.get_slot("missed") or [])
    if asked is None or asked in profile or asked in (tracker.get_slot("skipped") or []):
        return proceed(dispatcher, tracker, profile)
    if not dispatcher.messages:
        kept = profile != profile_of(tracker)
        dispatcher.utter_message(response="utter_noted" if kept else "utter_known")
    if again := ask_again(dispatcher, tracker, profile):
        return again
    if tracker.get_intent_of_latest_message() == "correct":
        return ask(dispatcher, asked)
    if missed.count(asked) >= OFTEN and profile == profile_of(tracker):
        return _without(dispatcher, tracker, profile, asked)
    repeated = ask(dispatcher, asked) if asked not in missed else None
    missed.append(asked)
    tracker.slots["missed"] = missed
    return [SlotSet("missed", missed), *(repeated or proceed(dispatcher, tracker, profile))]


def _nothing_new(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    profile: dict[str, Any],
    target: TargetOccupation | None,
) -> Events:
    """Answer a message that told nothing that we did not know."""
    intent, asked = tracker.get_intent_of_latest_message(), tracker.get_slot("asked")
    if target:
        return come_back(dispatcher, tracker)
    if asked is None and say_named_question(dispatcher, tracker):
        return come_back(dispatcher, tracker)
    if intent == "correct" or (intent == "inform" and asked is None):
        return ask_what_to_change(dispatcher, tracker)
    if asked is None and tracker.get_slot("stage") == "advice":
        if wants_more(tracker):
            return show_more(dispatcher, tracker)
        return _more(dispatcher, tracker, profile)
    if {"unasked", "doubt"}.intersection(one["entity"] for one in heard(tracker)):
        return come_back(dispatcher, tracker)
    liked = asked == "interests" and intent == "express_interest"
    if asked is None or not (intent == "inform" or liked):
        return proceed(dispatcher, tracker, profile)
    return not_found(dispatcher, tracker, profile)


def _more(dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]) -> Events:
    """Ask what is left to ask, or what the person would like to do with the advice."""
    if intake.next_question(profile, tracker.get_slot("skipped") or []):
        return proceed(dispatcher, tracker, profile)
    dispatcher.utter_message(response="utter_advice_more")
    return []


def not_found(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]
) -> Events:
    """Nothing of the answer was recognised: ask once more in other words, then go on without."""
    asked = tracker.get_slot("asked")
    missed = list(tracker.get_slot("missed") or [])
    # A question is missed as well when it was put off because other things were told.
    again = any(name.startswith("utter_retry_") for name in last_said(tracker))
    if asked in missed and (again or missed.count(asked) > OFTEN):
        return _without(dispatcher, tracker, profile, asked)
    dispatcher.utter_message(response=_retry(tracker, asked))
    return [SlotSet("missed", [*missed, asked])]


def _retry(tracker: Tracker, asked: str) -> str:
    """Name the words in which a question is asked again: near to what was said, where that is known."""
    said, words = fold(written(tracker)), services.get().labels["context"]
    if asked == "education" and has(said, words["mbo"]):
        return "utter_retry_level_education"
    if asked == "place" and names_province(said, words):
        return "utter_retry_town_place"
    if any(one["entity"] == "avoid" for one in heard(tracker)):
        return "utter_retry_other_avoid"
    return f"utter_retry_{asked}"


def _without(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], asked: str
) -> Events:
    dispatcher.utter_message(response="utter_go_on_without")
    return _past(dispatcher, tracker, profile, asked)


def _past(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], asked: str
) -> Events:
    """Leave a question unanswered and ask the next one."""
    skipped = [*(tracker.get_slot("skipped") or []), asked]
    tracker.slots["skipped"] = skipped
    return [SlotSet("skipped", skipped), *proceed(dispatcher, tracker, profile)]
