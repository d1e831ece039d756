"""The only place that reads the environment."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DRIVERS = {
    "postgres": "postgresql+psycopg://",
    "postgresql": "postgresql+psycopg://",
    "sqlite": "sqlite+aiosqlite://",
}
SCHEMES = {
    "SMTP_URL": ("smtp", "smtps"),
    "PUBLIC_URL": ("http", "https"),
    "TELEGRAM_API": ("http", "https"),
}
SWITCHES = ("SECURE_COOKIES", "ALLOW_PRIVATE_PARTNERS")
_SITE = re.compile(r"\*|(https?://)?(\*\.)?\w[\w.-]*(:(\d+|\*))?/?")
"""A source of `frame-ancestors`: a semicolon or comma in it would end the policy."""
_TELEGRAM_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_TELEGRAM_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
"""What the Bot API takes as `secret_token`."""
_MINUTES = re.compile(r"[1-9]\d{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. Secrets are left out of `repr`.

    `database_url` is a SQLAlchemy address; without DATABASE_URL a SQLite file in the data folder.
    `counsellor_away`: so long a counsellor who has a conversation may leave somebody waiting.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    telegram_token: str | None = field(default=None, repr=False)
    telegram_secret: str | None = field(default=None, repr=False)
    telegram_api: str = "https://api.telegram.org"
    rest_token: str | None = field(default=None, repr=False)
    frame_ancestors: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    allow_private_partners: bool = False
    secure_cookies: bool = False
    counsellor_away: timedelta = timedelta(minutes=30)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "zijstap@localhost"
    public_url: str = "http://localhost:8080"
    root: Path = Path(__file__).resolve().parent.parent

    @property
    def catalogue(self) -> Path:
        """Folder of the catalogue."""
        return self.root / "data" / "catalogue"

    @property
    def loses_framed_chats(self) -> bool:
        """Tell whether another site may frame the chat, while no browser keeps the cookie there."""
        ours = urlsplit(self.public_url).hostname
        return not self.secure_cookies and any(
            _host(site) != ours for site in self.frame_ancestors
        )

    def make_data_dir(self) -> None:
        """Make the data folder when it is not there yet.

        Raises:
            SettingsError: it cannot be made.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"de map {self.data_dir} kan niet: {error.strerror}") from error


def read_settings(data_dir: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting.

    Raises:
        SettingsError: one line that names all that is wrong.
    """
    given = os.environ if environment is None else environment
    database_url = _database_url(given.get("DATABASE_URL", ""), data_dir)
    proxies = _networks(given.get("TRUSTED_PROXIES", ""))
    if wrong := _wrong(given, database_url, proxies):
        raise SettingsError(f"deze instellingen kloppen niet: {', '.join(wrong)}")
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        telegram_token=given.get("TELEGRAM_TOKEN") or None,
        telegram_secret=given.get("TELEGRAM_SECRET") or None,
        telegram_api=(given.get("TELEGRAM_API") or "https://api.telegram.org").rstrip("/"),
        rest_token=given.get("REST_CHANNEL_TOKEN") or None,
        trusted_proxies=proxies or (),
        frame_ancestors=tuple(given.get("FRAME_ANCESTORS", "").split()),
        allow_private_partners=given.get("ALLOW_PRIVATE_PARTNERS") == "1",
        secure_cookies=given.get("SECURE_COOKIES") == "1",
        counsellor_away=timedelta(minutes=int(given.get("COUNSELLOR_AWAY_MINUTES") or 30)),
        smtp_url=given.get("SMTP_URL") or None,
        mail_from=given.get("MAIL_FROM") or "zijstap@localhost",
        public_url=(given.get("PUBLIC_URL") or "http://localhost:8080").rstrip("/"),
    )


def _wrong(
    given: Mapping[str, str], database_url: str, proxies: tuple[Network, ...] | None
) -> list[str]:
    """Name what is wrong, never its value: that may be a secret."""
    token, secret = given.get("TELEGRAM_TOKEN"), given.get("TELEGRAM_SECRET")
    sites, minutes = given.get("FRAME_ANCESTORS", "").split(), given.get("COUNSELLOR_AWAY_MINUTES")
    checks = {
        "DATABASE_URL": database_url.startswith(tuple(DRIVERS.values())),
        "TRUSTED_PROXIES": proxies is not None,
        "FRAME_ANCESTORS": all(_SITE.fullmatch(site) for site in sites),
        "TELEGRAM_TOKEN": not token or _TELEGRAM_TOKEN.fullmatch(token),
        "TELEGRAM_SECRET": not secret or _TELEGRAM_SECRET.fullmatch(secret),
        "TELEGRAM_SECRET (zonder TELEGRAM_TOKEN)": token or not secret,
        "COUNSELLOR_AWAY_MINUTES": not minutes or _MINUTES.fullmatch(minutes),
    }
    checks |= {name: _is_address(given.get(name), *kinds) for name, kinds in SCHEMES.items()}
    checks |= {f"{name} (1 of 0)": given.get(name) in (None, "", "0", "1") for name in SWITCHES}
    return [name for name, right in checks.items() if not right]


def _is_address(given: str | None, *schemes: str) -> bool:
    """Tell whether this is nothing, or an address with one of these schemes and a host."""
    try:
        url = urlsplit(given or f"{schemes[0]}://host")
        return url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:  # no port, or no host
        return False


def _host(site: str) -> str | None:
    """Give the host of a source of `frame-ancestors`, with or without a scheme."""
    return urlsplit(f"//{site.rpartition('//')[2].partition(':')[0]}").hostname


def _database_url(given: str, data_dir: Path) -> str:
    """Give the address with the driver that we use, also when it was left out."""
    if not given:
        return f"sqlite+aiosqlite:///{(data_dir / 'zijstap.db').resolve()}"
    kind, _, rest = given.partition("://")
    return f"{DRIVERS[kind]}{rest}" if kind in DRIVERS else given


def _networks(given: str) -> tuple[Network, ...] | None:
    """Give the networks of our own proxies, such as `10.0.0.0/8`; None when one is wrong."""
    try:
        return tuple(ipaddress.ip_network(part) for part in given.split())
    except ValueError:
        return None
