"""Brings the database to this version of the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError


def sync_url(database_url: str) -> str:
    """Give the address for the driver that works without asyncio."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        url = url.set(drivername="sqlite")
    return url.render_as_string(hide_password=False)


def migration_config(database_url: str) -> Config:
    """Give Alembic's configuration for our own migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = sync_url(database_url)
    return config


def migrate(database_url: str) -> None:
    """Run the migrations that were not run yet.

    Raises:
        StorageError: the database cannot be reached or changed.
    """
    try:
        command.upgrade(migration_config(database_url), "head")
    except (SQLAlchemyError, CommandError) as error:
        raise StorageError(
            f"de database kan niet worden bijgewerkt: {type(error).__name__}"
        ) from error


def is_there(database_url: str) -> bool:
    """Tell whether this is a database of Zijstap already, and make nothing.

    Raises:
        StorageError: the database cannot be reached.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False  # asking would make the file
    engine = create_engine(sync_url(database_url))
    try:
        return inspect(engine).has_table("alembic_version")
    except SQLAlchemyError as error:
        raise StorageError(f"de database is niet te lezen: {type(error).__name__}") from error
    finally:
        engine.dispose()
