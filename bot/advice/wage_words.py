"""In which words it is said whose the wage is while one learns. Pure."""

from collections.abc import Mapping


def wage_in_words(words: Mapping[str, str], *, wage: bool, days_work: float) -> str:
    """Say whether a route pays a wage; of one beside a job, that the wage is that of the job.

    Args:
        words: the words of the plan.
        wage: whether the route pays one.
        days_work: the days a week that one works beside the lessons, 0 where there are none.
    """
    if wage:
        return words["wage"]
    return words["own_wage" if days_work else "no_wage"]
