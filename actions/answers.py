"""Says what the catalogue knows of a general question or a topic, with where it comes from."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import entity_value, written
from bot.catalogue.folding import fold
from bot.catalogue.model import Source, Topic


def cited(text: str, *sources: Source) -> str:
    """Give a text with its sources and the day each was checked."""
    word = services.get().labels["card"]["source"]
    named = "; ".join(f"{one.title} ({one.checked_on:%d-%m-%Y})" for one in sources)
    return f"{text}\n{word}: {named}"


def told(topic: Topic) -> str:
    """Give what is known of a topic; past its date only where to ask."""
    given = services.get()
    if topic.valid_until and topic.valid_until < given.today():
        return f"{given.labels['card']['expired']} {topic.way_on}"
    return cited(f"{topic.text} {topic.way_on}", *topic.sources)


def say_named_answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say what is known of the topic that a message names in so many words; tell whether it did."""
    topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
    if topic is None:
        return False
    say_topic(dispatcher, topic)
    return True


def say_named_question(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """The same for the questions that have their own answer and no intent, and for a name alone.

    It goes before what is said in general.
    """
    topic = asked_question(tracker)
    if topic is None and is_name_alone(tracker):
        topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
    if topic is None:
        return False
    say_topic(dispatcher, topic)
    return True


def asked_question(tracker: Tracker) -> Topic | None:
    """Give the question with its own answer and no intent that a message asks in so many words."""
    topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
    return topic if topic and topic.kind == "question" else None


def is_name_alone(tracker: Tracker) -> bool:
    """Tell whether a message is the name of a topic and no more: "lesgeld", "nuffic"."""
    topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
    names = (topic.name, *topic.names) if topic else ()
    return fold(written(tracker)) in map(fold, names)


def say_topic(dispatcher: CollectingDispatcher, topic: Topic) -> None:
    """Say what is known of a programme, organisation, scheme or word."""
    dispatcher.utter_message(text=f"{topic.name}\n{told(topic)}")


def say_answer(dispatcher: CollectingDispatcher, intent: str) -> None:
    """Say the fixed answer of an intent; what states facts is filled in from the catalogue."""
    topic = services.get().catalogue.topics.get(intent)
    dispatcher.utter_message(response=f"utter_{intent}", answer=told(topic) if topic else "")
