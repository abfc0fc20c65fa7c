"""A server of ours on loopback that answers what a test tells it to, however wrong."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]


class Site:
    """Answers by path; keeps what it was asked (path, headers in small letters) in `asked`. What it has no answer for
    is not found."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self._socket = socket.create_server((address, 0))
        self.port = self._socket.getsockname()[1]
        self.at = f"http://{address}:{self.port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ending = threading.Event()
        self.covered: ssl.SSLContext | None = None
        self.heard: Callable[[str], None] = lambda _: None

    def put(
        self, path: str, body: str | bytes = b"", kind: str = "text/html; charset=utf-8", status: int = 200, **more: str
    ) -> None:
        """An answer that is right; `more` are further headers, with _ for -."""
        raw = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": kind, "Content-Length": str(len(raw))}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.raw(path, f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + raw)

    def raw(self, path: str, data: bytes) -> None:
        """These bytes, and the end."""
        self.answers[path] = lambda to: to.sendall(data)

    def hang(self, path: str, data: bytes = b"") -> None:
        """These bytes, and then nothing more, nor an end."""

        def answer(to: socket.socket) -> None:
            to.sendall(data)
            self.ending.wait(10)

        self.answers[path] = answer

    def drip(self, path: str, head: bytes = b"", drop: bytes = b"x", every: float = 0.02) -> None:
        """A little now and then, for as long as anyone listens."""

        def answer(to: socket.socket) -> None:
            to.sendall(head)
            while not self.ending.wait(every):
                to.sendall(drop)

        self.answers[path] = answer

    def paths(self, path: str) -> list[dict[str, str]]:
        """With which headers a path was asked for."""
        return [headers for one, headers in self.asked if one == path]

    def serve(self) -> None:
        """Until the socket is closed."""
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                if self.covered:
                    connection = self.covered.wrap_socket(connection, server_side=True)
                data = b""
                while b"\r\n\r\n" not in data and (some := connection.recv(65536)):
                    data += some
                first, *rest = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
                if not first:
                    return
                path = first.split(" ")[1]
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
                self.asked.append((path, headers))
                self.heard(path)
                missing: Answer = lambda to: to.sendall(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")  # noqa: E731
                self.answers.get(path, missing)(connection)
            except OSError:
                return

    def close(self) -> None:
        """Ends all answers."""
        self.ending.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # whoever waits for a visitor waits no longer
        self._socket.close()


@contextmanager
def site(address: str = "127.0.0.1") -> Iterator[Site]:
    """A server for as long as a test needs it."""
    made = Site(address)
    threading.Thread(target=made.serve, daemon=True).start()
    yield made
    made.close()


def ok(body: bytes, *headers: str) -> bytes:
    """A whole answer with headers of one's own."""
    return b"HTTP/1.1 200 OK\r\n" + "".join(f"{one}\r\n" for one in headers).encode() + b"\r\n" + body


def bomb(size: int) -> bytes:
    """So many zeros, packed."""
    return gzip.compress(b"\0" * size)
