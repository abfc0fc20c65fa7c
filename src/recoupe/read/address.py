"""Web addresses: when two lead to one page, and the id that an article at an address goes by.

Whatever a page is read from (an archive, a feed), it has the same id: what is found at its address later is a new
version of it.
"""

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# What is put into addresses to count readers; the page is the same without.
COUNTED = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|xtor|at_(?:medium|campaign)\w*)$", re.I
)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# A name of a page in its address, as far as it is kept in an id.
LONGEST_NAME = 60


def web_address(url: str) -> str:
    """An address of the web without spaces and the brackets that some crawlers write; empty where it is none."""
    found = url.strip().removeprefix("<").removesuffix(">").strip()
    try:
        parts = urlsplit(found)
        return found if parts.scheme.lower() in DEFAULT_PORTS and parts.hostname else ""
    except ValueError:
        return ""


def address_key(url: str) -> str:
    """What is the same for addresses of one page: scheme, "www.", fragment, a last slash and what counts readers go."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    host = host.removesuffix(DEFAULT_PORTS.get(parts.scheme.lower(), "")) if ":" in host else host
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not COUNTED.match(name)]
    return f"{host}{parts.path.rstrip('/')}{'?' + urlencode(kept) if kept else ''}"


def address_id(url: str) -> str:
    """The id of the article at an address: host, the page's own name, and a digest that tells it from all others."""
    key = address_key(url)
    host, _, rest = key.partition("/")
    name = PurePosixPath(unquote(rest.partition("?")[0])).name.rsplit(".", 1)[0]
    name = re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:LONGEST_NAME].strip("-")
    host = re.sub(r"[^a-z0-9.-]+", "-", host)[:LONGEST_NAME]
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return "-".join(part for part in (host, name, mark) if part)
