"""A store in which every string of strings.json stands in every field that a stranger or a user can write.

The records and relations are written by hand: the readers and annotators would take much of it out."""

import json
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoupe.brief.changes.change import Change
from recoupe.brief.model import Line, Link, Part, Support
from recoupe.lang import available
from recoupe.model.article import Article
from recoupe.model.decisions import Decision, Side
from recoupe.model.records import Annotated, Block, Claim, Event, Figure, Name, Record, Span, Time, identified
from recoupe.model.relations import (
    Answer,
    Dispute,
    Entity,
    Happening,
    Incident,
    Origin,
    Place,
    Question,
    Relations,
    Reuse,
    Statement,
    Story,
    Truce,
    TruceAnswer,
)  # fmt: skip
from recoupe.model.reviews import Review, quoted
from recoupe.run import saying
from recoupe.store import Store
from recoupe.store.sources import Sources, Watched
from recoupe.watch.notice import Notice

KINDS: list[tuple[str, str]] = json.loads(Path(__file__).with_name("strings.json").read_text("utf-8"))
STRINGS = [text for _, text in KINDS]
# What stands for each string in the store that is made to compare with: the same places, nothing in them.
MILD = [f"harmless {n}" for n in range(len(STRINGS))]
# So many articles stand in relations with one another.
TOGETHER = 3
READ = "2031-03-05T00:00:00+00:00"


class Piece(NamedTuple):
    """One string in an article: its own records, and what stands between it and others."""

    n: int
    text: str
    found: Annotated
    by: dict[str, Record]

    @property
    def doc(self) -> str:
        return self.found.article.id

    def ref(self, name: str) -> tuple[str, str]:
        return self.doc, self.by[name].id


class Writer:
    """A text in the making, with the spans of what was written."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: dict[str, Span] = {}

    def write(self, words: str, name: str = "") -> None:
        start = len(self.text)
        self.text += words
        if name:
            self.spans[name] = (start, len(self.text))


def piece(n: int, s: str, earlier: bool = False) -> Piece:
    """An article about one string; `earlier` is the version that the outlet wrote anew since."""
    written = Writer()
    written.write(s)
    written.write("\n\n")
    for name, after in (("who", " a dit à "), ("where", " le "), ("when", " que "), ("said", " avec "), ("of", ", ")):
        written.write(s, name)
        written.write(after)
    written.write("dit", "cue")
    written.write(" douze", "many")
    written.write(" frappes", "hit")
    written.write(" et une trêve", "truce")
    written.write(". ")
    written.write(s, "answer")
    written.write(f".\nAvant : {s}. Avant.\n" if earlier else f".\nAprès : {s}. Après.\n")
    article = Article(
        id=f"{n}/{s}", text=written.text, sha256="ab" * 32, lang=("fr", "en")[n % 2], published="2031-03-04",
        published_by="text" if n % 3 else "given", source=f"/folder/{s}", read=READ, url=s, title=s if n % 5 else "",
        outlet=s, translated=True, translated_why=(f"words:{s}",),
    )  # fmt: skip
    by: dict[str, Record] = {}

    def put(name: str, layer: type[Record], span: str, **more: object) -> None:
        start, end = written.spans[span]
        made = layer(start=start, end=end, text=written.text[start:end], **more)
        by[name] = identified(made, article)

    at = 0
    for i, line in enumerate(written.text.split("\n")):
        if line.strip():
            written.spans["line"] = (at, at + len(line))
            put(f"line{i}", Block, "line", kind="title" if i == 0 else "body")
        at += len(line) + 1
    day = {"earliest": "2031-03-03T00:00", "latest": "2031-03-04T00:00"}
    put("time", Time, "when", type="TIME", value=s, zone=s, quant=s, mod=s, grain="day", **day)
    put("per", Name, "who", type="PER", entity=f"per/{s}")
    put("loc", Name, "where", type="LOC", entity=f"loc/{s}")
    put("org", Name, "of", type="ORG", entity=f"org/{s}", stands_for=f"loc/{s}")
    source = {"source": written.spans["who"], "source_entity": f"per/{s}", "cue": written.spans["cue"]}
    put("claim", Claim, "said", **source, channel=written.spans["of"], more=(written.spans["answer"],))
    put("denial", Claim, "answer", **source, act="deny", polarity="-")
    about = {"counts": (s,), "unit": s, "per": None, "of": written.spans["of"], "claims": (by["claim"].id,)}
    put("hit", Event, "hit", type="strike", status="claimed", actor=written.spans["who"], target=written.spans["of"],
        place=written.spans["where"], time_span=written.spans["when"], claims=(by["claim"].id,))  # fmt: skip
    put("toll", Figure, "many", low=n + 1, high=n + 1, measure="killed", party=f"org/{s}", by=f"per/{s}",
        event=by["hit"].id, as_of="2031-03-03", **about)  # fmt: skip
    put("more", Figure, "answer", low=n + 9, high=None, measure="wounded", party=f"org/{s}", **about)
    put("truce", Event, "truce", type="ceasefire", status="planned", claims=(by["claim"].id,))
    return Piece(n, s, Annotated(article, tuple(by.values())), by)


def entities(one: Piece) -> list[Entity]:
    """The three that an article names."""
    made = []
    for kind, place in (("per", None), ("org", None), ("loc", Place(lat=49.0, lon=one.n % 90, precision="town"))):
        slug = f"{kind}/{one.text}"
        made.append(
            Entity(
                id=f"e{one.n}{kind}", slug=slug, type=kind.upper(), label=one.text, forms=((one.text, 2), ("other", 1)),
                referents=((one.doc, slug),), mentions=(one.ref(kind),), place=place, keys=(slug,),
                unsure=((f"e{one.n}org", "role"),) if kind == "per" else (), decided=(f"decided{one.n}",),
            )
        )  # fmt: skip
    return made


def related(pieces: list[Piece]) -> Relations:
    """What stands between the articles: each with the next in a story, a dispute, a truce, a copied passage."""
    told: dict[str, list[object]] = {name: [] for name in Relations.__struct_fields__}
    for one, two in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        n, s = one.n, one.text
        who, where = f"e{n}per", f"e{n}loc"
        told["entities"] += entities(one)
        day = {"earliest": "2031-03-03T00:00", "latest": "2031-03-04T00:00"}
        told["happenings"].append(
            Happening(id=f"h{n}", type="strike", means="shelling", mentions=(one.ref("hit"), two.ref("hit")), actor=who,
                      target=f"e{n}org", place=where, **day)  # type: ignore[arg-type]
        )  # fmt: skip
        told["statements"] += [
            Statement(id=f"s{n}{name}", claims=(one.ref(name), two.ref(name)), shown=one.ref(name), act=act,
                      polarity="+", source=who, texts=2, first_sources=(who, s), withdrawn=two.ref("denial"))
            for name, act in (("claim", "assert"), ("denial", "deny"))
        ]  # fmt: skip
        told["questions"].append(Question(id=f"q{n}", measure="killed", figures=(one.ref("toll"), two.ref("toll"))))
        told["reuse"].append(
            Reuse(id=f"r{n}", a=(one.doc, *one.by["claim"].span), b=(two.doc, *two.by["claim"].span), kind="copy")
        )
        told["origins"].append(Origin(id=f"o{n}", docs=(one.doc, two.doc), evidence=(f"agency:{s}",), sure=n % 2 == 0))
        told["stories"].append(
            Story(id=f"story{n}", story=s, docs=(one.doc, two.doc), title=s if n % 4 else "", happenings=(f"h{n}",),
                  title_from=(one.doc, *one.by["per"].span), texts=2)
        )  # fmt: skip
        told["disputes"] += disputes(one, two)
        told["truces"].append(
            Truce(
                id=f"t{n}", mentions=(one.ref("truce"),), by=(who,), stage="ordered", **day, zone=s,  # type: ignore[arg-type]
                window=(one.ref("time"),), scope=((one.doc, *one.by["loc"].span),), story=f"story{n}",
                answers=(TruceAnswer(side=who, claim=one.ref("claim"), stance="accepted"),),
                incidents=(
                    Incident(event=one.ref("hit"), when="inside", claim=one.ref("claim"), actor=who, place=where),
                ),
            )
        )  # fmt: skip
    return Relations(**{name: tuple(some) for name, some in told.items()})  # type: ignore[arg-type]


def disputes(one: Piece, two: Piece) -> list[object]:
    """A number and a denial, answered with the string itself."""

    def answer(of: Piece, name: str, group: int, **more: object) -> Answer:
        record = of.by[name]
        return Answer(
            doc=of.doc, start=record.start, end=record.end, text=record.text, group=group, voice="unnamed",
            claim=of.by["claim"].id, source_entity=f"per/{of.text}", says=of.text, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    n, s = one.n, one.text
    numbers = (answer(one, "toll", 1, low=n + 1, high=n + 1), answer(two, "toll", 2, low=n + 2, high=n + 2))
    said = (answer(one, "claim", 1), answer(two, "denial", 2, withdrawn=one.ref("denial")))
    return [
        Dispute(id=f"d{n}n", question=s, kind="number", why="relate.why.speaker", story=f"story{n}", answers=numbers),
        Dispute(id=f"d{n}s", question=s, kind="denial", why="relate.why.denied", story=f"story{n}", answers=said),
    ]


def reviews(one: Piece) -> list[Review]:
    """What a user can write: names, notes, fields, reasons, of what is there and of what is not."""
    n, s = one.n, one.text
    record = one.by["claim"]
    about = {"doc": one.doc, "record": record.id, "layer": "claim", **quoted(one.found, record)}  # type: ignore[arg-type]
    gone = {**about, "record": "gone", "quote": s, "prefix": s, "suffix": s}
    free = {"doc": "", "about": (("", s),)}
    return [
        saying.signed(s, s, verdict="corrected", status="checked", fields={"source": s, s: s, "act": s}, **about),
        saying.signed(f"{s} 2", s, verdict="rejected", **about),
        saying.signed(s, s, verdict="noted", **gone),
        saying.signed(s, s, verdict="noted", layer="outlet", record=one.found.article.outlet, **free),
        saying.signed(s, s, verdict="noted", layer="entity", record=f"e{n}per", **free),
        saying.signed(s, s, verdict="settled", layer="dispute", record=f"d{n}n", **free),
    ]


def notice(one: Piece) -> Notice:
    """An alert."""
    s = one.text
    link = Link(doc=one.doc, start=0, end=len(s), number=1, paragraph=1)
    kinds = ("words", "quote", "name", "act", "note", "ours")
    line = Line(
        parts=tuple(Part(s, kind, "fr") for kind in kinds), refs=(one.ref("claim"),), links=(link,),  # type: ignore[arg-type]
        support=Support(texts=1, articles=1, first_sources=(s,)),
    )  # fmt: skip
    change = Change(id=f"c{one.n}", kind="withdrawn", doc=one.doc, line=line, was=(link,))
    told = dict.fromkeys(available(), change)
    return Notice(id=f"c{one.n}", at="", kind="withdrawn", doc=one.doc, story=f"story{one.n}", title=s, told=told,
                  outlets={one.doc: s})  # fmt: skip


def stored(path: Path, strings: list[str]) -> Path:
    """The store file with these strings."""
    store = Store(path, create=True)
    store.notice([], None, 0)
    for n, s in enumerate(strings):
        if n % 9 == 0:
            store.put(piece(n, s, earlier=True).found)
    pieces = [piece(n, s) for n, s in enumerate(strings)]
    for one in pieces:
        store.put(one.found)
    for one in pieces:
        a, b = (Side(key=f"{kind}/{one.text}", form=one.text) for kind in ("per", "org"))
        store.decide(Decision(id=f"decided{one.n}", kind="same", a=(a,), b=(b,), who=one.text, at=READ))
        for review in reviews(one):
            saying.say(store, review)
    with store.changing() as change:
        change.begin("strings")
        for start in range(0, len(pieces), TOGETHER):
            change.put(f"strings{start}", related(pieces[start : start + TOGETHER]))
        change.stand(store.state(), store.decisions())
    made = [notice(one) for one in pieces]
    store.notice([(one.id, one.doc, msgspec.json.encode(one).decode()) for one in made], 0, store.related_until())
    Sources(store.engine).put(
        *(Watched(key=f"{one.n} {one.text}", root=f"{one.n} {one.text}", status="refused") for one in pieces)
    )
    store.close()
    return path
