"""The server over HTTP: foreign hosts and origins are refused, nothing goes elsewhere."""

from __future__ import annotations

import http.client
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.app_server import serving
from ui.entry.front_door import FIRST_CALL
from ui.texts import LANGUAGES, at
from ui.visitor import COOKIE

pytestmark = pytest.mark.slow

WEBSOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
STREAM = "/_stcore/stream"
SWITCHED, FINE, REFUSED = 101, 200, 403
EVERY_ANSWER = ("/", FIRST_CALL, "/_stcore/health", "/static/none", "/budget")


class Eavesdropper:
    """Stands where a proxy would: whoever looks something up elsewhere comes through here."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            caller, _ = self._socket.accept()
            with caller:
                self.heard.append(caller.recv(200))


@pytest.fixture(scope="module")
def elsewhere() -> Eavesdropper:
    return Eavesdropper()


@pytest.fixture(scope="module")
def port(
    app_folder: None, elsewhere: Eavesdropper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), elsewhere.address)
    proxies |= {name.upper(): address for name, address in proxies.items()} | {"no_proxy": ""}
    with serving(proxies, tmp_path_factory.mktemp("server") / "log") as found:
        yield int(found.address.rpartition(":")[2])


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    """The answer to a request; names of headers with ``_`` for ``-``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}", **given})
    answer = connection.getresponse()
    if answer.status != SWITCHED:
        answer.read()
    connection.close()
    return answer


def policy(answer: http.client.HTTPResponse) -> dict[str, list[str]]:
    rules = (answer.getheader("content-security-policy") or "").split("; ")
    return {rule.split()[0]: rule.split()[1:] for rule in rules if rule}


@pytest.mark.parametrize("path", EVERY_ANSWER)
def test_every_answer_says_what_a_page_may_fetch(port: int, path: str) -> None:
    answer = ask(port, path)
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'"]
    sources = {source for allowed in rules.values() for source in allowed}
    outside = {one for one in sources if not one.startswith("'") and one not in ("data:", "blob:")}
    assert not outside, "something may be fetched from elsewhere"
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(rules["script-src"])
    assert "data:" not in rules["script-src"]
    assert answer.getheader("x-frame-options") == "DENY"
    assert answer.getheader("referrer-policy") == "no-referrer"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "192.0.2.7"]
)
def test_a_foreign_host_is_refused(port: int, host: str) -> None:
    foreign = f"{host}:{port}" if host else ""
    assert ask(port, "/", Host=foreign).status == REFUSED
    answer = ask(port, STREAM, Host=foreign, Origin=f"http://{foreign}", **WEBSOCKET)
    assert answer.status == REFUSED


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_let_in(port: int, host: str) -> None:
    own = f"{host}:{port}"
    assert ask(port, "/", Host=own).status == FINE
    assert ask(port, STREAM, Host=own, Origin=f"http://{own}", **WEBSOCKET).status == SWITCHED


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "https://127.0.0.1.evil.example", "null", "", "http://localhost:1"],
)
def test_a_foreign_origin_is_refused(port: int, origin: str, elsewhere: Eavesdropper) -> None:
    assert ask(port, STREAM, Origin=origin, **WEBSOCKET).status == REFUSED
    assert ask(port, "/_stcore/upload_file/x/y", Origin=origin).status == REFUSED
    assert elsewhere.heard == [], "the address of this machine was looked up"


def test_a_program_without_a_browser_sends_no_origin(port: int) -> None:
    assert ask(port, STREAM, **WEBSOCKET).status == SWITCHED


def test_a_browser_gets_a_name_that_no_script_can_read(port: int) -> None:
    given = ask(port, FIRST_CALL).getheader("set-cookie") or ""
    found = re.match(rf"{COOKIE}=([0-9a-f]{{32}});", given)
    assert found, given
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    known = ask(port, FIRST_CALL, Cookie=f"{COOKIE}={found[1]}").getheader("set-cookie") or ""
    assert COOKIE not in known
    again = ask(port, FIRST_CALL, Cookie=f"{COOKIE}=../../etc").getheader("set-cookie") or ""
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", again)


def test_the_server_tells_no_address_but_its_own(port: int, elsewhere: Eavesdropper) -> None:
    assert elsewhere.heard == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_the_framework_page_holds_no_script_that_the_policy_forbids() -> None:
    from ui.entry.front_door import FRAMEWORK_PAGE, INLINE_SCRIPT

    page = FRAMEWORK_PAGE.read_text(encoding="utf-8")
    assert len(INLINE_SCRIPT.findall(page)) == page.count("<script") - page.count("<script type=")
    sources = re.findall(r"(?:src|href)=\"([^\"]+)\"", page)
    assert sources
    assert all(source.startswith("./") for source in sources)


def test_every_word_of_the_framework_has_one_translation_each_way() -> None:
    for language in LANGUAGES:
        words = at("app.framework", language)
        assert len(set(words)) == len(words)


def test_no_style_of_the_app_fetches_anything() -> None:
    folder = Path(__file__).parents[2] / "ui"
    for sheet in folder.rglob("*.css"):
        assert not re.search(r"url\(|@import", sheet.read_text(encoding="utf-8")), sheet
