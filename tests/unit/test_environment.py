"""Test settings: all faults at once, defaults, and the generated secret key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.errors import ConfigurationError

TOKEN = "123456789:" + "a" * 35
GOOD = {"BROBYGGER_BOT_TOKEN": TOKEN}


def test_a_token_is_all_it_needs() -> None:
    """All settings except the token have defaults."""
    read = settings.read(GOOD)
    assert read.bot_token == TOKEN
    assert read.telegram_api_url == "https://api.telegram.org"
    assert read.database_url == "sqlite+aiosqlite:///var/brobygger.sqlite3"
    assert (read.intake, read.http_host, read.http_port) == ("polling", "127.0.0.1", 8080)
    assert read.town is None


def test_every_fault_is_said_at_once() -> None:
    """One error names every wrong setting."""
    wrong = {
        "BROBYGGER_BOT_TOKEN": "no token",
        "BROBYGGER_TELEGRAM_API_URL": "ftp://here",
        "BROBYGGER_DATABASE_URL": "mysql://here",
        "BROBYGGER_INTAKE": "pigeon",
        "BROBYGGER_HTTP_PORT": "65536",
        "BROBYGGER_LOG_FORMAT": "verse",
        "BROBYGGER_TRUSTED_PROXIES": "10.0.0.0/8,the office",
        "BROBYGGER_TOWN": "/there/is/no/such.toml",
        "BROBYGGER_COLOUR": "blue",
    }
    with pytest.raises(ConfigurationError) as error:
        settings.read(wrong)
    lines = str(error.value).splitlines()
    assert sorted(line.partition(":")[0] for line in lines) == sorted(wrong)


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    """A secret is read from the file that `_FILE` names, as in containers."""
    held = {
        "BOT_TOKEN": TOKEN,
        "WEBHOOK_SECRET": "a-secret-of-tests",
        "DATABASE_URL": "postgres://u:p@d/b",
    }
    environ = {"BROBYGGER_BOT_TOKEN": ""}  # an empty value counts as unset
    for name, value in held.items():
        (tmp_path / name).write_text(value + "\n")
        environ[f"BROBYGGER_{name}_FILE"] = str(tmp_path / name)
    read = settings.read(environ)
    assert (read.bot_token, read.webhook_secret) == (TOKEN, "a-secret-of-tests")
    assert read.database_url == "postgresql+asyncpg://u:p@d/b"


def test_a_secret_file_that_is_wrong(tmp_path: Path) -> None:
    """A missing or empty file, a file beside a value, and `_FILE` on other settings are faults."""
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    wrong = {
        "BROBYGGER_BOT_TOKEN": TOKEN,
        "BROBYGGER_BOT_TOKEN_FILE": str(tmp_path / "empty"),
        "BROBYGGER_DATABASE_URL_FILE": str(tmp_path / "key"),
        "BROBYGGER_WEBHOOK_SECRET_FILE": str(tmp_path / "empty"),
        "BROBYGGER_HTTP_PORT_FILE": str(tmp_path / "empty"),
    }
    said = {line.partition(":")[0]: line for line in settings.setting_errors(wrong)}
    assert set(said) == set(wrong) - {"BROBYGGER_BOT_TOKEN"}
    assert "beside" in said["BROBYGGER_BOT_TOKEN_FILE"]
    assert "cannot be read" in said["BROBYGGER_DATABASE_URL_FILE"]
    assert "empty" in said["BROBYGGER_WEBHOOK_SECRET_FILE"]


def test_no_secret_is_shown() -> None:
    """Neither an error nor the settings' repr shows a secret."""
    secrets = {
        "BROBYGGER_BOT_TOKEN": "123456:this-is-much-too-short!!",
        "BROBYGGER_INTAKE": "webhook",
        "BROBYGGER_WEBHOOK_SECRET": "short!",
        "BROBYGGER_DATABASE_URL": "mysql://me:password@here/town",
        "BROBYGGER_WEBHOOK_URL": "https://here.example",
    }
    said = "\n".join(settings.setting_errors(secrets))
    assert said
    assert not any(secret in said for secret in ("too-short", "short!", "password"))
    assert TOKEN not in repr(settings.read(GOOD))
    assert TOKEN not in str(settings.read(GOOD))


def test_a_webhook_needs_more() -> None:
    """INTAKE=webhook requires an address, a secret and a port."""
    found = settings.setting_errors(
        {**GOOD, "BROBYGGER_INTAKE": "webhook", "BROBYGGER_HTTP_PORT": "0"}
    )
    assert [fault.partition(":")[0].removeprefix("BROBYGGER_") for fault in found] == [
        "WEBHOOK_URL",
        "WEBHOOK_SECRET",
        "HTTP_PORT",
    ]
    whole = {
        **GOOD,
        "BROBYGGER_INTAKE": "webhook",
        "BROBYGGER_WEBHOOK_URL": "https://here.example/",
        "BROBYGGER_WEBHOOK_SECRET": "0123456789abcdef",
    }
    assert settings.read(whole).webhook_url == "https://here.example"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://here.example", True),
        ("https://here.example:443", True),
        ("https://here.example:8443/bot", True),
        ("https://here.example:88", True),
        ("https://here.example:80", True),
        ("http://here.example", False),
        ("https://here.example:8080", False),
        ("https://here.example:65536", False),
        ("https://here.example:0", False),
    ],
)
def test_where_telegram_calls(address: str, *, taken: bool) -> None:
    """Telegram calls only https on four ports; a local Bot API server calls any address."""
    webhook = {
        **GOOD,
        "BROBYGGER_INTAKE": "webhook",
        "BROBYGGER_WEBHOOK_URL": address,
        "BROBYGGER_WEBHOOK_SECRET": "0123456789abcdef",
    }
    found = settings.setting_errors(webhook)
    assert [fault.partition(":")[0] for fault in found] == (
        [] if taken else ["BROBYGGER_WEBHOOK_URL"]
    )
    possible = not address.endswith((":65536", ":0"))
    local = {**webhook, "BROBYGGER_TELEGRAM_API_URL": "http://127.0.0.1:8081"}
    assert (settings.setting_errors(local) == []) is possible


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://me@here/town", "postgresql+asyncpg://me@here/town"),
        ("postgresql://me@here/town", "postgresql+asyncpg://me@here/town"),
    ],
)
def test_the_driver_is_ours(written: str, used: str) -> None:
    """A database URL is accepted in the spellings of other programs."""
    assert settings.database_url(written) == used


@pytest.mark.parametrize("written", ["", "town", "mysql://here", ":"])
def test_another_database_is_refused(written: str) -> None:
    """Databases other than SQLite and PostgreSQL are refused."""
    with pytest.raises(ConfigurationError):
        settings.database_url(written)


@pytest.mark.parametrize("url", ["sqlite:///a.db", "postgres://here/town"])
def test_a_setting_of_an_earlier_version_is_ignored(url: str) -> None:
    """An upgrade does not fail for a setting that is no longer used."""
    retired = {"BROBYGGER_SECRET_KEY": "a key", "BROBYGGER_DATABASE_URL": url}
    assert settings.setting_errors(GOOD | retired) == []


@pytest.mark.parametrize("address", ["http://[::1", "http://", "https:///x", "telegram.org"])
def test_an_address_that_cannot_be_called(address: str) -> None:
    """An address without scheme or host is a fault, not an exception."""
    found = settings.setting_errors({**GOOD, "BROBYGGER_TELEGRAM_API_URL": address})
    assert [fault.partition(":")[0] for fault in found] == ["BROBYGGER_TELEGRAM_API_URL"]


@pytest.mark.parametrize("port", ["-1", "x", "8080.5", "²", "65536"])
def test_a_port_is_a_number(port: str) -> None:
    """An invalid port is a fault, not an exception."""
    found = settings.setting_errors({**GOOD, "BROBYGGER_HTTP_PORT": port})
    assert [fault.partition(":")[0] for fault in found] == ["BROBYGGER_HTTP_PORT"]


def test_blank_is_unset() -> None:
    """An empty value means the default, as in a copied .env file."""
    blank = {settings.PREFIX + each.name: " " for each in settings.SETTINGS}
    assert settings.read({**blank, **GOOD}).http_port == 8080


MAP = "https://map.example/{lat}/{lon}"


def test_the_map() -> None:
    """The map address has a default, can be changed, and an empty value turns it off."""
    assert settings.read(GOOD).map_url == settings.DEFAULT_MAP
    assert settings.read(GOOD | {"BROBYGGER_MAP_URL": MAP}).map_url == MAP
    assert settings.read(GOOD | {"BROBYGGER_MAP_URL": " "}).map_url == ""
    assert settings.map_link(MAP, 55.5, -12.25) == "https://map.example/55.5/-12.25"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert({lat},{lon})",
        "https://map.example/{lat}",
        "https://{lat}.example/{lon}",
        "https://map.example/{lat}/{lon}/{case}",
        'https://map.example/{lat}/{lon}"x',
        "map.example/{lat}/{lon}",
    ],
)
def test_a_map_that_is_none(address: str) -> None:
    """An address that cannot link to a point is refused at the start."""
    with pytest.raises(ConfigurationError, match="BROBYGGER_MAP_URL: must be empty, or begin"):
        settings.read(GOOD | {"BROBYGGER_MAP_URL": address})


def test_the_file_of_an_sqlite_url() -> None:
    """Return the file of a SQLite URL; None for in-memory databases and PostgreSQL."""
    assert settings.sqlite_file("sqlite+aiosqlite:///var/a.db?x=1") == Path("var/a.db")
    assert settings.sqlite_file("sqlite:////srv/a.db") == Path("/srv/a.db")
    assert settings.sqlite_file("sqlite:///:memory:") is None
    assert settings.sqlite_file("postgresql+asyncpg://here/town") is None
