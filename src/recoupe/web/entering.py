"""A desk that other machines reach is read with a token: programs send it, people type it once."""

import asyncio
import base64
import hashlib
import hmac
import re
from typing import Annotated as With

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, Response

from .guard import asker
from .rate import Rate
from .settle import home
from .views import View

# A shorter token could be guessed; who types a wrong one waits so many seconds for the answer.
SHORTEST, WAIT = 16, 1.0
COOKIE = "recoupe_entered"
# Wrong tokens that one machine may send at once, and then one each so many seconds; a right one that could be guessed
# waits as long.
TRIES = (10, 6.0)
# How a token stands in a file that does not tell it.
AT_REST = re.compile(r"recoupe-token:([0-9a-f]{64})")


class Key:
    """What opens a desk; `guessable` where a person may have chosen it. The token itself is not kept: the browser of
    who typed it keeps one digest, which stands for it, and here lies the digest of that one, which opens nothing."""

    def __init__(self, token: str) -> None:
        """`token` as it is typed, or as `sealed` gives it."""
        found = AT_REST.fullmatch(token)
        self.guessable = found is None  # `recoupe token` makes them of 256 random bits
        self._rest = found[1] if found else _digest("at rest", self.entered(token))

    @property
    def sealed(self) -> str:
        """The key as a file holds it."""
        return f"recoupe-token:{self._rest}"

    def fits(self, token: str) -> bool:
        """Whether this is the token."""
        return self.kept(self.entered(token))

    @staticmethod
    def entered(token: str) -> str:
        """What a browser keeps for a token."""
        return _digest("kept", token)

    def kept(self, cookie: str) -> bool:
        """Whether this is what stands for the token in a browser."""
        return hmac.compare_digest(_digest("at rest", cookie), self._rest)


def _digest(use: str, text: str) -> str:
    return hashlib.sha256(f"recoupe {use} {text}".encode()).hexdigest()


def admitted(request: Request) -> bool:
    """Whether a request may be answered: where the desk has a token, who brings it, or has typed it before."""
    key: Key | None = request.app.state.key
    # How the page that asks for the token looks is for everybody.
    if key is None or request.url.path == "/enter" or request.url.path.startswith("/static/"):
        return True
    if key.kept(request.cookies.get(COOKIE, "")):
        return True
    sent = _sent(request.headers.get("authorization", ""))
    return bool(sent) and _fits(request, key, sent)


def _fits(request: Request, key: Key, token: str) -> bool:
    """Whether a token is the right one; one that could be guessed, of who has not sent too many wrong ones. Behind a
    proxy all readers may be one: a program with a wrong token must not keep them out where nothing can be guessed."""
    tries: Rate = request.app.state.tries
    if key.guessable and tries.wait(asker(request)):
        return False
    fits = key.fits(token)
    if not fits:
        tries.take(asker(request))
    return fits


async def refused(request: Request) -> Response:
    """The answer to who brings no token: to people the page that asks for it."""
    asks = {"WWW-Authenticate": 'Bearer realm="Recoupe"'}
    if request.url.path.startswith(("/api", "/openapi")):
        return JSONResponse({"error": 401}, status_code=401, headers=asks)
    answer = View(request, None).page("enter.html", status=401, wrong=False, back=_asked(request))
    if request.url.path.endswith(".atom"):
        # Readers of feeds know a name and a password: any name, and the token.
        asks = {"WWW-Authenticate": 'Basic realm="Recoupe"'}
    answer.headers.update(asks)
    return answer


def routes() -> APIRouter:
    """The route by which a person enters."""
    router = APIRouter(include_in_schema=False)

    @router.post("/enter")
    async def enter(request: Request, key: With[str, Form()], back: With[str, Form()] = "/") -> Response:
        door: Key | None = request.app.state.key
        if door is None:
            return home(back)
        if not _fits(request, door, key.strip()):
            await asyncio.sleep(WAIT)
            return View(request, None).page("enter.html", status=403, wrong=True, back=back)
        answer = home(back)
        answer.set_cookie(
            COOKIE, door.entered(key.strip()), httponly=True, samesite="strict", path="/",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    return router


def _asked(request: Request) -> str:
    """Where who enters goes on to."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "") if request.method == "GET" else "/"


def _sent(header: str) -> str:
    """The token of an Authorization header."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return value.strip() if scheme.lower() == "bearer" else ""
