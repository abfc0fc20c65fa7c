"""Finds names: the parser's entities, repaired; bodies and areas by their structure; lists; the article's evidence."""

from functools import partial

from ...model.records import AnyRecord, Name
from ..draft import Draft
from ..tree import Tree
from .bearers import apposed, christened, cited
from .context import acronyms, extended, given, placed, speaking, titled, towns
from .corps import from_corps
from .evidence import repeated
from .introduced import alone, called, harmonised, institutions, introduced, mended, undertaken
from .mentions import Mention, longest, moved, split_at_known
from .model import from_model
from .referents import Referents, article_countries
from .row import Row
from .spelled import spelled
from .structure import from_credits, from_datelines, from_lists, from_patterns
from .words import Lexicon, lexicon, words


class Names:
    """People, organisations and places, with one slug for one referent of the article."""

    name = "names"
    version = "1"
    needs: tuple[str, ...] = ("block",)
    gives = "name"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's names, in text order."""
        known = lexicon(draft.pack)
        by_tree: list[Row] = []
        found: list[Mention] = []
        for tree in draft.trees:
            start, row, mentions = tree.once("names", partial(_read, tree, draft.text, known))
            by_tree.append(row.moved(tree.start - start))
            found += moved(mentions, tree.start - start)
        found = towns(found, list(zip(draft.trees, by_tree, strict=True)), article_countries(found, draft), known)
        found = harmonised(found, draft.text, known)
        found = given(repeated(found, by_tree, known), draft.text)
        return [
            Name(
                start=mention.start, end=mention.end, text=draft.raw(mention.span),
                type=mention.type, entity=entity, stands_for=stands_for,
            )
            for mention, entity, stands_for in Referents(found, by_tree, draft, known)
        ]  # fmt: skip


def _read(tree: Tree, text: str, known: Lexicon) -> tuple[int, Row, list[Mention]]:
    """Where a paragraph begins, its words and what is named in it, as the paragraph alone tells."""
    row = words(text, tree.start, tree.end)
    items = known.items(row)
    listed = from_lists(row, items, known)
    candidates = [*listed, *from_patterns(items, row, text, known)]
    candidates += [*from_corps(tree, listed, known), *from_model(tree, row, known)]
    candidates += from_datelines(row, known)
    if tree.kind == "caption":
        candidates += from_credits(text, tree, row, known)
    mentions = mended(longest(split_at_known(candidates, text)), text, known)
    mentions = introduced(christened(placed(mentions, row, known), row, known), tree, row, known)
    mentions = undertaken(mentions, row, known)
    mentions = called(spelled(institutions(mentions, row, known), row, known), row, known)
    mentions = extended(titled(mentions, row, known), tree, row, known)
    mentions = alone(speaking(acronyms(mentions, row, known), tree, known), tree, known)
    return tree.start, row, list(cited(apposed(mentions, row, known), row, known))
