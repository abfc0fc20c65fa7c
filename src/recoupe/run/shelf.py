"""The shelf of a store: what relate asks, answered from the indexes and rows of one transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ..model.article import digest
from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Origin, Relations, Reuse
from ..relate.reuse import CROWD, REWORDED, SHARED, Leads, Page, marks_of
from ..relate.shelf import Shared
from ..relate.stories import NOTHING, REACH, Summary, Ties, filed_under, summary, weighed
from ..relate.stories.likeness import Near
from ..relate.stories.summary import Told
from ..store import Transaction
from ..store.relations import FILE

# Parts of the relations: of what an article has from earlier ones, of origins. Files have parts of their own.
LIFTED, ORIGINS = "lifted:", "origins"
# A date of publication that is a month spans so many days more.
MONTH = 31


_decode = msgspec.msgpack.Decoder(Summary).decode
_encode = msgspec.msgpack.Encoder().encode


def key(*parts: str) -> int:
    """A number for a feature, or what is told (63 bits)."""
    return int(digest(*parts), 16) >> 1


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's marks as they are filed: (key, paragraph); `asked` are those only looked up, `ahead` those of the
    week after."""

    runs: list[tuple[int, int]]
    rare: list[tuple[int, int]]
    asked: list[tuple[int, int]]
    ahead: list[tuple[int, int]]


def _signed(numbers: Iterable[int], paragraphs: Iterable[int], rare: int) -> list[tuple[int, int]]:
    """Keys as they are filed: 63 bits, odd for rare words."""
    return [((number >> 1) & ~1 | rare, at) for number, at in zip(numbers, paragraphs, strict=True)]


class Kept:
    """A shelf over a transaction. What it has looked up it keeps until it is done."""

    def __init__(self, transaction: Transaction) -> None:
        self._in, self._index = transaction, transaction.index
        self._filed: dict[str, Summary] = {}
        self._pages: dict[str, Page] = {}
        self._marks: dict[str, Marked] = {}
        self._firsts: dict[int, list[tuple[int, int, int]]] = {}

    # Filing
    def file(self, annotated: Annotated) -> None:
        """Files an article that is not filed."""
        article, found = annotated.article, summary(annotated)
        self._firsts.clear()
        page = Page(article, found.passages)
        self._pages[found.doc] = page
        marks = self._marked(page)
        self._filed[found.doc] = found
        self._index.file(
            {
                "num": found.number, "doc": found.doc, "version": article.version, "low": found.low,
                "high": found.high, "long": found.long, "body": _encode(found), "home": None,
            }
        )  # fmt: skip
        self._index.put_features(found.number, found.low, self._weights(found))
        self._index.put_marks(found.number, found.low, [*marks.runs, *marks.rare])
        self._index.put_told(found.number, [key(*one) for one in filed_under(found)])

    def take(self, doc: str) -> tuple[set[str], str | None]:
        """Takes an article out; gives those that shared passages with it, or may now do so with others, and the group
        that it was in."""
        rows = self._index.summaries([doc])
        if not rows:
            return set(), None
        found = _decode(rows[0].body)
        article = self._in.version(rows[0].version)
        assert article is not None, "versions are never taken away"
        page = Page(article, found.passages)
        marks = self._marked(page)
        bereft = self.followers(page) | {side[0] for one in self.shared([doc]) for side in (one.a, one.b)}
        self.put_lifted(doc, ())
        self._index.take_features(found.number, found.low, [one for one, _ in self._weights(found)])
        self._index.take_marks(found.number, found.low, [one for one, _ in (*marks.runs, *marks.rare)])
        self._index.take_told(found.number, [key(*one) for one in filed_under(found)])
        self._index.take(doc)
        self._firsts.clear()
        for kept in (self._filed, self._pages, self._marks):
            kept.pop(doc, None)
        return bereft - {doc}, rows[0].home

    def _weights(self, one: Summary) -> list[tuple[int, float]]:
        return [(key(*feature), weight) for feature, weight in one.vector.items()]

    def _marked(self, page: Page) -> Marked:
        if page.id not in self._marks:
            found, ahead = marks_of(page)
            runs, rare = found.runs_in.tolist(), found.rare_in.tolist()
            self._marks[page.id] = Marked(
                _signed(found.runs.tolist(), runs, 0), _signed(found.rare.tolist(), rare, 1),
                _signed(found.asked.tolist(), rare, 1), _signed(ahead.tolist(), rare, 1),
            )  # fmt: skip
        return self._marks[page.id]

    # What relate asks
    def annotated(self, docs: Iterable[str]) -> list[Annotated]:
        return self._in.annotated(list(docs))

    def decisions(self) -> Sequence[Decision]:
        return self._in.decisions()

    def summaries(self, docs: Iterable[str]) -> dict[str, Summary]:
        wanted = set(docs)
        for row in self._index.summaries(wanted - self._filed.keys()):
            self._filed[row.doc] = _decode(row.body)
        return {doc: self._filed[doc] for doc in sorted(wanted) if doc in self._filed}

    def pages(self, docs: Iterable[str]) -> dict[str, Page]:
        wanted = set(docs)
        missing = self.summaries(wanted - self._pages.keys())
        for article in self._in.articles(list(missing)):
            self._pages[article.id] = Page(article, missing[article.id].passages)
        return {doc: self._pages[doc] for doc in sorted(wanted) if doc in self._pages}

    def _first(self, mark: int) -> list[tuple[int, int, int]]:
        """The first paragraphs under a mark; kept, since nothing is filed while it is asked."""
        if mark not in self._firsts:
            self._firsts[mark] = self._index.first(mark, CROWD)
        return self._firsts[mark]

    def leads(self, page: Page) -> Leads:
        own, marks = page.order, self._marked(page)
        runs: Counter[tuple[int, int, int]] = Counter()
        rare: Counter[tuple[int, int, int]] = Counter()
        for count, listed in ((runs, marks.runs), (rare, marks.rare), (rare, marks.asked)):
            for mark, at in listed:
                for day, num, other in self._first(mark):
                    if (day, num) < own:
                        count[num, other, at] += 1
        return self._enough(page, runs, rare)

    def followers(self, page: Page) -> set[str]:
        marks = self._marked(page)
        runs: Counter[tuple[int, int, int]] = Counter()
        rare: Counter[tuple[int, int, int]] = Counter()
        crowd: set[int] = set()
        for mark, at in marks.runs:
            self._after(page, mark, mark, at, runs, crowd)
        for (mark, at), (ahead, _) in zip(marks.rare, marks.ahead, strict=True):
            self._after(page, mark, mark, at, rare, crowd)
            self._after(page, mark, ahead, at, rare, crowd)
        return {*self._enough(page, runs, rare), *self._index.documents(crowd).values()}

    def _after(
        self, page: Page, mark: int, other: int, at: int, count: Counter[tuple[int, int, int]], crowd: set[int]
    ) -> None:
        """Counts the paragraphs under a mark that come after an article's own and look at it: where it is among the
        first under its mark. Where these are more than are looked at, it takes another's place, and all look again."""
        own, first = page.order, self._first(mark)
        crowded = len(first) == CROWD
        if crowded and first[-1][:2] < own:
            return
        if crowded or other != mark:
            later = self._index.after(other, *own)
        else:
            later = [one for one in first if one[:2] > own]
        if crowded:
            crowd |= {num for _, num, _ in later}
        for _, num, paragraph in later:
            count[num, paragraph, at] += 1

    def _enough(
        self, page: Page, runs: Mapping[tuple[int, int, int], int], rare: Mapping[tuple[int, int, int], int]
    ) -> dict[str, list[tuple[int, int]]]:
        """The pairs of paragraphs (other article's, own) with marks enough in common."""
        enough = {pair for pair, count in runs.items() if count >= SHARED}
        enough |= {pair for pair, count in rare.items() if count >= REWORDED}
        docs = self._index.documents({num for num, _, _ in enough})
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for num, other, at in sorted(enough):
            if docs[num] != page.id:
                found[docs[num]].append((other, at))
        return found

    def near(self, one: Summary) -> Near:
        days = (one.low - REACH - MONTH, one.high + REACH) if one.dated else None
        found = {
            hit.doc: weighed(one, hit, hit.product, hit.shared)
            for hit in self._index.near(self._weights(one), days, NOTHING)
            if hit.doc != one.doc
        }
        return {doc: value for doc, value in found.items() if value}

    def telling(self, told: Iterable[Told]) -> dict[Told, list[str]]:
        keys = {key(*one): one for one in told}
        found: dict[Told, list[str]] = defaultdict(list)
        for number, doc in self._index.telling(list(keys)):
            found[keys[number]].append(doc)
        return found

    def shared(self, docs: Iterable[str]) -> list[Reuse]:
        return [one for one in self._in.of_docs("reuse", list(docs)) if isinstance(one, Reuse)]

    def lifted(self, docs: Iterable[str]) -> Shared:
        return {doc: [one for one in self._in.of_part(LIFTED + doc) if isinstance(one, Reuse)] for doc in docs}

    def put_lifted(self, doc: str, records: Sequence[Reuse]) -> None:
        self._in.put(LIFTED + doc, Relations(reuse=tuple(records)))

    def origins(self, docs: Iterable[str]) -> list[Origin]:
        found = self._in.of_docs("origin", list(docs))
        return [one for one in found if isinstance(one, Origin) and one.evidence[0] != "translation"]

    def put_origins(self, docs: Iterable[str], found: Sequence[Origin]) -> None:
        self._in.put_about(ORIGINS, "origin", list(docs), found)

    def group_of(self, docs: Iterable[str]) -> dict[str, str]:
        return self._index.homes(list(docs))

    def members(self, groups: Iterable[str]) -> dict[str, list[str]]:
        return self._index.members(list(groups))

    def sizes(self, groups: Iterable[str]) -> dict[str, int]:
        return self._index.sizes(list(groups))

    def put_groups(self, groups: dict[str, list[str]]) -> None:
        for group, docs in groups.items():
            self._index.put_home(docs, group)

    def ties(self, groups: Iterable[str]) -> Ties:
        found: Ties = defaultdict(dict)
        for a, b, strength in self._index.ties(list(groups)):
            found[a][b] = strength
        return found

    def put_ties(self, gone: Iterable[str], ties: Ties) -> None:
        every = [(a, b, strength) for a, listed in ties.items() for b, strength in listed.items()]
        self._index.put_ties([*gone, *ties], every)

    def file_of(self, groups: Iterable[str]) -> dict[str, str]:
        return self._index.files_of(list(groups))

    def files(self, files: Iterable[str]) -> dict[str, list[str]]:
        return self._index.files(list(files))

    def put_files(self, gone: Iterable[str], files: dict[str, list[str]]) -> None:
        listed = list(gone)
        self._index.put_files(listed, files)
        self._in.drop([FILE + file for file in listed])

    def put_account(self, file: str, found: Relations) -> None:
        self._in.put(FILE + file, found)
