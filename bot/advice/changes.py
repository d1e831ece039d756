"""What another assumption changes in an advice, in sentences."""

from collections.abc import Iterator

from bot.advice.model import Advice
from bot.advice.texts import AdviceTexts


def changes(before: Advice, after: Advice, texts: AdviceTexts) -> tuple[str, ...]:
    """Give the differences between two advices, new suggestions first; one sentence if none.

    Args:
        before: the advice so far.
        after: the advice under the other assumption.
        texts: the sentences.
    """
    return tuple(_changes(before, after, texts)) or (texts.changes["none"],)


def _changes(before: Advice, after: Advice, texts: AdviceTexts) -> Iterator[str]:
    old = {one.occupation.id: one for one in before.suggestions}
    new = {one.occupation.id: one for one in after.suggestions}
    for name, one in new.items():
        if name not in old:
            yield texts.changes["added"].format(name=one.occupation.name)
    for name, one in old.items():
        if name not in new:
            yield texts.changes["gone"].format(name=one.occupation.name)
    for name, one in new.items():
        statuses = {route.id: route.status for route in old[name].routes} if name in old else {}
        for route in one.routes:
            earlier = statuses.get(route.id, route.status)
            if earlier is not route.status:
                yield texts.changes["route"].format(
                    route=route.name,
                    name=one.occupation.name,
                    before=texts.plan.status[earlier],
                    after=texts.plan.status[route.status],
                )
