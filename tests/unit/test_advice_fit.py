"""How one occupation fits that somebody asks after, advised or not."""

import pytest

from bot.advice.model import Excluded, Suggestion
from bot.advice.ranking import fit_of
from bot.profile import Avoid, Education, Interest, Profile, Situation
from tests.unit.advice_profiles import TODAY, advice, catalogue, texts

CASHIER = Profile(
    occupation="kassamedewerker", situation=Situation.AT_RISK, education=Education.VMBO
)


def fit(target: str, profile: Profile) -> Suggestion | Excluded | None:
    """How this occupation fits this person."""
    return fit_of(catalogue().targets[target], profile, catalogue(), texts(), today=TODAY)


def test_what_is_advised_fits_as_in_the_advice() -> None:
    first = advice(CASHIER).suggestions[0]

    found = fit(first.occupation.id, CASHIER)

    assert isinstance(found, Suggestion)
    assert (found.reasons, found.routes) == (first.reasons, first.routes)


def test_what_is_not_advised_has_reasons_and_routes_too() -> None:
    wanted = "monteur_elektrotechnische_installaties"
    assert wanted not in {one.occupation.id for one in advice(CASHIER).suggestions}

    found = fit(wanted, CASHIER)

    assert isinstance(found, Suggestion)
    assert found.score
    assert found.reasons
    assert found.routes


def test_what_is_left_out_says_why() -> None:
    target = next(one for one in catalogue().targets.values() if "heights" in one.traits)

    found = fit(target.id, Profile(interests=(Interest.HANDS_ON,), avoid=(Avoid.HEIGHTS,)))

    assert isinstance(found, Excluded)
    assert found.reason.code == "avoid"


def test_nothing_is_said_of_who_told_too_little() -> None:
    assert fit("lasser", Profile(place="Goes", education=Education.VMBO)) is None


@pytest.mark.parametrize("target", sorted(catalogue().targets))
def test_every_occupation_can_be_asked_after(target: str) -> None:
    found = fit(target, Profile(interests=(Interest.HELPING,), education=Education.MBO4))

    assert isinstance(found, Suggestion | Excluded)
    if isinstance(found, Suggestion) and not found.score:
        assert found.routes


def test_what_was_refused_is_left_out_before_any_other_reason() -> None:
    target = next(one for one in catalogue().targets.values() if "heights" in one.traits)
    profile = Profile(interests=(Interest.HANDS_ON,), avoid=(Avoid.HEIGHTS,), refused=(target.id,))

    found = fit(target.id, profile)

    assert isinstance(found, Excluded)
    assert found.reason.code == "refused"
