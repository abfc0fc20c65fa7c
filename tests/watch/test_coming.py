"""Articles come in from feeds, sitemaps, pages and folders; what is wrong with these is told."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from coming import BODY, Watching, feed_of, html, rss
from site_of_ours import Site, bomb, ok, site

from recoupe.store import verify
from recoupe.watch.coming.lists import LONGEST, MAPS, MOST, listed

Run = Callable[..., tuple[int, str, str]]


def test_the_pages_of_a_feed_become_articles(server: Site, place: Callable[[], str]) -> None:
    watching = Watching(place())
    server.put("/deux.html", html("Deux", BODY.format(n=2)))
    feed = feed_of(server, "/un.html")
    server.put("/rss", rss("un.html", server.at + "/deux.html?utm_source=rss"), "application/rss+xml")
    server.put("/deux.html?utm_source=rss", html("Deux", BODY.format(n=2)))
    watching.once(feed)
    found = {one.article.title: one.article for one in watching.store.articles()}
    assert found.keys() == {"Nouvelle 0 de Klow", "Deux"}
    one = found["Nouvelle 0 de Klow"]
    assert (one.outlet, one.published, one.lang, one.url) == ("Le Fil", "2023-01-06", "fr", server.at + "/un.html")
    assert watching.store.fresh() and verify(watching.store)[0] == 2
    assert watching.heard() == ["listed", "new", "new"] and watching.status(feed) == "200"
    assert watching.sources.counts(feed) == (2, 0)


def test_nothing_is_fetched_anew_after_a_restart(server: Site, place: Callable[[], str]) -> None:
    path = place()
    feed = feed_of(server, "/a.html", ETag='"1"', Last_Modified="Fri, 06 Jan 2023 12:00:00 GMT")
    Watching(path).once(feed)
    server.put("/rss", "", status=304)
    again = Watching(path)
    again.once()
    assert len(server.paths("/a.html")) == len(server.paths("/robots.txt")) == 1
    asked = server.paths("/rss")[-1]
    assert asked["if-none-match"] == '"1"' and asked["if-modified-since"] == "Fri, 06 Jan 2023 12:00:00 GMT"
    assert again.status(feed) == "304" and again.said == []
    # It kept what it was told for the time after that.
    again.once()
    assert server.paths("/rss")[-1]["if-none-match"] == '"1"'


WRONG: dict[str, tuple[Callable[[Site], None], str]] = {
    "no answer": (lambda s: s.hang("/rss"), "slow"),
    "endless": (lambda s: s.drip("/rss", ok(b""), b"<rss>" * 9000, 0.001), "too_long"),
    "gzip bomb": (lambda s: s.put("/rss", bomb(9_000_000), "text/xml", Content_Encoding="gzip"), "too_long"),
    "packed bomb": (lambda s: s.put("/rss", bomb(9_000_000), "application/gzip"), "too_long"),
    "redirects to itself": (lambda s: s.put("/rss", status=302, Location="/rss"), "redirects"),
    "redirects round and round": (lambda s: rounds(s), "redirects"),
    "redirects to a file": (lambda s: s.put("/rss", status=301, Location="file:///etc/passwd"), "no_address"),
    "broken from the start": (lambda s: s.put("/rss", "<<<<", "application/rss+xml"), "no_list"),
    "xml that is no list": (lambda s: s.put("/rss", "<a><b/></a>", "text/xml"), "no_list"),
    "a picture": (lambda s: s.put("/rss", b"\x89PNG....", "image/png"), "no_list"),
    "gone": (lambda s: s.put("/rss", status=410), "410"),
    "not for us": (lambda s: s.put("/rss", status=403), "403"),
}


def rounds(server: Site) -> None:
    server.put("/rss", status=302, Location="/r2")
    server.put("/r2", status=307, Location="/rss")


@pytest.mark.parametrize("name", WRONG)
def test_a_source_that_is_wrong_is_told_and_waits(server: Site, path: Path, name: str) -> None:
    tell, status = WRONG[name]
    tell(server)
    watching = Watching(path)
    watching.once(server.at + "/rss")
    row = watching.sources.row(server.at + "/rss")
    assert row is not None and row.status == status and row.failures == 1 and row.due and watching.ids() == []
    assert watching.heard() == ["failed"]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.2:{port}/x", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"]
)
def test_a_redirect_to_a_private_address_is_refused(
    server: Site, path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    """127.0.0.1 stands for the open net here, all else for what lies behind."""
    monkeypatch.setattr("recoupe.watch.net.public", lambda address: address == "127.0.0.1")
    with site("127.0.0.2") as inside:  # Linux has this address unasked
        inside.put("/x", html("Secret"))
        feed = feed_of(server, "/a.html")
        server.put("/a.html", status=302, Location=to.format(port=inside.port))
        watching = Watching(path)
        watching.watcher._polite._net.private = False
        watching.once(feed)
        assert inside.asked == [] and watching.ids() == [] and watching.status(server.at + "/a.html") == "private"


def test_a_feed_that_is_broken_gives_what_it_has(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html", "/b.html")
    server.put("/rss", rss("/a.html", "/b.html").replace("<title>x</title>", "<title>x & y</title>")[:-20], "text/xml")
    watching = Watching(path)
    watching.once(feed)
    assert len(watching.ids()) == 2


def test_a_feed_that_gives_a_page_is_told(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.html")
    watching = Watching(path)
    watching.once(feed)
    server.put("/rss", html("Consentement"))
    watching.once(feed)
    assert watching.status(feed) == "no_list" and len(watching.ids()) == 1


def test_a_page_in_another_encoding_than_it_says(server: Site, path: Path) -> None:
    server.put("/a.html", html("Été").encode("utf-8"), "text/html; charset=iso-8859-1")
    server.put("/b.html", html("Été").encode("cp1252"), "text/html; charset=iso-8859-1")
    server.put("/c.html", html("Été").encode("cp1252"), "text/html; charset=utf-8")
    server.put("/rss", rss("/a.html", "/b.html", "/c.html"), "text/xml")
    watching = Watching(path)
    watching.once(server.at + "/rss")
    assert [one.article.title for one in watching.store.articles()] == ["Été"] * 3


def test_plain_text_keeps_its_lines(server: Site, path: Path) -> None:
    feed = feed_of(server, "/a.txt", "/b.html")
    server.put("/a.txt", f"Klow\n\n{BODY.format(n=1)}\n", "text/plain; charset=utf-8")
    server.put("/b.html", "<!DOCTYPE html>" + html("B", BODY.format(n=2)), "text/plain")
    watching = Watching(path)
    watching.once(feed)
    texts = sorted(one.article.text for one in watching.store.articles())
    assert texts[1].startswith("Klow\n\nDes tirs") and "<" not in texts[0]


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "application/json"])
def test_what_is_no_page_is_left(server: Site, path: Path, kind: str) -> None:
    feed = feed_of(server, "/a.html")
    server.put("/a.html", html("A"), kind)
    watching = Watching(path)
    watching.once(feed)
    assert watching.ids() == [] and "media" in watching.heard() and watching.status(server.at + "/a.html") == "refused"


def test_sitemaps_and_their_index(server: Site, path: Path) -> None:
    server.put("/a.html", html("A", BODY.format(n=3)))
    watching = Watching(path)
    today = watching.clock.now().date().isoformat()
    index = (
        "<sitemapindex><sitemap><loc>/new.xml.gz</loc><lastmod>{}</lastmod></sitemap>"
        "<sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap></sitemapindex>"
    )
    urls = (
        "<urlset><url><loc>/a.html</loc><lastmod>{}</lastmod></url>"
        "<url><loc>/b.html</loc><lastmod>2019-01-01</lastmod></url></urlset>"
    )
    server.put("/index.xml", index.format(today), "text/xml")
    server.put("/new.xml.gz", gzip.compress(urls.format(today).encode()), "application/gzip")
    watching.once(server.at + "/index.xml")
    assert [one for one, _ in server.asked] == ["/robots.txt", "/index.xml", "/new.xml.gz", "/a.html"]
    assert len(watching.ids()) == 1


def test_lists_of_feeds(server: Site, path: Path, tmp_path: Path) -> None:
    feed_of(server, "/a.html")
    opml = f'<opml><body><outline><outline xmlUrl="{server.at}/rss" title="Fil"/></outline></body></opml>'
    server.put("/feeds", opml, "text/xml")
    watching = Watching(path)
    watching.once(server.at + "/feeds")
    assert len(watching.ids()) == 1
    (tmp_path / "feeds.opml").write_text(opml.replace("/rss", "/feeds"), encoding="utf-8")
    # A list in a list is not followed.
    other = Watching(tmp_path / "o.db")
    other.once(str(tmp_path / "feeds.opml"))
    assert other.status(server.at + "/feeds") == "no_list"


def test_a_huge_sitemap_gives_its_newest(server: Site) -> None:
    days = (
        f"<url><loc>https://a.example/{n}</loc><lastmod>{2000 + n % 27}-01-01</lastmod></url>" for n in range(5_000)
    )
    found = listed(f"<urlset>{''.join(days)}</urlset>".encode(), "https://a.example/")
    assert found is not None and len(found.named) == MOST and all("202" in one.stamp for one in found.named)
    assert listed(b"<rss>" + b" " * LONGEST, "https://a.example/") is None


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><title>&x;</title><item>'
        b"<link>http://a/1</link></item></channel></rss>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://a/1&x;</loc></url></urlset>',
        b"".join([
            b'<!DOCTYPE r [<!ENTITY a "', b"ha" * 50, b'">',
            *(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(9)),
            b']><rss version="2.0"><channel><title>&j;</title><item><link>http://a/1</link></item></channel></rss>',
        ]),
    ],
)  # fmt: skip
def test_entities_open_no_file_and_swell_to_nothing(data: bytes) -> None:
    found = listed(data, "http://a/")
    assert found is not None and [one.url for one in found.named] == ["http://a/1"]
    hostname = Path("/etc/hostname")
    assert all(hostname.read_text().strip() not in str(one) for one in found.named) if hostname.exists() else True
    assert len(str(found)) < 10_000


@pytest.mark.parametrize("text", ["https://a.example/rss", "/etc/passwd", "feed.xml"])
def test_bytes_that_look_like_an_address_are_no_address(text: str) -> None:
    assert listed(text.encode(), "http://a/") is None


def test_of_an_index_the_newest_sitemaps_are_read() -> None:
    maps = "".join(f"<sitemap><loc>https://a.example/{n}.xml</loc></sitemap>" for n in range(500))
    found = listed(f"<sitemapindex>{maps}</sitemapindex>".encode(), "https://a.example/")
    assert found is not None and len(found.named) == MAPS


def test_files_of_a_folder_as_they_come_and_change(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY.format(n=1), encoding="utf-8")
    watching = Watching(path)
    watching.once(str(folder))
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text(BODY.format(n=2), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    watching.once(str(folder))
    assert watching.ids() == ["a", "b"] and watching.heard() == ["new", "binary", "new"]
    (folder / "a.txt").write_text(BODY.format(n=9), encoding="utf-8")
    watching.once()
    assert watching.heard()[3:] == ["version"] and len(watching.store.arrivals(0)) == 3
    watching.once()
    assert len(watching.said) == 4


def test_a_file_that_is_being_written_is_waited_for(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    watching = Watching(path)
    file.write_text("Des tirs", encoding="utf-8")
    waited = watching.clock.wait

    def written(seconds: float) -> None:
        waited(seconds)
        file.write_text(BODY.format(n=len(watching.clock.waits)), encoding="utf-8")

    watching.clock.wait = written  # type: ignore[method-assign]
    watching.once(str(file))
    assert watching.ids() == []
    watching.clock.wait = waited  # type: ignore[method-assign]
    watching.once(str(file))
    assert watching.ids() == ["a"]


def test_the_command(run: Run, server: Site, path: Path, tmp_path: Path) -> None:
    feed = feed_of(server, "/a.html")
    command = ("watch", "--store", path, "--delay", 0, "--once")
    code, _, said = run(*command, feed)
    assert code == 1 and "--allow-private" in said and server.asked == []
    code, _, said = run(*command, "--allow-private", feed)
    assert code == 0 and "+ Nouvelle 0 de Klow" in said and "1 new address" in said
    code, out, _ = run("watch", "--store", path, "--list")
    assert code == 0 and feed in out and "feed" in out and "answer 200" in out and "1 article(s)" in out
    assert run("watch", "--store", path, "--list", lang="fr")[1] != out
    assert run("watch", "--store", path, "--drop", feed)[0] == 0
    assert run("watch", "--store", path, "--drop", feed)[0] == 2
    assert run("watch", "--store", path, "--once")[0] == 2
    assert run("watch", "--store", path, "--once", tmp_path / "none")[0] == 2
    assert run("watch", "--store", path, "--once", "ftp://a.example/")[0] == 2
    assert "No source" in run("watch", "--store", path, "--list")[2]
