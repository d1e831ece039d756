"""The intent of a message that is a name of the catalogue and no more: no model has to guess it."""

from bot.catalogue.model import Catalogue, Topic
from bot.catalogue.places import fold
from nlu.answers import INFORM
from nlu.occupation_names import names_of

ASK_FUNDING, ASK_PROGRAMME, ASK_ROUTE = "ask_funding", "ask_programme", "ask_route"
NAMED = "named"
"""The key of a Rasa message under which the intent of a name is kept."""
_SAYS_MORE = frozenset("?*")
"""'lasser?' asks what a lasser does, '*lasser' corrects."""


class CatalogueNames:
    """Knows names: of occupations, which inform, and of what one asks after.

    A name of several is that of what people are, of a topic, of a route, of what they may become:
    the first of these.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._origins = frozenset(names_of(catalogue.origins).by_name)
        self._targets = frozenset(names_of(catalogue.targets).by_name)
        partners = ((ASK_PROGRAMME, [item.name]) for item in catalogue.partners.values())
        routes = ((ASK_ROUTE, [item.name, *item.names]) for item in catalogue.routes.values())
        topics = (
            (_intent_of(item), [item.name, *item.names]) for item in catalogue.topics.values()
        )
        self._asked_after = {
            fold(name): intent for intent, names in (*partners, *routes, *topics) for name in names
        }

    def intent_of(self, text: str) -> str | None:
        """Give the intent of a clean text if it is a name, else None."""
        name, informs = fold(text), INFORM if _SAYS_MORE.isdisjoint(text) else None
        if name in self._origins:
            return informs
        return self._asked_after.get(name, informs if name in self._targets else None)


def _intent_of(topic: Topic) -> str:
    if topic.asked_as:
        return topic.asked_as
    if topic.kind == "answer":
        return topic.id
    return ASK_FUNDING if topic.kind == "funding" else ASK_PROGRAMME
