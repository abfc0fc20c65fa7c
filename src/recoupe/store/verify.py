"""Re-derives what is stored: every span from the stored article, every digest from what it was sealed over.

That proves the words, not the reading: whether a claim was read rightly is for a person to say.
"""

from collections.abc import Callable, Iterator

import msgspec

from ..errors import VerifyError
from ..model.records import Annotated, AnyRecord, Claim, Event, Figure, Span, identified, layer_of
from ..model.relations import Dispute, Reuse, Story
from .seal import joined, seal, shown
from .store import Store


def verify(store: Store, progress: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Checks every version of every article, then the relations; returns how many articles and records were checked.

    Raises VerifyError naming the first span, link or digest that differs.
    """
    articles, records, texts = 0, 0, dict[str, str]()
    ids: dict[str, set[str]] = {}
    chains = [""]
    for annotated, bodies, sealed, chain in _decoded(store):
        about = annotated.article
        for found in annotated.records:
            _check_record(annotated, found)
        if seal(about, bodies) != sealed:
            raise VerifyError("store.seal_differs", article=about.id)
        chains.append(joined([chains[-1], sealed]))
        if chains[-1] != chain:
            raise VerifyError("store.chain_broken", article=about.id)
        texts[about.id] = about.text
        ids[about.id] = {found.id for found in annotated.records}
        articles, records = articles + 1, records + len(bodies)
        progress(about.id)
    _check_relations(store, texts, ids, chains)
    return articles, records


def _decoded(store: Store) -> Iterator[tuple[Annotated, list[str], str, str]]:
    try:
        yield from store.sealed()
    except msgspec.MsgspecError as error:
        raise VerifyError("store.unreadable_record", reason=str(error)) from error


def _check_record(annotated: Annotated, found: AnyRecord) -> None:
    text, about = annotated.article.text, annotated.article
    if not 0 <= found.start < found.end <= len(text) or text[found.start : found.end] != found.text:
        raise VerifyError("store.span_differs", article=about.id, record=found.id, layer=layer_of(found))
    for start, end in other_spans(found):
        if not 0 <= start < end <= len(text):
            raise VerifyError("store.span_outside", article=about.id, record=found.id, layer=layer_of(found))
    if found.id != identified(found, about).id:
        raise VerifyError("store.id_differs", article=about.id, record=found.id, layer=layer_of(found))


def other_spans(found: AnyRecord) -> list[Span]:
    """The spans that a record names besides its own."""
    spans: list[Span | None] = []
    if isinstance(found, Claim):
        spans = [found.source, found.cue, found.channel, *found.more]
    elif isinstance(found, Event):
        spans = [found.actor, found.target, found.place, found.time_span]
    elif isinstance(found, Figure):
        spans = [found.of]
    return [span for span in spans if span is not None]


def _check_relations(store: Store, texts: dict[str, str], ids: dict[str, set[str]], chains: list[str]) -> None:
    found, sealed, related = store.related()
    if related not in chains:
        raise VerifyError("store.article_lost")
    if found != (sealed or shown(0)):
        raise VerifyError("store.relations_differ")
    if related != chains[-1]:
        return  # articles came after; the relations are made anew by the next add
    relations = store.relations()
    told: list[Dispute | Reuse | Story] = [*relations.disputes, *relations.reuse, *relations.stories]
    for one in told:
        for doc, start, end, words in _passages(one):
            if doc not in texts or not 0 <= start < end <= len(texts[doc]):
                raise VerifyError("store.passage_outside", article=doc, record=one.id)
            if words is not None and texts[doc][start:end] != words:
                raise VerifyError("store.passage_differs", article=doc, record=one.id)
    for statement in relations.statements:
        for doc, record_id in statement.claims:
            if record_id not in ids.get(doc, set()):
                raise VerifyError("store.link_lost", article=doc, record=record_id)


def _passages(found: Dispute | Reuse | Story) -> list[tuple[str, int, int, str | None]]:
    if isinstance(found, Dispute):
        return [(answer.doc, answer.start, answer.end, answer.text) for answer in found.answers]
    if isinstance(found, Reuse):
        return [(*found.a, None), (*found.b, None)]
    return [(*found.title_from, found.title)] if found.title_from else []
