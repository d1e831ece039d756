"""ESCO's occupations come into the database, are recognised, and lead to advice."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.entities import ranked, score_occupations
from bench.reading import Reader
from bot.catalogue.esco_names import esco_names, read_esco
from bot.catalogue.load import shared_catalogue
from bot.commands.catalogue import _import_esco
from bot.errors import CatalogueError
from bot.server import load_services, opened_database, use_esco
from bot.settings import Settings
from bot.storage.esco import Imported, esco_occupations, import_esco
from nlu import more_names
from tests.conftest import ROOT
from tests.nlu.conftest import reader  # noqa: F401  the fixture
from tests.nlu.test_occupations import cases

PUBLISHED = ROOT.parent / "shared" / "domain" / "data" / "esco" / "occupations_nl.csv"
HEAD = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
URI = "http://data.europa.eu/esco/occupation/"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    more_names.use({})


def table(folder: Path, *rows: str) -> Path:
    """Write a table in ESCO's form."""
    path = folder / "occupations_nl.csv"
    path.write_text(HEAD + "".join(f"Occupation,{row}\n" for row in rows), "utf-8")
    return path


ROWS = (
    f'{URI}1,5141,pruikenmaker,"haarwerker\npruikenmaakster"',
    f"{URI}2,8331,trolleybusbestuurder,",
)


async def test_importing_twice_changes_nothing_and_another_file_replaces(
    settings: Settings, tmp_path: Path
) -> None:
    occupations = read_esco(table(tmp_path, *ROWS))
    async with opened_database(settings) as database:
        done = []
        for given in (occupations, occupations, occupations[:1]):
            async with database.transaction() as session:
                done.append(await import_esco(session, given))
            async with database.transaction() as session:
                assert await esco_occupations(session) == given
    assert done == [Imported(2, 0, 0), Imported(0, 0, 0), Imported(0, 0, 1)]


async def test_an_imported_name_is_recognised_and_advice_can_be_given(
    settings: Settings,
    tmp_path: Path,
    reader: Reader,  # noqa: F811
) -> None:
    assert ranked(reader("ik ben pruikenmaakster"), "occupation")[:1] != ["kapper"]
    async with opened_database(settings) as database:
        async with database.transaction() as session:
            await import_esco(session, read_esco(table(tmp_path, *ROWS)))
        await use_esco(database, shared_catalogue(settings.catalogue))
    found = ranked(reader("ik ben pruikenmaakster"), "occupation")
    assert found[0] == "kapper"
    advice = load_services(settings).advise({"occupation": found[0], "place": "Breda"})
    assert advice.to_json()["suggestions"]


def test_the_command_imports_and_says_how_many(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import_esco(SimpleNamespace(file=table(tmp_path, *ROWS)), settings)  # type: ignore[arg-type]
    assert "2 beroepen met 4 namen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ((ROWS[1], f"{URI}3,12,naam,"), 3, "ISCO"),
        ((ROWS[1], f"{URI}2,8331,weer,"), 3, "twee keer"),
        ((ROWS[1], "geen adres,8331,naam,"), 3, "geen adres"),
        ((f"{URI}4,8331,,",), 2, "leeg"),
        ((f"{URI}5,8331",), 2, "te weinig"),
        ((), 1, "geen beroepen"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(
    tmp_path: Path, rows: tuple[str, ...], line: int, what: str
) -> None:
    path = table(tmp_path, *rows)
    with pytest.raises(CatalogueError) as caught:
        read_esco(path)
    assert caught.value.mistakes[0].startswith(f"{path}:{line}: ")
    assert what in caught.value.mistakes[0]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'x,"y'])
def test_what_is_no_table_of_esco_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="other.csv:1: "):
        read_esco(path)


def test_with_all_of_esco_loaded_the_words_of_people_still_lead_to_the_catalogue(
    reader: Reader,  # noqa: F811
) -> None:
    if not PUBLISHED.is_file():
        pytest.skip("ESCO's table is not beside the repository")
    occupations = read_esco(PUBLISHED)
    assert len(occupations) > 3000
    origins = shared_catalogue(ROOT / "data" / "catalogue").origins
    more_names.use(esco_names(occupations, origins))
    for file in ("occupations.yml", "occupations_blind.yml"):
        score = score_occupations(reader, cases(file))
        assert score.share("top1") >= 0.85, score.mistakes
        assert score.share("silent") >= 0.95, score.mistakes
