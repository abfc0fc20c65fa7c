"""Alerts to an address that the user chose: a POST of JSON each, tried again politely, never sent on to another.

The name of the address is looked up once and connected to as it was checked, so that it cannot come to mean another
machine in between. Addresses of this machine and of private networks are written to only where the user says so.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urlsplit

from ..errors import RecoupeError
from ..model.article import digest

# How often one alert is tried, how long between (seconds, doubled each time), and the longest that is waited for one
# who asks for it (Retry-After).
TRIES, WAIT, LONGEST_WAIT = 4, 1.0, 60.0
# An answer is awaited this long (seconds), and no more of it is read than this (bytes).
TIMEOUT, ANSWER = 10.0, 64 * 1024
# These may pass: too early, too many, or the other side's own trouble.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class HookError(RecoupeError):
    """An address that is not written to, or that does not take an alert."""


class Hook:
    """An address for alerts. Raises HookError where it is none, or private without `private`."""

    def __init__(self, url: str, *, private: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self.parts = _parts(url)
        self.private, self._sleep = private, sleep
        self.host = self.parts.hostname or ""
        self.port = self.parts.port or {"http": 80, "https": 443}[self.parts.scheme]

    @property
    def target(self) -> str:
        """What stands for the address in the store: it may hold a secret and is not kept."""
        return digest("hook", self.parts.geturl())

    def post(self, body: bytes, key: str) -> None:
        """Delivers one alert; `key` is the same at each try, so that the other side can tell a repeat. Raises HookError
        where it is not taken."""
        wait = WAIT
        for left in reversed(range(TRIES)):
            try:
                status, asked = self._once(body, key)
            except (OSError, http.client.HTTPException) as error:
                status, asked, reason = 0, None, str(error) or type(error).__name__
            else:
                reason = str(status)
            if 200 <= status < 300:
                return
            if 300 <= status < 400:
                raise HookError("watch.hook.redirects", host=self.host, status=status)
            if (status and status not in PASSING) or not left:
                raise HookError("watch.hook.refused", host=self.host, reason=reason)
            self._sleep(min(asked if asked is not None else wait, LONGEST_WAIT))
            wait *= 2

    def _once(self, body: bytes, key: str) -> tuple[int, float | None]:
        """The status of one try, and how long the other side asks to be left alone (seconds)."""
        connection = self._connection()
        try:
            path = (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")
            headers = {
                "Content-Type": "application/json; charset=utf-8", "User-Agent": "Recoupe", "Idempotency-Key": key,
                "Connection": "close",
            }  # fmt: skip
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read(ANSWER)
            after = answer.headers.get("Retry-After", "")
            return answer.status, float(after) if after.isdecimal() else None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        """A connection to the first address of the host that takes one."""
        last: OSError | None = None
        for address in self._addresses():
            try:
                found = socket.create_connection((address, self.port), TIMEOUT)
            except OSError as error:
                last = error
                continue
            connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
            if self.parts.scheme == "https":
                found = ssl.create_default_context().wrap_socket(found, server_hostname=self.host)
                connection.default_port = http.client.HTTPS_PORT  # so that the header names no port that need not be
            connection.sock = found
            return connection
        raise last or OSError(self.host)

    def _addresses(self) -> Iterator[str]:
        """The addresses of the host, every one of them checked before any is connected to."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        for address in addresses:
            if not self.private and not public(address):
                raise HookError("watch.hook.private", host=self.host, address=address)
        return iter(addresses)


def public(address: str) -> bool:
    """Whether an address is one of the open net."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (inner or found).is_global and not (inner or found).is_multicast


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.username is not None or any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise HookError("watch.hook.no_address", url=url)
    return parts._replace(fragment="")
