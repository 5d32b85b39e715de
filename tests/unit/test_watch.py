"""Test that logs never contain the token, and test the names of the metrics."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import __version__, watch
from bot.settings import setting_errors

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"  # noqa: S105 - not a real secret
TALKATIVE = ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp.access", "alembic")


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Restore the root logger."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


@pytest.fixture(params=["text", "json"])
def stream(request: pytest.FixtureRequest) -> io.StringIO:
    """Return the log output, in each format."""
    made = io.StringIO()
    watch.set_up_logging(request.param, made)
    return made


def test_a_url_as_httpx_writes_it(stream: io.StringIO) -> None:
    """A token in a URL is removed, and the rest of the line stays."""
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    logging.getLogger("somebody").info('HTTP Request: %s %s "%s"', "POST", url, "HTTP/1.1 200 OK")
    assert TOKEN not in stream.getvalue()
    assert f"/bot{watch.REMOVED}/getMe" in stream.getvalue()
    assert "200 OK" in stream.getvalue()


def _fail(words: str) -> None:
    """Raise an error with *words* that has another such error as its cause."""
    try:
        int(words)
    except ValueError as error:
        raise RuntimeError(words) from error


def test_an_exception_that_holds_it(stream: io.StringIO) -> None:
    """Of an exception only type and location are logged, never its text."""
    for words in (f"The token `{TOKEN}` was rejected", "min nabo hedder Bo"):
        try:
            _fail(words)
        except RuntimeError:
            logging.getLogger("somebody").exception("failed")
    for line in stream.getvalue().splitlines():
        assert "RuntimeError" in line
        assert "ValueError" in line
        assert "test_watch.py" in line
        assert "_fail" in line
    assert TOKEN not in stream.getvalue()
    assert "nabo" not in stream.getvalue()


def test_an_exception_as_an_argument(stream: io.StringIO) -> None:
    """A token in an argument is removed."""
    logging.getLogger("somebody").error("failed: %s", ValueError(TOKEN))
    assert TOKEN not in stream.getvalue()
    assert watch.REMOVED in stream.getvalue()


def test_an_extra_that_holds_it(stream: io.StringIO) -> None:
    """A token in an extra field is removed."""
    logging.getLogger("somebody").info("asked", extra={"url": f"http://here/bot{TOKEN}/getMe"})
    assert "asked" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_a_stack_that_holds_it(stream: io.StringIO) -> None:
    """A token in a record's stack is removed."""
    record = logging.LogRecord("somebody", logging.ERROR, __file__, 1, "here", (), None)
    record.stack_info = f"in bot{TOKEN}"
    logging.getLogger("somebody").handle(record)
    assert TOKEN not in stream.getvalue()


def test_json_is_a_verb_a_line() -> None:
    """Each line is one JSON object with action, level, time and ids."""
    stream = io.StringIO()
    watch.set_up_logging("json", stream)
    logging.getLogger("brobygger.worker").info("turn_committed", extra={"row": 7})
    logging.getLogger("brobygger.worker").warning("batch_failed")
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["action"], first["level"], first["row"]) == ("turn_committed", "info", 7)
    assert first["timestamp"].endswith("Z")
    assert (second["action"], second["level"]) == ("batch_failed", "warning")


def test_text_is_a_verb_a_line() -> None:
    """Each text line names its action and its ids."""
    stream = io.StringIO()
    watch.set_up_logging("text", stream)
    logging.getLogger("brobygger.worker").info("turn_committed", extra={"row": 7})
    (line,) = stream.getvalue().splitlines()
    assert "level='info' action='turn_committed'" in line
    assert "row=7" in line


def test_a_line_break_makes_no_new_line(stream: io.StringIO) -> None:
    """Line breaks in logged text are escaped, so that it cannot forge another line."""
    logging.getLogger("somebody").info("one\nlevel='error' action='forged'")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("name", TALKATIVE)
def test_talkative_libraries_are_quiet(name: str, stream: io.StringIO) -> None:
    """Per-call messages of libraries are not logged."""
    logging.getLogger(name).info("chatter")
    assert stream.getvalue() == ""


def test_the_names_of_the_metrics() -> None:
    """Dashboards and alerts rely on these names."""
    watch.SENDS.labels("sent").inc()
    watch.LIMITED.inc()
    watch.WEBHOOK_REFUSED.labels("secret").inc()
    watch.record_role("courier", held=True)
    watch.record_telegram_answer()
    with watch.turn_timed("timer"):
        pass
    shown = watch.exposition().decode()
    families = {line.split()[2] for line in shown.splitlines() if line.startswith("# TYPE")}
    assert {
        "brobygger_turns_total",
        "brobygger_turn_seconds",
        "brobygger_sends_total",
        "brobygger_flood_limited_total",
        "brobygger_webhook_refused_total",
        "brobygger_inbox_depth",
        "brobygger_inbox_oldest_seconds",
        "brobygger_outbox_depth",
        "brobygger_outbox_oldest_seconds",
        "brobygger_timers_late",
        "brobygger_telegram_seen_seconds",
        "brobygger_role_held",
        "brobygger_rows_set_aside_total",
        "brobygger_database_there",
        "brobygger_database_writable",
        "brobygger_intake_seen_seconds",
        "brobygger_intake_trouble",
        "brobygger_telegram_pending_updates",
        "brobygger_webhook_error_seconds",
    } <= families
    assert f'brobygger_build_info{{version="{__version__}"}} 1.0' in shown
    assert watch.telegram_seen() > 0
    assert 'brobygger_role_held{role="courier"} 1.0' in shown
    assert 'brobygger_turn_seconds_count{source="timer"}' in shown


def test_a_turn_that_raises_is_counted_too() -> None:
    """The counter includes turns that raise."""
    before = watch.TURNS.labels("odd")._value.get()
    with pytest.raises(ZeroDivisionError), watch.turn_timed("odd"):
        raise ZeroDivisionError
    assert watch.TURNS.labels("odd")._value.get() == before + 1


def written(stream: io.StringIO) -> list[str]:
    """Return the logged actions."""
    return [json.loads(line)["action"] for line in stream.getvalue().splitlines()]


def test_a_warning_that_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning repeated every 2 s is logged once in ten minutes, with the number left out."""
    stream, now = io.StringIO(), 1_000_000.0
    watch.set_up_logging("json", stream)
    monkeypatch.setattr(logging.time, "time", lambda: now)
    monkeypatch.setattr(logging.time, "time_ns", lambda: int(now * 1e9), raising=False)
    log = logging.getLogger("brobygger.somebody")
    for _ in range(1000):
        log.warning("telegram_unreachable")
        now += 2
    assert written(stream) == ["telegram_unreachable"] * 4
    assert json.loads(stream.getvalue().splitlines()[1])["left_out"] == 299
    log.warning("poll_refused", extra={"code": 409})
    log.warning("poll_refused", extra={"code": 401})
    now += 61
    log.warning("telegram_unreachable")
    assert written(stream)[4:] == ["poll_refused", "poll_refused", "telegram_unreachable"]


def test_what_is_no_warning_is_always_written() -> None:
    """Errors and info records are never suppressed."""
    stream = io.StringIO()
    watch.set_up_logging("json", stream)
    for _ in range(2):
        logging.getLogger("brobygger.somebody").error("row_set_aside")
        logging.getLogger("brobygger.somebody").info("took_role")
    assert written(stream) == ["row_set_aside", "took_role"] * 2


def test_every_token_that_can_be_set_is_found(stream: io.StringIO) -> None:
    """The shortest token that the settings accept is removed too."""
    shortest = "1:" + "a" * 20
    assert not [one for one in setting_errors({"BROBYGGER_BOT_TOKEN": shortest}) if "TOKEN" in one]
    logging.getLogger("somebody").info("asked", extra={"says": f"Not Found: bot{shortest}"})
    assert shortest not in stream.getvalue()
