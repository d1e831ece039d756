"""What another assumption changes in an advice and why, in sentences."""

from collections.abc import Iterator

from bot.advice.model import Advice, RouteOption, Suggestion
from bot.advice.texts import AdviceTexts


def changes(before: Advice, after: Advice, texts: AdviceTexts) -> tuple[str, ...]:
    """Give the differences between two advices, new suggestions first; one sentence if none.

    Args:
        before: the advice so far.
        after: the advice under the other assumption.
        texts: the sentences.
    """
    if before.suggestions and not after.suggestions:
        return (texts.changes["nothing_left"],)
    return tuple(_changes(before, after, texts)) or (texts.changes["none"],)


def _changes(before: Advice, after: Advice, texts: AdviceTexts) -> Iterator[str]:
    old = {one.occupation.id: one for one in before.suggestions}
    new = {one.occupation.id: one for one in after.suggestions}
    for name, one in new.items():
        if name not in old:
            yield _added(one, before, texts)
    for name, one in old.items():
        if name not in new:
            yield _gone(one, after, texts)
    yield from _routes([(old[name], one) for name, one in new.items() if name in old], texts)


def _added(one: Suggestion, before: Advice, texts: AdviceTexts) -> str:
    """Say what is new: what kept it out earlier, else what speaks for it most."""
    why = _why_out(one, before)
    if why:
        return texts.changes["added_again"].format(name=one.occupation.name, why=why)
    return texts.changes["added"].format(name=one.occupation.name, why=one.reasons[0].text)


def _gone(one: Suggestion, after: Advice, texts: AdviceTexts) -> str:
    why = _why_out(one, after)
    code = "gone_because" if why else "gone"
    return texts.changes[code].format(name=one.occupation.name, why=why)


def _why_out(one: Suggestion, advice: Advice) -> str | None:
    excluded = {other.occupation.id: other.reason.text for other in advice.excluded}
    return excluded.get(one.occupation.id)


def _routes(
    kept: list[tuple[Suggestion, Suggestion]], texts: AdviceTexts
) -> Iterator[str]:
    """Say once what changes for a route, with every occupation; once what is to note for routes."""
    moved: dict[tuple[str, str, str, str], list[str]] = {}
    noted: dict[str, list[str]] = {}
    for old, new in kept:
        earlier = {route.id: route for route in old.routes}
        for route in new.routes:
            was = earlier.get(route.id, route)
            why, short = _what_differs(was, route), route.name.partition(":")[0]
            if was.status is not route.status:
                status = texts.plan.status
                key = (short, status[was.status], status[route.status], why)
                moved.setdefault(key, []).append(new.occupation.name)
            elif why:
                noted.setdefault(why, []).append(short)
    for (name, before, after, why), names in moved.items():
        said = texts.changes["route"].format(
            route=name, name=_listed(names), before=before, after=after, why=why
        )
        yield said.strip()
    said_already = {why for _, _, _, why in moved}
    for why, routes in noted.items():
        if why in said_already:
            continue
        yield texts.changes["note"].format(route=_listed(routes), why=why)


def _listed(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _what_differs(was: RouteOption, route: RouteOption) -> str:
    """Give what is newly missing; when nothing is, what no longer is has made the difference."""
    codes = {one.code for one in was.missing}
    return " ".join(one.text for one in route.missing if one.code not in codes)
