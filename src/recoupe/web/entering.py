"""A desk that other machines reach is read with a token: programs send it, people type it once."""

import asyncio
import base64
import hashlib
import hmac
from typing import Annotated as With

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, Response

from .settle import home
from .views import View

# A shorter token could be guessed; who types a wrong one waits so many seconds for the answer.
SHORTEST, WAIT = 16, 1.0
COOKIE = "recoupe_entered"
# What is given to everybody: how the page that asks for the token looks.
OPEN = ("/static/", "/enter")


def admitted(request: Request) -> bool:
    """Whether a request may be answered: where the desk has a token, who brings it, or has typed it before."""
    token: str = request.app.state.token
    if not token or request.url.path.startswith(OPEN):
        return True
    entered = hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), _kept(token).encode())
    return entered or _same(_sent(request.headers.get("authorization", "")), token)


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
        token: str = request.app.state.token
        if not _same(key.strip(), token):
            await asyncio.sleep(WAIT)
            return View(request, None).page("enter.html", status=403, wrong=True, back=back)
        answer = home(back)
        answer.set_cookie(
            COOKIE, _kept(token), httponly=True, samesite="strict", path="/", secure=request.url.scheme == "https"
        )
        return answer

    return router


def _asked(request: Request) -> str:
    """Where who enters goes on to."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "") if request.method == "GET" else "/"


def _same(given: str, token: str) -> bool:
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _kept(token: str) -> str:
    """What the browser keeps: it stands for the token and does not tell it."""
    return hashlib.sha256(f"recoupe {token}".encode()).hexdigest()


def _sent(header: str) -> str:
    """The token of an Authorization header."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return value.strip() if scheme.lower() == "bearer" else ""
