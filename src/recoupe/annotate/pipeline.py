"""From articles to all their layers, a batch at a time so that the parser gets many paragraphs at once."""

import re
from collections.abc import Sequence

from ..lang import pack
from ..model.article import Article
from ..model.records import TEXT_KINDS, Annotated, Span
from .draft import Annotator, Draft, made
from .parse import Parser
from .tree import Tree
from .trees import Key

# A block longer than this many characters is parsed and read as several trees. The longest paragraph of the benches
# has 1,050.
LONGEST = 3000
SENTENCE_END = re.compile(r"[.!?…][\"')»”]?\s")
PARSED_KINDS = TEXT_KINDS | {"caption"}


def ordered(annotators: Sequence[Annotator]) -> list[Annotator]:
    """The annotators, each after those whose layers it needs. Raises ValueError where that cannot be."""
    waiting, done, given = list(annotators), list[Annotator](), set[str]()
    while waiting:
        ready = next((a for a in waiting if set(a.needs) <= given), None)
        if ready is None:
            raise ValueError(f"layers that nobody gives: {[a.name for a in waiting]}")
        waiting.remove(ready)
        done.append(ready)
        given.add(ready.gives)
    return done


def annotate(articles: Sequence[Article], annotators: Sequence[Annotator], parser: Parser) -> list[Annotated]:
    """Each article with its records, in the order given: a pure function of each article and its language pack."""
    drafts = [Draft(article, pack(article.lang)) for article in articles]
    order = ordered(annotators)
    parsed = next((i for i, annotator in enumerate(order) if annotator.parsed), len(order))
    for draft in drafts:
        _run(draft, order[:parsed])
    laid = _parse(drafts, parser) if parsed < len(order) else []
    for draft in drafts:
        _run(draft, order[parsed:])
    for key, tree in laid:
        parser.trees.keep(key, tree)
    return [Annotated(draft.article, draft.records()) for draft in drafts]


def _run(draft: Draft, annotators: Sequence[Annotator]) -> None:
    for annotator in annotators:
        draft.put(annotator.gives, made(annotator(draft), draft, annotator))


def _parse(drafts: Sequence[Draft], parser: Parser) -> list[tuple[Key, Tree]]:
    """Gives each draft its trees; returns them all."""
    laid: list[tuple[Key, Tree]] = []
    for code in sorted({draft.pack.code for draft in drafts}):
        wanted = [
            (draft, piece, (code, block.kind, draft.raw(piece)))
            for draft in drafts if draft.pack.code == code
            for block in draft.blocks(PARSED_KINDS) for piece in pieces(draft.text, block.span)
        ]  # fmt: skip
        known = [parser.trees.take(key, piece[0]) for _, piece, key in wanted]
        new = [key[-1] for (_, _, key), tree in zip(wanted, known, strict=True) if tree is None]
        parses = iter(parser(new, pack(code)))
        for (draft, piece, key), tree in zip(wanted, known, strict=True):
            draft.trees.append(tree or Tree(next(parses), *piece, key[1]))
            laid.append((key, draft.trees[-1]))
    return laid


def pieces(text: str, span: Span) -> list[Span]:
    """A block as stretches of at most `LONGEST` characters that cover it, cut after a sentence, else at a blank.

    One piece for any paragraph that people write: a text without line breaks must not cost the square of its length.
    """
    cuts, (start, end) = list[Span](), span
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        stops = [found.end() for found in SENTENCE_END.finditer(window)]
        cut = stops[-1] if stops else window.rfind(" ") + 1
        cut = start + (cut or LONGEST)
        cuts.append((start, cut))
        start = cut
    return [*cuts, (start, end)]
