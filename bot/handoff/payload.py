"""What a partner receives: exactly what the person agreed to, in one JSON object. Pure."""

from typing import Any, Protocol

VERSION = "1"


class Shared(Protocol):
    """The fields of a stored handoff that go to the partner."""

    reference: str
    region: str
    status: str
    profile: dict[str, Any]
    advice: dict[str, Any]
    consent_text: str
    consent_at: Any
    consent_version: str
    contact_name: str | None
    contact: str | None
    call_time: str | None


def handoff_payload(handoff: Shared, transcript: list[dict[str, str]]) -> dict[str, Any]:
    """Give the body of a delivery. `transcript`: sender and text of each consented message."""
    return {
        "version": VERSION,
        "type": "handoff",
        "reference": handoff.reference,
        "region": handoff.region,
        "consent": {
            "text": handoff.consent_text,
            "version": handoff.consent_version,
            "at": handoff.consent_at.isoformat(),
        },
        "contact": {
            "name": handoff.contact_name,
            "by": handoff.contact or "chat",
            **({"when": handoff.call_time} if handoff.call_time else {}),
        },
        "profile": handoff.profile,
        "advice": handoff.advice,
        "transcript": transcript,
    }


def withdrawal_payload(reference: str) -> dict[str, Any]:
    """Give the body that tells a partner to delete what it received."""
    return {"version": VERSION, "type": "withdrawal", "reference": reference}
