"""Says what the catalogue knows of a general question or a topic, with where it comes from."""

from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
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


def say_answer(dispatcher: CollectingDispatcher, intent: str) -> None:
    """Say the fixed answer of an intent; what states facts is filled in from the catalogue."""
    topic = services.get().catalogue.topics.get(intent)
    dispatcher.utter_message(response=f"utter_{intent}", answer=told(topic) if topic else "")
