"""What keeps a stranger's page, or a stranger's text, from acting in the desk."""

import hmac
import ipaddress
import math
import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .rate import Rate

# Nothing inline, nothing from elsewhere, no frames, no forms to others.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# No other host learns where a reader comes from; a form of ours keeps its origin ("no-referrer" would take it away).
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COOKIE = "recoupe_form"
# A form is small; more than this is no form of ours. An address with what it asks for is no longer either (bytes).
BODY, ADDRESS = 64 * 1024, 8 * 1024
# Reads by another machine, and changes by any: so many at once, and then one each so many seconds.
READS, CHANGES = (300, 1 / 30), (60, 1.0)
SAFE = ("GET", "HEAD", "OPTIONS")
Next = Callable[[Request], Awaitable[Response]]


def loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    name = host.rpartition(":")[0] if host.count(":") == 1 or host.startswith("[") else host
    name = name.strip("[]") or host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


async def guarded(request: Request, follow: Next) -> Response:
    """Answers only requests that name this machine (a page elsewhere cannot make a browser ask for its own name), or
    those to a desk with a token; within bounds, and from no page elsewhere; and sets the headers. That a change comes
    from a form of ours its route asks by `meant`."""
    if request.app.state.key is None and not loopback(request.headers.get("host", "")):
        return _no("host", 421)
    if len(request.scope.get("raw_path") or b"") + len(request.scope["query_string"]) > ADDRESS:
        return _no("address", 414)
    # Before what it asks is counted: else it could use up what its reader may ask.
    if _foreign(request):
        return _no("origin", 403)
    wait = _wait(request)
    if wait:
        return _no("rate", 429, wait)
    if request.method not in SAFE:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 9 or int(length) > BODY:
            return _no("length", 413)
    answer = await follow(request)
    look = getattr(request.state, "look", None)
    if look is not None:
        look.keep(answer)
    answer.headers.update(HEADERS)
    answer.headers.setdefault("Cache-Control", "no-cache")
    return answer


def _no(why: str, status: int, wait: float = 0.0) -> Response:
    more = {"Retry-After": str(math.ceil(wait))} if wait else {}
    return PlainTextResponse(why, status_code=status, headers={**HEADERS, **more})


def asker(request: Request) -> str:
    """The address of the machine that asks."""
    return request.client.host if request.client else ""


def _wait(request: Request) -> float:
    """How long an asker that asks too often has to wait. This machine's own reads are not counted."""
    who, state = asker(request), request.app.state
    rate: Rate = state.reads if request.method in SAFE else state.changes
    return 0.0 if rate is state.reads and loopback(who) else rate.take(who)


def _foreign(request: Request) -> bool:
    """Whether a page elsewhere asks (what a browser says of that, else the origin): it may lead here, and have nothing
    changed, drawn or read."""
    told = request.headers
    elsewhere = told.get("sec-fetch-site", "none") not in ("same-origin", "none")
    if request.method in SAFE:
        leads = told.get("sec-fetch-mode") == "navigate" and told.get("sec-fetch-dest", "document") == "document"
        return elsewhere and not leads
    return elsewhere or told.get("origin") not in (None, f"{request.url.scheme}://{told.get('host', '')}")


def token(request: Request) -> str:
    """The form token of a browser: what its cookie holds, or a new one."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)


def keep(answer: Response, value: str) -> None:
    """Gives a browser its form token."""
    answer.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/")


def meant(request: Request, given: str) -> bool:
    """Whether a form was sent from a page of ours to this browser."""
    kept = request.cookies.get(COOKIE, "")
    return bool(kept) and hmac.compare_digest(kept.encode(), given.encode())
