"""Who may ask the server, what its pages may fetch and run, and the name of a visitor's browser.

The framework has no setting for these headers. It lets the app stand before it as middleware, so
every answer passes here, that of `caseload app` and that of `streamlit run app.py` alike.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from sim.language import Language
from ui.texts import LANGUAGES, at, said
from ui.visitor import COOKIE, YEAR_SECONDS
from ui.work.places import OWNER, new_owner

SCRIPT = Path(__file__).with_name("page.py")
FIRST_CALL = "/_stcore/host-config"
"""What a page asks for before it opens its connection: there its browser gets a name."""
FRAMEWORK_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SCRIPT_OF_PAGE = Path(__file__).with_name("page.js")
REFUSED = 403


def language_script(code: Language) -> str:
    """What the framework leaves to us: the language of the page, its own words, the menu.

    Screen readers need the language. The first stop of the keyboard and the names of small buttons
    are the framework's, in English only. On a narrow window the menu folds once a page is chosen
    from it: the framework does so on telephones alone.
    """
    other = next(one for one in LANGUAGES if one != code)
    known, begins = (
        json.dumps(list(zip(at(key, other), at(key, code), strict=True)), ensure_ascii=False)
        for key in ("app.framework", "app.framework_begins")
    )
    return (
        SCRIPT_OF_PAGE.read_text(encoding="utf-8")
        .replace("CODE", code)
        .replace("SKIP", said("app.skip", code))
        .replace("KNOWN", known)
        .replace("BEGINS", begins)
        .strip()
    )


def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def content_policy() -> str:
    """The content security policy: nothing from elsewhere, no script that is not known by heart."""
    inline = INLINE_SCRIPT.findall(FRAMEWORK_PAGE.read_text(encoding="utf-8"))
    known = [_digest(script) for script in (*inline, *map(language_script, LANGUAGES))]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(known)}",
            "style-src 'self' 'unsafe-inline'",  # the framework writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


class FrontDoor:
    """Refuses foreign hosts and origins; adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "content-security-policy": content_policy(),
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        cookie = _new_cookie(scope) if scope["type"] == "http" else ""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if cookie:
                    headers.append("set-cookie", cookie)
            await send(message)

        if is_welcome(Headers(scope=scope)):
            await self.app(scope, receive, answer)
        else:
            await PlainTextResponse("refused", REFUSED)(scope, receive, answer)


def is_welcome(headers: Headers) -> bool:
    """Whether a request names this server (``server.allowedHosts``) and comes from its own pages.

    A page elsewhere that reaches this machine under a name of its own (DNS rebinding), or opens a
    connection from its own address, is foreign. Programs without a browser send no origin.
    """
    host, origin = headers.get("host"), headers.get("origin")
    return is_host_allowed(host) and origin in (None, f"http://{host}", f"https://{host}")


def _new_cookie(scope: Scope) -> str:
    """The cookie that names a browser, where it has none; empty otherwise."""
    known = HTTPConnection(scope).cookies.get(COOKIE, "")
    if not scope["path"].endswith(FIRST_CALL) or OWNER.fullmatch(known):
        return ""
    kept = f"Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Strict"
    return f"{COOKIE}={new_owner()}; {kept}" + ("; Secure" if scope["scheme"] == "https" else "")


def middleware() -> list[Middleware]:
    """What stands before the framework."""
    return [Middleware(FrontDoor)]
