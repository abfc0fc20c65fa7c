"""Pages are read again, and what changed is a new version; less and less often where nothing does."""

from pathlib import Path

from coming import BODY, QUICK, Watching, feed_of, html, rss
from site_of_ours import Site

from recoupe.store import verify


def test_a_page_that_changed_is_a_new_version(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)
    watching.once(feed)
    server.put("/a.html", html("Nouvelle 0 de Klow", BODY.format(n=40)))
    watching.later(hours=2)
    watching.once(feed)
    (one,) = watching.store.articles()
    assert "40 personnes" in one.article.text and watching.heard() == ["listed", "new", "version"]
    assert [again.again for again in watching.store.arrivals(0)] == [False, True] and verify(watching.store)[0] == 2


def test_what_changes_around_an_article_is_no_version(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)
    watching.once(feed)
    server.put("/a.html", html("Nouvelle 0 de Klow", more="<a href='/z'>Les plus lus : autre chose</a>"))
    watching.later(hours=2)
    watching.once(feed)
    assert watching.status(server.at + "/a.html") == "same" and len(watching.store.arrivals(0)) == 1


def test_an_article_that_was_taken_down_is_not_changed(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    server.put("/home", html("Accueil", "Toutes les nouvelles du jour dans notre pays et ailleurs dans le monde."))
    watching = Watching(path)
    watching.once(feed)
    server.put("/a.html", status=302, Location="/home")
    watching.later(hours=2)
    watching.once(feed)
    assert watching.status(server.at + "/a.html") == "moved" and len(watching.store.arrivals(0)) == 1


def test_a_page_whose_name_changed_is_the_same_article(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)
    watching.once(feed)
    server.put("/a.html", status=301, Location="/a-new.html")
    server.put("/a-new.html", html("Nouvelle 0 de Klow", BODY.format(n=12), "Le bilan pourrait s'alourdir."))
    watching.later(hours=2)
    watching.once(feed)
    assert len(watching.ids()) == 1 and len(watching.store.arrivals(0)) == 2


def test_a_page_is_read_again_less_and_less_often_and_at_once_where_its_feed_says_so(server: Site, path: Path) -> None:
    watching = Watching(path)
    day = watching.clock.now().strftime("%a, %d %b %Y")
    feed = feed_of(server, "/a.html")
    server.put("/rss", rss(f"/a.html {day} 00:00:00 GMT"), "text/xml")
    watching.once(feed)
    watching.later(minutes=20)
    watching.once(feed)
    assert len(server.paths("/a.html")) == 1
    server.put("/rss", rss(f"/a.html {day} 00:00:30 GMT"), "text/xml")
    watching.later(minutes=20)
    watching.once(feed)
    assert len(server.paths("/a.html")) == 2
    for _ in range(10):
        watching.later(days=8)
        watching.once(feed)
    assert len(server.paths("/a.html")) == len(QUICK.revisits) + 1


def test_a_feed_that_wants_to_be_kept_is_kept(server: Site, path: Path) -> None:
    server.put("/rss", rss(head="<ttl>120</ttl>"), "text/xml")
    watching = Watching(path)
    for minutes in (0, 60, 70):
        watching.later(minutes=minutes)
        watching.once(server.at + "/rss")
    assert len(server.paths("/rss")) == 2


def test_a_page_that_failed_is_tried_again_where_its_feed_says_that_it_changed(server: Site, path: Path) -> None:
    watching = Watching(path)
    day = watching.clock.now().strftime("%a, %d %b %Y")
    server.put("/rss", rss(f"/a.html {day} 00:00:00 GMT"), "text/xml")
    watching.once(server.at + "/rss")
    server.put("/a.html", html("A"))
    server.put("/rss", rss(f"/a.html {day} 00:00:30 GMT"), "text/xml")
    watching.later(hours=1)
    watching.once(server.at + "/rss")
    assert len(watching.ids()) == 1
