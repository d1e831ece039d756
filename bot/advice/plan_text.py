"""The overstapplan as plain text, for a chat message, a mail or a file."""

from collections.abc import Iterator

from bot.advice.plan import Plan, PlanSuggestion
from bot.advice.texts import AdviceTexts


def plan_to_text(plan: Plan, texts: AdviceTexts) -> str:
    """Give the plan as plain text: headings on their own line, one thing a line, ends with \\n."""
    words = texts.plan.words
    blocks = [
        [plan.title, plan.made_on],
        [words["profile"], *(f"- {label}: {value}" for label, value in plan.profile)],
        [words["first_call"], plan.first_call],
        [words["steps"], *(f"{number}. {step}" for number, step in enumerate(plan.steps, 1))],
        *([] if plan.suggestions else [[words["suggestions"], words["nothing"]]]),
        *(_suggestion(number, one, texts) for number, one in enumerate(plan.suggestions, 1)),
        [words["routes_explained"], *_routes(plan)],
        [words["money"], *(f"- {one.name}: {one.text} {one.way_on}" for one in plan.money)],
        [words["ask_employer"], *(f"- {one}" for one in plan.employer_questions)],
        [words["ask_school"], *(f"- {one}" for one in plan.school_questions)],
        [words["sources"], *_sources(plan, texts)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if len(block) > 1) + "\n"


def _suggestion(number: int, one: PlanSuggestion, texts: AdviceTexts) -> list[str]:
    words = texts.plan.words
    lines = [f"{number}. {one.name}", f"{words['day']}: {one.day}"]
    lines += [f"{words['why']}:", *(f"- {text}" for text in one.reasons)]
    told = (("demand", one.demand), ("pay", one.wage), ("needed", " ".join(one.needed)))
    lines += [f"{words[word]}: {text}" for word, text in told if text]
    lines.append(f"{words['routes']}:")
    for route in one.routes:
        lines.append(f"- {route.name} ({route.status_text})")
        lines += (f"  {text}" for text in route.to_do)
    return lines


def _routes(plan: Plan) -> Iterator[str]:
    for route in plan.routes:
        yield f"- {route.name}"
        yield f"  {' '.join(route.facts)}"


def _sources(plan: Plan, texts: AdviceTexts) -> Iterator[str]:
    for one in plan.sources:
        checked = texts.plan.words["checked"].format(date=f"{one.checked_on:%d-%m-%Y}")
        yield f"- {one.title}{f', {one.url}' if one.url else ''} ({checked})"
