"""Articles that are nothing but names, for tests of entities."""

from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Name, identified
from recoupe.model.relations import Entity

Mark = tuple[str, str] | tuple[str, str, str]


def article(number: str, *marks: Mark, lang: str = DEFAULT) -> Annotated:
    """An article that is nothing but names: (text, slug) or (text, slug, what it stands for)."""
    text, records = "", []
    found = Article(id=number, text=" ".join(mark[0] for mark in marks), sha256="", lang=lang)
    for mark in marks:
        start = len(text)
        text += mark[0] + " "
        kind = mark[1].partition("/")[0].upper()
        name = Name(
            start=start, end=start + len(mark[0]), text=mark[0], type=kind, entity=mark[1],  # type: ignore[arg-type]
            stands_for=mark[2] if len(mark) > 2 else None,
        )  # fmt: skip
        records.append(identified(name, found))
    return Annotated(found, tuple(records))


def of(found: tuple[Entity, ...], doc: str, slug: str) -> Entity:
    """The entity of an article's slug."""
    return next(entity for entity in found if (doc, slug) in entity.referents)
