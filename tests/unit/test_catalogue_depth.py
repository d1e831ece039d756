"""The catalogue is as deep as the domain study asks, and every entry tells a person enough."""

from pathlib import Path

import pytest
import yaml

from bot.advice.index import index_of
from bot.catalogue.folding import fold
from bot.catalogue.model import OriginOccupation, TargetOccupation
from tests.unit.advice_profiles import catalogue

STUDY = yaml.safe_load(
    (Path(__file__).parent / "domain_occupations.yml").read_text(encoding="utf-8")
)
EVERY = [*catalogue().targets.values(), *catalogue().origins.values()]
COALITIONS = {
    "fme", "koninklijke_metaalunie", "wenb", "bouwend_nederland", "techniek_nederland",
    "nldigital", "dutch_data_center_association", "dutch_cloud_community",
    "fiber_carrier_association", "cyberveilig_nederland",
}  # fmt: skip


def test_the_study_has_62_targets_and_52_origins() -> None:
    assert (len(STUDY["targets"]), len(STUDY["origins"])) == (62, 52)


@pytest.mark.parametrize("name", STUDY["targets"])
def test_every_target_of_the_study_is_in_the_catalogue(name: str) -> None:
    wanted = STUDY["targets"][name]
    found = catalogue().targets[wanted["id"]]

    assert fold(wanted["name"]) in {fold(one) for one in (found.name, *found.names)}


@pytest.mark.parametrize("name", STUDY["origins"])
def test_who_names_an_origin_of_the_study_is_recognised(name: str) -> None:
    wanted = STUDY["origins"][name]
    found = index_of(catalogue()).work(wanted["name"])

    assert found is not None
    assert found.item.id == wanted["id"]


def test_skills_are_spelled_as_people_read_them() -> None:
    skills = {skill for one in EVERY for skill in one.skills}

    assert "hygiëne" in skills
    assert "hygiene" not in skills


def test_it_has_grown_beyond_the_study() -> None:
    assert len(catalogue().targets) >= 100
    assert len(catalogue().origins) >= 250


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_every_occupation_has_five_everyday_names(
    one: TargetOccupation | OriginOccupation,
) -> None:
    assert len({fold(name) for name in one.names}) >= 5


def test_every_target_tells_what_one_does_and_what_is_nice_and_heavy() -> None:
    for one in catalogue().targets.values():
        for text in (one.summary, one.day, one.nice, one.hard):
            assert text.endswith("."), one.id
            assert len(text) > 15, one.id


def test_what_is_heavy_in_the_text_is_heavy_for_who_avoids_it() -> None:
    """Whoever avoids heavy work must not land in work whose own text calls it heavy."""
    for one in catalogue().targets.values():
        if "zwaar werk" in one.hard or "Het is zwaar" in one.hard:
            assert "heavy" in one.traits, one.id


@pytest.mark.parametrize("name", sorted(COALITIONS))
def test_every_member_of_both_coalitions_is_explained_with_its_branches(name: str) -> None:
    topic = catalogue().topics[name]

    assert topic.kind == "organisation"
    assert "Voor bedrijven" in topic.text
    assert topic.sources


def test_every_wage_has_a_year_and_a_source_and_says_the_year() -> None:
    for one in catalogue().targets.values():
        if one.wage:
            assert one.wage.source.checked_on.year >= one.wage.year, one.id
            assert str(one.wage.year) in one.wage.text, one.id


def test_every_amount_says_its_year() -> None:
    texts = [(one.id, one.text) for one in catalogue().topics.values()]
    texts += [
        (one.id, text)
        for one in catalogue().routes.values()
        for text in (one.cost_text, one.paid_by_text)
    ]
    for name, text in texts:
        if "euro" in text and any(sign.isdigit() for sign in text):
            assert "20" in text or "uit tweede hand" in text, name


def test_no_text_says_that_ict_needs_everyone_or_that_horeca_shrinks() -> None:
    """Low and middle ICT levels are weakest; UWV calls serving kansrijk (2025-2026)."""
    helpdesk = catalogue().targets["helpdeskmedewerker"]
    assert helpdesk.demand is not None
    assert helpdesk.demand.strength == 0
    for name in ("cybersecurity_analist", "data_analist", "netwerk_engineer"):
        demand = catalogue().targets[name].demand
        assert demand is not None
        assert demand.strength == 2
    for name in ("kelner", "hotelreceptionist", "cateringmedewerker"):
        outlook = catalogue().origins[name].outlook or ""
        assert "kansrijk" in outlook, name
        assert not any(word in outlook for word in ("werk krimpt", "verdwijnt", "schrap")), name


def test_kansrijk_by_uwv_is_said_only_with_a_source_of_2025_or_2026() -> None:
    for one in catalogue().targets.values():
        if one.demand and "kansrijk" in one.demand.text.lower():
            assert "2026" in one.demand.text or "2025" in one.demand.text, one.id
            assert "Algemene kennis" not in one.demand.source.title, one.id
