"""The compose file: known settings, matching ports, and no secrets."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import dockerfile
import pytest
import yaml

from bot.app.run import DRAIN, HTTP_DRAIN
from bot.cli import parser
from bot.settings import PREFIX, SETTINGS, read, setting_errors
from bot.testing import TOKEN

FILE = dockerfile.ROOT / "docker-compose.yml"
OPERATIONS = dockerfile.ROOT / "docs" / "operations.md"
OURS = ("bot", "worker", "public")
SECRETS = {PREFIX + setting.name for setting in SETTINGS if setting.secret}
KNOWN = {PREFIX + setting.name for setting in SETTINGS} | {f"{name}_FILE" for name in SECRETS}


@pytest.fixture
def services() -> dict[str, Any]:
    """Return the services of the compose file."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return found


def default_of(value: str) -> str:
    """Return a value as it is when the operator sets nothing."""
    return re.sub(r"\$\{\w+(?::-([^}]*))?\}", r"\1", value)


@pytest.mark.parametrize("name", OURS)
def test_what_it_sets_is_a_setting(services: dict[str, Any], name: str) -> None:
    """Each variable is a known setting, is passed under its own name, and is valid."""
    environment = services[name]["environment"]
    assert set(environment) <= KNOWN
    for setting, value in environment.items():
        outside = re.findall(r"\$\{(\w+)", value)
        assert outside in ([], [setting])
    ours = {key: value for key, value in environment.items() if not key.endswith("_FILE")}
    plain = {key: default_of(value) for key, value in ours.items()}
    given = {f"{PREFIX}DATABASE_URL": "postgresql://b:p@database/b"}
    assert setting_errors(plain | given, token_needed=False) == []


@pytest.mark.parametrize("name", OURS)
def test_it_fits_the_image(services: dict[str, Any], name: str) -> None:
    """The command parses, ports match the image on loopback, and the grace period is enough."""
    service = services[name]
    parser().parse_args(service["command"])
    for port in service.get("ports", []):
        host, _published, inside = port.split(":")
        assert (host, inside) == ("127.0.0.1", dockerfile.told("EXPOSE"))
    assert int(service["stop_grace_period"].removesuffix("s")) > DRAIN + HTTP_DRAIN
    assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" not in service, "the image has one"


def test_more_hands_are_workers(services: dict[str, Any]) -> None:
    """The bot has every role by default, and workers are added only on request."""
    assert services["bot"]["command"] == ["run"]
    assert services["worker"]["command"] == ["run", "--roles", "worker"]
    assert services["worker"]["scale"] == 0
    assert "ports" not in services["worker"], "several cannot have one port"


def test_public_pages_apart(services: dict[str, Any]) -> None:
    """The public pages can be served by a process of their own, as the manual says."""
    public = services["public"]
    assert public["command"] == ["run", "--roles", "public"]
    assert public["scale"] == 0
    (port,) = public["ports"]
    address = port.rpartition(":")[0]
    assert address not in str(services["bot"]["ports"])
    assert f"`{address}`" in OPERATIONS.read_text()
    assert "docker compose up --detach --scale public=1" in OPERATIONS.read_text()


def test_a_mail_server_is_optional(tmp_path: Path) -> None:
    """With an empty file of the mail server's URL the settings are valid, without e-mail."""
    url = tmp_path / "smtp_url"
    url.write_text("")
    environ = {f"{PREFIX}BOT_TOKEN": TOKEN, f"{PREFIX}SMTP_URL_FILE": str(url)}
    assert read(environ).smtp is None
    url.write_text("smtps://town:secret@mail.example?from=chat@town.example\n")
    smtp = read(environ).smtp
    assert smtp is not None
    assert (smtp.host, smtp.password) == ("mail.example", "secret")


def test_the_manual_makes_each_secret(services: dict[str, Any]) -> None:
    """The commands of the manual write every file of a secret, also that of the mail server."""
    assert f"{PREFIX}SMTP_URL_FILE" in services["bot"]["environment"]
    for name in yaml.safe_load(FILE.read_text())["secrets"]:
        assert f"> secrets/{name}" in OPERATIONS.read_text()


def test_the_database_is_kept(services: dict[str, Any]) -> None:
    """PostgreSQL has a health check and a volume, and no published port."""
    database = services["database"]
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    version = int(database["image"].removeprefix("postgres:"))
    assert version >= 18, "older images keep their data elsewhere"
    assert database["volumes"] == ["database:/var/lib/postgresql"]
    assert "ports" not in database


def test_no_secret_is_inside(services: dict[str, Any]) -> None:
    """Secrets come from files ignored by git or from outside. No value looks like one."""
    whole = yaml.safe_load(FILE.read_text())
    for name, secret in whole["secrets"].items():
        assert secret["file"] == f"./secrets/{name}"
    assert "secrets/" in (dockerfile.ROOT / ".gitignore").read_text().splitlines()
    for service in services.values():
        asked = {f"/run/secrets/{name}" for name in service["secrets"]}
        read = {value for key, value in service["environment"].items() if key.endswith("_FILE")}
        assert asked == read
    for service in services.values():
        inside = {key: default_of(value) for key, value in service["environment"].items()}
        assert all(inside.get(key, "") == "" for key in (*SECRETS, "POSTGRES_PASSWORD"))
    assert not re.search(r"[A-Za-z0-9_-]{32,}|\d{6,}:", FILE.read_text())


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="needs Debian's docker-compose")
def test_docker_compose_reads_it() -> None:
    """Debian's docker-compose parses the file to the same services."""
    environ = {"PATH": os.environ["PATH"], "BROBYGGER_INTAKE": "webhook"}
    command = ["docker-compose", "--file", str(FILE), "config"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    read = yaml.safe_load(done.stdout)
    assert set(read["services"]) == {"database", *OURS}
    assert read["services"]["worker"]["environment"]["BROBYGGER_INTAKE"] == "webhook"
    assert json.dumps(read).count("127.0.0.1:8080:8080") == 1
