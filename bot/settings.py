"""Settings, read from the environment only; all errors are reported at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.errors import ConfigurationError

PREFIX = "BROBYGGER_"
PUBLIC_API = "https://api.telegram.org"
DEFAULT_CONSOLE = "http://127.0.0.1:8080/console"
PUBLIC_PATH = "/public"
DEFAULT_PROXIES = "127.0.0.0/8,::1/128"
DEFAULT_MAP = "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
DEFAULT_DATABASE = "sqlite+aiosqlite:///var/brobygger.sqlite3"
# The async driver of each scheme that a database URL may have.
DRIVERS: Mapping[str, str] = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_BRACES = re.compile(r"\{[^{}]*\}")
HIGHEST_PORT = 65535
SMTP_PORTS: Mapping[str, int] = {"smtps": 465, "smtp": 587}
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_SENDER = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")
# Settings of earlier versions, which are ignored: an upgrade must not fail for them.
RETIRED = ("SECRET_KEY", "SECRET_KEY_FILE")
HTTPS, WEBHOOK_PORTS = 443, (443, 80, 88, 8443)


Faults = Iterator[tuple[str, str]]
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name without the prefix, its default, and its purpose."""

    name: str
    default: str
    about: str
    secret: bool = False  # <name>_FILE may name a file with the value
    optional: bool = False  # an empty value or file is valid, and is not its default


SETTINGS: tuple[Setting, ...] = (
    Setting("BOT_TOKEN", "", "The bot's token, from @BotFather. Keep it secret.", secret=True),
    Setting("TELEGRAM_API_URL", PUBLIC_API, "What stands before /bot<token>/."),
    Setting(
        "DATABASE_URL",
        DEFAULT_DATABASE,
        "An SQLAlchemy URL; postgres:// is taken too.",
        secret=True,
    ),
    Setting("INTAKE", "polling", "How updates come in: polling or webhook."),
    Setting("WEBHOOK_URL", "", "The public base address, where INTAKE is webhook."),
    Setting(
        "WEBHOOK_SECRET", "", "16 to 256 of A-Z a-z 0-9 _ -, where INTAKE is webhook.", secret=True
    ),
    Setting("HTTP_HOST", "127.0.0.1", "Where health, metrics, console and webhook listen."),
    Setting("HTTP_PORT", "8080", "Their port; 0 for none."),
    Setting(
        "TRUSTED_PROXIES",
        DEFAULT_PROXIES,
        "Networks, with commas between, whose X-Forwarded-For is believed.",
    ),
    Setting("CONSOLE_URL", DEFAULT_CONSOLE, "The console's public address; it ends in /console."),
    Setting(
        "PUBLIC_URL",
        "",
        "The address of public pages and calendar feeds; it ends in /public; empty for none.",
    ),
    Setting(
        "SMTP_URL",
        "",
        "The mail server for alerts to staff: smtps://user:password@host?from=address; empty "
        "for no e-mail.",
        secret=True,
        optional=True,
    ),
    Setting("JOURNAL_FOLDER", "", "Where changed cases are put every night; empty for nowhere."),
    Setting("TOWN", "", "The town's content file; empty for Klintsund, which ships."),
    Setting(
        "MAP_URL",
        DEFAULT_MAP,
        "The map that a place opens in, with {lat} and {lon} in its address; empty for no link.",
        optional=True,
    ),
    Setting("DATE_ENTITIES", "on", "Whether times in messages are date entities: on or off."),
    Setting("LOG_FORMAT", "text", "text or json."),
)


@dataclass(frozen=True, slots=True, repr=False)
class SmtpServer:
    """A mail server and the sender's address; no repr because it contains a password.

    With *tls* the connection is encrypted from its start, else by STARTTLS.
    """

    host: str
    port: int
    user: str | None
    password: str | None
    sender: str
    tls: bool

    @property
    def is_local(self) -> bool:
        """Return whether the server is on this machine, where encryption is not needed."""
        return self.host in LOCAL_HOSTS


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The operator's settings, without a repr because they contain secrets."""

    bot_token: str
    telegram_api_url: str
    database_url: str
    intake: str
    webhook_url: str
    webhook_secret: str
    http_host: str
    http_port: int
    trusted_proxies: tuple[Network, ...]
    console_url: str
    public_url: str
    smtp: SmtpServer | None
    journal_folder: Path | None
    town: Path | None
    map_url: str
    date_entities: bool
    log_format: str


def database_url(written: str) -> str:
    """Return the URL with our async driver; raise `ConfigurationError` for another database."""
    scheme, colon, rest = written.partition(":")
    if not colon or scheme not in DRIVERS:
        raise ConfigurationError("it must begin with sqlite:///, postgresql:// or postgres://")
    return f"{DRIVERS[scheme]}:{rest}"


def smtp_server(written: str) -> SmtpServer | None:
    """Return the mail server of a URL, None for an empty one; raise `ValueError` if invalid."""
    if not written:
        return None
    parts = urlsplit(written)
    sender = dict(parse_qsl(parts.query)).get("from", "")
    if parts.scheme not in SMTP_PORTS or not parts.hostname or not _SENDER.fullmatch(sender):
        raise ValueError("no mail server")
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=sender,
        tls=parts.scheme == "smtps",
    )


def networks(written: str) -> tuple[Network, ...]:
    """Return comma-separated networks; raise `ValueError` for an invalid one."""
    return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())


def _value(environ: Mapping[str, str], name: str) -> str:
    """Return one setting's text from the environment, else from its file, else its default."""
    setting = next(s for s in SETTINGS if s.name == name)
    written = environ.get(PREFIX + name, "").strip()
    if not written and setting.secret and (file := _file_of(environ, name)) is not None:
        with suppress(OSError, ValueError):  # reported by `_file_faults`
            written = file.read_text().strip()
    if not written and setting.optional and PREFIX + name in environ:
        return ""
    return written or setting.default


def _file_of(environ: Mapping[str, str], name: str) -> Path | None:
    """Return the file that <name>_FILE names, as for container secrets; None where it is unset."""
    named = environ.get(f"{PREFIX}{name}_FILE", "").strip()
    return Path(named) if named else None


def _file_faults(environ: Mapping[str, str]) -> Faults:
    """Yield the errors of the files that contain secrets."""
    for setting in SETTINGS:
        name = setting.name
        file = _file_of(environ, name) if setting.secret else None
        if file is None:
            continue
        if environ.get(PREFIX + name, "").strip():
            yield f"{name}_FILE", f"must not be set beside {PREFIX}{name}: which of them is right?"
            continue
        try:
            if not file.read_text().strip() and not setting.optional:
                yield f"{name}_FILE", "the file is empty"
        except (OSError, ValueError):
            yield f"{name}_FILE", "the file cannot be read; does it belong to whom the bot runs as?"


def setting_errors(
    environ: Mapping[str, str], *, token_needed: bool = True, takes_updates: bool = True
) -> list[str]:
    """Return one line for each wrong setting: its name and the valid values, without secrets."""
    value = {setting.name: _value(environ, setting.name) for setting in SETTINGS}
    known = {PREFIX + setting.name for setting in SETTINGS}
    known |= {f"{PREFIX}{setting.name}_FILE" for setting in SETTINGS if setting.secret}
    known |= {PREFIX + name for name in RETIRED}
    unknown = [
        f"{name}: there is no such setting"
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in known
    ]
    checks = (
        _file_faults(environ),
        _token_faults(value, token_needed=token_needed),
        _address_faults(value),
        _database_faults(value),
        _intake_faults(value, takes_updates=takes_updates),
        _other_faults(value),
    )
    return unknown + [f"{PREFIX}{name}: {why}" for found in checks for name, why in found]


def _token_faults(value: Mapping[str, str], *, token_needed: bool) -> Faults:
    """Yield the errors of the bot token."""
    if not value["BOT_TOKEN"]:
        if token_needed:
            yield "BOT_TOKEN", "is not set; @BotFather gives one"
    elif not _TOKEN.fullmatch(value["BOT_TOKEN"]):
        yield "BOT_TOKEN", "does not look like a token: digits, a colon, letters"


def _address_faults(value: Mapping[str, str]) -> Faults:
    """Yield the errors of the URLs."""
    for name in ("TELEGRAM_API_URL", "WEBHOOK_URL", "CONSOLE_URL", "PUBLIC_URL"):
        if value[name] and not _is_http(value[name]):
            yield name, "must be an address that begins with https:// or http://"
    if not value["CONSOLE_URL"].rstrip("/").endswith("/console"):
        yield "CONSOLE_URL", "must end in /console"
    if value["PUBLIC_URL"] and not value["PUBLIC_URL"].rstrip("/").endswith(PUBLIC_PATH):
        yield "PUBLIC_URL", f"must be empty, or end in {PUBLIC_PATH}"
    if value["MAP_URL"] and not _is_map(value["MAP_URL"]):
        yield (
            "MAP_URL",
            "must be empty, or begin with https:// and have {lat} and {lon} in it, behind the host",
        )


def _database_faults(value: Mapping[str, str]) -> Faults:
    """Yield the errors of the database URL."""
    try:
        database_url(value["DATABASE_URL"])
    except ConfigurationError as error:
        yield "DATABASE_URL", str(error)


def _intake_faults(value: Mapping[str, str], *, takes_updates: bool) -> Faults:
    """Yield the errors of the intake mode and the webhook."""
    if value["INTAKE"] not in ("polling", "webhook"):
        yield "INTAKE", "must be polling or webhook"
    if value["INTAKE"] != "webhook":
        return
    if not value["WEBHOOK_URL"]:
        yield "WEBHOOK_URL", "must be set where INTAKE is webhook"
    elif value["TELEGRAM_API_URL"].rstrip("/") == PUBLIC_API and not _is_called(value):
        yield "WEBHOOK_URL", "must begin with https:// and have the port 443, 80, 88 or 8443"
    if not _SECRET.fullmatch(value["WEBHOOK_SECRET"]):
        yield "WEBHOOK_SECRET", "must be 16 to 256 of A-Z a-z 0-9 _ - where INTAKE is webhook"
    if value["HTTP_PORT"] == "0" and takes_updates:
        yield "HTTP_PORT", "must not be 0 where INTAKE is webhook"


def _other_faults(value: Mapping[str, str]) -> Faults:
    """Yield the errors of port, proxies, log format and town file."""
    if not (value["HTTP_PORT"].isdecimal() and int(value["HTTP_PORT"]) <= HIGHEST_PORT):
        yield "HTTP_PORT", "must be a number from 0 to 65535"
    try:
        networks(value["TRUSTED_PROXIES"])
    except ValueError:
        yield "TRUSTED_PROXIES", "must be networks with commas between, as in 10.0.0.0/8,::1/128"
    try:
        smtp_server(value["SMTP_URL"])
    except ValueError:
        yield "SMTP_URL", "must be as smtps://user:password@host:465?from=name@host, or empty"
    if value["DATE_ENTITIES"] not in ("on", "off"):
        yield "DATE_ENTITIES", "must be on or off"
    if value["LOG_FORMAT"] not in ("text", "json"):
        yield "LOG_FORMAT", "must be text or json"
    if value["TOWN"] and not Path(value["TOWN"]).is_file():
        yield "TOWN", "there is no such file"


def map_link(address: str, latitude: float, longitude: float) -> str:
    """Return the map URL of a point; *address* contains {lat} and {lon}."""
    return address.replace("{lat}", f"{latitude}").replace("{lon}", f"{longitude}")


def _is_map(address: str) -> bool:
    """Return whether *address* is a valid map URL with {lat} and {lon} after the host."""
    if not _is_http(address) or not {"{lat}", "{lon}"} <= set(_BRACES.findall(address)):
        return False
    host = urlsplit(address).netloc
    plain = map_link(address, 0, 0)
    return "{" not in host and not any(sign in plain for sign in '{} "<>')


def _is_called(value: Mapping[str, str]) -> bool:
    """Return whether Telegram accepts the webhook's scheme and port; True for an invalid URL."""
    parts = urlsplit(value["WEBHOOK_URL"]) if _is_http(value["WEBHOOK_URL"]) else None
    return parts is None or (parts.scheme == "https" and (parts.port or HTTPS) in WEBHOOK_PORTS)


def _is_http(address: str) -> bool:
    """Return whether *address* is an HTTP or HTTPS URL with a host and a valid port."""
    try:
        parts = urlsplit(address)
        possible = parts.port != 0  # a port that is not a number raises ValueError
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and possible


def read(
    environ: Mapping[str, str] | None = None,
    *,
    token_needed: bool = True,
    takes_updates: bool = True,
) -> Settings:
    """Return the settings; raise one `ConfigurationError` that lists every error.

    **takes_updates* says whether this process has the intake role.
    """
    environ = environment() if environ is None else environ
    found = setting_errors(environ, token_needed=token_needed, takes_updates=takes_updates)
    if found:
        raise ConfigurationError("\n".join(found))
    value = {setting.name: _value(environ, setting.name) for setting in SETTINGS}
    url = database_url(value["DATABASE_URL"])
    return Settings(
        bot_token=value["BOT_TOKEN"],
        telegram_api_url=value["TELEGRAM_API_URL"].rstrip("/"),
        database_url=url,
        intake=value["INTAKE"],
        webhook_url=value["WEBHOOK_URL"].rstrip("/"),
        webhook_secret=value["WEBHOOK_SECRET"],
        http_host=value["HTTP_HOST"],
        http_port=int(value["HTTP_PORT"]),
        trusted_proxies=networks(value["TRUSTED_PROXIES"]),
        console_url=value["CONSOLE_URL"].rstrip("/"),
        public_url=value["PUBLIC_URL"].rstrip("/"),
        smtp=smtp_server(value["SMTP_URL"]),
        journal_folder=Path(value["JOURNAL_FOLDER"]) if value["JOURNAL_FOLDER"] else None,
        town=Path(value["TOWN"]) if value["TOWN"] else None,
        map_url=value["MAP_URL"],
        date_entities=value["DATE_ENTITIES"] == "on",
        log_format=value["LOG_FORMAT"],
    )


def environment() -> Mapping[str, str]:
    """Return the process's environment; all code reads it here."""
    return os.environ


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite URL; None for PostgreSQL and in-memory databases."""
    if not url.startswith("sqlite"):
        return None
    name = url.partition("///")[2].partition("?")[0]
    return Path(name) if name and name != ":memory:" else None
