"""The only place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. Secrets are left out of `repr`.

    `database_url` is a SQLAlchemy address; without DATABASE_URL a SQLite file in the data folder.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    telegram_token: str | None = field(default=None, repr=False)
    telegram_secret: str | None = field(default=None, repr=False)
    rest_token: str | None = field(default=None, repr=False)
    frame_ancestors: tuple[str, ...] = ()
    allow_private_partners: bool = False
    secure_cookies: bool = False
    root: Path = Path(__file__).resolve().parent.parent


def read_settings(data_dir: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting.

    Raises:
        SettingsError: one line that names all that is wrong.
    """
    given = os.environ if environment is None else environment
    wrong = [
        name for name in ("DATABASE_URL",) if name in given and "://" not in given.get(name, "")
    ]
    if wrong:
        raise SettingsError(f"deze instellingen kloppen niet: {', '.join(wrong)}")
    return Settings(
        data_dir=data_dir,
        database_url=given.get("DATABASE_URL")
        or f"sqlite+aiosqlite:///{(data_dir / 'zijstap.db').resolve()}",
        telegram_token=given.get("TELEGRAM_TOKEN") or None,
        telegram_secret=given.get("TELEGRAM_SECRET") or None,
        rest_token=given.get("REST_CHANNEL_TOKEN") or None,
        frame_ancestors=tuple(given.get("FRAME_ANCESTORS", "").split()),
        allow_private_partners=given.get("ALLOW_PRIVATE_PARTNERS") == "1",
        secure_cookies=given.get("SECURE_COOKIES") == "1",
    )
