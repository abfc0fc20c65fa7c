"""Records as the guide writes them, one JSON object a line."""

from collections.abc import Iterator, Mapping

import msgspec

from .article import Article
from .records import Annotated, AnyRecord, Claim, Figure, Name
from .relations import AnyRelation, Ref, Relations

_encode = msgspec.json.Encoder().encode


def article_lines(found: Annotated, entity_of: Mapping[Ref, str]) -> Iterator[bytes]:
    """The article's own line, then its records, with the entities that the whole set of articles gave."""
    yield _encode(_about(found.article))
    for record in found.records:
        yield _encode(joined(record, found.article.id, entity_of))


def relation_lines(relations: Relations) -> Iterator[bytes]:
    """Reuse, disputes and stories, as the guide writes them, then what the program adds."""
    found: list[AnyRelation] = [*relations.reuse, *relations.disputes, *relations.stories, *relations.truces]
    found += [*relations.origins, *relations.entities, *relations.happenings, *relations.statements]
    found += relations.questions
    for one in found:
        yield _encode(one)


def joined(record: AnyRecord, doc: str, entity_of: Mapping[Ref, str]) -> AnyRecord:
    """The record with in-article entities replaced by those across articles."""

    def over(slug: str | None) -> str | None:
        return None if slug is None else entity_of.get((doc, slug), slug)

    if isinstance(record, Name):
        stands_for = over(record.stands_for)
        return msgspec.structs.replace(record, entity=over(record.entity), stands_for=stands_for)
    if isinstance(record, Claim):
        return msgspec.structs.replace(record, source_entity=over(record.source_entity))
    if isinstance(record, Figure):
        return msgspec.structs.replace(record, party=over(record.party), by=over(record.by))
    return record


def _about(article: Article) -> dict[str, object]:
    return {"layer": "article", **msgspec.structs.asdict(article), "version": article.version}
