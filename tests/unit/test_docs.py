"""The documentation names what there is: settings, commands, alerts, terms, pictures, files."""

import re
from dataclasses import fields
from enum import StrEnum

import pytest
import yaml

from bot.advice.model import Status as RouteStatus
from bot.catalogue.load import load_catalogue
from bot.handoff.model import Move
from bot.handoff.model import Status as HandoffStatus
from bot.privacy import retention
from bot.profile import Avoid, Education, Interest, Profile, Situation, WageIs
from tests.conftest import ROOT

DOCS = ROOT / "docs"
OPERATOR = (DOCS / "operator.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def test_every_setting_is_in_the_operators_table_and_no_other() -> None:
    code = (ROOT / "bot" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'"([A-Z][A-Z_]{3,})"', code))
    assert read == set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATOR, re.M))


def test_every_alert_says_what_to_do() -> None:
    rules = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text("utf-8"))
    names = {rule["alert"] for group in rules["groups"] for rule in group["rules"]}
    assert names == set(re.findall(r"^- \*\*(Zijstap\w+)\*\*:", OPERATOR, re.M))


def test_the_terms_of_retention_are_the_real_ones() -> None:
    table = OPERATOR.partition("## Bewaartermijnen")[2].partition("\n## ")[0]
    for kept in (
        retention.CONVERSATION, retention.REQUEST, retention.DELIVERY, retention.CALLBACK,
        retention.NOT_UNDERSTOOD, retention.AUDIT,
    ):  # fmt: skip
        assert f"{kept.days} dagen" in table
    assert f"{retention.SESSION_IDLE.seconds // 60} minuten" in table
    assert f"{retention.SESSION.seconds // 3600} uur" in table


@pytest.mark.parametrize(
    "values", [Situation, Education, Interest, Avoid, RouteStatus, HandoffStatus, Move]
)
def test_every_value_of_an_enum_is_explained(values: type[StrEnum]) -> None:
    explained = set(re.findall(r"`([a-z0-9_]+)`", (DOCS / "begrippen.md").read_text("utf-8")))
    assert set(values) <= explained


def test_every_field_and_code_of_a_profile_is_explained_to_partners() -> None:
    partner = (DOCS / "partner.md").read_text("utf-8").partition("### Codes in `profile`")[2]
    table = partner.partition("\n### ")[0]
    explained = set(re.findall(r"`([a-z0-9_]+)`", table))
    codes = {value for values in (Situation, Education, Interest, Avoid, WageIs) for value in values}
    assert {field.name for field in fields(Profile)} | codes <= explained


def test_every_route_is_explained() -> None:
    explained = (DOCS / "begrippen.md").read_text("utf-8")
    for route in load_catalogue(ROOT / "data" / "catalogue").routes:
        assert f"`{route}`" in explained


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_files_are_there(page) -> None:
    text = page.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in link:
            assert (page.parent / link).exists(), link
    for file in re.findall(r"`((?:bot|actions|data|deploy|tests|nlu|connectors|bench)/[\w/.-]+)`", text):
        assert (ROOT / file).exists(), file


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 40
