"""Knows what of a person's profile is another thing than a request that was sent says. Pure."""

from collections.abc import Mapping
from typing import Any

NEVER = frozenset({"refused"})
"""Refused with a tap while looking through the advice: too much to ask about each time."""


def corrected(
    requested: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    added: bool,
) -> dict[str, Any]:
    """Give the fields that a message changed and that the request has otherwise; None is taken away.

    Args:
        requested: the profile of the request.
        before: the person's profile before the message.
        after: the same with the message taken in.
        added: what the request knows nothing of counts too.
    """
    return {
        field: after.get(field)
        for field in dict.fromkeys([*after, *requested])
        if field not in NEVER
        and _differs(before.get(field), after.get(field))
        and _differs(requested.get(field), after.get(field))
        and (added or field in requested)
    }


def still_other(requested: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give those of some fields that the request has otherwise: what was put back is left out."""
    return {
        field: value for field, value in fields.items() if _differs(requested.get(field), value)
    }


def with_fields(profile: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give a profile with fields that took another value; None takes one away."""
    merged = {**profile, **fields}
    return {field: value for field, value in merged.items() if value is not None}


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name the fields with another value; in what order several were chosen is no difference."""
    names = set(before) | set(after)
    return sorted(name for name in names if _differs(before.get(name), after.get(name)))


def _differs(one: Any, other: Any) -> bool:
    return bool(_plain(one) != _plain(other))


def _plain(value: Any) -> Any:
    return set(value) or None if isinstance(value, list) else value
