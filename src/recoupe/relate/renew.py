"""Brings what stands between articles up to date after some have come, gone or changed: what they touch, no more.

Each step asks the shelf for what its part depends on, and gives back the parts that changed. The outcome depends on
the articles alone: not on the order in which they came, nor on how many came at once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..model.relations import Reuse
from .account import account
from .origins import kin, origins
from .reuse import Page, Pairs, lifted
from .shelf import Shelf
from .stories import bundled, regrouped, tied


@dataclass(frozen=True)
class Changes:
    """What has happened on a shelf: articles that are filed anew, articles that shared passages with one that was
    taken away, the groups that lost articles, and files that must be read again for another reason."""

    fresh: Collection[str]
    bereft: Collection[str] = ()
    loosened: Collection[str] = ()
    again: Collection[str] = ()


def renew(shelf: Shelf, changes: Changes) -> None:
    """Makes the parts anew that the changes touch. `fresh` articles are filed on the shelf already."""
    moved = lineage(shelf, changes)
    groups, replaced = regrouped(shelf, changes.fresh, changes.loosened)
    before, gone = shelf.members(replaced), replaced - groups.keys()
    fresh = set(changes.fresh)
    other = {group for group, docs in groups.items() if before.get(group) != docs or not fresh.isdisjoint(docs)}
    beside = _beside(shelf, other | gone)
    shelf.put_groups({group: groups[group] for group in other})
    shelf.put_ties(gone, tied(shelf, other))
    files = _files(shelf, other, (beside | other) - gone, gone)
    files |= _holding(shelf, moved)
    for file, members in sorted(shelf.files(files | set(changes.again)).items()):
        _account(shelf, file, members)


def lineage(shelf: Shelf, changes: Changes) -> set[tuple[str, ...]]:
    """Shared passages and origins; gives the sets of articles between which either changed."""
    fresh = shelf.pages(changes.fresh)
    whole = {*changes.fresh, *changes.bereft}
    # What later articles must be held against: of some all, of others the new ones alone.
    waiting: dict[str, dict[str, Pairs]] = {}
    for new, page in fresh.items():
        for doc, pairs in shelf.followers(page).items():
            if pairs is None:
                whole.add(doc)
            else:
                waiting.setdefault(doc, {})[new] = pairs
    other: set[Reuse] = set()
    for doc, page in shelf.pages({*whole, *waiting}).items():
        before = shelf.lifted(doc)
        leads = shelf.leads(page) if doc in whole else waiting[doc]
        found = lifted(page, leads, _Pages(shelf, leads).__getitem__, None if doc in whole else before)
        if found != before:
            shelf.put_lifted(doc, found)
            other |= {*found.records} ^ {*before.records}
    changed = {*changes.bereft, *_docs(other)}
    return {(one.a[0], one.b[0]) for one in other} | {(doc,) for doc in changes.bereft} | _origins(shelf, changed)


class _Pages(dict[str, Page]):
    """Some articles as pages; others are looked up when they are asked for."""

    def __init__(self, shelf: Shelf, docs: Iterable[str]) -> None:
        super().__init__(shelf.pages(docs))
        self._shelf = shelf

    def __missing__(self, doc: str) -> Page:
        self[doc] = self._shelf.pages([doc])[doc]
        return self[doc]


def _docs(records: Iterable[Reuse]) -> set[str]:
    return {doc for record in records for doc in (record.a[0], record.b[0])}


def _origins(shelf: Shelf, changed: Collection[str]) -> set[tuple[str, ...]]:
    """Makes the origins of some articles anew, and of all that may be of one text with them; gives the articles of
    those that changed."""
    if not changed:
        return set()
    docs = set(changed) | {doc for origin in shelf.origins(changed) for doc in origin.docs}
    shared: dict[str, Reuse] = {}
    waiting = set(docs)
    while waiting:
        records = shelf.shared(waiting)
        shared |= {record.id: record for record in records}
        bodies = shelf.summaries(_docs(records))
        waiting = {doc for pair in kin(records, bodies) for doc in pair} - docs
        docs |= waiting
    records = list(shared.values())
    before = shelf.origins(docs)
    found = origins(docs, records, shelf.summaries(docs | _docs(records)))
    different = {*before} ^ {*found}
    if different:
        shelf.put_origins(docs, found)
    return {origin.docs for origin in different}


def _holding(shelf: Shelf, sets: Collection[Sequence[str]]) -> set[str]:
    """The files that hold a whole set of articles, or two articles of one: nothing else in them hangs on the rest."""
    group = shelf.group_of({doc for docs in sets for doc in docs})
    file = shelf.file_of(set(group.values()))
    found: set[str] = set()
    for docs in sets:
        held = Counter(file[group[doc]] for doc in docs if doc in group)
        found |= {one for one, count in held.items() if count > 1 or len(docs) == 1}
    return found


def _beside(shelf: Shelf, groups: Collection[str]) -> set[str]:
    """The groups that are in one file with some groups."""
    files = set(shelf.file_of(groups).values())
    return {group for members in shelf.files(files).values() for group in members}


def _files(shelf: Shelf, changed: set[str], around: set[str], gone: set[str]) -> set[str]:
    """Puts groups into files again, from some of them on; gives the files to be read again."""
    files = bundled(shelf, around)
    homes = shelf.file_of({group for members in files.values() for group in members} | gone)
    before = shelf.files(set(homes.values()))
    other = {
        file: members
        for file, members in files.items()
        if members != sorted(before.get(file, ())) or not changed.isdisjoint(members)
    }
    shelf.put_files(before.keys() - files.keys(), other)
    return set(other)


def _account(shelf: Shelf, file: str, groups: Collection[str]) -> None:
    members = shelf.members(groups)
    docs = sorted(doc for listed in members.values() for doc in listed)
    lineage = shelf.between(docs), shelf.origins(docs)
    found = account(
        shelf.annotated(docs), list(members.values()), shelf.summaries(docs), lineage, shelf.decisions()
    )  # fmt: skip
    shelf.put_account(file, found)
