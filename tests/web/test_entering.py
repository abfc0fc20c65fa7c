"""A desk with a token: nothing is read without it, programs send it, people type it once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving import serving

TOKEN = "a token of the desk 4711"


@pytest.fixture
def address(store: Path) -> Iterator[str]:
    with serving(store, TOKEN) as (found, _):
        yield found


def test_nothing_is_read_without_the_token(address: str) -> None:
    for path in ("/", "/log", "/article/truce-04", "/search?q=soudan", "/nowhere"):
        answer = httpx.get(f"{address}{path}")
        assert answer.status_code == 401 and "truce" not in answer.text.lower().replace(path, ""), path
        assert "Content-Security-Policy" in answer.headers
    for path in ("/api/stories", "/api/live", "/openapi.json", "/api/nowhere"):
        answer = httpx.get(f"{address}{path}", headers={"Authorization": "Bearer wrong"})
        assert answer.status_code == 401 and answer.json() == {"error": 401}
    assert httpx.post(f"{address}/review", data={"token": "t", "record": "x"}).status_code == 401
    assert httpx.get(f"{address}/static/desk.css").status_code == 200


def test_programs_and_readers_of_feeds_send_it(address: str) -> None:
    sent = {"Authorization": f"Bearer {TOKEN}", "Host": "desk.example:8123"}
    assert httpx.get(f"{address}/api/stories", headers=sent).json()["total"]
    assert httpx.get(f"{address}/feed.atom").headers["www-authenticate"].startswith("Basic")
    assert httpx.get(f"{address}/feed.atom", auth=("anyone", TOKEN)).status_code == 200
    assert httpx.get(f"{address}/feed.atom", auth=("anyone", "wrong")).status_code == 401
    assert httpx.get(f"{address}/", headers={"Authorization": b"Basic \xe9"}).status_code == 401


def test_a_person_types_it_once(address: str, browser: Any) -> None:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(f"{address}/search?q=soudan")
    page.locator("input[name=key]").fill("wrong wrong wrong")
    page.locator("button").click()
    assert "pas le jeton" in page.locator("[role=alert]").inner_text()
    page.locator("input[name=key]").fill(TOKEN)
    page.locator("button").click()
    page.wait_for_url("**/search?q=soudan")
    page.goto(f"{address}/log")
    assert page.locator("h1").inner_text() == "Journal"
    cookie = next(one for one in context.cookies() if one["name"] == "recoupe_entered")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and TOKEN not in cookie["value"]
    context.close()


def test_a_desk_for_others_needs_a_token_of_some_length(
    store: Path, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    short = tmp_path / "token"
    short.write_text("short\n")
    for asked in (("--host", "0.0.0.0"), ("--token", short), ("--token", tmp_path / "none")):
        code, _, told = run("serve", "--store", store, *asked)
        assert code == 2 and "token" in told.lower()
