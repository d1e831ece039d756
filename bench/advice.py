"""Advises 10,000 random profiles, the same each time, and prints the seconds.

python -m bench.advice [NUMBER]
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from bot.clock import utc_now
from bot.profile import Avoid, Education, Interest, Profile, Situation
from bot.server import load_services
from bot.settings import read_settings

NUMBER = 10_000


def random_profile(chance: random.Random, occupations: list[str], places: list[str]) -> Profile:
    """Give a profile in which each field is there or not."""
    found: dict[str, Any] = {
        "occupation": chance.choice(occupations),
        "years": chance.randint(0, 45),
        "situation": chance.choice(list(Situation)),
        "education": chance.choice(list(Education)),
        "place": chance.choice(places),
        "interests": chance.sample(list(Interest), chance.randint(0, 4)),
        "hours": chance.randint(8, 40),
        "needs_wage": chance.random() < 0.5,
        "min_wage_month": chance.randint(1200, 5000),
        "avoid": chance.sample(list(Avoid), chance.randint(0, 3)),
    }
    return Profile.from_json({name: it for name, it in found.items() if chance.random() < 0.75})


def main() -> None:
    """Run and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    given = load_services(read_settings(Path("var"), {}))
    chance = random.Random(1)  # noqa: S311  the same profiles each time
    occupations, places = sorted(given.catalogue.origins), sorted(given.catalogue.regions)
    towns = [given.catalogue.regions[code].municipalities[0] for code in places]
    people = [random_profile(chance, occupations, towns) for _ in range(number)]
    began = time.process_time()
    for person in people:
        given.advise(person.to_json())
    seconds = round(time.process_time() - began, 2)
    print(json.dumps({"profiles": number, "cpu_seconds": seconds, "on": str(utc_now().date())}))


if __name__ == "__main__":
    main()
