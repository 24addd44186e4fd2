"""Visitors at once without browsers: what the server makes each of them wait for.

A browser draws on the visitor's own computer. Five of them on the server's processors take more of
these than the server does, so a move is timed here from the message that a browser would send to
the last one that it would be sent for it: the same pages, state and threads, and no drawing.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from benchmarks.app_server import ROOT, serving
from benchmarks.visitors import APART, LOOKING_SECONDS, MOVES, USERS, Together, draft
from ui.study.link import PARAMETER, packed
from ui.study.references import new_study

PAGE, SLIDER, LARGEST_MESSAGE = "scenario", "slider", 2**28
PREVIEW = "-preview"
"""How the identity of the block of a preview ends."""
SECONDS_BETWEEN_LOADS, MOST_LOADS = 1.0, 300
LOG = ROOT / "out" / "benchmarks_app_protocol.log"


@dataclass
class Visitor:
    """A visitor's connection with what was drawn last, by its place on the page."""

    socket: Any
    query: str
    drawn: dict[tuple[int, ...], str]
    slider: str = ""
    posts: float = 0.0

    async def load(self) -> None:
        """Ask for the page until its preview is there: the first visit waits for the model.

        Raises RuntimeError when it never comes.
        """
        for _ in range(MOST_LOADS):
            if await self._answered():
                return
            await asyncio.sleep(SECONDS_BETWEEN_LOADS)
        raise RuntimeError("no preview on the page")

    async def move(self) -> float:
        """One step of the slider; seconds until the page is drawn whole with another preview.

        Raises RuntimeError when no other preview comes.
        """
        before, self.posts = self.preview, self.posts + 1.0
        began = time.perf_counter()
        if not await self._answered() or self.preview == before:
            raise RuntimeError(f"no other preview after a move to {self.posts} posts")
        return time.perf_counter() - began

    @property
    def preview(self) -> str:
        """All that the block of the preview shows."""
        blocks = [place for place, shown in self.drawn.items() if shown.endswith(PREVIEW)]
        return "\n".join(
            shown
            for place, shown in sorted(self.drawn.items())
            for block in blocks
            if place[: len(block)] == block
        )

    async def _answered(self) -> bool:
        """Send the state of the page and read what is drawn for it; whether a preview is."""
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_name = self.query, PAGE
        if self.slider:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = self.slider
            state.double_array_value.data.append(self.posts)
        await self.socket.write_message(asked.SerializeToString(), binary=True)
        self.drawn.clear()
        while True:
            message = await self.socket.read_message()
            if message is None:
                raise RuntimeError("the server closed the connection")
            answer = ForwardMsg()
            answer.ParseFromString(message)
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                return "<table" in self.preview
            if kind == "delta":
                self._draw(tuple(answer.metadata.delta_path), answer.delta)

    def _draw(self, place: tuple[int, ...], delta: Any) -> None:
        for below in [one for one in self.drawn if one[: len(place)] == place]:
            del self.drawn[below]
        if delta.HasField("add_block"):
            self.drawn[place] = delta.add_block.id
            return
        element = delta.new_element
        self.drawn[place] = element.html.body
        if not self.slider and element.HasField(SLIDER):
            self.slider = element.slider.id


@dataclass(frozen=True)
class Answers:
    """Seconds of every move, and visitors whose last preview was another one than alone."""

    move_seconds: tuple[float, ...]
    strangers: int


def measure_answers() -> Answers:
    """Start a server and visit it; raises RuntimeError when it does not start or answer."""
    with TemporaryDirectory() as folder:
        environment = {"CASELOAD_APP_DATA": str(Path(folder) / "app")}
        with serving(environment, LOG) as server:
            return asyncio.run(visits(server.address))


async def visits(address: str) -> Answers:
    """Some visitors at once, each with moves of their own; then each alone on the same values."""
    await _journey(address, APART * USERS, moves=1)
    place, starts = Together(USERS), [APART * user for user in range(USERS)]
    together = await asyncio.gather(*(_journey(address, start, MOVES, place) for start in starts))
    strangers = 0
    for start, (preview, _) in zip(starts, together, strict=True):
        alone, _ = await _journey(address, start + MOVES, moves=0)
        strangers += alone != preview
    return Answers(tuple(one for _, seconds in together for one in seconds), strangers)


async def _journey(
    address: str, posts: float, moves: int, together: Together | None = None
) -> tuple[str, list[float]]:
    """The last preview and the seconds of each move, made beside those of the others."""
    request = HTTPRequest(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream", headers={"Origin": address}
    )
    socket = await websocket_connect(
        request, subprotocols=["streamlit"], max_message_size=LARGEST_MESSAGE
    )
    token = packed(new_study("somme").with_draft(draft(posts)))
    visitor = Visitor(socket, f"{PARAMETER}={token}", {}, posts=posts)
    await visitor.load()
    await (together or Together(1)).all_here()
    seconds = []
    for _ in range(moves):
        seconds.append(await visitor.move())
        await asyncio.sleep(LOOKING_SECONDS)
    found = visitor.preview
    socket.close()
    return found, seconds
