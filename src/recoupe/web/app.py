"""The application: pages for people, JSON under /api for programs, nothing from any other host."""

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from ..brief.html import TEMPLATES
from ..errors import StoreError
from . import api, changes, changes_api, deciding, entering, live, pages, setting, settle
from .desk import Desk
from .drawing import compiled
from .guard import CHANGES, HEADERS, READS, Next, guarded
from .rate import Rate
from .views import View


class Anything(Convertor[str]):
    """The rest of an address, with whatever signs: the id of an article, the name of an outlet."""

    regex = r"(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", Anything())
STATIC = Path(__file__).parent / "static"


def create(store: Path | str, token: str = "") -> FastAPI:
    """The desk over a store; with a token (or what stands for it at rest) it is for other machines too, and answers
    nobody without it. Raises StoreError where there is no store."""
    app = FastAPI(title="Recoupe", version=version("recoupe"), docs_url=None, redoc_url=None)
    desk = Desk(store)
    app.state.desk, app.state.key = desk, entering.Key(token) if token else None
    app.state.reads, app.state.changes, app.state.tries = Rate(*READS), Rate(*CHANGES), Rate(*entering.TRIES)
    app.add_middleware(BaseHTTPMiddleware, dispatch=_admitted)
    # The account looks the same on a page of the desk and in a file.
    app.add_route("/static/brief.css", lambda _: FileResponse(TEMPLATES / "brief.css"))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api.routes(desk), prefix="/api")
    app.include_router(entering.routes())
    app.include_router(pages.routes(desk))
    app.include_router(settle.routes(desk))
    app.include_router(setting.routes(desk))
    app.include_router(deciding.routes(desk))
    app.state.live = live.Live(desk)
    app.include_router(live.routes(app.state.live), prefix="/api")
    app.include_router(changes_api.routes(desk), prefix="/api")
    app.include_router(changes.routes(desk))
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(StoreError, _out_of_reach)
    app.add_exception_handler(Exception, _failed)
    app.add_exception_handler(RequestValidationError, _unread)
    compiled()
    return app


async def _admitted(request: Request, follow: Next) -> Response:
    """What is answered, and to whom."""
    return await guarded(request, follow if entering.admitted(request) else entering.refused)


async def _told(request: Request, error: Exception) -> Response:
    """An error as the asker reads it."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": status}, status_code=status, headers=HEADERS)
    return View(request, None).page("error.html", status=status, code=status)


async def _out_of_reach(request: Request, error: Exception) -> Response:
    """A store that may be back in a moment: no page, since a page asks it too. Where it is, is not for everybody."""
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": 503}, status_code=503, headers=HEADERS)
    return PlainTextResponse(View(request, None).say("error.503"), status_code=503, headers=HEADERS)


async def _unread(request: Request, error: Exception) -> Response:
    """What was asked for is no such thing. It is not repeated to who asks."""
    return await _told(request, HTTPException(422))


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of ours, which the log tells; this answer comes from outside of all that sets headers."""
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": 500}, status_code=500, headers=HEADERS)
    return PlainTextResponse(View(request, None).say("error.other", n=500), status_code=500, headers=HEADERS)
