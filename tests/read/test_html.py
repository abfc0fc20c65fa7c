"""Pages: their text, what markup says of its lines, their metadata, and pages that are broken."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.read import Problem, read_inputs
from recoupe.read.html import page_of

PAGE = """<!DOCTYPE html><html lang="fr-FR"><head><title>Trêve rompue à Kherson – Le Fil</title>
<meta property="og:site_name" content="Le Fil"><link rel="canonical" href="https://lefil.example/2023/01/07/treve">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Trêve rompue à Kherson",
"datePublished": "2023-01-06T23:30:00+01:00"}]}</script></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/m">Monde</a></li></ul></nav>
<div class="cookie-banner">Nous utilisons des cookies. <button>Accepter</button></div>
<article><header><h1>Trêve rompue à Kherson</h1><p class="byline">Par <span>Anne Martin</span></p></header>
<figure><img src="x"><figcaption>Un immeuble détruit.</figcaption></figure>
<p>Les autorités ont accusé les forces russes d'avoir rompu la trêve qu'elles avaient <b>elles-mêmes</b> annoncée.</p>
<script>var x = "<p>non</p>";</script><style>p { color: red }</style>
<h2>Des tirs dès midi</h2>
<p>Le gouverneur régional a dit que sept personnes avaient été blessées dans la matinée,<br>dont un pompier.</p>
</article><aside><h3>Les plus lus</h3><ul><li><a href="/z">Une autre histoire sans rapport aucun</a></li></ul></aside>
<footer>© Le Fil 2023</footer></body></html>"""


def test_lines_and_hints() -> None:
    page = page_of(PAGE)
    assert page.text.split("\n") == [
        "Accueil",
        "Monde",
        "Nous utilisons des cookies. Accepter",
        "Trêve rompue à Kherson",
        "Par Anne Martin",
        "Un immeuble détruit.",
        "Les autorités ont accusé les forces russes d'avoir rompu la trêve qu'elles avaient elles-mêmes annoncée.",
        "Des tirs dès midi",
        "Le gouverneur régional a dit que sept personnes avaient été blessées dans la matinée,",
        "dont un pompier.",
        "Les plus lus",
        "Une autre histoire sans rapport aucun",
        "© Le Fil 2023",
    ]
    kinds = {page.text[start:end]: kind for start, end, kind in page.hints}
    assert kinds["Accueil"] == kinds["© Le Fil 2023"] == kinds["Les plus lus"] == "chrome"
    assert kinds["Trêve rompue à Kherson"] == "title"
    assert kinds["Un immeuble détruit."] == "caption"
    assert kinds["Par Anne Martin"] == "meta"
    assert page.repairs == ()


def test_metadata() -> None:
    known = page_of(PAGE).known
    assert (known.published, known.lang) == ("2023-01-06T23:30:00+01:00", "fr-FR")
    assert (known.title, known.outlet) == ("Trêve rompue à Kherson", "Le Fil")
    assert known.url == "https://lefil.example/2023/01/07/treve"


def test_deep_nesting_is_flattened() -> None:
    deep = (
        "<html><body>" + "<div>" * 10_000 + "<p>Une trêve.</p>" + "</div>" * 10_000 + "<p>Des tirs.</p></body></html>"
    )
    page = page_of(deep)
    assert page.text.split("\n") == ["Une trêve.", "Des tirs."]
    assert page.repairs == ("deep",)


@pytest.mark.parametrize("tag", ["b", "span", "li", "table", "blockquote", "a", "font", "ul"])
def test_deep_nesting_of_any_tag(tag: str) -> None:
    assert "Une trêve." in page_of(f"<html><body>{f'<{tag}>' * 5_000}Une trêve.</body></html>").text


@pytest.mark.parametrize("end", ["<a hr", "", "<!-- "])
def test_cut_off(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.html").write_text(f"<html lang=fr><body><p>Une trêve a été annoncée hier.</p><p>Le gouverneur {end}")
    problem, article = read_inputs([tmp_path / "a.html"], now="2026-11-22T03:00:00Z")
    assert isinstance(problem, Problem) and problem.repaired and problem.key == "read.repaired.cut_off"
    assert not isinstance(article, Problem) and article.text.startswith("Une trêve a été annoncée hier.\nLe gouverneur")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "windows-1251", "utf-8"])
def test_declared_encodings(tmp_path: Path, encoding: str) -> None:
    words = "Зеленский" if encoding == "windows-1251" else "déjà été"
    html = (
        f'<html><head><meta charset="{encoding}"></head><body><p>Une phrase, {words}, pour voir ici.</p></body></html>'
    )
    (tmp_path / "a.html").write_bytes(html.encode(encoding))
    (article,) = read_inputs([tmp_path / "a.html"], now="2026-11-22T03:00:00Z")
    assert not isinstance(article, Problem) and words in article.text


@given(st.text(alphabet="<>/=\"' abdivphnsct!-&;#x0é\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_markup(html: str) -> None:
    page = page_of(html)
    spans = [(start, end) for start, end, _ in page.hints]
    assert spans == sorted(spans) and all(0 <= start < end <= len(page.text) for start, end in spans)
    assert page == page_of(html)
