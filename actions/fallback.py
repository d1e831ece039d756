"""What to do when a message is not understood, is about something else, or is angry."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import show_more, wants_more
from actions.answers import say_named_answer, say_named_question
from actions.asked_work import asked_about, explain
from actions.consent import STAGES
from actions.distress import let_go, say_emergency, say_help, stay_with_distress
from actions.explore import say_occupation
from actions.feelings import comfort, say_kindly
from actions.forget import forget_one
from actions.guesses import guesses as guessed
from actions.guesses import meanings, takes_leave
from actions.handoff import (
    asks_again,
    asks_for_a_call,
    leave,
    place_is_missed,
    request,
    wants_the_chat,
)
from actions.intake import heard, not_found, only_contact, take_in, wished
from actions.numbered import numbered, numbered_alone
from actions.reach import (
    ask_other_way,
    half,
    is_by_mail,
    says_one_of,
    stops,
    wants_a_person,
)
from actions.reach import wished as wished_way
from actions.resume import come_back
from actions.services import conversation
from actions.status import answer_about_contact, open_request, say_status_to_who_waits
from actions.talk import Events, entity_value, last_said, profile_of, written
from actions.told import asks, keep_told, told
from bot import intake
from bot.catalogue.model import TargetOccupation

LADDER = ("utter_not_understood", "utter_not_understood_again", "utter_not_understood_still")
"""What is said when we do not understand again and again; the second offers a person."""
WHICH = "utter_which_meaning"
FIRST_STEP = {LADDER[0], WHICH, "utter_out_of_scope"}
TELLS = frozenset(
    {
        "inform",
        "correct",
        "want_switch",
        "express_interest",
        "affirm",
        "deny",
        "dont_know",
        "greet",
    }
)
"""Guesses with which what was recognised is taken in; other guesses are questions or wishes."""
ANSWERS = frozenset({"inform", "correct", "express_interest", "affirm", "deny"})
"""Guesses with which the message is most likely meant as an answer to the open question."""
FEW = 4
"""Words of a message that only names what one likes, or asks whether one can mail."""
MORE = frozenset({"ask_advice", "want_switch", "ask_occupation"})
"""Guesses with which "heb je nog iets anders" beside the advice means other work."""


def _step(said: tuple[str, ...], first: str) -> str:
    if FIRST_STEP & set(said) or LADDER[2] in said:
        return LADDER[1]
    return LADDER[2] if LADDER[1] in said else first


def _asked_now(tracker: Tracker) -> bool:
    """Tell whether the bot's last words were the question that is open."""
    asked = tracker.get_slot("asked")
    last = last_said(tracker)[-1:]
    return last == (f"utter_ask_{asked}",) and tracker.get_slot("stage") == "intake"


def _answers(tracker: Tracker) -> bool:
    """Tell whether a message that is no question answers the open one: "ja want ik heb kinderen"."""
    return tracker.get_slot("asked") in intake.named(heard(tracker)) and not asks(written(tracker))


def _may_be_liked(tracker: Tracker) -> bool:
    """Tell whether a few words after "wat doe je graag" name something the advice cannot use."""
    text = written(tracker)
    few = len(text.split()) <= FEW and not asks(text)
    return few and tracker.get_slot("asked") == "interests" and _asked_now(tracker)


def _asks_for_mail(tracker: Tracker) -> bool:
    """Tell whether a few words ask whether one can mail or call: "kan ik ook mailen"."""
    text = written(tracker)
    return is_by_mail(tracker) and asks(text) and len(text.split()) <= FEW


def _numbered(tracker: Tracker, guesses: list[str]) -> TargetOccupation | None:
    """Give the suggestion that is asked after by its number: "vertel meer over de tweede"."""
    if guesses[:1] == ["ask_occupation"]:
        return next(iter(numbered(tracker)), None)
    return numbered_alone(tracker)


async def about_handoff(
    dispatcher: CollectingDispatcher, tracker: Tracker, guess: list[str]
) -> Events | None:
    """Answer what is about the handoff that is open or was sent, by its own words; else None."""
    given = conversation.get()
    open_one, open_here = await open_request(), tracker.get_slot("stage") in STAGES
    if given.contact or given.name:
        return await take_in(dispatcher, tracker)
    asks_to_be_called = bool(wished_way(tracker)) and says_one_of(tracker, "asks")
    if not open_one and not open_here and asks_to_be_called:
        return await request(dispatcher, tracker)
    if not open_one and tracker.get_slot("stage") == "consent":
        events = ask_other_way(dispatcher, tracker)
        if events is not None:
            return events
    if asks_for_a_call(tracker) or (asks_again(tracker) and not open_one):
        return await request(dispatcher, tracker)
    if guess == ["delete_data"] and (events := await forget_one(dispatcher, tracker)) is not None:
        return events
    if open_here and stops(tracker):
        return await leave(dispatcher, tracker)
    if wants_the_chat(tracker, None) and not open_one:
        return await take_in(dispatcher, tracker)
    if open_here or open_one:
        events = await half(dispatcher, tracker, None, sent=open_one is not None)
        return events if events is not None else await answer_about_contact(dispatcher, tracker)
    return None


class ActionNotUnderstood(Action):
    """Takes in what a person tells; else asks which of the likeliest meanings it is.

    The second time in a row it offers a person.
    """

    def name(self) -> str:
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if (events := let_go(dispatcher, tracker)) is not None:
            return events
        if stay_with_distress(dispatcher, tracker):
            return []
        guesses = guessed(tracker)
        events = await about_handoff(dispatcher, tracker, guesses[:1])
        if events is not None:
            return events
        if (events := comfort(dispatcher, tracker)) is not None:
            return events
        tells = TELLS.issuperset(guesses[:1])
        if tells and (intake.named(heard(tracker)) or wished(tracker)) or only_contact(tracker):
            return await take_in(dispatcher, tracker)
        if _answers(tracker):
            return await take_in(dispatcher, tracker)
        if intake.named(told(tracker)) - set(profile_of(tracker)):
            return await take_in(dispatcher, tracker)
        if say_named_answer(dispatcher, tracker):
            return come_back(dispatcher, tracker)
        if await say_status_to_who_waits(dispatcher, tracker):
            return []
        if meant := asked_about(tracker):
            return explain(dispatcher, tracker, meant)
        if meant := _numbered(tracker, guesses):
            say_occupation(dispatcher, meant, profile_of(tracker))
            return [SlotSet("topic", meant.id), *come_back(dispatcher, tracker)]
        if wants_more(tracker) and MORE.intersection(guesses[:1]):
            return show_more(dispatcher, tracker)
        if say_kindly(dispatcher, tracker):
            return come_back(dispatcher, tracker)
        if takes_leave(tracker):
            dispatcher.utter_message(response="utter_goodbye")
            return come_back(dispatcher, tracker)
        if _asks_for_mail(tracker):
            dispatcher.utter_message(response="utter_by_mail")
            return come_back(dispatcher, tracker)
        text = str(tracker.latest_message.get("text") or "")
        await conversation.get().not_understood(text, guesses[0] if guesses else None)
        said = last_said(tracker)
        step = _step(said, LADDER[0])
        seems_answer = ANSWERS.intersection(guesses[:1]) != frozenset() and _asked_now(tracker)
        if step == LADDER[0] and (seems_answer or _may_be_liked(tracker)):
            return not_found(dispatcher, tracker, profile_of(tracker))
        if place_is_missed(tracker):
            return await take_in(dispatcher, tracker)
        if tracker.get_slot("stage") in STAGES:
            # What is open offers all there is to choose, a person too.
            dispatcher.utter_message(response=LADDER[0])
        elif step == LADDER[0] and (buttons := await meanings(tracker)):
            dispatcher.utter_message(response=WHICH, buttons=buttons)
        else:
            dispatcher.utter_message(response=step)
        return come_back(dispatcher, tracker)


class ActionOutOfScope(Action):
    """Says what this is for; uses what was recognised all the same."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if (events := let_go(dispatcher, tracker)) is not None:
            return events
        if stay_with_distress(dispatcher, tracker):
            return []
        events = await about_handoff(dispatcher, tracker, [])
        if events is not None:
            return events
        if (events := comfort(dispatcher, tracker)) is not None:
            return events
        if intake.bare_number(
            tracker.get_slot("asked"), str(tracker.latest_message.get("text") or "")
        ):
            return await take_in(dispatcher, tracker)
        if asks(written(tracker)) and await say_status_to_who_waits(dispatcher, tracker):
            return []
        if say_named_answer(dispatcher, tracker):
            return come_back(dispatcher, tracker)
        if meant := asked_about(tracker):
            return explain(dispatcher, tracker, meant)
        if _may_be_liked(tracker):
            return not_found(dispatcher, tracker, profile_of(tracker))
        dispatcher.utter_message(response=_step(last_said(tracker), "utter_out_of_scope"))
        return come_back(dispatcher, tracker)


class ActionDistress(Action):
    """Says at once who can help; nothing else."""

    def name(self) -> str:
        return "action_distress"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if how_sure := entity_value(tracker, "danger"):
            say_emergency(dispatcher, sure=how_sure != "maybe")
        else:
            say_help(dispatcher, tracker)
        return keep_told(tracker)


class ActionComplain(Action):
    """Takes anger seriously: says sorry, offers a person; what it is about is answered if we can."""

    def name(self) -> str:
        return "action_complain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if wants_a_person(tracker):
            return await request(dispatcher, tracker)
        if (events := comfort(dispatcher, tracker)) is not None:
            return events
        if say_kindly(dispatcher, tracker) or say_named_question(dispatcher, tracker):
            return come_back(dispatcher, tracker)
        if _answers(tracker):
            return await take_in(dispatcher, tracker)
        again = "utter_complain" in last_said(tracker)
        dispatcher.utter_message(response="utter_complain_again" if again else "utter_complain")
        return []
