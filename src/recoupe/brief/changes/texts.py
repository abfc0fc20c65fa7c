"""New independent texts, texts that were changed, and who is quoted for the first time."""

from collections.abc import Collection, Iterator

from ...model.relations import Ref
from ..dates import published
from ..lines import claim_line
from ..model import Part
from ..origins import count_texts
from ..versions import edits, notice, summary
from ..wording import Parts, cut, fill
from .change import Change, Sides, linked

# A title longer than this is cut.
TITLE = 140


def texts(sides: Sides) -> Iterator[Change]:
    """The texts that come from none of those before, copies folded under the earliest."""
    left = list(sides.fresh)
    for origin in sides.after.relations.origins:
        inside = [doc for doc in left if doc in origin.docs]
        known = [doc for doc in origin.docs if doc in sides.before.by_id]
        if origin.sure and inside and known:
            left = [doc for doc in left if doc not in inside]
        elif origin.sure and len(inside) > 1:
            left = [doc for doc in left if doc not in inside[1:]]
            yield _text(sides, inside)
            left.remove(inside[0])
    for doc in left:
        yield _text(sides, [doc])


def begun(sides: Sides) -> Change:
    """A story of which nothing was there before: its articles."""
    heads = [_head(sides, doc) for doc in sides.fresh]
    texts = count_texts(sides.after, sides.fresh)
    parts = fill(sides.reader, "changes.begun", text=_titled(sides, sides.fresh[0]), n=texts)
    return sides.change("story", sides.line(parts, heads))


def _text(sides: Sides, docs: list[str]) -> Change:
    parts = _titled(sides, docs[0])
    if len(docs) > 1:
        parts = fill(sides.reader, "changes.text.copies", text=parts, n=len(docs) - 1)
    shared = any(
        not origin.sure and docs[0] in origin.docs and any(doc in sides.before.by_id for doc in origin.docs)
        for origin in sides.after.relations.origins
    )
    if shared:
        parts = fill(sides.reader, "changes.text.unsure", text=parts)
    return sides.change("text", sides.line(parts, [_head(sides, doc) for doc in docs]))


def _head(sides: Sides, doc: str) -> Ref:
    """The line of an article that stands for it: its title, else its first."""
    blocks = sides.after.blocks(doc)
    found = next((one for one in blocks if one.kind == "title"), None)
    found = found or next((one for one in blocks if one.kind == "body"), None) or blocks[0]
    return doc, found.id


def _titled(sides: Sides, doc: str) -> Parts:
    """An article by its title, outlet and date."""
    index, article = sides.after, sides.after.by_id[doc].article
    record = index.record(_head(sides, doc))
    words = cut(record.text if record else article.title, sides.reader, TITLE)
    title: Parts = (Part(words, "words", article.lang),)
    about = [article.outlet or doc, published(article.published, sides.reader)]
    return fill(sides.reader, "changes.text.titled", title=title, about=", ".join(about))


def revised(sides: Sides) -> Iterator[Change]:
    """The articles that came again with other words: how many sentences went, came and were changed, and whether the
    article says so. The lines are those that are new in it."""
    for doc in sides.revised:
        before, after = sides.before.by_id[doc], sides.after.by_id[doc]
        found = edits(before, after)
        if not found:
            continue  # only the page around it
        old = {block.text for block in sides.before.blocks(doc)}
        now = {block.text for block in sides.after.blocks(doc)}
        other = [(doc, block.id) for block in sides.after.blocks(doc) if block.text not in old]
        gone = [(doc, block.id) for block in sides.before.blocks(doc) if block.text not in now]
        words = notice(before, after)
        key = "changes.revised.said" if words else "changes.revised.silent"
        told = {"what": summary(found, sides.reader)} | ({"notice": cut(words, sides.reader, TITLE)} if words else {})
        parts = fill(sides.reader, key, text=_titled(sides, doc), **told)
        yield sides.change("revised", sides.line(parts, other or [_head(sides, doc)]), linked(sides.before, gone))


def sources(sides: Sides, told: Collection[Ref]) -> Iterator[Change]:
    """The first sources that no statement went back to before, each by what it is first quoted with; of what other
    changes tell (`told`) only its name."""
    index = sides.after
    known = set[str]()
    for statement in sides.before.relations.statements:
        for source in statement.first_sources:
            entity = sides.before.entities.get(source)
            for doc, slug in entity.referents if entity else ():
                now = index.entity(doc, slug)
                known |= {now.id} if now else set()
    for statement in index.relations.statements:
        new = [ref for ref in sides.new(statement.claims) if not sides.headline(ref)]
        for source in statement.first_sources if new else ():
            if source in index.entities and source not in known and index.is_named(index.label(source)):
                known.add(source)
                shown = statement.shown if statement.shown in new else new[0]
                name: Parts = (Part(index.subject(source), "name"),)
                parts = name if set(told).issuperset(new) else claim_line(index, new, shown).parts
                yield sides.change("source", sides.line(parts, new, [index.label(source)]))
