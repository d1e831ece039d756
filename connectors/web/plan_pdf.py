"""The overstapplan as a PDF, with fpdf2 and the DejaVu font that comes with matplotlib."""

import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path

from fpdf import FPDF, XPos, YPos

from bot.advice.plan import Plan, PlanSuggestion

FONT = "DejaVu"
BODY, SMALL, HEAD, TITLE = 10.5, 8.5, 13, 20
LEADING = 0.52  # height of a line in mm for each point of the letter
INDENT, LABEL, FOOT = 6, 72, 14  # mm
COLOUR = (11, 85, 102)


def _fonts() -> Path:
    # The core fonts of PDF lack the euro sign; Rasa brings matplotlib, which brings DejaVu.
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("matplotlib")
    return Path(spec.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


class _Pages(FPDF):
    """A4 pages with headings, paragraphs and lists."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margin(18)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_font(FONT, "", str(_fonts() / "DejaVuSans.ttf"))
        self.add_font(FONT, "B", str(_fonts() / "DejaVuSans-Bold.ttf"))
        self.add_page()

    def line_of(self, text: str, size: float = BODY, *, bold: bool = False) -> None:
        """Write a paragraph."""
        self.set_font(FONT, "B" if bold else "", size)
        self.multi_cell(0, size * LEADING, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def heading(self, text: str, size: float = HEAD) -> None:
        """Write a heading; it does not stay alone at the foot of a page."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(3)
        self.set_text_color(*COLOUR)
        self.line_of(text, size, bold=True)
        self.set_text_color(0, 0, 0)

    def items(self, texts: Iterable[str], *, mark: str = "•") -> None:
        """Write a list; the second line of an item stands under its first word."""
        for text in texts:
            self.set_font(FONT, "", BODY)
            if self.will_page_break(2 * BODY * LEADING):
                self.add_page()
            self.cell(INDENT, BODY * LEADING, mark)
            self.line_of(text)

    def pair(self, label: str, value: str) -> None:
        """Write a label and its value side by side."""
        self.set_font(FONT, "B", BODY)
        self.cell(LABEL, BODY * LEADING, label)
        self.line_of(value)

    def footer(self) -> None:
        """Number the pages; fpdf2 calls this for each page."""
        self.set_y(-FOOT)
        self.set_font(FONT, "", SMALL)
        self.cell(0, FOOT / 2, f"{self.page_no()}", align="R")


def plan_pdf(plan: Plan, words: Mapping[str, str]) -> bytes:
    """Give the bytes of the PDF. `words`: the headings of the plan."""
    pages = _Pages()
    pages.set_title(plan.title)
    pages.set_lang("nl")
    pages.heading(plan.title, TITLE)
    pages.line_of(plan.made_on, SMALL)
    pages.heading(words["profile"])
    for label, value in plan.profile:
        pages.pair(label, value)
    pages.heading(words["first_call"])
    pages.line_of(plan.first_call)
    pages.heading(words["steps"])
    for number, step in enumerate(plan.steps, 1):
        pages.items([step], mark=f"{number}.")
    for number, one in enumerate(plan.suggestions, 1):
        _suggestion(pages, number, one, words)
    if plan.routes:
        pages.heading(words["routes_explained"])
    for route in plan.routes:
        pages.line_of(route.name, bold=True)
        pages.line_of(" ".join(route.facts))
    if plan.money:
        pages.heading(words["money"])
    pages.items(f"{one.name}: {one.text} {one.way_on}" for one in plan.money)
    pages.heading(words["ask_employer"])
    pages.items(plan.employer_questions, mark="☐")
    pages.heading(words["ask_school"])
    pages.items(plan.school_questions, mark="☐")
    pages.heading(words["sources"])
    for source in plan.sources:
        checked = words["checked"].format(date=f"{source.checked_on:%d-%m-%Y}")
        address = f", {source.url}" if source.url else ""
        pages.line_of(f"{source.title}{address} ({checked})", SMALL)
    return bytes(pages.output())


def _suggestion(pages: _Pages, number: int, one: PlanSuggestion, words: Mapping[str, str]) -> None:
    pages.heading(f"{number}. {one.name}")
    pages.line_of(one.day)
    pages.line_of(words["why"], bold=True)
    pages.items(one.reasons)
    told = (("demand", one.demand), ("pay", one.wage), ("needed", " ".join(one.needed)))
    for word, text in told:
        if text:
            pages.line_of(f"{words[word]}: {text}")
    pages.line_of(words["routes"], bold=True)
    for route in one.routes:
        pages.line_of(f"{route.name} ({route.status_text})", bold=True)
        pages.items(route.to_do)
