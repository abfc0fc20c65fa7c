"""Servers are asked one at a time, as their robots.txt says, and less often where they are in trouble."""

import itertools
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from coming import BODY, QUICK, Watching, feed_of, html, rss
from site_of_ours import Site

from recoupe.watch.coming.schedule import asked_for, backed_off


def test_one_server_is_asked_by_one_at_a_time_and_with_a_delay(server: Site, path: Path) -> None:
    watching, times = Watching(path), list[float]()
    server.heard = lambda _: times.append(watching.clock.now().timestamp())
    watching.once(feed_of(server, "/a.html", "/b.html"))
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert len(gaps) == 3 and all(gap >= QUICK.delay - 0.01 for gap in gaps)


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        ("User-agent: *\nDisallow: /a", ["/rss", "/b.html"]),
        ("User-agent: recoupe\nDisallow: /\n\nUser-agent: *\nAllow: /", []),
        ("User-agent: other\nDisallow: /", ["/rss", "/a.html", "/b.html"]),
        ("User-agent: *\nDisallow: /*.html$", ["/rss"]),
        ("\0\xff<html>", ["/rss", "/a.html", "/b.html"]),
        ("#" * 2_000, ["/rss", "/a.html", "/b.html"]),
    ],
)
def test_robots_are_heeded(server: Site, path: Path, robots: str, fetched: list[str]) -> None:
    server.put("/robots.txt", robots, "text/plain")
    watching = Watching(path)
    feed = feed_of(server, "/a.html", "/b.html")
    watching.once(feed)
    assert [one for one, _ in server.asked] == ["/robots.txt", *fetched]
    if not fetched:
        assert watching.status(feed) == "robots"


def test_robots_ask_for_a_longer_delay(server: Site, path: Path) -> None:
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 30", "text/plain")
    watching, times = Watching(path), list[float]()
    server.heard = lambda _: times.append(watching.clock.now().timestamp())
    watching.once(feed_of(server, "/a.html"))
    assert times[-1] - times[-2] >= 29.9


def test_a_server_in_trouble_with_its_robots_is_left_alone(server: Site, path: Path) -> None:
    server.put("/robots.txt", status=503, Retry_After="7200")
    watching = Watching(path)
    feed = feed_of(server, "/a.html")
    watching.once(feed)
    assert server.paths("/rss") == []
    watching.later(hours=1.5)
    watching.once(feed)
    assert len(server.asked) == 1
    server.put("/robots.txt", status=404)
    watching.later(days=2)
    watching.once(feed)
    assert len(watching.ids()) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_one_who_asks_for_time_gets_it(server: Site, path: Path, status: int) -> None:
    feed = feed_of(server, "/a.html")
    server.put("/rss", status=status, Retry_After="3600")
    watching = Watching(path)
    watching.once(feed)
    for minutes in (1, 40):
        watching.later(minutes=minutes)
        watching.once(feed)
    assert len(server.paths("/rss")) == 1 and watching.status(feed) == str(status)
    feed_of(server, "/a.html")
    watching.later(minutes=40)
    watching.once(feed)
    assert len(watching.ids()) == 1 and watching.sources.row(feed).failures == 0  # type: ignore[union-attr]


def test_what_fails_waits_longer_each_time(server: Site, path: Path) -> None:
    server.put("/rss", status=500)
    watching = Watching(path)
    waits = []
    for _ in range(4):
        watching.once(server.at + "/rss")
        row = watching.sources.row(server.at + "/rss")
        assert row is not None
        waits.append(row.failures)
        watching.later(days=3)
    assert waits == [1, 2, 3, 4] and watching.heard() == ["failed"] * 4


def test_a_page_is_given_up_after_some_tries(server: Site, path: Path) -> None:
    feed = feed_of(server, "/gone.html", "/bad.html", "/good.html")
    server.put("/gone.html", status=404)
    server.put("/bad.html", status=500)
    watching = Watching(path)
    for _ in range(8):
        watching.once(feed)
        watching.later(days=2)
    assert len(server.paths("/gone.html")) == 1 and len(server.paths("/bad.html")) == QUICK.tries
    assert watching.heard().count("given_up") == 2 and len(watching.ids()) == 1


def test_a_clock_that_was_set_back_stops_nothing(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)
    watching.later(days=400)
    watching.once(feed)
    server.put("/rss", rss("/a.html", "/b.html"), "text/xml")
    server.put("/b.html", html("B", BODY.format(n=5)))
    back = Watching(path)
    back.once()
    assert len(back.ids()) == 2


def test_waits_are_bounded_whatever_is_asked() -> None:
    now = datetime(2031, 3, 3, tzinfo=UTC)
    table = {
        "120": 120, "99999999999999999999": 86_400, "²": 0, "-5": 0, "": 0, "soon": 0, "inf": 0,
        "Mon, 03 Mar 2031 00:10:00 GMT": 600, "Mon, 03 Mar 2031 00:10:00 -0000": 600,
        "Mon, 03 Mar 2001 00:10:00 GMT": 0, "Mon, 03 Mar 9999 00:10:00 GMT": 86_400,
    }  # fmt: skip
    for text, seconds in table.items():
        assert asked_for({"retry-after": text}, now, 86_400) == seconds, text
    chance = random.Random(1)
    waits = [backed_off(n, QUICK, chance) for n in (1, 2, 3, 50, 5000)]
    assert 60 <= waits[0] <= 80 and 120 <= waits[1] <= 160 and max(waits) <= QUICK.longest * 4 / 3
    assert len({backed_off(3, QUICK, chance) for _ in range(9)}) > 1
