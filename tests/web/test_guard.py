"""Who may ask a desk, how much and how often; and that nothing is changed but by a form of its own."""

import functools
import json
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from recoupe.store import Store
from recoupe.web import create
from recoupe.web.entering import COOKIE, TRIES, Key
from recoupe.web.guard import ADDRESS, BODY, CHANGES, HEADERS, READS, SAFE
from recoupe.web.rate import REMEMBERED, Rate
from serving import serving

TOKEN = "a token of the desk 4711"
HERE = "http://127.0.0.1:8123"


@pytest.fixture(scope="module")
def own(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the store, since no other test may have changed it meanwhile."""
    path = tmp_path_factory.mktemp("guard") / "guard.db"
    shutil.copy(store, path)
    return path


@pytest.fixture(scope="module")
def desks(own: Path) -> Callable[[str], FastAPI]:
    """The desk over that store with a token, or none; each is made once."""
    return functools.cache(lambda token: create(own, token))


@pytest.fixture
def asking(desks: Callable[[str], FastAPI]) -> Callable[..., TestClient]:
    """Who asks a desk: another machine, or this one. Nobody has asked it yet."""

    def client(at: str = "127.0.0.1", token: str = "", **more: Any) -> TestClient:
        desk = desks(token)
        # Time stands still: how fast this machine is does not matter.
        for name, rate in (("reads", READS), ("changes", CHANGES), ("tries", TRIES)):
            setattr(desk.state, name, Rate(*rate, lambda: 0.0))
        return TestClient(desk, base_url=HERE, client=(at, 50000), follow_redirects=False, **more)

    return client


def routes(app: Any) -> Iterator[APIRoute]:
    """Every route of the application, also those of parts that are put in."""
    for one in app.routes:
        if isinstance(one, APIRoute):
            yield one
        else:
            inner = getattr(one, "original_router", None) or getattr(one, "router", None)
            if inner is not None:
                yield from routes(inner)


def changing(app: Any) -> dict[str, dict[str, str]]:
    """Every path by which something can be changed, with a form for it."""
    found = {}
    for route in routes(app):
        if set(route.methods) - set(SAFE):
            path = route.path_format.replace("{key}", "x")
            found[path] = {field.name: "1" for field in route.dependant.body_params}
    return found


def states(path: Path) -> tuple[object, ...]:
    store = Store(path)
    try:
        with store.engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM review").scalar()
        return store.state(), len(store.decided()), store.fresh(), count
    finally:
        store.close()


def test_the_routes_that_change_something_are_known(asking: Callable[..., TestClient]) -> None:
    """A new one is in all that follows by itself; this says that they are found at all."""
    found = changing(asking().app)
    assert {"/review", "/set", "/seen", "/enter", "/entity/x/merge", "/entity/x/split", "/entity/x/undo"} <= set(found)
    assert all("token" in form for path, form in found.items() if path != "/enter")
    document = asking().get("/openapi.json").json()
    assert {method for path in document["paths"].values() for method in path} == {"get"}


def test_no_change_without_the_token_of_a_form(own: Path, asking: Callable[..., TestClient]) -> None:
    before = states(own)
    for path, form in changing(asking().app).items():
        if path == "/enter":
            continue
        for cookie in ("", "recoupe_form=other", "recoupe_form="):
            for sent in (form, {**form, "token": ""}, {**form, "token": "1\u00e9"}):
                answer = asking().post(path, data=sent, headers={"Origin": HERE, "Cookie": cookie})
                assert answer.status_code in (403, 422), (path, cookie, answer.status_code)
        assert asking().post(path, json=form).status_code in (403, 422)
        for method in ("PUT", "PATCH", "DELETE"):
            assert asking().request(method, path, data=form).status_code == 405
        assert asking().get(path).status_code in (404, 405)
    assert states(own) == before


@pytest.mark.parametrize(
    "told",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "https://127.0.0.1:8123"},
     {"Origin": "http://127.0.0.1:9999"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site", "Origin": HERE}, {"Origin": "http://127.0.0.1:8123.evil.example"}],
)  # fmt: skip
def test_no_change_by_a_page_from_elsewhere(own: Path, asking: Callable[..., TestClient], told: dict[str, str]) -> None:
    before, client = states(own), asking(cookies={"recoupe_form": "1"})
    for path, form in changing(client.app).items():
        answer = client.post(path, data=form, headers=told)
        assert answer.status_code == 403 and answer.text == "origin" and not answer.cookies, path
    assert states(own) == before


def test_a_page_from_elsewhere_may_lead_here_and_have_nothing_done(asking: Callable[..., TestClient]) -> None:
    client = asking()
    for site in ("cross-site", "same-site"):
        there = {"Sec-Fetch-Site": site}
        led = there | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        framed = led | {"Sec-Fetch-Dest": "iframe"}
        drawn = there | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
        assert client.get("/log", headers=led).status_code == 200
        assert [client.get("/log", headers=one).status_code for one in (framed, drawn, there)] == [403] * 3
    for site in ("same-origin", "none"):
        assert client.get("/log", headers={"Sec-Fetch-Site": site}).status_code == 200


def test_addresses_and_forms_have_a_bound(asking: Callable[..., TestClient]) -> None:
    client = asking(cookies={"recoupe_form": "1"})
    assert client.get("/search", params={"q": "x" * (ADDRESS - 100)}).status_code == 200
    assert client.get("/search", params={"q": "x" * ADDRESS}).status_code == 414
    assert client.get("/" + "x" * ADDRESS).status_code == 414
    for path in changing(client.app):
        assert client.post(path, content=b"x" * (BODY + 1)).status_code == 413
        # One that does not say how long it is is not read to find out.
        assert client.post(path, content=iter([b"x"])).status_code == 413
        for length in ("-1", "1e3", "9" * 30, ""):
            assert client.post(path, content=b"x", headers={"Content-Length": length}).status_code == 413


def test_a_head_has_a_bound(store: Path) -> None:
    with serving(store) as (address, _):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as plain:
            plain.settimeout(20)
            plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            told = b""
            try:
                for _ in range(100):
                    plain.sendall(b"X: " + b"y" * 2000 + b"\r\n")
                told = plain.recv(100)
            except OSError:
                pass
            assert told.startswith(b"HTTP/1.1 400") or told == b""


def test_changes_have_a_rate(asking: Callable[..., TestClient]) -> None:
    client = asking()
    # What a page elsewhere tries is not counted.
    for _ in range(CHANGES[0] + 1):
        assert client.post("/seen", data={"token": "x"}, headers={"Origin": "http://evil.example"}).text == "origin"
    codes = [client.post("/seen", data={"token": "x"}).status_code for _ in range(CHANGES[0] + 1)]
    assert set(codes[:-1]) == {403} and codes[-1] == 429
    answer = client.post("/seen", data={"token": "x"})
    assert int(answer.headers["retry-after"]) >= 1 and "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.get("/log").status_code == 200


def test_other_machines_read_at_a_rate_and_this_one_freely(asking: Callable[..., TestClient]) -> None:
    sent = {"Authorization": f"Bearer {TOKEN}"}
    client = asking("203.0.113.9", TOKEN)
    codes = [client.get("/openapi.json", headers=sent).status_code for _ in range(READS[0] + 1)]
    assert set(codes[:-1]) == {200} and codes[-1] == 429
    local = asking(token=TOKEN)
    assert {local.get("/openapi.json", headers=sent).status_code for _ in range(READS[0] + 50)} == {200}


def test_wrong_tokens_have_a_rate(asking: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.web.entering.WAIT", 0.0)
    client = asking("203.0.113.9", TOKEN)
    for n in range(TRIES[0]):
        assert client.post("/enter", data={"key": f"wrong {n}"}).status_code == 403
    # The right one waits too: else the answer would tell it.
    assert client.post("/enter", data={"key": TOKEN}).status_code == 403
    assert client.get("/log", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 401
    # Who has typed it before is not kept out by others at the same address.
    client.cookies.set(COOKIE, Key(TOKEN).entered(TOKEN))
    assert client.get("/log").status_code == 200


def test_a_token_that_nobody_guesses_does_not_wait(
    asking: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recoupe.web.entering.WAIT", 0.0)
    client = asking("203.0.113.9", Key(TOKEN).sealed)
    for n in range(TRIES[0] + 1):
        assert client.post("/enter", data={"key": f"wrong {n}"}).status_code == 403
    assert client.get("/log", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/log", headers={"Authorization": "Bearer other"}).status_code == 401
    assert client.post("/enter", data={"key": TOKEN}).status_code == 303


def test_a_rate_gives_back_what_time_brings_and_forgets() -> None:
    now = [100.0]
    rate = Rate(3, 2.0, lambda: now[0])
    assert [rate.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 2.0] and rate.take("b") == 0.0
    now[0] += 2.0
    assert rate.wait("a") == 0.0 and rate.take("a") == 0.0 and rate.take("a") == 2.0
    for n in range(REMEMBERED):
        rate.take(f"other {n}")
    now[0] += 100.0
    rate.take("last")
    assert len(rate._free) == 1


def test_a_token_is_at_rest_in_no_way_that_opens(asking: Callable[..., TestClient]) -> None:
    key = Key(TOKEN)
    assert Key(key.sealed).fits(TOKEN) and not key.fits(TOKEN + " ") and not key.fits(key.sealed)
    client = asking(token=key.sealed)
    kept = client.app.state
    assert TOKEN not in repr(
        {name: vars(one) if hasattr(one, "__dict__") else one for name, one in kept._state.items()}
    )
    for tried in (key.sealed, key.sealed.removeprefix("recoupe-token:")):
        assert client.get("/log", headers={"Authorization": f"Bearer {tried}"}).status_code == 401
        assert client.get("/log", headers={"Cookie": f"{COOKIE}={tried}"}).status_code == 401
    assert client.get("/log", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_token_is_made_and_told_once(tmp_path: Path, run: Callable[..., tuple[int, str, str]], store: Path) -> None:
    file = tmp_path / "token"
    code, told, _ = run("token", file)
    token = told.strip()
    written = file.read_text()
    assert code == 0 and len(token) >= 40 and token not in written and file.stat().st_mode & 0o077 == 0
    assert Key(written.strip()).fits(token)
    assert run("token", file)[0] != 0 and file.read_text() == written
    with serving(store, written.strip()) as (address, _):
        assert httpx.get(f"{address}/log", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_every_answer_has_the_policy_also_those_to_faults(
    asking: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = asking(raise_server_exceptions=False, cookies={"recoupe_form": "1"})
    answers = [
        client.get("/log"), client.get("/nowhere"), client.get("/api/nowhere"), client.get("/api/search"),
        client.post("/review", data={}), client.get("/api/stories?limit=x"), client.get("/static/desk.css"),
        client.get("/static/nothing.css"), client.get("/feed.atom"), client.request("TRACE", "/"),
        client.get("/", headers={"Host": "evil.example"}), asking(token=TOKEN).get("/"), client.head("/log"),
    ]  # fmt: skip

    def fails(*_: object) -> None:
        raise RuntimeError("a fault of ours in /a/path")

    monkeypatch.setattr(type(client.app.state.desk), "now", fails)
    monkeypatch.setattr(type(client.app.state.desk), "away", fails)
    faults = [client.get("/"), client.get("/api/stories")]
    assert [one.status_code for one in faults] == [500, 500] and "path" not in "".join(one.text for one in faults)
    for one in [*answers, *faults]:
        policy = one.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, one.url
        assert one.headers["x-content-type-options"] == "nosniff" and one.headers["referrer-policy"] == "same-origin"


def test_no_name_of_another_is_answered(asking: Callable[..., TestClient]) -> None:
    """A name that an attacker makes to mean this machine stays his name in the request."""
    client = asking()
    wrong = """evil.example 127.0.0.1.evil.example localhost.evil.example 10.0.0.1 0.0.0.0 [::] [::ffff:10.0.0.1]
    127.0.0.1@evil.example evil.example#127.0.0.1 2130706433"""
    for host in (*wrong.split(), ""):
        assert client.get("/log", headers={"Host": host}).status_code == 421, host
    for host in ("localhost", "localhost:8123", "127.0.0.1:80", "[::1]:8123", "127.1.2.3"):
        assert client.get("/log", headers={"Host": host}).status_code == 200, host


def test_who_enters_is_led_to_a_page_of_ours_and_writes_no_header(asking: Callable[..., TestClient]) -> None:
    strings = [text for _, text in json.loads((Path(__file__).parents[1] / "hostile" / "strings.json").read_text())]
    client = asking(token=TOKEN)
    for back in (*strings, *(f"/{one}" for one in strings), "/\t/evil.example", "/\\evil.example", "//evil.example"):
        answer = client.post("/enter", data={"key": TOKEN, "back": back[:4000]})
        client.app.state.changes = Rate(*CHANGES)
        where = answer.headers["location"]
        assert answer.status_code == 303 and re.fullmatch(r"/(?![/\\])[\x21-\x7e]*|/", where), (back, where)
        assert set(answer.headers) <= {
            "location", "content-length", "set-cookie", "cache-control", *(one.lower() for one in HEADERS)
        }, back  # fmt: skip
        assert answer.headers["set-cookie"].startswith(f"{COOKIE}=") and "hit" not in answer.headers["set-cookie"]
