"""Which region and partner a person's handoff goes to: from the catalogue, never by the model."""

from bot.catalogue.model import Catalogue, Partner, Region
from bot.catalogue.places import fold


def region_and_partner(catalogue: Catalogue, place: str | None) -> tuple[Region | None, Partner]:
    """Give the region of a place and the partner for it; the national fallback when unknown."""
    regions = {row.region for row in catalogue.places.get(fold(place or ""), ())}
    region = catalogue.regions[regions.pop()] if len(regions) == 1 else None
    partners = sorted(catalogue.partners.values(), key=lambda partner: partner.id)
    for partner in partners:
        if region and region.code in partner.regions:
            return region, partner
    return region, next(partner for partner in partners if not partner.regions)
