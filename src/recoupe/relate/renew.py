"""Brings what stands between articles up to date after some have come, gone or changed: what they touch, no more.

Each step asks the shelf for what its part depends on, and gives back the parts that changed. The outcome depends on
the articles alone: not on the order in which they came, nor on how many came at once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..model.relations import Origin, Reuse
from .account import account
from .origins import kin, origins
from .reuse import PARTNERS, lifted
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
    files |= set(shelf.file_of(set(shelf.group_of(moved).values())).values())
    for file, members in sorted(shelf.files(files | set(changes.again)).items()):
        _account(shelf, file, members)


def lineage(shelf: Shelf, changes: Changes) -> set[str]:
    """Shared passages and origins; gives the articles of which either changed."""
    fresh = shelf.pages(changes.fresh)
    followers = {doc for page in fresh.values() for doc in shelf.followers(page)}
    changed = set(changes.bereft)
    whole = {*changes.fresh, *changes.bereft}
    for doc, page in shelf.pages({*whole, *followers}).items():
        leads, before = shelf.leads(page), shelf.lifted([doc])[doc]
        kept: list[Reuse] = []
        if doc not in whole and len(leads) <= PARTNERS:
            # It has room for the new ones beside those that it has: they alone are compared.
            kept = [one for one in before if fresh.keys().isdisjoint((one.a[0], one.b[0]))]
            leads = {other: pairs for other, pairs in leads.items() if other in fresh}
        found = sorted([*kept, *lifted(page, leads, shelf.pages(leads))], key=lambda one: (one.a, one.b))
        if found != before:
            shelf.put_lifted(doc, found)
            changed |= _docs({*found} ^ {*before})
    return changed | _origins(shelf, changed) if changed else changed


def _docs(records: Iterable[Reuse]) -> set[str]:
    return {doc for record in records for doc in (record.a[0], record.b[0])}


def _origins(shelf: Shelf, changed: Collection[str]) -> set[str]:
    """The origins of some articles and of all that may be of one text with them."""
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
    return _members(different)


def _members(found: Iterable[Origin]) -> set[str]:
    return {doc for origin in found for doc in origin.docs}


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
    lineage = shelf.shared(docs), shelf.origins(docs)
    found = account(
        shelf.annotated(docs), list(members.values()), shelf.summaries(docs), lineage, shelf.decisions()
    )  # fmt: skip
    shelf.put_account(file, found)
