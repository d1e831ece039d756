"""In which words it is said whose the wage is while one learns. Pure."""

from collections.abc import Mapping

from bot.advice.model import RouteOption
from bot.catalogue.model import Route


def wage_in_words(route: Route | RouteOption, words: Mapping[str, str]) -> str:
    """Say whether a route pays a wage; of one beside a job, that the wage is that of the job.

    Args:
        route: the route, or a person's option of it.
        words: the words of the plan.
    """
    if route.wage:
        return words["wage"]
    return words["own_wage" if route.days_work else "no_wage"]
