"""From articles to all their layers, a batch at a time so that the parser gets many paragraphs at once."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..lang import pack
from ..model.article import Article
from ..model.parse import Parse
from ..model.records import TEXT_KINDS, Annotated, Span
from .draft import Annotator, Draft, made
from .parse import Parser
from .tree import Tree
from .trees import Key, Trees

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
    if parsed < len(order):
        parses = _parse(drafts, parser)
        for draft in drafts:
            keys = _lay(draft, parses, parser.trees)
            _run(draft, order[parsed:])
            for key, tree in zip(keys, draft.trees, strict=True):
                parser.trees.keep(key, tree)
    return [Annotated(draft.article, draft.records()) for draft in drafts]


def _run(draft: Draft, annotators: Sequence[Annotator]) -> None:
    for annotator in annotators:
        draft.put(annotator.gives, made(annotator(draft), draft, annotator))


def _parse(drafts: Sequence[Draft], parser: Parser) -> dict[Key, Parse]:
    """The parses of all paragraphs of the drafts: of those that have no tree from before, parsed together."""
    parses = dict[Key, Parse]()
    for code in sorted({draft.pack.code for draft in drafts}):
        new = list[Key]()
        for key in dict.fromkeys(key for draft in drafts if draft.pack.code == code for key, _ in _paragraphs(draft)):
            known = parser.trees.parse(key)
            if known is None:
                new.append(key)
            else:
                parses[key] = known
        parses.update(zip(new, parser([key[-1] for key in new], pack(code)), strict=True))
    return parses


def _paragraphs(draft: Draft) -> Iterator[tuple[Key, Span]]:
    for block in draft.blocks(PARSED_KINDS):
        for piece in pieces(draft.text, block.span):
            yield (draft.pack.code, block.kind, draft.raw(piece)), piece


def _lay(draft: Draft, parses: Mapping[Key, Parse], trees: Trees) -> list[Key]:
    """Gives a draft its trees, of paragraphs that came before those that they had; returns their keys."""
    keys = list[Key]()
    for key, piece in _paragraphs(draft):
        draft.trees.append(trees.take(key, piece[0]) or Tree(parses[key], *piece, key[1]))
        keys.append(key)
    return keys


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
