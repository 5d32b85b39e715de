"""Requests by other sites and by programs to `brobygger demo` and `brobygger simulator`."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from programmes import IN_CHROMIUM, started

from bot.simulator import TOKEN

# The tests know the demo's token, which no real page can. Their requests must still be refused.
KNOWN = f"from bot.app import demo; demo.new_token = lambda: {TOKEN!r}"
ATTACK = """
<!doctype html><title>elsewhere</title>
<img src="{demo}bot{token}/sendMessage?chat_id=102&text=pwned">
<img src="{demo}bot{token}/setWebhook?url=http://127.0.0.1:9/">
<img id="static" src="{demo}static/bridge.svg">
<iframe name="sink" src="{demo}"></iframe>
<form method="post" target="sink" action="{demo}bot{token}/sendMessage">
  <input name="chat_id" value="102"><input name="text" value="pwned"></form>
<form method="post" target="sink" action="{demo}phone/102/say" enctype="text/plain">
  <input name='{{"text": "pwned", "a": "' value='"}}'></form>
<form method="post" target="sink" action="{demo}console/demo/come-in">
  <input name="username" value="mette"><input name="csrf" value="x"></form>
<a id="link" href="{demo}?user=103">a link</a>
"""
TRY = """async ([demo, token]) => {
  const json = { "Content-Type": "application/json" };
  const tries = [
    [`bot${token}/sendMessage?chat_id=102&text=pwned`, { mode: "no-cors" }],
    [`bot${token}/setWebhook`, { method: "POST", mode: "no-cors", body: new URLSearchParams({
      url: "http://127.0.0.1:9/" }) }],
    ["phone/102/say", { method: "POST", mode: "no-cors", body: '{"text": "pwned"}' }],
    ["phone/102/say", { method: "POST", headers: json, body: '{"text": "pwned"}' }],
    ["time", { method: "POST", headers: json, body: '{"to": "week"}' }],
    ["time", { method: "POST", mode: "no-cors", body: '{"to": "week"}' }],
    ["phone/people", {}],
    ["phone/102/chat", { mode: "no-cors" }],
    ["console/demo/come-in", { method: "POST", mode: "no-cors", credentials: "include",
      body: new URLSearchParams({ username: "mette" }) }],
  ];
  const read = [];
  for (const [path, how] of tries) {
    try { const got = await fetch(demo + path, how); if (got.status) read.push(path); }
    catch { /* the browser was refused */ }
  }
  for (const form of document.forms) {
    form.submit();
    await new Promise((done) => setTimeout(done, 200));
  }
  const stream = await new Promise((done) => {
    const source = new EventSource(`${demo}phone/events`);
    source.onopen = () => done("open");
    source.onerror = () => { source.close(); done("refused"); };
  });
  return [read, stream, document.querySelector("#static").naturalWidth];
}"""


def ask(
    address: str, path: str, body: str | None = None, **headers: str
) -> tuple[int, dict[str, Any]]:
    """Send a request as a program, or with a browser's headers. Return status and JSON."""
    line = HTTPConnection(urlsplit(address).netloc, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"Content-Type": "application/json"} if body is not None else {}
    line.request("POST" if body is not None else "GET", path, (body or "").encode(), sent)
    with closing(line), line.getresponse() as got:
        said = got.read()
    return got.status, json.loads(said) if said.startswith((b"{", b"[")) else {}


def call(address: str, method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:
    """Call a method of the Bot API as a program."""
    return ask(address, f"/bot{token}/{method}", json.dumps(params))[1]


def texts(address: str, user: int) -> list[str]:
    """Return the texts in a citizen's chat."""
    return [one["text"] for one in ask(address, f"/phone/{user}/chat")[1]["messages"]]


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Start a demo whose token the tests know."""
    with started("demo", KNOWN) as address:
        yield address


@pytest.fixture
def elsewhere(demo: str) -> Iterator[str]:
    """Serve the page of another site at another port."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(ATTACK.format(demo=demo, token=TOKEN).encode())

        def log_message(self, *_words: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f":{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def until_said(address: str, user: int, words: str) -> None:
    """Wait until *words* are in the chat. Raise `AssertionError` after 10 seconds."""
    for _ in range(100):
        if any(words in text for text in texts(address, user)):
            return
        threading.Event().wait(0.1)
    raise AssertionError(texts(address, user))


def test_a_webhook_and_a_second_poller_end_no_demo(demo: str) -> None:
    """The demo and its time go on, and it answers once the webhook is removed."""
    assert call(demo, "setWebhook", url="http://127.0.0.1:9/")["ok"]
    assert ask(demo, "/phone/104/say", '{"text": "/start"}')[0] == 200
    threading.Event().wait(2.5)  # several checks of the demo
    assert ask(demo, "/time", '{"to": "hour"}')[0] == 200
    assert texts(demo, 104) == ["/start"]
    assert call(demo, "getUpdates")["error_code"] == 409
    assert call(demo, "deleteWebhook")["ok"]
    until_said(demo, 104, "Hvad kan jeg gøre for dig?")
    assert call(demo, "getUpdates", timeout=2)["ok"]
    assert ask(demo, "/phone/104/say", '{"text": "hjælp"}')[0] == 200
    until_said(demo, 104, "Jeg er en robot.")


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz", "/telegram"])
def test_the_demo_serves_no_operators_routes(demo: str, path: str) -> None:
    """The routes for operators of `brobygger run` get status 404."""
    assert ask(demo, path)[0] == 404


def test_nested_json_is_refused(demo: str) -> None:
    """A body of 100,000 nested brackets gets status 400 at every kind of route."""
    deep = "[" * 100_000 + "]" * 100_000
    for path in (f"/bot{TOKEN}/sendMessage", "/phone/102/say", "/phone/102/send", "/time"):
        assert ask(demo, path, deep)[0] == 400


def test_no_page_elsewhere_comes_in(demo: str) -> None:
    """Foreign `Sec-Fetch-Site`, `Host` or `Origin` headers are refused at every route."""
    for path in ("/phone/people", "/console/", "/console/sign-in", f"/bot{TOKEN}/getMe"):
        assert ask(demo, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403
        assert ask(demo, path, Host="evil.example")[0] == 403
        assert ask(demo, path, "{}", Origin="http://evil.example")[0] == 403


def test_the_demo_draws_its_token(tmp_path: Path) -> None:
    """The token in the source code is refused by the demo, and no token is printed."""
    said = tmp_path / "said"
    with started("demo", said=said) as address:
        assert call(address, "getMe")["error_code"] == 401
        assert ask(address, f"/file/bot{TOKEN}/x")[0] == 401
    assert "1000000001:" not in said.read_text()


def test_the_simulator_prints_the_token_that_it_draws(tmp_path: Path) -> None:
    """The token is printed as a setting, and differs at every start."""
    tokens = []
    for number in range(2):
        said = tmp_path / str(number)
        with started("simulator", said=said) as address:
            found = re.search(r"^BROBYGGER_BOT_TOKEN=(\d+:\S+)$", said.read_text(), re.MULTILINE)
            assert found is not None
            tokens.append(found[1])
            assert call(address, "getMe", found[1])["ok"]
            assert call(address, "getMe")["error_code"] == 401
    assert tokens[0] != tokens[1]


def test_the_simulator_takes_a_token(tmp_path: Path) -> None:
    """A token from the bot's setting or its file is used, and not printed."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    for given in ({"BOT_TOKEN": TOKEN}, {"BOT_TOKEN_FILE": str(file)}):
        said = tmp_path / "said"
        with started("simulator", said=said, **given) as address:
            assert call(address, "getMe")["result"]["id"] == int(TOKEN.partition(":")[0])
        assert TOKEN not in said.read_text()
        assert "BROBYGGER_TELEGRAM_API_URL=http://127.0.0.1:" in said.read_text()


@pytest.mark.browser
@pytest.mark.skipif(IN_CHROMIUM[1].args[0], reason="no chromium is installed")
@pytest.mark.parametrize("site", ["http://127.0.0.1", "http://localhost"])
def test_a_foreign_page_in_a_browser(
    demo: str, elsewhere: str, browser: Browser, site: str
) -> None:
    """Images, fetch, forms, frames and SSE from another port or host have no effect."""
    context = browser.new_context(locale="da")
    here = context.new_page()
    here.goto(f"{demo}?user=102")  # The user has the demo and its console open.
    here.goto(f"{demo}console/sign-in")
    time, chat = ask(demo, "/time")[1]["local"], texts(demo, 102)
    page = context.new_page()
    page.goto(f"{site}{elsewhere}")
    assert page.evaluate(TRY, [demo, TOKEN]) == [[], "refused", 0]
    assert texts(demo, 102) == chat
    assert call(demo, "getWebhookInfo")["result"]["url"] == ""
    assert ask(demo, "/time")[1]["local"]["da"][:12] == time["da"][:12]
    here.goto(f"{demo}console/cases")
    assert "/console/sign-in" in here.url
    page.click("#link")  # A user may still follow a link to the demo.
    expect(page.locator("#text")).to_be_visible()
    page.fill("#text", "menu")
    page.press("#text", "Enter")
    expect(page.locator(".message.from-bot").last).to_contain_text("Hvad kan jeg gøre for dig?")
    context.close()


@pytest.mark.browser
@pytest.mark.skipif(IN_CHROMIUM[1].args[0], reason="no chromium is installed")
def test_the_console_lets_its_own_page_sign_in(demo: str, page: Page) -> None:
    """One click signs in at the demo's console."""
    page.goto(f"{demo}console/")
    page.get_by_role("button", name="Mette").first.click()
    expect(page).to_have_url(re.compile("/console/cases"))
