"""What keeps a stranger's page, or a stranger's text, from acting in the desk."""

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

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
# A form is small; more than this is no form of ours.
BODY = 64 * 1024
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
    those to a desk with a token; lets changes in only with the form's token, and sets the headers."""
    if not request.app.state.token and not loopback(request.headers.get("host", "")):
        return PlainTextResponse("host", status_code=421, headers=HEADERS)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 9 or int(length) > BODY:
            return PlainTextResponse("length", status_code=413, headers=HEADERS)
        origin = request.headers.get("origin")
        if origin is not None and origin != f"{request.url.scheme}://{request.headers['host']}":
            return PlainTextResponse("origin", status_code=403, headers=HEADERS)
    answer = await follow(request)
    look = getattr(request.state, "look", None)
    if look is not None:
        look.keep(answer)
    answer.headers.update(HEADERS)
    answer.headers.setdefault("Cache-Control", "no-cache")
    return answer


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
