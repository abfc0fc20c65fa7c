"""A small file of each format that is read, made by hand: what is out there, with words of our own."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage

BODY = "L’armée a frappé le port de Kherson, où « sept personnes » sont mortes, a déclaré le gouverneur régional."
AFTER = "Les secours ont évacué douze blessés pendant la nuit, selon la préfecture, qui attend d’autres chiffres."
HTML = (
    f'<!DOCTYPE html><html lang="fr"><head><title>Le port frappé</title></head><body><h1>Le port frappé</h1>'
    f"<p>{BODY}</p><p>{AFTER}</p></body></html>"
)
ADDRESS = "https://lefil.example/2023/01/07/port.html"
TAKEN = "2023-01-07T10:00:00Z"


def http(body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", *fields: str) -> bytes:
    """An answer of a server."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}", *fields, "", ""]
    return "\r\n".join(lines).encode() + body


def record(
    block: bytes, url: str = ADDRESS, kind: str = "response", length: int | str | None = None, taken: str = TAKEN,
    media: str = "application/http; msgtype=response",
) -> bytes:  # fmt: skip
    """A record of a WARC file."""
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {taken}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>", f"Content-Type: {media}",
        f"Content-Length: {len(block) if length is None else length}", "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def page(n: int, **values: str) -> bytes:
    """A record with a page of its own."""
    html = HTML.replace("sept personnes", f"{n} personnes").encode()
    return record(http(html), f"https://lefil.example/2023/01/07/port-{n}.html", **values)


def packed(records: Iterable[bytes]) -> bytes:
    """Records as a compressed WARC file has them."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def wacz(files: dict[str, bytes], **options: int) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, options.get("compression"))
    return made.getvalue()


def pages(*urls: str) -> bytes:
    """A list of pages as WACZ files have it."""
    rows = [
        {"format": "json-pages-1.0", "id": "pages"},
        *({"url": url, "ts": TAKEN, "title": "Le port"} for url in urls),
    ]
    return "\n".join(map(json.dumps, rows)).encode()


def newsml(
    body: str = f"<p>{BODY}</p><p>{AFTER}</p>", meta: str = "", guid: str = "urn:newsml:agence.example:20230107:port",
    made: str = "2023-01-07T09:00:00+01:00", status: str = "usable", item_class: str = "text", content: str = "",
) -> str:  # fmt: skip
    """A news item."""
    content = content or (
        f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body>'
        "</html></inlineXML>"
    )
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" xml:lang="fr">'
        f'<itemMeta><itemClass qcode="ninat:{item_class}"/><provider qcode="prov:AX"><name>Agence Exemple</name>'
        "</provider>"
        f'<versionCreated>{made}</versionCreated>{meta}<pubStatus qcode="stat:{status}"/></itemMeta>'
        "<contentMeta><urgency>2</urgency><headline>Le port de Kherson frappé</headline>"
        '<headline role="hld:sub">Douze blessés évacués</headline><by>Par Anne Martin</by>'
        "<dateline>KHERSON, 7 jan (Agence Exemple)</dateline>"
        f'<language tag="fr-FR"/></contentMeta><contentSet>{content}</contentSet></newsItem>'
    )


def message(*items: str) -> str:
    """A message with some items."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        "<sent>2023-01-07T08:00:00Z</sent></header><itemSet>\n" + "\n".join(items) + "</itemSet></newsMessage>"
    )


def nitf(body: str = f"<p>{BODY}</p><p>{AFTER}</p>", data: str = "") -> str:
    """A document in NITF."""
    return (
        '<nitf baselang="fr"><head><title>Le port</title><docdata management-status="usable">'
        f'<doc-id id-string="ax-17" regsrc="AX"/><date.issue norm="20230107T090000Z"/>{data}</docdata></head><body>'
        "<body.head><hedline><hl1>Le port de Kherson frappé</hl1></hedline><byline>Par Anne Martin"
        "<byttl>Envoyée spéciale</byttl></byline><distributor>Agence Exemple</distributor></body.head>"
        f"<body.content><block>{body}</block><media><media-reference source='a.jpg'/><media-caption>Le port, vendredi."
        "</media-caption></media></body.content></body></nitf>"
    )


def ninjs(**fields: object) -> dict[str, object]:
    """An item of ninjs 1.x."""
    return {
        "uri": "urn:newsml:agence.example:20230107:port", "type": "text", "versioncreated": "2023-01-07T09:00:00+01:00",
        "pubstatus": "usable", "language": "fr", "headline": "Le port de Kherson frappé", "byline": "Par Anne Martin",
        "body_xhtml": f"<p>{BODY}</p><p>{AFTER}</p>", "infosource": [{"name": "Agence Exemple"}], **fields,
    }  # fmt: skip


def ninjs3(**fields: object) -> dict[str, object]:
    """An item of ninjs 3.x."""
    return {
        "uri": "urn:newsml:agence.example:20230107:port", "standard": {"name": "ninjs", "version": "3.0"},
        "type": "text", "versionCreated": "2023-01-07T09:00:00+01:00",
        "pubStatus": "usable", "language": "fr", "by": "Par Anne Martin",
        "headlines": [{"role": "main", "value": "Le port de Kherson frappé"}],
        "bodies": [
            {"role": "text", "contentType": "text/plain", "value": f"{BODY}\n{AFTER}"},
            {"role": "main", "contentType": "text/html", "value": f"<p>{BODY}</p><p>{AFTER}</p>"},
        ],
        "infoSources": [{"name": "Agence Exemple"}], **fields,
    }  # fmt: skip


def letter(html: str = HTML, plain: str = f"{BODY}\n\n{AFTER}\n") -> EmailMessage:
    """A newsletter with a file attached."""
    made = EmailMessage()
    made["From"] = "La lettre du Fil <lettre@lefil.example>"
    made["To"] = "desk@example.org"
    made["Subject"] = "Le port frappé : ce que l’on sait"
    made["Date"] = "Sat, 07 Jan 2023 07:00:00 +0100"
    made["Message-ID"] = "<20230107.1@lefil.example>"
    if plain:
        made.set_content(plain)
    if html:
        (made.add_alternative if plain else made.set_content)(html, subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="note.pdf")
    return made


def parquet(rows: list[dict[str, object]]) -> bytes:
    """A table in Parquet."""
    import pyarrow
    from pyarrow import parquet as written

    made = io.BytesIO()
    written.write_table(pyarrow.Table.from_pylist(rows), made)
    return made.getvalue()


ROW: dict[str, object] = {"id": "a", "text": f"{BODY}\n{AFTER}", "published": "2023-01-07", "outlet": "Le Fil"}
# From the name of a reader to the name of a file and what is in it.
SAMPLES: dict[str, tuple[str, bytes]] = {
    "text": ("a.txt", f"{BODY}\n{AFTER}\n".encode()),
    "html": ("a.html", HTML.encode()),
    "jsonl": ("a.jsonl", json.dumps(ROW).encode()),
    "csv": ("a.csv", f'id,text\na,"{BODY}"\n'.encode()),
    "warc": ("a.warc.gz", packed([page(1), page(2)])),
    "wacz": ("a.wacz", wacz({"archive/data.warc.gz": packed([page(1), page(2)]), "pages/pages.jsonl": pages()})),
    "newsml": ("a.xml", message(newsml()).encode()),
    "nitf": ("b.xml", nitf().encode()),
    "ninjs": ("a.json", json.dumps(ninjs()).encode()),
    "mail": ("a.eml", bytes(letter())),
    "parquet": ("a.parquet", parquet([ROW])),
}
