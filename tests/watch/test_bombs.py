"""Lists that are made to exhaust whoever reads them: each comes to what it names, or to a sentence, in little memory,
and what else is watched goes on."""

import gzip
import itertools
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coming import Watching, feed_of, html
from msgspec.structs import replace
from protego import Protego
from site_of_ours import Site, bomb, site

from recoupe.watch.coming import Settings
from recoupe.watch.coming.lists import LOOKED_AT, MAPS, MOST, listed
from recoupe.watch.coming.polite import _ours
from recoupe.watch.net import Unpack

HERE = "https://a.example/"
RSS, ITEM = '<rss version="2.0"><channel><title>x</title>', "<item><link>/1</link></item></channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><link href="/1"/>'
# What a list may add to the peak of the process that reads it, in megabytes.
LITTLE = 150
MANY = 100_000


@contextmanager
def little_memory(most: int = LITTLE) -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < most << 10


def laughs(rest: str, *, inner: str = "&{};", deep: int = 9) -> str:
    """Entities of entities of entities: 20 to the 9th times a hundred characters."""
    names = "abcdefghij"[: deep + 1]
    more = "".join(f'<!ENTITY {one} "{inner.format(below) * 20}">\n' for below, one in itertools.pairwise(names))
    return f'<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY a "{"ha" * 50}">\n{more}]>\n' + rest.replace(
        "&x;", f"&{names[-1]};"
    )


def swelling(rest: str, times: int = 200_000) -> str:
    """One entity, used often: the square of what is sent."""
    return f'<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY x "{"a" * MANY}">\n]>\n' + rest.replace(
        "&x;", "&x;" * times
    )


@pytest.mark.parametrize("made", [laughs, swelling], ids=["laughs", "square"])
@pytest.mark.parametrize(
    "rest",
    [
        f"{RSS}<description>&x;</description>{ITEM}", f"{RSS}<a></b>&x;{ITEM}", f"{RSS}<a b='&x;'/>{ITEM}",
        f"{ATOM}<summary>&x;</summary></entry></feed>", "<urlset><url><loc>/1</loc><a>&x;</a></url></urlset>",
        "<urlset><url><loc>/1</loc></url><url><loc b='&x;'>/2&x;</loc></url></urlset>",
        "<opml><outline xmlUrl='/1'/><outline text='&x;' xmlUrl='&x;'/></opml>",
        "<sitemapindex><sitemap><loc>/1</loc></sitemap>&x;</sitemapindex>",
    ],
    ids=["rss", "broken", "attribute", "atom", "map", "map attribute", "opml", "index"],
)  # fmt: skip
def test_entities_swell_to_nothing(made: Callable[[str], str], rest: str) -> None:
    with little_memory():
        found = listed(made(rest).encode(), HERE, "text/xml")
    assert found is not None and len(str(found)) < 10_000
    assert {one.url for one in found.named} <= {HERE + "1", HERE + "2"}


def test_parameter_entities_swell_to_nothing() -> None:
    more = laughs("", inner="&#37;{};").replace("<!ENTITY ", "<!ENTITY % ").replace("]>", "%j; ]>")
    for rest in (RSS + ITEM, "<urlset><url><loc>/1</loc></url></urlset>"):
        with little_memory():
            found = listed((more + rest).encode(), HERE, "text/xml")
        assert found is not None and [one.url for one in found.named] == [HERE + "1"]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 1_000_000 + RSS + ITEM, "<?xml version='1.0'?>" + "\n<!ENTITY " * MANY + RSS + ITEM,
        "\n<!DOCTYPE " * MANY + RSS + ITEM, "<!--" * MANY + RSS + ITEM, RSS + "<![CDATA[<a>" * MANY + ITEM,
        RSS + "<a>" * MANY + ITEM, RSS + "<a xml:base='b/'>" * MANY + ITEM, RSS + "<rss base='b/'>" * 20_000 + ITEM,
        f"{RSS}<item {' '.join(f'a{n}=' + chr(39) * 2 for n in range(MANY))}/>{ITEM}",
        f"{RSS}<item {' '.join(f'a{n}=' + chr(39) * 2 for n in range(MANY))} b='{ITEM}",
        RSS + "<item><author>" + "a." * 300_000 + "</author>" + ITEM,
        RSS + "<item>" + "".join(f"<category>{n}</category>" for n in range(MANY // 2)) + ITEM,
        RSS + "<item><pubDate>" + "9" * 1_000_000 + "</pubDate>" + ITEM, RSS + "<item a='" * MANY + ITEM,
        RSS + "<" * 200_000 + ITEM, RSS + "&" * 500_000 + ITEM, RSS + "<item>" * 10_000 + ITEM,
    ],
    ids=lambda text: "",
)  # fmt: skip
def test_feeds_that_cost_the_square_of_their_length(text: str) -> None:
    """Each took minutes, or none would end them; feedparser alone takes twenty seconds for some."""
    with little_memory():
        found = listed(text.encode(), HERE, "text/xml")
    assert found is None or {one.url for one in found.named} <= {HERE + "1"}


@pytest.mark.parametrize("encoding", ["punycode", "idna", "utf-7", "unicode_escape", "undefined", "x" * 5000])
def test_a_feed_in_no_encoding_of_feeds(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?>{RSS}{ITEM}".encode() + b"\xff-" + b"ab" * 500_000
    for said in ("text/xml", f"text/xml; charset={encoding}"):
        found = listed(data, HERE, said)
        assert found is not None and [one.url for one in found.named] == [HERE + "1"]


@pytest.mark.parametrize(
    ("begins", "unit", "ends"),
    [
        ("<urlset>", "<a/>", "</urlset>"), ("<urlset>", "<url><loc>{}</loc></url>", "</urlset>"),
        ("<urlset><url>", "<a{}/>", "</url></urlset>"), ("<urlset>", "<url>", ""), ("<urlset>", "&a;", "</urlset>"),
        ("<urlset>", "<!---->", "</urlset>"), ("<urlset>", "<?a?>", "</urlset>"), ("<urlset><url><loc>", "a", ""),
        ("<opml>", "<outline xmlUrl='{}'/>", "</opml>"), ("<opml><outline ", "a{}='1' ", "/></opml>"),
        ("<opml>", "<outline xmlUrl='a'>", ""), ("<sitemapindex>", "<sitemap><loc>{}</loc></sitemap>", ""),
    ],
    ids=lambda text: "",
)  # fmt: skip
def test_lists_of_any_length_take_little_memory(begins: str, unit: str, ends: str) -> None:
    text = begins + "".join(unit.format(n) for n in range(2_000_000 // len(unit))) + ends
    with little_memory():
        found = listed(text.encode(), HERE)
    assert found is not None and len(found.named) <= MOST


def test_what_a_list_says_is_not_kept_a_thousand_times() -> None:
    """A title stands with every article of its feed."""
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(MOST))
    found = listed(f"<rss><channel><title>{'a' * 1_000_000}</title>{items}</channel></rss>".encode(), HERE, "text/xml")
    assert found is not None and len(found.named) == MOST and len(str(found)) < 1_000_000
    many = "".join(f"<url><loc>/{n}</loc></url>" for n in range(LOOKED_AT + 10))
    found = listed(f"<urlset>{many}<url><loc>/z</loc><lastmod>2026-01-01</lastmod></url></urlset>".encode(), HERE)
    assert found is not None and HERE + "z" not in {one.url for one in found.named}


def test_the_image_of_a_page_is_not_its_address() -> None:
    url = "<url><loc>/1</loc><i:image xmlns:i='i'><i:loc>/2.jpg</i:loc></i:image></url><url><loc>/3</loc></url>"
    found = listed(f"<urlset>{url}</urlset>".encode(), HERE)
    assert found is not None and [one.url for one in found.named] == [HERE + "1", HERE + "3"]


def test_many_small_members_are_unpacked_in_their_length() -> None:
    assert Unpack(100)(gzip.compress(b"") * 400_000 + gzip.compress(b"abc")) == b"abc"


def test_robots_that_name_thousands_before_thousands_of_rules() -> None:
    agents = "".join(f"User-agent: a{n}\n" for n in range(20_000)) + "".join(
        "USERAGENT r" + "*" * n + "\n" for n in range(400)
    )
    with little_memory():
        rules = Protego.parse(
            _ours(agents + "Disallow: /x\n" * 20_000 + "Crawl-delay: 7\n\nUser-agent: *\nDisallow: /")
        )
    assert rules.can_fetch(HERE + "y", "Recoupe") and not rules.can_fetch(HERE + "x", "Recoupe")
    assert rules.crawl_delay("Recoupe") == 7


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: Recoupe # us\nDisallow: /", "a", False), ("user agent\trecoupe\nDisallow: /", "a", False),
        ("User-Agent: RECOUPE*\nDisallow: /a", "a", False), ("User-agent: *\nDisallow: /a", "a", False),
        ("User-agent: x\nUser-agent: *\nDisallow: /a", "a", False), ("User-agent: x\nDisallow: /a", "a", True),
        ("User-agent:\nDisallow: /a", "a", True),
        ("User-agent: recoupe\nAllow: /\nUser-agent: *\nDisallow: /", "a", True),
        ("Sitemap: /user-agent.xml\nUser-agent: *\nDisallow: /user-agent", "user-agent", False),
    ],
)  # fmt: skip
def test_whom_rules_concern_stays_as_it_was(robots: str, path: str, allowed: bool) -> None:
    for read in (robots, _ours(robots)):
        assert Protego.parse(read).can_fetch(HERE + path, "Recoupe") == allowed


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as made:
        yield made


def index(*maps: str) -> str:
    return "<sitemapindex>" + "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in maps) + "</sitemapindex>"


def test_other_sources_go_on(server: Site, tmp_path: Path) -> None:
    """Each that is refused is told with its address and why; what is declared elsewhere is asked of nobody."""
    good = feed_of(server, "/good.html")
    outside = (
        f'<!DOCTYPE r SYSTEM "{server.at}/dtd" [<!ENTITY e SYSTEM "{server.at}/e">'
        f'<!ENTITY % p SYSTEM "{server.at}/p"> %p;]>'
    )
    hostile: dict[str, tuple[str | bytes, str]] = {
        "/laughs": (laughs(f"{RSS}<description>&x;</description></channel></rss>"), "200"),
        "/laughs.xml": (laughs("<urlset>&x;</urlset>"), "200"),
        "/laughs.opml": (laughs("<opml><outline xmlUrl='&x;'/></opml>"), "200"),
        "/outside": (f"{outside}<rss version='2.0'><channel><title>&e;</title></channel></rss>", "200"),
        "/outside.xml": (f"{outside}<urlset>&e;</urlset>", "200"),
        "/outside.opml": (f"{outside}<opml>&e;</opml>", "200"),
        "/swells.xml.gz": (gzip.compress(b"<urlset>" + b" " * 50_000_000), "too_long"),
        "/twice.xml.gz": (gzip.compress(bomb(200_000_000)), "no_list"),
        "/deep": (f"{RSS}{'<a>' * 50_000}", "200"),
        "/deep.xml": ("<a>" * 50_000, "no_list"),
        "/long": (RSS + " " * 450_000, "too_long"),
    }
    for path, (body, _) in hostile.items():
        server.put(path, body, "application/xml")
    server.put(
        "/robots.txt",
        gzip.compress(b"User-agent: *\nDisallow: /x\n" * 4_000_000),
        "text/plain",
        Content_Encoding="gzip",
    )
    server.put("/packed", bomb(100_000_000), "text/xml", Content_Encoding="gzip")
    watching = Watching(tmp_path / "s.db")
    with little_memory(400):
        watching.once(*(server.at + path for path in [*hostile, "/packed"]), good)
    assert [one.article.title for one in watching.store.articles()] == ["Nouvelle 0 de Klow"]
    assert not {"/dtd", "/e", "/p"} & {path for path, _ in server.asked}
    wanted = {path: status for path, (_, status) in hostile.items()} | {"/packed": "too_long"}
    assert {path: watching.status(server.at + path) for path in wanted} == wanted
    failed = {str(values["place"]): values["status"] for key, values in watching.said if key.endswith("failed")}
    assert failed == {server.at + path: status for path, status in wanted.items() if status != "200"}


def test_an_index_of_itself_of_others_and_of_thousands(server: Site, tmp_path: Path) -> None:
    watching = Watching(tmp_path / "s.db")
    server.put(
        "/index.xml",
        index("/index.xml", "/again.xml", "/other.xml.gz", *(f"/{n}.xml" for n in range(5_000))),
        "text/xml",
    )
    server.put("/again.xml", status=302, Location="/index.xml")
    server.put("/other.xml.gz", gzip.compress(index("/index.xml", "/third.xml").encode()), "application/gzip")
    watching.once(server.at + "/index.xml")
    assert watching.status(server.at + "/again.xml") == watching.status(server.at + "/other.xml.gz") == "no_list"
    asked = {path for path, _ in server.asked}
    assert "/third.xml" not in asked and len(asked) <= MAPS + 2


def test_an_index_that_always_names_others_is_not_asked_for_more_and_more(server: Site, tmp_path: Path) -> None:
    watching = Watching(tmp_path / "s.db")
    for n in range(3):
        server.put("/index.xml", index(*(f"/{n}-{k}.xml" for k in range(MAPS))), "text/xml")
        for k in range(MAPS):
            server.put(f"/{n}-{k}.xml", "<urlset/>", "text/xml")
        watching.once(server.at + "/index.xml")
        watching.later(hours=1)
    due = [row for row in watching.sources.below(server.at + "/index.xml") if row.due]
    assert {row.key for row in due} == {f"{server.at}/2-{k}.xml" for k in range(MAPS)}
    # What is named again counts again.
    server.put("/index.xml", index("/0-0.xml"), "text/xml")
    watching.once(server.at + "/index.xml")
    assert [row.key for row in watching.sources.below(server.at + "/index.xml") if row.due] == [server.at + "/0-0.xml"]


def test_what_waits_has_an_end(server: Site, tmp_path: Path) -> None:
    watching = Watching(tmp_path / "s.db", replace(Settings(), waiting=2))
    feed = feed_of(server, *(f"/{n}.html" for n in range(4)), ETag='"1"')
    for held in (2, 4):
        watching.once(feed)
        watching.later(minutes=20)
        assert len(watching.ids()) == held
    assert watching.heard().count("full") == 1


def test_a_list_on_this_machine_has_an_end(server: Site, tmp_path: Path) -> None:
    server.put("/a.html", html("A"))
    watching = Watching(tmp_path / "s.db")
    (tmp_path / "a.opml").write_text("<opml>" + " " * 500_000, encoding="utf-8")
    watching.once(str(tmp_path / "a.opml"), server.at + "/a.html")
    assert watching.status(str(tmp_path / "a.opml")) == "too_long" and len(watching.ids()) == 1
