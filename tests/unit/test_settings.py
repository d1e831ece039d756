"""Settings: what is wrong stops the start, by name and without its value."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings


def read(**given: str) -> Settings:
    return read_settings(Path("var"), given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_COOKIES", "yes"),
        ("ALLOW_PRIVATE_PARTNERS", "true"),
        ("FRAME_ANCESTORS", "foo;bar"),
        ("FRAME_ANCESTORS", "https://a.nl, https://b.nl"),
        ("FRAME_ANCESTORS", "https://a.nl 'none'"),
        ("FRAME_ANCESTORS", "https://a.nl/pagina"),
        ("TELEGRAM_SECRET", "abc"),
        ("TELEGRAM_TOKEN", "geheim/../x"),
        ("SMTP_URL", "http://mail.example"),
        ("SMTP_URL", "smtp://mail.example:poort"),
        ("PUBLIC_URL", "https://"),
        ("TELEGRAM_API", "ftp://telegram.example"),
        ("COUNSELLOR_AWAY_MINUTES", "0"),
        ("COUNSELLOR_AWAY_MINUTES", "-5"),
        ("COUNSELLOR_AWAY_MINUTES", "uur"),
        ("DATABASE_URL", "mysql://127.0.0.1/zijstap"),
    ],
)
def test_a_setting_that_is_wrong_is_named_without_its_value(name: str, value: str):
    with pytest.raises(SettingsError) as said:
        read(**{name: value})
    assert name in str(said.value)
    assert value not in str(said.value)


def test_a_secret_that_telegram_would_refuse_is_named():
    with pytest.raises(SettingsError, match="TELEGRAM_SECRET"):
        read(TELEGRAM_TOKEN="123456:abc", TELEGRAM_SECRET="met spatie")


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(SettingsError, match="FRAME_ANCESTORS.*SMTP_URL.*SECURE_COOKIES"):
        read(SECURE_COOKIES="aan", FRAME_ANCESTORS=";", SMTP_URL="mail")


def test_what_is_empty_or_right_is_taken():
    empty = read(SECURE_COOKIES="", FRAME_ANCESTORS="", TELEGRAM_SECRET="", SMTP_URL="")
    assert not empty.secure_cookies and empty.smtp_url is None
    full = read(
        SECURE_COOKIES="1",
        ALLOW_PRIVATE_PARTNERS="0",
        FRAME_ANCESTORS="https://www.werkcentrum.nl *.example.nl:8443 http://127.0.0.1:* *",
        TELEGRAM_TOKEN="123456:AAE-x_y",
        TELEGRAM_SECRET="abc",
        SMTP_URL="smtps://naam:w%40chtwoord@mail.example:465",
        PUBLIC_URL="https://zijstap.example/",
    )
    assert full.secure_cookies and not full.allow_private_partners
    assert len(full.frame_ancestors) == 4
    assert full.public_url == "https://zijstap.example"


@pytest.mark.parametrize(
    ("sites", "secure", "lost"),
    [
        ("https://www.werkcentrum.nl", "0", True),
        ("https://www.werkcentrum.nl", "1", False),
        ("https://zijstap.nl:8443", "0", False),
        ("zijstap.nl werkcentrum.nl", "", True),
        ("", "0", False),
    ],
)
def test_a_frame_on_another_site_without_secure_cookies_is_noticed(
    sites: str, secure: str, lost: bool
):
    given = read(FRAME_ANCESTORS=sites, SECURE_COOKIES=secure, PUBLIC_URL="https://zijstap.nl")
    assert given.loses_framed_chats is lost
