"""The shelf of a store: what relate asks, answered from the indexes and rows of one transaction."""

import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec
import numpy as np

from ..model.article import digest
from ..model.decisions import Decision
from ..model.records import Annotated
from ..model.relations import Origin, Relations, Reuse
from ..relate.reuse import CROWD, SHARED, Leads, Lifted, Page, Pairs, Partner, marks_of
from ..relate.stories import REACH, Summary, Ties, filed_under, summary
from ..relate.stories.likeness import ROWS, Near, Vectors, products, vectors, weighed
from ..relate.stories.summary import Told
from ..store import Transaction
from ..store.index import Filed
from ..store.relations import FILE

# Parts of the relations: of what an article has from earlier ones, of origins. Files have parts of their own.
LIFTED, ORIGINS = "lifted:", "origins"
# A date of publication that is a month spans so many days more.
MONTH = 31
# So many pairs of articles are held against each other at once, where all are held against some.
PAIRS = 1 << 18


_decode = msgspec.msgpack.Decoder(Summary).decode
_partners = msgspec.msgpack.Decoder(tuple[Partner, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


@lru_cache(maxsize=1 << 15)
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


def marked(listed: Sequence[Page]) -> dict[str, Marked]:
    """The marks of articles."""
    made: dict[str, Marked] = {}
    for doc, found in marks_of(listed).items():
        runs, rare = found.runs_in.tolist(), found.rare_in.tolist()
        made[doc] = Marked(
            _signed(found.runs.tolist(), runs, 0), _signed(found.rare.tolist(), rare, 1),
            _signed(found.asked.tolist(), rare, 1), _signed(found.ahead.tolist(), rare, 1),
        )  # fmt: skip
    return made


def features(one: Summary) -> list[tuple[int, float]]:
    """What an article is about, as it is filed: (key, weight)."""
    return [(key(*feature), weight) for feature, weight in one.vector.items()]


def telling(one: Summary) -> list[int]:
    """What an article tells of, as it is filed."""
    return [key(*told) for told in filed_under(one)]


def _of_days(listed: Sequence[Summary], undated: int) -> Iterator[list[Summary]]:
    """Articles that were published within REACH days of one another; those without a date by themselves, so many at
    once."""
    some: list[Summary] = []
    for one in sorted(listed, key=lambda one: one.low):
        most = ROWS if one.dated else undated
        if some and (one.low > some[0].low + REACH or some[0].dated != one.dated or len(some) == most):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


class Kept:
    """A shelf over a transaction. What it has looked up it keeps until it is done."""

    def __init__(self, transaction: Transaction) -> None:
        self._in, self._index = transaction, transaction.index
        self._filed: dict[str, Summary] = {}
        self._pages: dict[str, Page] = {}
        self._marks: dict[str, Marked] = {}
        # The numbers of those that were filed in this transaction; from numbers to articles.
        self._fresh: set[int] = set()
        self._docs: dict[int, str] = {}
        self._alone = False  # whether no other article is filed
        self._firsts: dict[int, list[tuple[int, int, int]]] = {}
        self._lifted: dict[str, Lifted] = {}
        self._read: dict[str, Annotated] = {}

    # Filing
    def file(self, found: Collection[Annotated]) -> None:
        """Files articles that are not filed."""
        self._read |= {one.article.id: one for one in found}
        fresh = {one.article.id: (one.article, summary(one)) for one in found}
        self._filed |= {doc: one for doc, (_, one) in fresh.items()}
        self._pages |= {doc: Page(article, one.passages) for doc, (article, one) in fresh.items()}
        self._mark(self._pages[doc] for doc in fresh)
        self._firsts.clear()
        self._index.file(
            Filed(one.number, one.doc, article.version, one.low, one.high, one.long, _encode(one))
            for article, one in fresh.values()
        )
        places = [(one, self._marks[doc], (one.low, one.number)) for doc, (_, one) in fresh.items()]
        numbers = {one.number: one.doc for one, _, _ in places}
        self._docs |= numbers
        self._fresh |= numbers.keys()
        self._alone = self._index.count() == len(self._fresh)
        self._index.put_features((key, *at, weight) for one, _, at in places for key, weight in features(one))
        self._index.put_marks((key, *at, n) for _, own, at in places for key, n in (*own.runs, *own.rare))
        self._index.put_told((key, at[1]) for one, _, at in places for key in set(telling(one)))

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
        pairs, crowd = self._followers(page)
        bereft = {*pairs, *self._index.documents(crowd).values()}
        bereft |= {side[0] for one in self.shared([doc]) for side in (one.a, one.b)}
        self.put_lifted(doc, Lifted())
        self._index.take_features(found.number, found.low, [one for one, _ in features(found)])
        self._index.take_marks(found.number, found.low, [one for one, _ in (*marks.runs, *marks.rare)])
        self._index.take_told(found.number, telling(found))
        self._index.take(doc)
        self._firsts.clear()
        for kept in (self._filed, self._pages, self._marks, self._read):
            kept.pop(doc, None)
        return bereft - {doc}, rows[0].home

    def _marked(self, page: Page) -> Marked:
        self._mark([page])
        return self._marks[page.id]

    def _mark(self, listed: Iterable[Page]) -> None:
        self._marks |= marked([page for page in listed if page.id not in self._marks])

    # What relate asks
    def annotated(self, docs: Iterable[str]) -> list[Annotated]:
        wanted = set(docs)
        kept, missing = [self._read[doc] for doc in wanted & self._read.keys()], wanted - self._read.keys()
        return [*kept, *self._in.annotated(missing)] if missing else kept

    def decisions(self) -> Sequence[Decision]:
        return self._decisions

    @cached_property
    def _decisions(self) -> Sequence[Decision]:
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

    def _first(self, marks: Iterable[int]) -> dict[int, list[tuple[int, int, int]]]:
        """The first paragraphs under some marks; kept, since nothing is filed while they are asked for."""
        if missing := {*marks}.difference(self._firsts):
            self._firsts |= self._index.first(missing, CROWD)
        return self._firsts

    def leads(self, page: Page) -> Leads:
        own, marks = page.order, self._marked(page)
        asked = (*marks.runs, *marks.rare, *marks.asked)
        first = self._first([mark for mark, _ in asked])
        earlier = ((first[mark][: bisect.bisect_left(first[mark], own)], at) for mark, at in asked)
        return self._enough(page, Counter([(num, other, at) for places, at in earlier for _, num, other in places]))

    def followers(self, page: Page) -> dict[str, Pairs | None]:
        pairs, crowd = self._followers(page)
        docs = self._documents({num for later, put_out in crowd.items() for num in (later, *put_out)})
        found: dict[str, Pairs | None] = {doc: sorted((at, other) for other, at in led) for doc, led in pairs.items()}
        for later, put_out in crowd.items():
            if self._misses(docs[later], {docs[num] for num in put_out}):
                found[docs[later]] = None
        return found

    def _misses(self, doc: str, put_out: set[str]) -> bool:
        """Whether an article that no longer looks at some others under some marks has passages of one, in paragraphs
        that it finds no more."""
        partners = [one for one in self._partners(doc) if one.doc in put_out]
        if not partners:
            return False
        leads = self.leads(self.pages([doc])[doc])
        return any((i, at) not in leads.get(one.doc, ()) for one in partners for i, at, _ in one.held)

    def _followers(self, page: Page) -> tuple[dict[str, list[tuple[int, int]]], dict[int, set[int]]]:
        """The later articles, filed before, that have this one among their leads, with the paragraphs (theirs first);
        and, by their numbers, those that look at it in the place of others, with these."""
        if self._alone:
            return {}, {}
        marks, own = self._marked(page), page.order
        turns = [(mark, mark, at) for mark, at in (*marks.runs, *marks.rare)]
        turns += [(mark, ahead, at) for (mark, at), (ahead, _) in zip(marks.rare, marks.ahead, strict=True)]
        every = self._first([mark for mark, _, _ in turns])
        # Those that look at a mark are held against an article that is among the first under it. Where these are more
        # than are looked at, it takes another's place.
        turns = [turn for turn in turns if len(every[turn[0]]) < CROWD or every[turn[0]][-1][:2] >= own]
        beyond = {one for mark, other, _ in turns if len(every[mark]) == CROWD for one in (mark, other)}
        after = self._index.after(beyond | {other for mark, other, _ in turns if other != mark}, *own)
        count: Counter[tuple[int, int, int]] = Counter()
        crowd: dict[int, set[int]] = defaultdict(set)
        for mark, other, at in turns:
            first = every[mark]
            # Those that are filed anew are held against all that they look at anyway.
            later = [one for one in after.get(other, first) if one[1] not in self._fresh and one[:2] > own]
            if len(first) == CROWD:
                fresh = sum(num in self._fresh for _, num, _ in first)
                put_out = [one for one in after[mark] if one > first[-1]][:fresh]
                for one in later:
                    crowd[one[1]] |= {num for day, num, _ in put_out if (day, num) < one[:2]}
            for _, num, paragraph in later:
                count[num, paragraph, at] += 1
        return self._enough(page, count), crowd

    def _enough(self, page: Page, shared: Mapping[tuple[int, int, int], int]) -> dict[str, list[tuple[int, int]]]:
        """The pairs of paragraphs (other article's, own) with marks enough in common."""
        enough = {pair for pair, count in shared.items() if count >= SHARED}
        docs = self._documents({num for num, _, _ in enough})
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for num, other, at in sorted(enough):
            if docs[num] != page.id:
                found[docs[num]].append((other, at))
        return found

    def _documents(self, numbers: set[int]) -> Mapping[int, str]:
        if missing := numbers.difference(self._docs):
            self._docs |= self._index.documents(missing)
        return self._docs

    def near(self, listed: Sequence[Summary]) -> dict[str, Near]:
        found: dict[str, Near] = {}
        # Those without a date are held against all articles there are.
        undated = 1 if all(one.dated for one in listed) else min(ROWS, max(1, PAIRS // (self._index.count() or 1)))
        for some in _of_days(listed, undated):
            found |= self._near(some)
        return found

    def _near(self, listed: Sequence[Summary]) -> dict[str, Near]:
        """The likeness of some articles of a few days to all others."""
        own = [dict(features(one)) for one in listed]
        lows, highs = [one.low for one in listed], [one.high for one in listed]
        days = (min(lows) - REACH - MONTH, max(highs) + REACH) if listed[0].dated else None
        places = {key: at for at, key in enumerate({key for vector in own for key in vector})}
        found: dict[str, Near] = {one.doc: {} for one in listed}
        rows = self._index.weights(list(places), days)
        if not rows:
            return found
        keys, numbers, weights = zip(*rows, strict=True)
        nums, columns = np.unique(np.array(numbers, np.int64), return_inverse=True)
        hits = self._index.placed(nums.tolist())
        others = Vectors(columns, np.array([places[key] for key in keys], np.int64), np.array(weights, np.float64))
        shape = len(listed), len(hits)
        values = weighed(listed, hits, *products(vectors(own, places), others, shape))
        for i, j in np.argwhere(values).tolist():
            if hits[j].doc != listed[i].doc:
                found[listed[i].doc][hits[j].doc] = float(values[i, j])
        return found

    def telling(self, told: Iterable[Told]) -> dict[Told, list[str]]:
        keys = {key(*one): one for one in told}
        found: dict[Told, list[str]] = defaultdict(list)
        for number, doc in self._index.telling(list(keys)):
            found[keys[number]].append(doc)
        return found

    def shared(self, docs: Iterable[str]) -> list[Reuse]:
        return [one for one in self._in.of_docs("reuse", list(docs)) if isinstance(one, Reuse)]

    def between(self, docs: Iterable[str]) -> list[Reuse]:
        inside = set(docs)
        known = self._lifted.keys() >= inside
        found = (one for doc in sorted(inside) for one in self._lifted[doc].records) if known else self.shared(inside)
        return [one for one in found if one.a[0] in inside and one.b[0] in inside]

    def lifted(self, doc: str) -> Lifted:
        if doc not in self._lifted:
            records = [one for one in self._in.of_part(LIFTED + doc) if isinstance(one, Reuse)]
            self._lifted[doc] = Lifted(tuple(sorted(records, key=lambda one: (one.a, one.b))), self._partners(doc))
        return self._lifted[doc]

    def _partners(self, doc: str) -> tuple[Partner, ...]:
        body = self._index.partners(doc)
        return _partners(body) if body else ()

    def put_lifted(self, doc: str, found: Lifted) -> None:
        self._lifted[doc] = found
        self._in.put(LIFTED + doc, Relations(reuse=found.records))
        self._index.put_partners(doc, _encode(found.partners) if found.partners else b"")

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
        self._index.put_homes({doc: group for group, docs in groups.items() for doc in docs})

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
