"""Three articles on a truce that never was, with their records and relations, written for these tests."""

from typing import NamedTuple

import msgspec

from recoupe.model.article import Article
from recoupe.model.records import (
    Annotated,
    AnyRecord,
    Block,
    Claim,
    Event,
    Figure,
    Name,
    Record,
    Span,
    Time,
    identified,
)
from recoupe.model.relations import (
    Answer,
    Dispute,
    Entity,
    Happening,
    Incident,
    Origin,
    Place,
    Question,
    Ref,
    Relations,
    Reuse,
    Statement,
    Story,
    Truce,
    TruceAnswer,
)  # fmt: skip

HEADLINES = ("Trêve en Syldavie : des obus sur Ostrava", "La parole donnée n’a pas tenu")
BODY = """{title}

La Syldavie a ordonné une trêve du 3 mars 2031 à midi au 5 mars à minuit, a annoncé le ministère de la Défense.
« Nos troupes tiennent la parole donnée », a déclaré Anton Krull, porte-parole du ministère, sur Telegram.
Des habitants affirment que des obus sont tombés sur Ostrava, faisant au moins 12 morts.
La Bordurie a accusé la Syldavie d'avoir bombardé Ostrava.
Anton Krull a démenti que ses soldats aient tiré sur Ostrava.
On craint une offensive vers Valmy.
Lire aussi : <script>alert(1)</script> [cliquez](javascript:alert(2))
"""
ENGLISH = """Shells hit Ostrava

Shells hit Ostrava on Monday.
“They fired twice,” said Mila Serne, the mayor of Ostrava. She said that 15 people were killed.
"""
SLUGS = {
    "Syldavie": ("LOC", "loc/syldavia"),
    "Bordurie": ("LOC", "loc/borduria"),
    "Ostrava": ("LOC", "loc/ostrava"),
    "Valmy": ("LOC", "loc/valmy"),
    "Anton Krull": ("PER", "per/anton-krull"),
    "Mila Serne": ("PER", "per/mila-serne"),
    "ministère de la Défense": ("ORG", "org/syldavian-mod"),
}
PLACES = {
    "loc/syldavia": Place(lat=45.5, lon=20.0, precision="country"),
    "loc/ostrava": Place(lat=49.8, lon=18.3, precision="town"),
    "loc/valmy": Place(lat=49.1, lon=19.8, precision="region"),
}


class Set(NamedTuple):
    """A set of articles and what stands between them."""

    articles: tuple[Annotated, ...]
    relations: Relations


class Desk:
    """An article in the making; records are found by their words and kept by name."""

    def __init__(self, article: Article, kinds: dict[int, str]) -> None:
        self.article = article
        self.records: list[AnyRecord] = []
        at = 0
        for i, line in enumerate(article.text.split("\n")):
            if line.strip():
                self.put(Block(start=at, end=at + len(line), text=line, kind=kinds.get(i, "body")))  # type: ignore[arg-type]
            at += len(line) + 1
        for words, (kind, slug) in SLUGS.items():
            start = article.text.find(words)
            while start >= 0:
                self.put(Name(start=start, end=start + len(words), text=words, type=kind, entity=slug))  # type: ignore[arg-type]
                start = article.text.find(words, start + 1)

    def put(self, record: Record) -> Ref:
        made = identified(record, self.article)
        self.records.append(made)  # type: ignore[arg-type]
        return self.article.id, made.id

    def span(self, words: str) -> Span:
        start = self.article.text.index(words)
        return start, start + len(words)

    def base(self, words: str) -> dict[str, object]:
        start, end = self.span(words)
        return {"start": start, "end": end, "text": words}

    def claim(self, words: str, source: str | None, slug: str | None, cue: str, **more: object) -> Ref:
        given = self.span(source) if source else None
        return self.put(
            Claim(**self.base(words), source=given, source_entity=slug, cue=self.span(cue), **more)  # type: ignore[arg-type]
        )

    def event(self, words: str, kind: str, **more: object) -> Ref:
        spans = {key: self.span(str(more.pop(key))) for key in ("actor", "place", "time_span") if key in more}
        return self.put(Event(**self.base(words), type=kind, **spans, **more))  # type: ignore[arg-type]

    def time(self, words: str, value: str, earliest: str, latest: str) -> Ref:
        return self.put(Time(**self.base(words), type="TIME", value=value, earliest=earliest, latest=latest))  # type: ignore[arg-type]

    def done(self) -> Annotated:
        order = {kind: i for i, kind in enumerate((Block, Time, Name, Figure, Claim, Event))}
        return Annotated(self.article, tuple(sorted(self.records, key=lambda r: (order[type(r)], r.start, r.end))))


def french(name: str, title: str, outlet: str, url: str) -> tuple[Annotated, dict[str, Ref]]:
    """The agency copy under one headline."""
    text = BODY.format(title=title)
    article = Article(
        id=name, text=text, sha256="ab" * 32, lang="fr", published="2031-03-04", published_by="text",
        outlet=outlet, url=url, title=title,
    )  # fmt: skip
    desk = Desk(article, {0: "title", 8: "related"})
    refs = {
        "start": desk.time("3 mars 2031 à midi", "2031-03-03T12:00", "2031-03-03T12:00", "2031-03-03T12:01"),
        "end": desk.time("5 mars à minuit", "2031-03-05T24:00", "2031-03-06T00:00", "2031-03-06T00:00"),
        "ordered": desk.claim(
            "une trêve du 3 mars 2031 à midi au 5 mars à minuit", "La Syldavie", "loc/syldavia", "a ordonné",
            act="request",
        ),
        "kept": desk.claim(
            "Nos troupes tiennent la parole donnée", "Anton Krull, porte-parole du ministère", "per/anton-krull",
            "a déclaré", form="direct", channel=desk.span("Telegram"),
        ),
        "shelled": desk.claim(
            "des obus sont tombés sur Ostrava, faisant au moins 12 morts", "Des habitants", None, "affirment"
        ),
        "accused": desk.claim("avoir bombardé Ostrava", "La Bordurie", "loc/borduria", "a accusé", act="accuse"),
        "denied": desk.claim(
            "ses soldats aient tiré sur Ostrava", "Anton Krull", "per/anton-krull", "a démenti", act="deny"
        ),
        "feared": desk.claim("une offensive vers Valmy", "On", None, "craint", act="expect", certainty="possible"),
    }  # fmt: skip
    refs["truce"] = desk.event("trêve", "ceasefire", status="planned", claims=(refs["ordered"][1],))
    refs["obus"] = desk.event(
        "tombés", "strike", means="shelling", status="claimed", place="Ostrava", claims=(refs["shelled"][1],)
    )
    refs["toll"] = desk.put(
        Figure(
            **desk.base("au moins 12"), low=12, counts=("mort",), measure="killed", party="loc/syldavia",
            claims=(refs["shelled"][1],),
        )  # type: ignore[arg-type]
    )  # fmt: skip
    return desk.done(), refs


def english() -> tuple[Annotated, dict[str, Ref]]:
    """The independent text, translated, with a hostile title and address."""
    article = Article(
        id="c", text=ENGLISH, sha256="cd" * 32, lang="en", published="2031-03-03", published_by="given",
        title="<img src=x onerror=alert(3)>", url="javascript:alert(4)", translated=True, translated_why=("<b>",),
    )  # fmt: skip
    desk = Desk(article, {0: "title"})
    refs = {
        "day": desk.time("Monday", "2031-03-03", "2031-03-03T00:00", "2031-03-04T00:00"),
        "hit": desk.put(
            Event(
                start=desk.span("Shells hit Ostrava on")[0] + 7,
                end=desk.span("Shells hit Ostrava on")[0] + 10,
                text="hit",
                type="strike",
                means="shelling",
                place=(desk.span("Ostrava on")[0], desk.span("Ostrava on")[0] + 7),
                time_span=desk.span("Monday"),
            )
        ),
        "twice": desk.claim(
            "They fired twice", "Mila Serne, the mayor of Ostrava", "per/mila-serne", "said", form="direct"
        ),
        "killed": desk.claim("15 people were killed", "She", "per/mila-serne", "said that"),
    }
    refs["toll"] = desk.put(
        Figure(
            **desk.base("15"), low=15, high=15, counts=("people",), measure="killed", party="loc/syldavia",
            claims=(refs["killed"][1],),
        )  # type: ignore[arg-type]
    )  # fmt: skip
    return desk.done(), refs


def _entities(articles: tuple[Annotated, ...]) -> tuple[Entity, ...]:
    found = []
    for words, (kind, slug) in SLUGS.items():
        names = [(one.article.id, name) for one in articles for name in one.layer(Name) if name.entity == slug]
        docs = sorted({doc for doc, _ in names})
        found.append(
            Entity(
                id=f"e:{slug}",
                slug=slug,
                type=kind,
                label=words,
                forms=((words, len(names)),),
                referents=tuple((doc, slug) for doc in docs),
                mentions=tuple((doc, name.id) for doc, name in names),
                place=PLACES.get(slug),
            )
        )
    return tuple(found)


def written(sure: bool = True) -> Set:
    """The set; `sure` says whether the two French articles are known to be one text."""
    (a, ra), (b, rb) = (
        french("a", HEADLINES[0], "Le Phare", "https://example.org/a"),
        french("b", HEADLINES[1], "La Vigie", ""),
    )
    c, rc = english()
    both = {key: (ra[key], rb[key]) for key in ra}
    statements = tuple(
        Statement(
            id=f"s:{key}",
            claims=both[key],
            shown=ra[key],
            act=act,
            polarity="+",
            source=source,
            texts=1,
            first_sources=(source or words,),
        )
        for key, act, source, words in (
            ("ordered", "request", "e:loc/syldavia", ""),
            ("kept", "assert", "e:per/anton-krull", ""),
            ("shelled", "assert", None, "Des habitants"),
            ("accused", "accuse", "e:loc/borduria", ""),
            ("denied", "deny", "e:per/anton-krull", ""),
            ("feared", "expect", None, "On"),
        )
    ) + tuple(
        Statement(
            id=f"s:{key}",
            claims=(rc[key],),
            shown=rc[key],
            act="assert",
            polarity="+",
            source="e:per/mila-serne",
            first_sources=("e:per/mila-serne",),
        )
        for key in ("twice", "killed")
    )
    happenings = (
        Happening(
            id="h:obus", type="strike", means="shelling", mentions=(*both["obus"], rc["hit"]), place="e:loc/ostrava",
            earliest="2031-03-03T00:00", latest="2031-03-04T00:00",
        ),
        Happening(id="h:truce", type="ceasefire", mentions=both["truce"]),
    )  # fmt: skip

    def answer(ref: Ref, of: Annotated, group: int, **more: object) -> Answer:
        record = of.find(ref[1])
        assert record is not None
        return Answer(
            doc=ref[0], start=record.start, end=record.end, text=record.text, group=group, voice="named",
            claim=ref[1] if isinstance(record, Claim) else None, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    disputes = (
        Dispute(
            id="d:toll", question="Combien de morts (Ostrava) ?", kind="number", relation="compatible",
            why="relate.why.speaker", story="story",
            answers=(answer(ra["shelled"], a, 1, low=12), answer(rc["killed"], c, 2, low=15, high=15)),
        ),
        Dispute(
            id="d:fired", question="x", kind="denial", why="relate.why.denied", story="story",
            answers=(
                answer(ra["accused"], a, 1, says="oui"),
                answer(ra["denied"], a, 2, says="non"),
                answer(rb["denied"], b, 2, says="non"),
            ),
        ),
    )  # fmt: skip
    truce = Truce(
        id="t", mentions=both["truce"], by=("e:loc/syldavia",), stage="ordered", earliest="2031-03-03T12:00",
        latest="2031-03-06T00:00", window=(ra["start"], ra["end"]), scope=(("a", *a.find(ra["truce"][1]).span),),  # type: ignore[union-attr]
        answers=(
            TruceAnswer(side="e:loc/syldavia", claim=ra["ordered"], stance="ordered"),
            TruceAnswer(side="e:loc/syldavia", claim=ra["kept"], stance="kept"),
        ),
        incidents=(
            Incident(event=ra["obus"], when="inside", claim=ra["shelled"]),
            Incident(event=rc["hit"], when="unsaid"),
        ),
        story="story",
    )  # fmt: skip
    body = [block for block in a.layer(Block) if block.kind == "body"]
    twin = [block for block in b.layer(Block) if block.kind == "body"]
    reuse = tuple(
        Reuse(id=f"r{i}", a=("a", *x.span), b=("b", *y.span), kind="copy")
        for i, (x, y) in enumerate(zip(body, twin, strict=True))
    )
    relations = Relations(
        entities=_entities((a, b, c)), happenings=happenings, statements=statements,
        questions=(Question(id="q", measure="killed", figures=(ra["toll"], rb["toll"], rc["toll"])),),
        reuse=reuse if sure else (),
        origins=(Origin(id="o", docs=("a", "b"), evidence=("passages:6",), sure=sure),),
        stories=(
            Story(id="story", story="trev-ostrava", docs=("a", "b", "c"), title=HEADLINES[0],
                  title_from=("a", 0, len(HEADLINES[0])), happenings=("h:obus", "h:truce")),
        ),
        disputes=disputes, truces=(truce,),
    )  # fmt: skip
    return Set((a, b, c), relations)


def shuffled(news: Set) -> Set:
    """The same set, met in another order."""
    turned = {
        field.name: getattr(news.relations, field.name)[::-1] for field in msgspec.structs.fields(type(news.relations))
    }
    return Set(news.articles[::-1], Relations(**turned))
