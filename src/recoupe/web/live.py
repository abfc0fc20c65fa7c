"""What a page hears while articles arrive elsewhere: server-sent events that tell how many have come since."""

import asyncio
import random
import socket
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated as With

import msgspec
import uvicorn
from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from .desk import Desk

# The store is looked at this often (seconds), however many pages listen; a quiet line says so often that it is open.
LOOK, QUIET = 1.0, 15.0
# A stream ends after about so long (seconds), and a browser comes back after about so long (milliseconds); both differ
# from page to page, so that not all come at once.
LONGEST, BACK = 600.0, 5000
# More pages than this do not listen: each takes one of the server's connections.
STREAMS = 64
# What a request may have before its body (bytes), and how many connections there may be; more are told to come back.
HEAD, CONNECTIONS = 32 * 1024, 1024


class Live:
    """What the pages of one desk hear."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.open = 0
        self._closing = asyncio.Event()
        self._lock = threading.Lock()
        self._looked, self._state = 0.0, 0

    def close(self) -> None:
        """Ends all streams: a server that stops waits for them. To be called where the server runs."""
        self._closing.set()

    @property
    def closed(self) -> bool:
        """Whether the server stops."""
        return self._closing.is_set()

    def state(self) -> int:
        """The number of the last article that stands in the stories; looked up once a second."""
        with self._lock:
            if time.monotonic() - self._looked >= LOOK:
                self._state = self.desk.store.related_until()
                self._looked = time.monotonic()
            return self._state

    def event(self, since: int, story: str) -> bytes:
        """How many articles have come (to a story) since a state."""
        state = self.state()
        docs = None
        if story:
            found = self.desk.store.story(story)
            docs = frozenset(found.docs) if found else frozenset()
        came = self.desk.store.come(since, state, docs)
        data = msgspec.json.encode({"state": state, "articles": came}).decode()
        return f"id: {state}\nevent: state\ndata: {data}\n\n".encode()

    async def stream(self, request: Request, since: int, story: str) -> AsyncIterator[bytes]:
        """The events of one page, until it goes away."""
        self.open += 1
        try:
            yield f"retry: {BACK + random.randrange(BACK)}\n\n".encode()
            last, spoke = -1, time.monotonic()
            end = time.monotonic() + LONGEST * random.uniform(0.8, 1.2)
            while not self.closed and time.monotonic() < end and not await request.is_disconnected():
                state = await run_in_threadpool(self.state)
                if state != last:
                    yield await run_in_threadpool(self.event, since, story)
                    last, spoke = state, time.monotonic()
                elif time.monotonic() - spoke >= QUIET:
                    yield b": quiet\n\n"
                    spoke = time.monotonic()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), LOOK)
        finally:
            self.open -= 1


class Server(uvicorn.Server):
    """A server that ends its streams when it stops, so that it stops at once and clean."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tells the streams first."""
        live: Live | None = getattr(getattr(self.config.app, "state", None), "live", None)
        if live is not None:
            live.close()
        await super().shutdown(sockets)


def server(desk: FastAPI, host: str, port: int) -> Server:
    """A server for a desk that gives no more than it has: a line or a head has a bound, and so have connections."""
    config = uvicorn.Config(
        desk, host=host, port=port, log_level="warning", server_header=False, http="h11",
        h11_max_incomplete_event_size=HEAD, limit_concurrency=CONNECTIONS,
    )  # fmt: skip
    return Server(config)


def routes(live: Live) -> APIRouter:
    """The routes over what one desk says."""
    router = APIRouter(tags=["recoupe"])

    @router.get("/live", summary="Server-sent events: the store's state, and how many articles have come since one")
    def listen(
        request: Request, since: With[int, Query(ge=0, le=10**12)] = 0, story: With[str, Query(max_length=200)] = ""
    ) -> StreamingResponse:
        if live.open >= STREAMS or live.closed:
            raise HTTPException(503)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(live.stream(request, since, story), media_type="text/event-stream", headers=headers)

    return router
