"""What relate asks of whatever keeps the articles and what stands between them: a store, or memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Origin, Relations, Reuse
from .reuse import Leads, Lifted, Page, Pairs, leads
from .stories import Summary, likenesses
from .stories.files import Ties, keys
from .stories.likeness import Near
from .stories.summary import Told


class Shelf(Protocol):
    """Articles with their summaries, and the parts of which the relations are made.

    Every part is replaced whole. Groups go by their first article, files by their first group.
    """

    def annotated(self, docs: Iterable[str]) -> list[Annotated]:
        """Articles with their records."""
        ...

    def decisions(self) -> Sequence[Decision]:
        """What people have settled."""
        ...

    def summaries(self, docs: Iterable[str]) -> dict[str, Summary]:
        """The summaries of those articles that are filed."""
        ...

    def pages(self, docs: Iterable[str]) -> dict[str, Page]:
        """Articles as the search for shared passages reads them."""
        ...

    def leads(self, page: Page) -> Leads:
        """Which paragraphs of earlier articles may share text with which of this one's."""
        ...

    def followers(self, page: Page) -> dict[str, Pairs | None]:
        """The later articles that have this one among their leads, with the paragraphs (this one's first); None for
        those whose other leads may change with it. Those that are filed anew may be left out."""
        ...

    def near(self, listed: Sequence[Summary]) -> dict[str, Near]:
        """The likeness of each of some articles to every other that is filed; nothing for the rest."""
        ...

    def telling(self, told: Iterable[Told]) -> dict[Told, list[str]]:
        """The articles filed under what they tell of."""
        ...

    def shared(self, docs: Iterable[str]) -> list[Reuse]:
        """The passages that articles share with any other."""
        ...

    def between(self, docs: Iterable[str]) -> list[Reuse]:
        """The passages that articles share with one another."""
        ...

    def lifted(self, doc: str) -> Lifted:
        """What an article shares with earlier ones."""
        ...

    def put_lifted(self, doc: str, found: Lifted) -> None:
        """Replaces what an article shares with earlier ones."""
        ...

    def origins(self, docs: Iterable[str]) -> list[Origin]:
        """The origins, by shared passages, that some articles are of."""
        ...

    def put_origins(self, docs: Iterable[str], found: Sequence[Origin]) -> None:
        """Replaces the origins that some articles are of."""
        ...

    def group_of(self, docs: Iterable[str]) -> dict[str, str]:
        """The groups that some articles are in; of those that are in none, nothing."""
        ...

    def members(self, groups: Iterable[str]) -> dict[str, list[str]]:
        """The articles of some groups."""
        ...

    def sizes(self, groups: Iterable[str]) -> dict[str, int]:
        """How many articles each group has."""
        ...

    def put_groups(self, groups: dict[str, list[str]]) -> None:
        """Puts articles into groups; those that were in others are in those no longer."""
        ...

    def ties(self, groups: Iterable[str]) -> Ties:
        """From each group to those that it is tied to, and how strongly."""
        ...

    def put_ties(self, gone: Iterable[str], ties: Ties) -> None:
        """Replaces the ties of groups, both ways; `gone` are groups that are no more."""
        ...

    def file_of(self, groups: Iterable[str]) -> dict[str, str]:
        """The files that some groups are in; of those that are in none, nothing."""
        ...

    def files(self, files: Iterable[str]) -> dict[str, list[str]]:
        """The groups of some files, by group."""
        ...

    def put_files(self, gone: Iterable[str], files: dict[str, list[str]]) -> None:
        """Puts groups into files; `gone` are files that are no more, with all that was found in them."""
        ...

    def put_account(self, file: str, found: Relations) -> None:
        """Replaces what was found in a file."""
        ...


class Memory:
    """A shelf in memory, for articles that are related once, all together."""

    def __init__(self, articles: Sequence[Annotated], known: dict[str, Summary], decisions: Sequence[Decision]) -> None:
        self._articles = {one.article.id: one for one in articles}
        self._known, self._decisions = known, decisions
        self._pages = {doc: Page(one.article, known[doc].passages) for doc, one in self._articles.items()}
        self._leads = leads(list(self._pages.values()))
        self._near = likenesses(list(known.values()))
        self._telling: dict[Told, list[str]] = defaultdict(list)
        for one in known.values():
            for key in keys(one):
                self._telling[key].append(one.doc)
        self._lifted: dict[str, Lifted] = {}
        self._origins: dict[str, Origin] = {}
        self._home: dict[str, str] = {}
        self._groups: dict[str, list[str]] = {}
        self._ties: Ties = {}
        self._file: dict[str, str] = {}
        self.accounts: dict[str, Relations] = {}

    def annotated(self, docs: Iterable[str]) -> list[Annotated]:
        return [self._articles[doc] for doc in docs]

    def decisions(self) -> Sequence[Decision]:
        return self._decisions

    def summaries(self, docs: Iterable[str]) -> dict[str, Summary]:
        return {doc: self._known[doc] for doc in docs}

    def pages(self, docs: Iterable[str]) -> dict[str, Page]:
        return {doc: self._pages[doc] for doc in docs}

    def leads(self, page: Page) -> Leads:
        return self._leads.get(page.id, {})

    def followers(self, page: Page) -> dict[str, Pairs | None]:
        return {}  # all are looked at anyway

    def near(self, listed: Sequence[Summary]) -> dict[str, Near]:
        return {one.doc: self._near.get(one.doc, {}) for one in listed}

    def telling(self, told: Iterable[Told]) -> dict[Told, list[str]]:
        return {key: self._telling[key] for key in told if key in self._telling}

    def shared(self, docs: Iterable[str]) -> list[Reuse]:
        inside = set(docs)
        every = (record for found in self._lifted.values() for record in found.records)
        return [record for record in every if record.a[0] in inside or record.b[0] in inside]

    def between(self, docs: Iterable[str]) -> list[Reuse]:
        inside = set(docs)
        found = (record for doc in sorted(inside) for record in self.lifted(doc).records)
        return [record for record in found if record.a[0] in inside and record.b[0] in inside]

    def lifted(self, doc: str) -> Lifted:
        return self._lifted.get(doc, Lifted())

    def put_lifted(self, doc: str, found: Lifted) -> None:
        self._lifted[doc] = found

    def origins(self, docs: Iterable[str]) -> list[Origin]:
        inside = set(docs)
        return [origin for origin in self._origins.values() if not inside.isdisjoint(origin.docs)]

    def put_origins(self, docs: Iterable[str], found: Sequence[Origin]) -> None:
        for old in self.origins(docs):
            del self._origins[old.id]
        self._origins |= {origin.id: origin for origin in found}

    def group_of(self, docs: Iterable[str]) -> dict[str, str]:
        return {doc: self._home[doc] for doc in docs if doc in self._home}

    def members(self, groups: Iterable[str]) -> dict[str, list[str]]:
        return {group: self._groups[group] for group in groups}

    def sizes(self, groups: Iterable[str]) -> dict[str, int]:
        return {group: len(self._groups[group]) for group in groups}

    def put_groups(self, groups: dict[str, list[str]]) -> None:
        self._groups |= groups
        self._home |= {doc: group for group, docs in groups.items() for doc in docs}

    def ties(self, groups: Iterable[str]) -> Ties:
        return {group: self._ties.get(group, {}) for group in groups}

    def put_ties(self, gone: Iterable[str], ties: Ties) -> None:
        self._ties |= ties

    def file_of(self, groups: Iterable[str]) -> dict[str, str]:
        return {group: self._file[group] for group in groups if group in self._file}

    def files(self, files: Iterable[str]) -> dict[str, list[str]]:
        inside = set(files)
        found: dict[str, list[str]] = defaultdict(list)
        for group, file in sorted(self._file.items()):
            if file in inside:
                found[file].append(group)
        return found

    def put_files(self, gone: Iterable[str], files: dict[str, list[str]]) -> None:
        self._file |= {group: file for file, groups in files.items() for group in groups}

    def put_account(self, file: str, found: Relations) -> None:
        self.accounts[file] = found

    def lineage(self) -> tuple[list[Reuse], list[Origin]]:
        """All shared passages and all origins known from them."""
        return [record for found in self._lifted.values() for record in found.records], list(self._origins.values())
