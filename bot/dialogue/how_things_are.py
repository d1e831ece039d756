"""How things are now, in words that say it after that very question alone. Pure.

"Het houdt op 1 mei op" is of work after "hoe is je situatie nu?", and of anything elsewhere.
"""

from collections.abc import Mapping
from typing import Any

from bot.catalogue.folding import has

type Words = Mapping[str, Any]

EMPLOYED, AT_RISK, RETURNING = "employed", "at_risk", "returning"
WITHOUT_WORK = ("ww", "bijstand", "returning")
"""What somebody may live on who works no more; which of them must be asked."""
MOST = 14
"""Words of a message that may be an answer in this way; who tells more, tells of more than this."""


def situation_told(said: str, words: Words) -> list[str]:
    """Give the situation that folded words tell, or nothing where they are not clear.

    Args:
        said: the folded message.
        words: the labels' section `context`.
    """
    of_now: Words = words["how_things_are"]
    told, agreeing = said.split(), set(of_now["agreeing"].split())
    if len(told) > MOST or not told or told[0] in of_now["asking"].split():
        return []
    if " ".join(word for word in told if word not in agreeing) in of_now["still"].split(","):
        return [EMPLOYED]
    ends = has(said, of_now["ends"])
    if has(said, of_now["at_work"]) and not ends:
        return [EMPLOYED]
    if has(said, of_now["of_other"]):
        return []
    if ends and has(said, of_now["ahead"]):
        return [AT_RISK]
    if has(said, of_now["cared"]) and has(said, of_now["again"]):
        return [RETURNING]
    return []


def works_no_more(said: str, words: Words) -> bool:
    """Tell whether folded words say that somebody has no work any more, and nothing else."""
    of_now: Words = words["how_things_are"]
    idle = {*of_now["agreeing"].split(), *of_now["denying"].split()} - {"ik"}
    return " ".join(word for word in said.split() if word not in idle) in of_now["ended"].split(
        ","
    )
