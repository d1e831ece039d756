"""Every error that Zijstap raises on purpose.

ZijstapError
├── SettingsError           a setting is missing or wrong
├── ProfileError            a profile does not fit the contract
├── CatalogueError          a catalogue file is wrong; names file and line
├── ModelError              the trained model is missing, corrupt or of another kind
├── ConversationNotFound    no such conversation, or the token does not fit
├── TurnFailed              no answer came of a message; nothing of the turn is kept
├── StorageError            the database cannot be reached or changed
│   └── Conflict            others changed the same rows each time
├── HandoffNotFound         no such handoff for this reader
├── IllegalMove             a handoff cannot go from this status to that one
├── AlreadyClaimed          another counsellor was first
└── DeliveryError           a partner or mail server did not take the message
"""


class ZijstapError(Exception):
    """Root of the tree: caught at the edges and shown as one clear line."""


class SettingsError(ZijstapError):
    """A setting is missing or wrong."""


class ProfileError(ZijstapError):
    """A profile does not fit the contract."""


class CatalogueError(ZijstapError):
    """One or more mistakes in the catalogue, a line `file:line: what` each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class ModelError(ZijstapError):
    """The trained model is missing, corrupt or of another kind."""


class ConversationNotFound(ZijstapError):
    """No such conversation, or the token does not fit."""


class HandoffNotFound(ZijstapError):
    """No such handoff for this reader."""


class IllegalMove(ZijstapError):
    """A handoff cannot go from this status to that one."""


class AlreadyClaimed(ZijstapError):
    """Another counsellor was first."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class DeliveryError(ZijstapError):
    """A partner or mail server did not take the message.

    Attributes:
        retry_after: seconds to wait as the receiver asked, or None.
        final: trying again has no use.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, final: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.final = final


class TurnFailed(ZijstapError):
    """No answer came of a message; nothing of the turn is kept."""


class StorageError(ZijstapError):
    """The database cannot be reached or changed."""


class Conflict(StorageError):
    """Others changed the same rows each time."""
