"""What the tests of the advice share: the real catalogue and texts, and random profiles."""

from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from bot.advice.model import Advice
from bot.advice.ranking import advise
from bot.advice.texts import AdviceTexts, load_texts
from bot.catalogue.load import load_catalogue
from bot.catalogue.model import Catalogue
from bot.profile import Avoid, Education, Interest, Profile, Situation

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"
TODAY = date(2026, 11, 23)
SAID = ["kassa", "ik zit achter de kassa", "iets heel anders", "", "🙂", "ICT", "postbode"]
PLACES = [
    "Rotterdam",
    "3011",
    "3011 AB",
    "Bergen",
    "Nergenshuizen",
    "Den Haag",
    "'s-Hertogenbosch",
]


@cache
def catalogue() -> Catalogue:
    """The catalogue of the repository."""
    return load_catalogue(FOLDER)


@cache
def texts() -> AdviceTexts:
    """The texts of the repository."""
    return load_texts(FOLDER)


def advice(profile: Profile, *, today: date = TODAY, limit: int = 3) -> Advice:
    """Advice on the real catalogue."""
    return advise(profile, catalogue(), texts(), today=today, limit=limit)


def some(values: type[Interest] | type[Avoid]) -> st.SearchStrategy[tuple]:
    """A few different members."""
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=4).map(tuple)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile that the contract allows, often with a known occupation."""
    works = sorted([*catalogue().origins, *catalogue().targets, *SAID])
    return Profile(
        occupation=draw(st.none() | st.sampled_from(works)),
        years=draw(st.none() | st.integers(0, 70)),
        situation=draw(st.none() | st.sampled_from(Situation)),
        education=draw(st.none() | st.sampled_from(Education)),
        place=draw(st.none() | st.sampled_from(PLACES)),
        interests=draw(some(Interest)),
        hours=draw(st.none() | st.integers(1, 60)),
        needs_wage=draw(st.none() | st.booleans()),
        min_wage_month=draw(st.none() | st.integers(0, 6000)),
        avoid=draw(some(Avoid)),
    )
