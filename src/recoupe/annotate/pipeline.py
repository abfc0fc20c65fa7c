"""From an article to all its layers."""

from collections.abc import Iterable, Iterator, Sequence

from ..lang import pack
from ..model.article import Article
from ..model.records import TEXT_KINDS, Annotated
from .draft import Annotator, Draft, made
from .parse import Parser
from .tree import Tree

PARSED_KINDS = TEXT_KINDS | {"caption"}


def ordered(annotators: Sequence[Annotator]) -> list[Annotator]:
    """The annotators, each after those whose layers it needs. Raises ValueError where that cannot be."""
    waiting, done, given = list(annotators), [], set[str]()
    while waiting:
        ready = next((a for a in waiting if set(a.needs) <= given), None)
        if ready is None:
            raise ValueError(f"layers that nobody gives: {[a.name for a in waiting]}")
        waiting.remove(ready)
        done.append(ready)
        given.add(ready.gives)
    return done


def annotate(articles: Iterable[Article], annotators: Sequence[Annotator], parser: Parser) -> Iterator[Annotated]:
    """Each article with its records: a pure function of the article and its language pack."""
    order = ordered(annotators)
    for article in articles:
        draft = Draft(article, pack(article.lang))
        for annotator in order:
            if annotator.parsed and not draft.trees:
                _parse(draft, parser)
            draft.put(annotator.gives, made(annotator(draft), draft, annotator))
        yield Annotated(article, draft.records())


def _parse(draft: Draft, parser: Parser) -> None:
    blocks = draft.blocks(PARSED_KINDS)
    parses = parser([draft.raw(block.span) for block in blocks], draft.pack)
    draft.trees = [Tree(parse, block.start, block.end, block.kind) for block, parse in zip(blocks, parses, strict=True)]
