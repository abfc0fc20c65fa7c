"""A desk that answers on loopback, for as long as a test needs it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recoupe.web import create
from recoupe.web.live import Server, server


@contextmanager
def serving(store: Path | str, token: str = "") -> Iterator[tuple[str, Server]]:
    """A running desk over a store: its address, and its server, which must stop."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = server(create(store, token), "127.0.0.1", port)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}", running
    running.should_exit = True
    thread.join(20)
    assert not thread.is_alive()
