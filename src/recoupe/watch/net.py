"""One exchange with a server: over http or https, within bounds, and never with a machine that is not meant.

The name of a server is looked up once, every address that it has is checked, and it is connected to as it was checked:
a name cannot come to mean another machine in between. Addresses of this machine and of private networks are spoken to
only where the user says so. Redirects are not followed here, and a proxy of the environment is not used, since it
would look names up itself.
"""

import ipaddress
import socket
import ssl
import threading
import time
import typing
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from urllib.parse import SplitResult, urlsplit

import httpcore
import msgspec

from ..errors import RecoupeError

# How the program names itself to servers.
AGENT = f"Recoupe/{version('recoupe')}"
# Ports are part of where a request goes: those of http and https where an address names none.
PORTS = {"http": 80, "https": 443}
# Ways of packing a body that are undone; no other is asked for.
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
# Of IPv6, what is routed in the open net, and the part of it that is for examples (RFC 9637, unknown to Python 3.11);
# what stands for IPv4 behind a translator (RFC 6052).
ROUTED, EXAMPLES = ipaddress.IPv6Network("2000::/3"), ipaddress.IPv6Network("3fff::/20")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")

# So many bytes are unpacked at once.
STEP = 4096

# From a name and a port to the addresses of the name, in the order in which they are to be tried.
Resolve = Callable[[str, int], Sequence[str]]


class NetError(RecoupeError):
    """An exchange that did not come to its end: `values` say with whom (`host`) and why (`reason`)."""


class NotMeant(NetError):
    """An address that is not spoken to: none, not of the web, or private."""


class TooLong(NetError):
    """An answer with more bytes than were asked for."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How long one exchange may take in all (seconds), and how many bytes its answer may have once unpacked; with `cut`
    a longer one is cut there, and is no error."""

    seconds: float = 30.0
    size: int = 4_000_000
    cut: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: the status, the headers by their names in small letters, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def public(address: str) -> bool:
    """Whether an address is one of the open net; what stands for an IPv4 address is judged as that."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is None:
            return found in ROUTED and found not in EXAMPLES and found.is_global
        found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


def parted(url: str) -> SplitResult:
    """The parts of an address, without its fragment. Raises NotMeant where it is none of the web, names a user, or has
    signs that an address has not."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.username is not None or any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise NotMeant("watch.net.no_address", host=url[:200])
    return parts._replace(fragment="")


class Net:
    """Speaks to servers of the open net, and with `private` to others too."""

    def __init__(self, *, private: bool = False, resolve: Resolve = resolved) -> None:
        self.private, self.resolve = private, resolve
        self._trusted: ssl.SSLContext | None = None

    def ask(
        self, url: str, headers: Mapping[str, str], bounds: Bounds, *, method: str = "GET", body: bytes = b""
    ) -> Answer:
        """What the server of an address answers. Raises NotMeant, TooLong, or NetError for all that went wrong."""
        parts = parted(url)
        host = parts.hostname or ""
        until = time.monotonic() + bounds.seconds
        try:
            with (
                httpcore.ConnectionPool(self._context(parts.scheme), network_backend=_Checked(self, until)) as pool,
                pool.stream(method, parts.geturl(), headers=_named(headers), content=body or None) as answer,
            ):
                named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                return Answer(answer.status, named, _unpacked(answer.iter_stream(), named, bounds, host))
        except httpcore.TimeoutException as error:
            raise NetError("watch.net.slow", host=host, reason=f"> {bounds.seconds:g} s") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, UnicodeError, zlib.error) as error:
            raise NetError("watch.net.failed", host=host, reason=str(error) or type(error).__name__) from error

    def addresses(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The addresses of a name, every one of them checked before any is connected to."""
        found = _in_time(lambda: self.resolve(host, port), seconds)
        for address in found:
            if not self.private and not public(address):
                raise NotMeant("watch.net.private", host=host, address=address)
        return found

    def _context(self, scheme: str) -> ssl.SSLContext | None:
        """Whom to trust; read once, and only where it is needed."""
        if scheme == "https" and self._trusted is None:
            self._trusted = httpcore.default_ssl_context()
        return self._trusted


def _in_time(ask: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What a question gives that itself knows no bound: the system's own look-up of names has none that can be set."""
    given: list[Sequence[str]] = []
    failed: list[Exception] = []

    def asked() -> None:
        try:
            given.append(ask())
        except Exception as error:
            failed.append(error)

    asking = threading.Thread(target=asked, daemon=True)
    asking.start()
    asking.join(seconds)
    if failed:
        raise failed[0]
    if not given:
        raise httpcore.ConnectTimeout
    return given[0]


def _named(headers: Mapping[str, str]) -> list[tuple[bytes | str, bytes | str]]:
    return [*{"User-Agent": AGENT, **headers, "Connection": "close"}.items()]


class _Checked(httpcore.NetworkBackend):
    """Connects to checked addresses, for as long as one exchange may take."""

    def __init__(self, net: Net, until: float) -> None:
        self._net, self._until = net, until
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[typing.Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that takes one."""
        last: Exception = httpcore.ConnectError(host)
        found = self._net.addresses(host, port, left(self._until))
        for n, address in enumerate(found):
            try:
                # One that does not answer leaves time for the others.
                share = left(self._until) / (len(found) - n)
                return _Timed(self._plain.connect_tcp(address, port, share), self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class _Timed(httpcore.NetworkStream):
    """A connection that ends at an instant, however many bytes it brings until then: a server that drips them, in the
    head or in the body, has no longer than one that is silent."""

    def __init__(self, plain: httpcore.NetworkStream, until: float) -> None:
        self._plain, self._until = plain, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, left(self._until))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._plain.start_tls(ssl_context, server_hostname, left(self._until)), self._until)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._plain.get_extra_info(info)


def left(until: float) -> float:
    """The seconds until an instant of the monotonic clock."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout
    return seconds


def _unpacked(chunks: Iterator[bytes], headers: Mapping[str, str], bounds: Bounds, host: str) -> bytes:
    """The body of an answer, within its bound before it is unpacked and after."""
    packed = headers.get("content-encoding", "").strip().lower()
    if packed not in PACKED | {"", "identity"}:
        raise NetError("watch.net.packed", host=host, reason=packed[:40])
    found, raw = bytearray(), 0
    unpack = Unpack(bounds.size + 1) if packed in PACKED else None
    for chunk in chunks:
        raw += len(chunk)
        found += unpack(chunk) if unpack else chunk
        if max(raw, len(found)) > bounds.size:
            if bounds.cut:
                return bytes(found[: bounds.size])
            raise TooLong("watch.net.too_long", host=host, reason=f"> {bounds.size}")
    if unpack and raw and not unpack.whole:
        raise NetError("watch.net.failed", host=host, reason="gzip")
    return bytes(found)


class Unpack:
    """Undoes gzip or zlib, and gives no more than so many bytes in all, however small they were packed. Raises
    zlib.error."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self.whole = False

    def __call__(self, data: bytes) -> bytes:
        found = bytearray()
        # Little by little: each member gives back what stands behind it, and there may be one every twenty bytes.
        for start in range(0, len(data), STEP):
            chunk = data[start : start + STEP]
            while chunk and self._left > 0:
                if self._member.eof:
                    self._member = zlib.decompressobj(zlib.MAX_WBITS | 32)
                some = self._member.decompress(chunk, self._left)
                self._left -= len(some)
                found += some
                # What is left is of this member where the bound was reached, else another member.
                chunk = self._member.unused_data
        self.whole = self._member.eof
        return bytes(found)
