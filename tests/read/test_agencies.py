"""NewsML-G2, NITF and ninjs: what an item says, in the forms that agencies send, and items that are none."""

import json
from pathlib import Path

import pytest
from samples import AFTER, BODY, message, newsml, ninjs, ninjs3, nitf

from recoupe.model.article import Article
from recoupe.read import HeldBack, Problem, read_inputs
from recoupe.read.wrapped import paragraphs, unflowed

NOW = "2026-11-22T03:00:00+00:00"
HEADS = "Le port de Kherson frappé"
ENDLESS = "9999-01-01T00:00:00+00:00"


def read(path: Path, name: str, data: str | bytes) -> tuple[list[Article], list[Problem]]:
    """The articles and problems of a file."""
    (path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    items = list(read_inputs([path / name], now=NOW))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Problem)]


def keys(problems: list[Problem]) -> list[str]:
    return [problem.key.removeprefix("read.") for problem in problems]


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", newsml()),
        ("a.xml", message(newsml())),
        ("a.xml", newsml().replace("xmlns=", "xmlns:g=").replace("<", "<g:").replace("<g:/", "</g:")),
        (
            "a.xml",
            b'<?xml version="1.0" encoding="ISO-8859-1"?>' + newsml().encode("latin-1", "xmlcharrefreplace"),
        ),
        ("a.json", dumped(ninjs())),
        ("a.json", dumped([ninjs()])),
        ("a.json", "\ufeff" + dumped(ninjs3())),
        ("a.json", dumped({"data": {"items": [{"meta": {}, "item": ninjs()}]}})),
        ("a.jsonl", dumped(ninjs()) + "\n\n" + dumped(ninjs3()) + "\n"),
        ("a.json", dumped(ninjs()) + "\n" + dumped(ninjs()) + "\n"),
    ],
)
def test_what_an_item_says(tmp_path: Path, name: str, data: str | bytes) -> None:
    (article,), problems = read(tmp_path, name, data)
    assert problems == []
    assert (article.id, article.title) == ("urn:newsml:agence.example:20230107:port", HEADS)
    assert (article.published, article.published_by, article.lang) == ("2023-01-07", "metadata", "fr")
    assert (article.outlet, article.url, article.read) == ("Agence Exemple", "", NOW)
    lines = article.text.split("\n")
    assert lines[0] == HEADS and lines[-2:] == [BODY, AFTER] and "Par Anne Martin" in lines
    kinds = {article.text[start:end]: kind for start, end, kind in article.hints}
    assert kinds[HEADS] == "title" and kinds["Par Anne Martin"] == "meta"


def test_newsml_lines(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, "a.xml", newsml())
    assert article.text.split("\n") == [
        HEADS, "Douze blessés évacués", "Par Anne Martin", "KHERSON, 7 jan (Agence Exemple)", BODY, AFTER
    ]  # fmt: skip


def test_what_stands_in_the_body_is_not_repeated(tmp_path: Path) -> None:
    body = f"<h1>{HEADS}</h1><p>Par  ANNE Martin</p><p>{BODY}</p>"
    (article,), _ = read(tmp_path, "a.xml", newsml(body))
    assert article.text.count(HEADS) == 1 and "Par Anne Martin" not in article.text


WIRE = (
    "   KHERSON, 7 jan (Agence Exemple) - L'armée a frappé le port,\noù sept personnes sont mortes, a déclaré le "
    "gouverneur régional.\n   Les secours ont évacué douze blessés pendant la nuit, selon la\npréfecture.\n"
)


@pytest.mark.parametrize(
    "content",
    [
        f'<inlineData contenttype="text/plain">{WIRE}</inlineData>',
        f'<inlineData contenttype="text/plain"><![CDATA[\n<p>\n      {WIRE}  </p>]]></inlineData>',
        f'<inlineXML contenttype="application/xhtml+html"><html><body><p>{WIRE}</p></body></html></inlineXML>',
    ],
)
def test_a_wire_laid_out_by_indents(tmp_path: Path, content: str) -> None:
    (article,), _ = read(tmp_path, "a.xml", newsml(content=content))
    lines = article.text.split("\n")
    assert lines[-1].startswith("Les secours") and lines[-1].endswith("préfecture.")
    assert "(Agence Exemple) - L'armée" in lines[-2] and lines[-2].endswith("régional.")


@pytest.mark.parametrize(
    "content",
    [
        f'<inlineXML contenttype="application/nitf+xml">{nitf()}</inlineXML>',
        f'<inlineXML contenttype="xhtml/xml"><html><body><p>{BODY}</p><p>{AFTER}</p></body></html></inlineXML>',
        f'<inlineXML contenttype="application/xhtml+xml"><div><p>{BODY}</p><p>{AFTER}</p></div></inlineXML>',
        f'<inlineData contenttype="text/html">&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;{AFTER}&lt;/p&gt;</inlineData>',
        f'<inlineData contenttype="text/plain">non</inlineData><inlineXML><p>{BODY}</p><p>{AFTER}</p></inlineXML>',
        f"<inlineData>{BODY}\n{AFTER}</inlineData>",
    ],
)
def test_forms_of_a_body(tmp_path: Path, content: str) -> None:
    (article,), _ = read(tmp_path, "a.xml", newsml(content=content))
    assert f"{BODY}\n{AFTER}" in article.text


def test_nitf_lines(tmp_path: Path) -> None:
    (article,), problems = read(tmp_path, "a.xml", '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">' + nitf())
    assert article.text.split("\n") == [
        HEADS, "Par Anne Martin Envoyée spéciale", "Agence Exemple", BODY, AFTER, "Le port, vendredi."
    ]  # fmt: skip
    assert (article.id, article.outlet, article.published, problems) == ("ax-17", "Agence Exemple", "2023-01-07", [])
    kinds = {article.text[start:end]: kind for start, end, kind in article.hints}
    assert kinds["Le port, vendredi."] == "caption"


@pytest.mark.parametrize(
    ("name", "data", "until"),
    [
        ("a.xml", newsml(meta="<embargoed>2031-02-03T12:00:00+01:00</embargoed>"), "2031-02-03T11:00:00+00:00"),
        ("a.xml", newsml(meta="<embargoed>2031-02-03T12:00:00</embargoed>"), "2031-02-04T00:00:00+00:00"),
        ("a.xml", newsml(meta="<embargoed/>"), ENDLESS),
        ("a.xml", newsml(meta="<embargoed>9999-12-31T23:59:59-12:00</embargoed>"), ENDLESS),
        ("a.xml", newsml(status="withheld"), ENDLESS),
        ("a.xml", nitf(data='<date.release norm="20310203T110000Z"/>'), "2031-02-03T11:00:00+00:00"),
        ("a.json", dumped(ninjs(embargoed="2031-02-03T11:00:00+0000")), "2031-02-03T11:00:00+00:00"),
        ("a.json", dumped(ninjs3(embargoedUntil="2031-02-03T11:00:00Z")), "2031-02-03T11:00:00+00:00"),
        ("a.json", dumped(ninjs(embargoed="when it is over")), ENDLESS),
        ("a.json", dumped(ninjs(pubstatus="withheld")), ENDLESS),
        ("a.json", dumped(ninjs(embargoed=None)), None),
    ],
)
def test_an_embargo_is_said_before_the_article(tmp_path: Path, name: str, data: str, until: str | None) -> None:
    (article,), problems = read(tmp_path, name, data)
    held = [(one.doc, one.until, one.by, one.repaired) for one in problems if isinstance(one, HeldBack)]
    assert held == ([] if until is None else [(article.id, until, "Agence Exemple", True)]) and len(held) == len(
        problems
    )


@pytest.mark.parametrize(
    ("name", "data", "reasons"),
    [
        ("a.xml", newsml(status="canceled"), ["canceled"]),
        ("a.json", dumped(ninjs(pubstatus="canceled")), ["canceled"]),
        ("a.xml", newsml(item_class="picture"), ["no_item"]),
        ("a.xml", message(), ["no_item"]),
        ("a.xml", "<conceptItem/>", ["no_item"]),
        ("a.xml", "<rss><channel/></rss>", ["no_item"]),
        ("a.xml", newsml(content="<remoteContent href='a.jpg'/>"), ["empty"]),
        ("a.xml", newsml(content="<inlineXML><sports-content><p>1</p></sports-content></inlineXML>"), ["empty"]),
        ("a.xml", newsml(guid="x" * 999), ["no_id"]),
        ("a.xml", newsml()[:-40], ["not_xml"]),
        ("a.xml", newsml().replace("Kherson", "Kher\0son"), ["not_xml"]),
        ("a.xml", newsml(f"<p>{'a ' * 600_000}</p>"), ["too_long"]),
        ("a.xml", newsml("<b>" * 100_000 + "</b>" * 100_000), ["not_xml"]),
        ("a.json", dumped(ninjs(type="picture")), ["no_item"]),
        ("a.json", dumped({"id": 1}), ["no_item"]),
        ("a.json", "[]", ["no_item"]),
        ("a.json", "[" * 100_000, ["not_json"]),
        ("a.json", '{"item":' * 100_000, ["not_json"]),
        ("a.json", dumped(ninjs())[:-9], ["not_json"]),
        ("a.json", dumped(ninjs(body_xhtml="")), ["empty"]),
        ("a.json", dumped(ninjs(uri=7)), ["ok"]),
        ("a.json", dumped([ninjs(uri=7), ninjs(uri=8)]), ["no_id", "no_id"]),
        ("a.jsonl", dumped(ninjs()) + "\nnope\n" + dumped({"uri": 1}) + "\n", ["not_json", "no_item"]),
    ],
)
def test_what_is_no_article(tmp_path: Path, name: str, data: str, reasons: list[str]) -> None:
    articles, problems = read(tmp_path, name, data)
    assert keys(problems) == ([] if reasons == ["ok"] else reasons)
    assert len(articles) == (reasons == ["ok"] or name == "a.jsonl")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("prolog", "words"),
    [
        (f'<!DOCTYPE newsItem [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"),
        ('<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!DOCTYPE newsItem [<!ENTITY % p SYSTEM "http://127.0.0.1:9/a.dtd"> %p;]>', "a"),
        ('<!DOCTYPE newsItem [<!ENTITY x "un mot">]>', "&x;"),
        (f'<!DOCTYPE newsItem [<!ENTITY x "{"a" * 50_000}">]>', "&x;" * 50_000),
    ],
)
def test_no_entity_is_read(tmp_path: Path, prolog: str, words: str) -> None:
    for hidden in (newsml(f"<p>{BODY} {words}</p>"), newsml(guid=words)):
        assert read(tmp_path, "a.xml", prolog + hidden)[0] == []


def test_a_message_goes_on_after_what_is_no_article(tmp_path: Path) -> None:
    items = [newsml(guid=f"g{n}", body=f"<p>{BODY} {n}</p>") for n in range(3)]
    items[1:1] = [newsml(guid="p", item_class="picture"), newsml(guid="c", status="canceled"), newsml(content="<a/>")]
    articles, problems = read(tmp_path, "a.xml", message(*items))
    assert [one.id for one in articles] == ["g0", "g1", "g2"] and keys(problems) == ["canceled", "empty"]
    assert [str(one.values["place"]).rpartition(":")[2] for one in problems] == ["5", "6"]


def test_versions_of_an_item(tmp_path: Path) -> None:
    def version(n: int) -> str:
        return newsml(body=f"<p>{BODY} Version {n}.</p>", made=f"2023-01-07T0{n}:00:00+01:00")

    articles, problems = read(tmp_path, "a.xml", message(version(1), version(2), version(2)))
    assert [one.text[-10:] for one in articles] == ["Version 1.", "Version 2."] and problems == []
    articles, problems = read(tmp_path, "a.xml", message(version(2), version(1)))
    assert [one.text[-10:] for one in articles] == ["Version 2."] and keys(problems) == ["older"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body_xhtml": "", "body_text": f"{BODY}\n{AFTER}"}, f"{BODY}\n{AFTER}"),
        ({"body_html": f"<p>{BODY}</p>", "body_xhtml": None}, BODY),
        ({"body_xhtml": None, "bodies": [{"value": BODY}]}, BODY),
        ({"body_xhtml": None, "bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": nitf()}]}, f"{BODY}\n{AFTER}"),
        ({"body_xhtml": None, "description_text": BODY}, BODY),
        ({"body_xhtml": None, "descriptions": [{"role": "creditline", "value": "x"}, {"value": BODY}]}, BODY),
    ],
)
def test_forms_of_a_ninjs_body(tmp_path: Path, fields: dict[str, object], words: str) -> None:
    (article,), _ = read(tmp_path, "a.json", dumped(ninjs(**fields)))
    assert words in article.text and "x\n" not in article.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un.\nDeux.", ["Un.", "Deux."]),
        ("Un mot assez long et\nun autre.\n\nFin ici.\nx\n", ["Un mot assez long et un autre.", "Fin ici.", "x"]),
        ("  Une phrase\nqui continue.\n  Un autre, et\nfin.", ["Une phrase qui continue.", "Un autre, et fin."]),
        ("* un, long\n* deux, long\n* trois, long\n* fin", ["* un, long", "* deux, long", "* trois, long", "* fin"]),
        (f"{'a' * 120}\nb\nc\nd\ne", ["a" * 120, "b", "c", "d", "e"]),
        ("", []),
    ],
)  # fmt: skip
def test_paragraphs(text: str, found: list[str]) -> None:
    assert paragraphs(text) == found


def test_unflowed() -> None:
    assert unflowed("Un mot \net un autre.\r\n Fin. \n-- \nAnne") == "Un mot et un autre.\nFin. \n-- \nAnne"
    assert unflowed("Un \nmot", delete_space=True) == "Unmot"
