"""One exchange: within its bounds whatever the server does, and with no machine that is not meant."""

import gzip
import shutil
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from site_of_ours import Site, bomb, ok, site

from recoupe.watch import net as module
from recoupe.watch.net import AGENT, Bounds, Net, NetError, NotMeant, TooLong

LITTLE = Bounds(seconds=0.6, size=10_000)
LONG = Bounds(seconds=10.0, size=10_000)


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as made:
        yield made


def ask(server: Site, path: str = "/x", bounds: Bounds = LITTLE) -> bytes:
    return Net(private=True).ask(server.at + path, {}, bounds).body


Set = Callable[[Site], None]
CHUNKED = "Transfer-Encoding: chunked"
WRONG: dict[str, tuple[Set, str]] = {
    "silent": (lambda s: s.hang("/x"), "slow"),
    "half a head": (lambda s: s.hang("/x", b"HTTP/1.1 200 OK\r\nContent-"), "slow"),
    "half a body": (lambda s: s.hang("/x", ok(b"abc", "Content-Length: 9")), "slow"),
    "head drips": (lambda s: s.drip("/x", b"HTTP/1.1 200 OK\r\nX: "), "slow"),
    "body drips": (lambda s: s.drip("/x", ok(b"", "Content-Length: 9999")), "slow"),
    "never done informing": (lambda s: s.drip("/x", b"", b"HTTP/1.1 102 P\r\n\r\n"), "slow"),
    "endless": (lambda s: s.drip("/x", ok(b""), b"x" * 5000, 0.001), "too_long"),
    "endless in chunks": (
        lambda s: s.drip("/x", ok(b"", CHUNKED), b"1388\r\n" + b"x" * 5000 + b"\r\n", 0.001),
        "too_long",
    ),
    "too long": (lambda s: s.put("/x", "x" * 10_001), "too_long"),
    "gzip bomb": (lambda s: s.put("/x", bomb(5_000_000), Content_Encoding="gzip"), "too_long"),
    "gzip bomb in members": (lambda s: s.put("/x", bomb(9_000) * 2, Content_Encoding="gzip"), "too_long"),
    "gzip cut": (lambda s: s.put("/x", gzip.compress(b"abc" * 99)[:-9], Content_Encoding="gzip"), "failed"),
    "no gzip": (lambda s: s.put("/x", "plain", Content_Encoding="gzip"), "failed"),
    "packed otherwise": (lambda s: s.put("/x", "?", Content_Encoding="br"), "packed"),
    "packed twice": (lambda s: s.put("/x", "?", Content_Encoding="gzip, gzip"), "packed"),
    "shorter than told": (lambda s: s.raw("/x", ok(b"abc", "Content-Length: 9")), "failed"),
    "two lengths": (lambda s: s.raw("/x", ok(b"abc", "Content-Length: 3", "Content-Length: 4")), "failed"),
    "length below zero": (lambda s: s.raw("/x", ok(b"abc", "Content-Length: -3")), "failed"),
    "chunks of no size": (lambda s: s.raw("/x", ok(b"zz\r\nabc", CHUNKED)), "failed"),
    "no head": (lambda s: s.raw("/x", b"\x00\xff" * 500), "failed"),
    "another protocol": (lambda s: s.raw("/x", b"SSH-2.0-OpenSSH\r\n\r\n"), "failed"),
    "a head without end": (lambda s: s.raw("/x", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000), "failed"),
    "nothing": (lambda s: s.raw("/x", b""), "failed"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_server_does_wrong_ends_in_time(server: Site, name: str) -> None:
    tell, key = WRONG[name]
    tell(server)
    begun = time.monotonic()
    with pytest.raises(NetError) as wrong:
        ask(server)
    assert wrong.value.key == f"watch.net.{key}" and isinstance(wrong.value, TooLong) is (key == "too_long")
    # The bound is 0.6 s; the rest is for a busy machine.
    assert time.monotonic() - begun < 5
    assert {"host", "reason"} <= wrong.value.values.keys()


def test_nobody_there_and_no_such_name(server: Site) -> None:
    server.close()
    with pytest.raises(NetError):
        ask(server)
    for error in (OSError("no such name"), UnicodeError("label too long")):

        def fails(_host: str, _port: int, error: Exception = error) -> list[str]:
            raise error

        with pytest.raises(NetError, match="failed"):
            Net(resolve=fails).ask("http://a.example/", {}, LITTLE)
    with pytest.raises(NetError, match="failed"):
        Net(resolve=lambda *_: []).ask("http://a.example/", {}, LITTLE)


def test_a_name_that_is_looked_up_for_long_has_no_longer_than_all_else() -> None:
    begun = time.monotonic()
    with pytest.raises(NetError, match="slow"):
        Net(resolve=lambda *_: time.sleep(8) or []).ask("http://a.example/", {}, LITTLE)  # type: ignore[func-returns-value]
    assert time.monotonic() - begun < 6


def test_a_right_answer(server: Site) -> None:
    server.put("/x", "Été", X_More="é", Last_Modified="y")
    got = Net(private=True).ask(server.at + "/x#part", {"Accept": "a"}, LITTLE)
    assert got.status == 200 and got.body.decode() == "Été" and got.headers["last-modified"] == "y"
    (headers,) = server.paths("/x")
    assert headers["user-agent"] == AGENT == "Recoupe/0.1.0" and headers["accept"] == "a"
    assert headers["host"] == server.at.removeprefix("http://")


@pytest.mark.parametrize(
    ("packed", "how"),
    [
        (gzip.compress(b"abc" * 999), "gzip"), (gzip.compress(b"abc" * 27) * 37, "x-gzip"),
        (zlib.compress(b"abc" * 999), "deflate"), (b"abc" * 999, "identity"), (b"", "gzip"),
    ],
)  # fmt: skip
def test_a_packed_answer(server: Site, packed: bytes, how: str) -> None:
    server.put("/x", packed, Content_Encoding=how)
    assert ask(server) == (b"abc" * 999 if packed else b"")


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_may_be_cut(server: Site, packed: bool) -> None:
    body = b"x" * 50_000
    server.put("/x", gzip.compress(body) if packed else body, **({"Content_Encoding": "gzip"} if packed else {}))
    assert ask(server, bounds=Bounds(seconds=5, size=1000, cut=True)) == b"x" * 1000


def test_one_address_that_does_not_answer_leaves_time_for_another(server: Site) -> None:
    server.put("/x", "here")
    net = Net(private=True, resolve=lambda *_: ["127.0.0.3", "127.0.0.1"])
    assert net.ask(f"http://a.example:{server.port}/x", {}, LITTLE).body == b"here"
    assert server.paths("/x")[0]["host"] == f"a.example:{server.port}"


PRIVATE = """
http://127.0.0.1/ http://127.1/ http://2130706433/ http://0177.0.0.1/ http://0x7f.0.0.1/ http://0/ http://0.0.0.0/
http://localhost/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/
http://10.0.0.1/ http://172.16.0.1/ http://192.168.0.1/ http://100.64.0.1/ http://169.254.169.254/latest/
http://[fe80::1]/ http://[fd00::1]/ http://[fec0::1]/ http://224.0.0.1/ http://[ff02::1]/ http://255.255.255.255/
http://240.0.0.1/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[2001:db8::1]/ http://192.0.2.1/
"""


@pytest.mark.parametrize("url", PRIVATE.split())
def test_private_addresses_are_not_spoken_to(url: str) -> None:
    with pytest.raises(NotMeant) as refused:
        Net().ask(url, {}, LITTLE)
    assert refused.value.key == "watch.net.private"


# IANA's registries of special addresses, what carries an IPv4 address inside, and what stands just beside.
SPECIAL = """
0.0.0.0 0.1.2.3 10.255.255.255 100.64.0.0 100.127.255.255 127.255.255.254 169.254.0.1 172.16.0.0 172.31.255.255
192.0.0.1 192.0.0.170 192.0.2.255 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.251 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::2 ::10.0.0.1
::ffff:0:10.0.0.1 ::ffff:192.168.0.1 ::ffff:a9fe:a9fe
64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::808:808 100::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1
2001:db8::1 2002:a00:1:: 2002:c0a8:101::1 2002:a9fe:a9fe:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1
fe80::1%eth0 fec0::1
ff02::1 ff0e::1 fe80::5efe:10.0.0.1 4000::1
"""
OPEN = "100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 8.8.8.8 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::8.8.8.8"


def test_special_addresses_are_none_of_the_open_net() -> None:
    assert [one for one in SPECIAL.split() if module.public(one)] == []
    assert [one for one in OPEN.split() if not module.public(one)] == []


def test_one_private_address_among_others_is_enough() -> None:
    with pytest.raises(NotMeant):
        Net(resolve=lambda *_: ["93.184.216.34", "10.0.0.1"]).ask("http://a.example/", {}, LITTLE)


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(
    server: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """127.0.0.1 stands for the open net here, 127.0.0.2 for what lies behind: Linux has it unasked."""
    monkeypatch.setattr(module, "public", lambda address: address == "127.0.0.1")
    server.put("/x", "open")
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.1"])
    looked: list[str] = []

    def turns(host: str, _port: int) -> list[str]:
        looked.append(host)
        return [next(answers)]

    with site("127.0.0.2") as inside:
        inside.put("/x", "inside")
        net, url = Net(resolve=turns), f"http://turns.example:{server.port}/x"
        assert net.ask(url, {}, LITTLE).body == b"open" and looked == ["turns.example"]
        with pytest.raises(NotMeant):
            net.ask(url, {}, LITTLE)
        assert net.ask(url, {}, LITTLE).body == b"open" and inside.asked == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_a_certificate_is_that_of_the_name_not_of_the_address(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate)]
    about = ["-days", "2", "-subj", "/CN=a.example", "-addext", "subjectAltName=DNS:a.example"]
    subprocess.run([*made, *about], check=True, capture_output=True)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    with site() as server:
        server.put("/x", "here")
        server.covered = own
        net = Net(private=True, resolve=lambda *_: ["127.0.0.1"])
        with pytest.raises(NetError, match="CERTIFICATE"):
            net.ask(f"https://a.example:{server.port}/x", {}, LONG)
        net._trusted = ssl.create_default_context(cafile=certificate)
        assert net.ask(f"https://a.example:{server.port}/x", {}, LONG).body == b"here"
        with pytest.raises(NetError, match="mismatch"):
            net.ask(f"https://b.example:{server.port}/x", {}, LONG)
