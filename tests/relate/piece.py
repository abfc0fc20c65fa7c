"""Articles with records, written by the words that the records stand on."""

from datetime import date, timedelta

from recoupe.model.article import Article
from recoupe.model.records import Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Span, Time, identified

ENTITIES = {
    "Ostrava": ("LOC", "loc/ostrava"),
    "Lutèce": ("LOC", "loc/lutece"),
    "Lutetia": ("LOC", "loc/lutece"),
    "Valmy": ("LOC", "loc/valmy"),
    "Lille": ("LOC", "loc/lille"),
    "Nantes": ("LOC", "loc/nantes"),
    "Borduria": ("LOC", "loc/borduria"),
    "Bordurie": ("LOC", "loc/borduria"),
    "Syldavie": ("LOC", "loc/syldavia"),
    "Syldavia": ("LOC", "loc/syldavia"),
    "Anton Krull": ("PER", "per/anton-krull"),
    "Mila Serne": ("PER", "per/mila-serne"),
}


class Piece:
    """An article in the making; each line of the text is a body block, the first a title where `title` says so."""

    def __init__(
        self, name: str, text: str, published: str | None = None, lang: str = "fr", title: bool = False
    ) -> None:
        self.article = Article(id=name, text=text, sha256="0" * 64, lang=lang, published=published)
        self.records: list[AnyRecord] = []
        offset = 0
        for line in text.split("\n"):
            if line:
                kind = "title" if title and not offset else "body"
                self._add(Block(start=offset, end=offset + len(line), text=line, kind=kind))  # type: ignore[arg-type]
            offset += len(line) + 1
        for form, (kind, slug) in ENTITIES.items():
            start = text.find(form)
            while start >= 0:
                self._add(Name(start=start, end=start + len(form), text=form, type=kind, entity=slug))  # type: ignore[arg-type]
                start = text.find(form, start + 1)

    def _add(self, record: AnyRecord) -> AnyRecord:
        made = identified(record, self.article)
        self.records.append(made)
        return made

    def span(self, words: str, nth: int = 0) -> Span:
        """Where words stand, the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        return start, start + len(words)

    def _base(self, words: str, nth: int) -> dict[str, object]:
        start, end = self.span(words, nth)
        return {"start": start, "end": end, "text": words}

    def day(self, words: str, day: str) -> "Piece":
        """A time that is one day."""
        after = date.fromisoformat(day) + timedelta(days=1)
        self._add(
            Time(
                **self._base(words, 0),
                type="DATE",
                value=day,
                earliest=f"{day}T00:00",
                latest=f"{after}T00:00",
                grain="day",
            )  # type: ignore[arg-type]
        )
        return self

    def hour(self, words: str, instant: str) -> "Piece":
        """A time that is one instant."""
        self._add(
            Time(
                **self._base(words, 0),
                type="TIME",
                value=instant,
                earliest=instant,
                latest=instant[:-1] + "1",
                grain="minute",
            )  # type: ignore[arg-type]
        )
        return self

    def claim(
        self, words: str, source: str | None, who: str | None, cue: str, act: str = "assert", polarity: str = "+"
    ) -> "Piece":
        """A claim: its content, the words of its source, who that is, and the cue."""
        where = self.span(source) if source else None
        self._add(
            Claim(
                **self._base(words, 0), source=where, source_entity=who, cue=self.span(cue), act=act, polarity=polarity
            )  # type: ignore[arg-type]
        )
        return self

    def event(self, words: str, kind: str, nth: int = 0, status: str = "actual", **arguments: str) -> "Piece":
        """An event; its arguments by their words. It belongs to the claims that it stands in."""
        base = self._base(words, nth)
        inside = [c.id for c in self.records if isinstance(c, Claim) and c.start <= int(str(base["start"])) < c.end]
        spans = {name: self.span(value) for name, value in arguments.items()}
        self._add(Event(**base, type=kind, status="claimed" if inside else status, claims=tuple(inside), **spans))  # type: ignore[arg-type]
        return self

    def figure(
        self, words: str, low: int | None, high: int | None, measure: str = "killed", counts: str = "personne"
    ) -> "Piece":
        """A figure; it belongs to the claims that it stands in."""
        base = self._base(words, 0)
        inside = [c.id for c in self.records if isinstance(c, Claim) and c.start <= int(str(base["start"])) < c.end]
        self._add(Figure(**base, low=low, high=high, measure=measure, counts=(counts,), claims=tuple(inside)))  # type: ignore[arg-type]
        return self

    def done(self) -> Annotated:
        """The article with its records in text order."""
        return Annotated(self.article, tuple(sorted(self.records, key=lambda r: (r.start, r.end, r.id))))
