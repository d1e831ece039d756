"""Decides what of a message may be kept to reach the person who wrote it. Pure.

A number or an address is kept only for who asks for a person: where the handoff is being prepared,
where a request waits for an adviser, or in the very message that asks. Elsewhere it stays masked.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from bot.catalogue.folding import fold
from bot.handoff.call_time import is_call_time, is_way_wish, names_a_time
from bot.handoff.contact import (
    Contact,
    hide,
    is_complete,
    is_spelled,
    read_contact,
    read_name,
    read_odd,
)

MESSAGE, ASKS_MESSAGE = "message", "utter_handoff_message"
"""The stage in which the next words are a message for the adviser, and what asks for them."""
PREPARING = ("handoff_place", "contact", "consent", "reach", MESSAGE)
"""The stages in which a handoff or its contact is open."""
NAMED = ("contact", "consent", "reach")
"""The stages in which a name counts that is told as one, or stands in small letters by a number."""
_NAME = "[naam]"
_MARKS = ("[telefoon]", "[e-mail]")
_PHONE_LIKE = re.compile(r"[(]?[+0]")
_MOST_WORDS_OF_PLACE = 4


@dataclass(frozen=True, slots=True)
class Reach:
    """What one message says of how to reach the person.

    Attributes:
        contact: given where it is waited for.
        offered: given elsewhere; counts only when the message turns out to ask for a person.
        name: a name without a number, where a number was asked for or the consent is open, or where
            a name that is told counts: while a handoff is open, and for a request that waits.
        told: it says in so many words that it is one: "ik heet Ria".
        odd: looks like a number or an address, but cannot be a whole one.
        spelled: it has a number in words.
        when: it says at what time, or in what way.
        wish: it says of a request that waits when or how to be called, and little else.
        place: it may name a place too, which was asked for.
        message: it is a message for the adviser, whatever it says; `when` and `wish` are true too.
    """

    contact: Contact | None = None
    offered: Contact | None = None
    name: str | None = None
    told: bool = False
    odd: bool = False
    spelled: bool = False
    when: bool = False
    wish: bool = False
    place: bool = False
    message: bool = False

    @property
    def payload(self) -> str | None:
        """Give what Rasa reads in place of the words; the number or name itself never reaches it."""
        if self.contact:
            return None if self.place else '/inform{"phone":"given"}'
        if self.odd:
            return '/inform{"phone":"odd"}'
        if self.spelled:
            return '/inform{"phone":"spelled"}'
        # One word with a capital may be no name at all ("Nee"): that is for the model to tell.
        sure = self.name is not None and (self.told or " " in self.name)
        if sure:
            return '/inform{"name":"given"}'
        return '/request_human{"when":"given"}' if self.wish else None

    def shown(self, masked: str) -> str:
        """Give the words as they are stored: masked, also what is a number only because it was asked."""
        return hide(masked) if self.contact or self.odd or self.spelled else masked


def read_reach(
    said: str,
    masked: str,
    stage: str | None,
    *,
    waits: bool,
    places: Container[str],
    work: Container[str] = (),
    just_sent: bool = False,
    is_message: bool = False,
) -> Reach:
    """Give what a message says of how to reach its writer.

    Args:
        said: the message as it was written.
        masked: the same, masked.
        stage: what is open in the conversation.
        waits: a request that was sent waits for an adviser.
        places: folded names of places.
        work: folded names of occupations.
        just_sent: the bot's last words were about the request that waits.
        is_message: a message for the adviser was asked for just now.
    """

    def is_name(name: str | None) -> bool:
        # "kapper 0612345678" tells of work; who says "ik heet Bakker" has that name.
        known = fold(name or "")
        return known not in places and (known not in work or _NAME in masked)

    found, when = read_contact(said), is_message or names_a_time(said)
    asked, preparing = stage == "contact", stage in PREPARING
    # Out of turn only what is masked as such: other numbers of the same length are no telephone.
    is_one = asked or any(mark in masked for mark in _MARKS)
    if found and is_one and is_complete(found.way):
        place = stage == "handoff_place" and _names_place(masked, places)
        name = found.name if is_name(found.name) else None
        if name and name.islower() and stage not in NAMED and _NAME not in masked:
            name = None  # "kassa 0612345678": only where it is asked for is it a name
        contact = Contact(found.way, name)
        if preparing or waits:
            return Reach(contact=contact, when=when, place=place, message=is_message)
        return Reach(offered=contact, when=when)
    if is_message:
        return Reach(when=True, wish=True, message=True)
    odd = read_odd(said) if preparing else None
    if odd and (asked or _PHONE_LIKE.match(odd)):
        return Reach(odd=True, when=when)
    if preparing and is_spelled(said):
        return Reach(spelled=True, when=when)
    told = (stage in NAMED or waits) and _NAME in masked
    may_be = asked or told or stage == "consent"
    alone = read_name(said, alone=not (asked or told)) if may_be else None
    name = alone if is_name(alone) else None
    way = waits and is_way_wish(said, just_sent=just_sent)
    wish = way or (waits and when and is_call_time(said, just_sent=just_sent))
    return Reach(name=name, told=told and name is not None, when=when or way, wish=wish)


def is_masked(masked: str) -> bool:
    """Tell whether a number, an address or a name was masked."""
    return any(mark in masked for mark in (*_MARKS, _NAME))


def _names_place(text: str, places: Container[str]) -> bool:
    words = [fold(word) for word in re.findall(r"[\w'’-]+", text)]
    return any(
        " ".join(words[first : first + many]) in places
        for first in range(len(words))
        for many in range(1, _MOST_WORDS_OF_PLACE + 1)
    )
