"""What the actions need from outside a tracker, given by the process that runs them."""

from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bot.advice.model import Advice, Excluded, Suggestion
from bot.advice.plan import Plan, build_plan
from bot.advice.plan_text import plan_to_text
from bot.advice.ranking import advise, fit_of
from bot.advice.texts import AdviceTexts
from bot.advice.why_not import WhyNot, why_not
from bot.catalogue.model import Catalogue, TargetOccupation
from bot.clock import Clock
from bot.profile import Profile


class ConversationPort(Protocol):
    """What an action may ask of the conversation it runs in.

    `channel`: web, telegram, rest or terminal. Of what this message says of reaching the person
    (bot/handoff/reach.py): `contact`, the `way` and `name` where that is waited for; `offered`, the
    same elsewhere, only to be kept when the message asks for a person; `name`, a name alone; `when`,
    the words themselves, masked, if they name a time. `in_distress`: the person wrote in distress not
    long ago, which marks a request.
    """

    channel: str
    contact: dict[str, str | None] | None
    offered: dict[str, str | None] | None
    name: str | None
    when: str | None
    in_distress: bool

    def calm(self) -> None:
        """Take off the mark of distress: the person said to have meant something else."""

    async def not_understood(self, text: str, guess: str | None) -> None:
        """Keep a message that was not understood, to improve the bot."""

    async def request_handoff(
        self,
        profile: dict[str, Any],
        advice: dict[str, Any],
        *,
        consent_text: str,
        contact: dict[str, str | None] | None,
    ) -> str:
        """Make the handoff in this turn's transaction and give its reference."""

    async def handoff_status(self) -> tuple[str, str] | None:
        """Give reference and status of the newest handoff, or None."""

    async def requested_on(self) -> date | None:
        """Give the day on which the open handoff was made, or None."""

    async def requested_of(self) -> str | None:
        """Give the id of the partner that the newest handoff is for, or None."""
        ...

    async def reached_by(self) -> str | None:
        """Give a hint of the number or address on the open handoff, or None."""

    async def in_place_of(self, way: str) -> str | None:
        """Give a hint of the number or address that this one would take the place of, or None."""

    async def requested_profile(self) -> dict[str, Any] | None:
        """Give the profile JSON of the open handoff, or None when there is none."""

    async def change_request(
        self,
        contact: dict[str, str | None],
        *,
        shown: str,
        profile: dict[str, Any] | None,
        advice: dict[str, Any] | None,
    ) -> str | None:
        """Keep what is given of `way`, `name` and `when`, and another profile, on the open handoff.

        Gives its reference, or None when there is none. `shown`: the question that the person said
        yes to. `profile` and `advice`: profile JSON and what fits it, or None to leave both.
        """

    async def withdraw_handoff(self) -> str | None:
        """Withdraw the newest open handoff; give its reference, or None when there is none."""

    async def erase(self) -> None:
        """Erase everything of this person once the turn is done."""


@dataclass(frozen=True, slots=True)
class Services:
    """The catalogue and its texts, and the clock."""

    catalogue: Catalogue
    texts: AdviceTexts
    labels: dict[str, dict[str, str]]
    clock: Clock

    def today(self) -> date:
        """Give the date that facts are held against."""
        return self.clock().date()

    def advise(self, profile: dict[str, Any], *, limit: int = 3) -> Advice:
        """Give advice for profile JSON."""
        return advise(
            Profile.from_json(profile), self.catalogue, self.texts, today=self.today(), limit=limit
        )

    def fit(
        self, profile: dict[str, Any], target: TargetOccupation
    ) -> Suggestion | Excluded | None:
        """Give how one occupation fits profile JSON; None when too little is known."""
        read = Profile.from_json(profile)
        return fit_of(target, read, self.catalogue, self.texts, today=self.today())

    def why_not(
        self, profile: dict[str, Any], targets: Collection[TargetOccupation]
    ) -> WhyNot | None:
        """Give why none of these is among the first of the advice; None when too little is known."""
        read = Profile.from_json(profile)
        return why_not(targets, read, self.catalogue, self.texts, today=self.today())

    def plan(self, profile: dict[str, Any]) -> Plan:
        """Give the overstapplan for profile JSON."""
        read = Profile.from_json(profile)
        advice = advise(read, self.catalogue, self.texts, today=self.today())
        return build_plan(
            read, advice, self.catalogue, self.texts, self.labels, today=self.today()
        )

    def plan_text(self, profile: dict[str, Any]) -> str:
        """Give the overstapplan as plain text."""
        return plan_to_text(self.plan(profile), self.texts)


services: ContextVar[Services] = ContextVar("services")
conversation: ContextVar[ConversationPort] = ContextVar("conversation")
