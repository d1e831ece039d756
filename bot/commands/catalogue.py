"""Commands on the catalogue: advise, and catalogue check, stale and import-esco."""

import argparse
import asyncio
import json
import sys
from datetime import date
from pathlib import Path

from bot.commands.adding import Commands
from bot.errors import ProfileError
from bot.settings import Settings


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    advise = commands.add("advise", _advise, "profile JSON in, advice JSON out")
    advise.add_argument("file", help="a JSON file, or - for standard input")
    catalogue = commands.group("catalogue", "check the catalogue or list what is stale")
    catalogue.add("check", _check, "say every mistake in the catalogue, with file and line")
    esco = catalogue.add("import-esco", _import_esco, "load ESCO's Dutch occupations")
    esco.add_argument("file", type=Path, help="occupations_nl.csv as ESCO publishes it")
    catalogue.add("stale", _stale, "list the facts that must be checked again")
    schema = catalogue.add("schema", _schema, "write JSON Schemas for editors into a folder")
    schema.add_argument("folder", help="where to write, such as docs/schema")


def _check(_: argparse.Namespace, settings: Settings) -> int:
    from bot.catalogue.check import check

    mistakes = check(settings.catalogue)
    print("\n".join(mistakes) or "de catalogus klopt", file=sys.stderr if mistakes else None)
    return 1 if mistakes else 0


def _import_esco(options: argparse.Namespace, settings: Settings) -> None:
    from bot.catalogue.esco_names import read_esco
    from bot.server import opened_database
    from bot.storage.esco import Imported, import_esco

    occupations = read_esco(options.file)

    async def run() -> Imported:
        async with opened_database(settings) as database, database.transaction() as session:
            return await import_esco(session, occupations)

    done = asyncio.run(run())
    names = sum(1 + len(item.names) for item in occupations)
    print(f"ESCO: {len(occupations)} beroepen met {names} namen")
    print(f"nieuw {done.added}, gewijzigd {done.changed}, verwijderd {done.removed}")
    print("Een dienst die al draait, kent ze na een herstart.")


def _stale(_: argparse.Namespace, settings: Settings) -> None:
    from bot.catalogue.check import stale
    from bot.catalogue.load import load_catalogue

    for line in stale(load_catalogue(settings.catalogue), date.today()):  # noqa: DTZ011
        print(line)


def _schema(options: argparse.Namespace, _: Settings) -> None:
    from bot.catalogue.schema import schemas

    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def _advise(options: argparse.Namespace, settings: Settings) -> None:
    from bot.advice.ranking import advise
    from bot.advice.texts import load_texts
    from bot.catalogue.load import load_catalogue
    from bot.profile import Profile

    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        profile = Profile.from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise ProfileError(
            f"{options.file}:{error.lineno}: dit is geen goede JSON (teken {error.colno})"
        ) from error
    except (OSError, ValueError, RecursionError, ProfileError) as error:
        raise ProfileError(f"{options.file}: {error}") from error
    texts = load_texts(settings.catalogue / "advice.yml")
    today = date.today()  # noqa: DTZ011
    advice = advise(profile, load_catalogue(settings.catalogue), texts, today=today)
    print(json.dumps(advice.to_json(), ensure_ascii=False, indent=2))
