"""Alerts to an address: once each, tried again where that may help, never to another place."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from growing import read

from recoupe.run import related
from recoupe.store import Store
from recoupe.watch import notice
from recoupe.watch.net import public
from recoupe.watch.webhook import TRIES, Hook, HookError

Run = Callable[..., tuple[int, str, str]]


class Receiver(HTTPServer):
    """Takes alerts; answers what it is told to, then 204."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.got: list[tuple[str, dict[str, str], Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?key=secret"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.path, dict(self.headers), body))
        status, headers = self.server.answers.pop(0) if self.server.answers else (204, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with alerts."""
    path = tmp_path_factory.mktemp("hook") / "s.db"
    store = Store(path, create=True)
    articles = read("toll")
    for some in (articles[:2], articles[2:3]):
        for one in some:
            store.put(one)
        related(store)
        notice(store)
    assert store.alert_count() > 2
    store.close()
    return path


@pytest.fixture
def path(noticed: Path, tmp_path: Path) -> Path:
    """A copy that no other test has sent from."""
    copy = tmp_path / "s.db"
    copy.write_bytes(noticed.read_bytes())
    return copy


def posted(receiver: Receiver, answers: list[tuple[int, dict[str, str]]]) -> list[float]:
    """The waits that a post took."""
    waits: list[float] = []
    receiver.answers = answers
    Hook(receiver.address, private=True, sleep=waits.append).post(b"{}", "k")
    return waits


def test_a_post_is_json_with_a_key(receiver: Receiver) -> None:
    assert posted(receiver, []) == []
    ((path, headers, body),) = receiver.got
    assert path == "/hook?key=secret" and body == {} and headers["Idempotency-Key"] == "k"
    assert headers["Content-Type"].startswith("application/json")
    assert headers["Host"] == f"127.0.0.1:{receiver.server_port}"


def test_what_may_pass_is_tried_again_longer_each_time(receiver: Receiver) -> None:
    assert posted(receiver, [(503, {}), (429, {}), (500, {})]) == [1, 2, 4]
    assert len(receiver.got) == TRIES


def test_one_who_asks_for_time_gets_it_within_bounds(receiver: Receiver) -> None:
    asked = [(429, {"Retry-After": "7"}), (503, {"Retry-After": "86400"}), (503, {"Retry-After": "²"})]
    assert posted(receiver, asked) == [7, 60, 4]


@pytest.mark.parametrize(("status", "tries"), [(400, 1), (404, 1), (410, 1), (500, TRIES)])
def test_a_refusal_is_told(receiver: Receiver, status: int, tries: int) -> None:
    with pytest.raises(HookError, match=str(status)):
        posted(receiver, [(status, {})] * TRIES)
    assert len(receiver.got) == tries


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    elsewhere = Receiver()
    with pytest.raises(HookError) as refused:
        posted(receiver, [(status, {"Location": elsewhere.address})])
    elsewhere.server_close()
    assert refused.value.key == "watch.hook.redirects" and len(receiver.got) == 1 and elsewhere.got == []


def test_nobody_there_is_told(receiver: Receiver) -> None:
    receiver.server_close()
    waits: list[float] = []
    with pytest.raises(HookError):
        Hook(receiver.address, private=True, sleep=waits.append).post(b"{}", "k")
    assert waits == [1, 2, 4]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://10.0.0.1/", "http://169.254.169.254/x"],
)
def test_private_addresses_are_written_to_only_where_told(address: str) -> None:
    with pytest.raises(HookError) as refused:
        Hook(address).post(b"{}", "k")
    assert refused.value.key == "watch.hook.private"


@pytest.mark.parametrize(
    ("address", "open_net"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("192.168.1.1", False),
        ("::ffff:10.0.0.1", False), ("::ffff:93.184.216.34", True), ("0.0.0.0", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False),
    ],
)  # fmt: skip
def test_the_open_net_is_told_from_private_ones(address: str, open_net: bool) -> None:
    assert public(address) is open_net


@pytest.mark.parametrize(
    "address", ["", "x", "ftp://a.example/", "file:///etc/passwd", "http://", "http://u:p@a.example/", "http://a:0/",
                "http://a:99999/", "http://a.example/\r\nX: y", "http://a.example/é"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(HookError) as refused:
        Hook(address, private=True)
    assert refused.value.key == "watch.hook.no_address"


def test_each_alert_is_sent_once(run: Run, path: Path, receiver: Receiver) -> None:
    code, _, said = run("alert", "--store", path, "--to", receiver.address, "--private")
    sent = len(receiver.got)
    assert code == 0 and sent > 2 and f"{sent} alerts sent" in said
    first = receiver.got[0][2]
    assert first["text"] and first["records"] and first["kind"] and first["id"] == receiver.got[0][1]["Idempotency-Key"]
    assert len({body["id"] for _, _, body in receiver.got}) == sent
    code, _, said = run("alert", "--store", path, "--to", receiver.address, "--private")
    assert code == 0 and len(receiver.got) == sent


def test_what_is_not_taken_waits_for_the_next_call(run: Run, path: Path, receiver: Receiver) -> None:
    receiver.answers = [(204, {}), (404, {})]
    code, _, said = run("alert", "--store", path, "--to", receiver.address, "--private")
    assert code == 1 and "1 alert(s) sent" in said and "404" in said and len(receiver.got) == 2
    code, _, _ = run("alert", "--store", path, "--to", receiver.address, "--private")
    assert code == 0 and receiver.got[1][2]["id"] == receiver.got[2][2]["id"]


def test_the_address_is_not_kept(run: Run, path: Path, receiver: Receiver) -> None:
    run("alert", "--store", path, "--to", receiver.address, "--private")
    Store(path).close()
    assert b"secret" not in b"".join(file.read_bytes() for file in path.parent.glob("s.db*"))


def test_what_is_older_than_a_day_is_sent_only_where_asked(run: Run, path: Path, receiver: Receiver) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alert SET at = '2020-01-01T00:00:00.000000+00:00'")
    raw.close()
    run("alert", "--store", path, "--to", receiver.address, "--private")
    assert receiver.got == []
    run("alert", "--store", path, "--to", receiver.address, "--private", "--since", "2019-12-31")
    assert len(receiver.got) > 2


def test_without_an_address_alerts_are_listed(run: Run, path: Path) -> None:
    code, out, _ = run("alert", "--store", path, lang="en")
    assert code == 0 and "New dispute" in out and out != run("alert", "--store", path, lang="fr")[1]
    assert run("alert", "--store", path, "--limit", 1)[1].count("\n") == 2
    assert "No alert" in run("alert", "--store", path, "--since", "0m")[2]


def test_wrong_use_is_told(run: Run, path: Path) -> None:
    assert run("alert", "--store", path, "--to", "ftp://x")[0] == 2
    code, _, said = run("alert", "--store", path, "--to", "http://127.0.0.1:9/")
    assert code == 1 and "--private" in said
    assert run("alert", "--store", path, "--since", "yesterday")[0] == 2
    assert run("alert", "--store", path.parent / "none.db")[0] == 3
