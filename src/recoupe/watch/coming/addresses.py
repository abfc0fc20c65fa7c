"""Addresses as sites write them, made whole, in the signs that a request takes; and the servers that they lead to."""

from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from ..net import PORTS

# An address longer than this is none that a reader was given.
LONGEST = 2048
# What stands in a path or a query as it is: also what was spelled out before.
KEPT = "/%:@!$&'()*+,;=~-._"


def address(text: str, base: str = "") -> str:
    """An address, whole, without its fragment, every sign that a request cannot hold spelled out; empty where it is
    none of the web."""
    text = text.strip()
    if not text or len(text) > 2 * LONGEST:
        return ""
    try:
        parts = urlsplit(urljoin(base, text))
        if (
            parts.scheme not in PORTS
            or not (parts.hostname or "").strip(".")
            or parts.username is not None
            or parts.port == 0
        ):
            return ""
        path, query = quote(parts.path or "/", safe=KEPT), quote(parts.query, safe=KEPT + "?")
        made = urlunsplit((parts.scheme, _server(parts), path, query, ""))
    except ValueError:
        return ""
    return made if len(made) <= LONGEST and made.isascii() and made.isprintable() and " " not in made else ""


def server(url: str) -> str:
    """The server of an address: scheme, name and port, by which it is known whom robots.txt and delays concern."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{_server(parts)}"


def _server(parts: SplitResult) -> str:
    """Name and port; the name as the net knows it, the port where it is not the usual one."""
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        name = name.encode("idna").decode("ascii")
    port = parts.port
    return name if port is None or port == PORTS[parts.scheme] else f"{name}:{port}"
