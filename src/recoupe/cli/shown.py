"""How `recoupe show` lays an article out: its lines, and under each what was found in it, in the guide's own words."""

from collections.abc import Iterator, Mapping

from ..lang import LanguagePack
from ..model.article import Article
from ..model.records import Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Span, Time, layer_of
from ..model.relations import Relations


def lines(found: Annotated, relations: Relations, language: LanguagePack) -> Iterator[str]:
    """The article as lines of plain text."""
    yield from _head(found.article, language)
    labels = {entity.id: entity.label for entity in relations.entities}
    named = {slug: labels[e] for (doc, slug), e in relations.entity_of().items() if doc == found.article.id}
    others = sorted(
        (record for record in found.records if not isinstance(record, Block)), key=lambda record: record.span
    )
    for n, block in enumerate(found.layer(Block), 1):
        yield ""
        yield f"§{n} {block.kind}  {block.text}"
        for record in others:
            if block.start <= record.start < block.end:
                yield f"    {layer_of(record):7} {_told(record, found.article, named)}"


def _head(article: Article, language: LanguagePack) -> Iterator[str]:
    say = language.phrase
    yield article.title or article.id
    how = say(f"cli.show.published.{article.published_by}") if article.published_by else ""
    day = say("cli.show.undated") if article.published is None else f"{article.published} ({how})"
    yield "  ".join(part for part in (article.id, article.outlet, day, article.lang, article.url) if part)
    yield say("cli.show.origin", source=article.source, read=article.read, sha256=article.sha256)
    for why in article.translated_why:
        code, _, words = why.partition(":")
        yield say("cli.show.translated", why=say(f"read.translated.{code}", words=words))


def _told(record: AnyRecord, article: Article, named: Mapping[str, str]) -> str:
    def raw(span: Span | None) -> str:
        return "" if span is None else article.text[span[0] : span[1]]

    def who(slug: str | None) -> str:
        return "" if slug is None else named.get(slug, slug)

    def fields(**values: object) -> str:
        return ", ".join(f"{key} {value}" for key, value in values.items() if value not in ("", None, False, ()))

    if isinstance(record, Time):
        span = f"[{record.earliest}, {record.latest})" if record.earliest or record.latest else ""
        rest = fields(type=record.type, value=record.value, interval=span, zone=record.zone)
    elif isinstance(record, Name):
        rest = fields(type=record.type, entity=who(record.entity), stands_for=who(record.stands_for))
    elif isinstance(record, Figure):
        low, high = ("…" if bound is None else f"{bound:g}" for bound in (record.low, record.high))
        rest = fields(
            interval=f"{low}–{high}", approx=record.approx, measure=record.measure, counts="+".join(record.counts),
            party=who(record.party), by=who(record.by), of=raw(record.of), per=record.per,
        )  # fmt: skip
    elif isinstance(record, Claim):
        source = raw(record.source) + (f" = {who(record.source_entity)}" if record.source_entity else "")
        rest = fields(
            source=source, cue=raw(record.cue), act=record.act, form=record.form,
            polarity=record.polarity, certainty=record.certainty,
        )  # fmt: skip
    elif isinstance(record, Event):
        rest = fields(
            type=record.type, means=record.means, status=record.status, actor=raw(record.actor),
            target=raw(record.target), place=raw(record.place), time=raw(record.time_span),
        )  # fmt: skip
    else:
        rest = ""
    return f"{' '.join(record.text.split())}  ({' '.join(rest.split())})"
