"""What names articles: every kind of list in its usual forms, and whatever bytes come in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.watch.coming.addresses import address, server
from recoupe.watch.coming.lists import listed

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://b.example/d/"><title>Le Fil</title>
<entry xml:base="e/"><link rel="enclosure" href="z.mp3"/><link href="a.html"/>
<published>2026-11-21T10:00:00Z</published>
<updated>2026-11-22T10:00:00+01:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
<title>Le Fil</title><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="x"><link>http://r.example/1</link><dc:date>2026-11-22</dc:date></item></rdf:RDF>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Fil</title><language>fr</language><ttl>60</ttl>
<item><link>/1</link><pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate></item>
<item><guid>https://x.example/2</guid></item><item><link>javascript:alert(1)</link></item><item/></channel></rss>"""
BURNER = """<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
<link>http://feeds.example/~r/x</link><feedburner:origLink>https://x.example/1</feedburner:origLink></item></channel>
</rss>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://x.example/1?a=1&amp;b=2 </loc><news:news>
<news:publication><news:name>Le Fil</news:name><news:language>fr</news:language></news:publication>
<news:publication_date>2026-11-22T10:00:00Z</news:publication_date></news:news></url><url><loc>ftp://x/</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("text", "kind", "urls", "stamp", "outlet", "ttl"),
    [
        (ATOM, "feed", ["https://b.example/d/e/a.html"], "2026-11-22T09:00", "Le Fil", 0),
        (RDF, "feed", ["http://r.example/1"], "2026-11-22T00:00", "Le Fil", 1800),
        (RSS, "feed", ["https://x.example/2", "https://x.example/1"], "", "Le Fil", 3600),
        (BURNER, "feed", ["https://x.example/1"], "", None, 0),
        (NEWS, "map", ["https://x.example/1?a=1&b=2"], "2026-11-22T10:00", "Le Fil", 0),
        ("\ufeff  \n" + NEWS, "map", ["https://x.example/1?a=1&b=2"], "2026-11-22T10:00", "Le Fil", 0),
    ],
)
def test_lists_in_their_usual_forms(
    text: str, kind: str, urls: list[str], stamp: str, outlet: str | None, ttl: float
) -> None:
    found = listed(text.encode(), "https://x.example/rss")
    assert found is not None and found.kind == kind and found.ttl == ttl
    assert [one.url for one in found.named] == urls
    assert found.named[0].stamp.startswith(stamp) and found.named[0].known.outlet == outlet


def test_what_a_list_says_of_an_article_is_known() -> None:
    for text in (RSS, NEWS):
        found = listed(text.encode(), "https://x.example/rss")
        assert found is not None and found.named[-1].known.lang == "fr"
        assert (found.named[-1].known.published or "").startswith("2026-11-22")


@pytest.mark.parametrize(
    "text",
    [
        "<a:rss xmlns:a='b\u2003c\u2003d'><item/></a:rss>",
        "",
        "<html><body>x",
        "<!DOCTYPE html><html>",
        "{}",
        "<?xml version='1.0'?><a/>",
        "<<<",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert listed(text.encode(), "https://x.example/") is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_the_bytes_are_there_is_a_list_or_none(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from([ATOM, RDF, RSS, NEWS, ""])).encode()
    at = data.draw(st.integers(0, len(raw)))
    hurt = raw[:at] + data.draw(st.binary(max_size=40)) + raw[at + data.draw(st.integers(0, 9)) :]
    found = listed(
        hurt, "https://x.example/", data.draw(st.sampled_from(["", "text/xml; charset=utf-16", "x/y; charset=?"]))
    )
    for one in found.named if found else ():
        assert one.url.startswith(("http://", "https://")) and one.url.isascii()


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("../b.html", "https://base.example/b.html"), ("//c.example/z", "https://c.example/z"),
        ("HTTP://X.Example:80/É?q=é#a", "http://x.example/%C3%89?q=%C3%A9"), ("", ""), (" ", ""),
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://x.example/a b", "http://x.example/a%20b"), ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("javascript:alert(1)", ""), ("http://a b/", ""), ("http://u:p@x/", ""), ("http://x:0/", ""),
        ("http://x:99999/", ""),
        ("http://[zz]/", ""), ("mailto:a@b", ""), ("http://x/" + "y" * 3000, ""), ("http://", ""),
    ],
)  # fmt: skip
def test_addresses_are_made_whole(text: str, made: str) -> None:
    assert address(text, "https://base.example/dir/a.html") == made


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(text: str) -> None:
    for found in (address(text), address(f"http://{text}/"), address(text, "http://a.example/")):
        assert not found or (address(found) == found and server(found) and found.isascii() and " " not in found)
