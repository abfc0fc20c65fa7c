"""The inverted indexes: rows of numbers by which an article finds those that it may stand in some relation to.

What the numbers mean is for the room that files them to know.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete

from .connect import direct, each, fill
from .schema import bundle, feature, mark, partner, summary, tie, told
from .sealing import cleared, sealed

# Paragraphs under a mark, on average, that are read without counting them.
FEW = 16
# An article that has no day is filed under this one.
NO_DAY = -1
Weighed = tuple[int, float]
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article with the days that its date may mean, and whether it is long."""

    doc: str
    low: int
    high: int
    long: bool


class Filed(NamedTuple):
    """An article as it is filed: a row of `summary`."""

    num: int
    doc: str
    version: str
    low: int
    high: int
    long: bool
    body: bytes
    home: str | None = None


class Index:
    """The indexes of a store, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Summaries
    def file(self, rows: Iterable[Filed]) -> None:
        """Files the summaries of articles."""
        self._put(summary, rows)

    def summaries(self, docs: Collection[str]) -> list[Filed]:
        """The summaries of some articles."""
        query = (
            "SELECT s.num, s.doc, s.version, s.low, s.high, s.long, s.body, s.home "
            "FROM words(?) k CROSS JOIN summary s WHERE s.doc = k.value"
        )
        return [one._replace(long=bool(one.long)) for one in map(Filed._make, self._of(query, docs))]

    def take(self, doc: str) -> None:
        """Takes an article out; its marks, features and what it tells of are taken out by their keys."""
        gone = self.summaries([doc])
        direct(self._connection, "DELETE FROM summary WHERE doc = ?", doc)
        sealed(self._connection, summary, gone=gone)

    def documents(self, numbers: Collection[int]) -> dict[int, str]:
        """From numbers to articles."""
        query = "SELECT s.num, s.doc FROM numbers(?) k CROSS JOIN summary s WHERE s.num = k.value"
        return dict(self._of(query, numbers))

    # Features
    def put_features(self, rows: Iterable[tuple[int, int, int, float]]) -> None:
        """Files what articles are about: (key, day, number, weight)."""
        self._fill(feature, rows)

    def take_features(self, num: int, day: int, keys: Iterable[int]) -> None:
        """Takes what an article is about out again."""
        rows = [(key, day, num) for key in keys]
        each(self._connection, "DELETE FROM feature WHERE key = ? AND day = ? AND num = ?", rows)

    def weights(self, keys: Collection[int], days: tuple[int, int] | None) -> list[tuple[int, int, float]]:
        """The articles of some days (or of none), all where no days are given, that are about something: (key, number,
        weight)."""
        query = "SELECT f.key, f.num, f.weight FROM numbers(?) k CROSS JOIN feature f WHERE f.key = k.value"
        if days is None:
            return direct(self._connection, query, list(keys))
        query = f"{query} AND f.day BETWEEN ? AND ? UNION ALL {query} AND f.day = ?"
        return direct(self._connection, query, list(keys), *days, list(keys), NO_DAY)

    def placed(self, numbers: Iterable[int]) -> list[Hit]:
        """The articles of some numbers, in the order of these."""
        query = (
            "SELECT s.doc, s.low, s.high, s.long FROM numbers(?) k CROSS JOIN summary s WHERE s.num = k.value "
            "ORDER BY k.key"
        )
        return [Hit(*row) for row in direct(self._connection, query, list(numbers))]

    def count(self) -> int:
        """How many articles are filed."""
        return int(direct(self._connection, "SELECT COUNT(*) FROM summary")[0][0])

    # Marks
    def put_marks(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        """Files the marks of articles: (key, day, number, paragraph)."""
        self._fill(mark, rows)

    def take_marks(self, num: int, day: int, keys: Iterable[int]) -> None:
        """Takes an article's marks out again."""
        rows = [(key, day, num) for key in set(keys)]
        each(self._connection, "DELETE FROM mark WHERE key = ? AND day = ? AND num = ?", rows)

    def first(self, keys: Collection[int], most: int) -> dict[int, list[Place]]:
        """The first paragraphs, so many at most, that have each of some marks: (day, number, paragraph) in order."""
        found: dict[int, list[Place]] = {key: [] for key in keys}
        query = "SELECT m.key, m.day, m.num, m.paragraph FROM numbers(?) k CROSS JOIN mark m WHERE m.key = k.value"
        # Most marks have few; where some have so many that this would take long, they are counted first.
        enough = most + FEW * len(keys)
        rows = direct(self._connection, f"{query} LIMIT ?", list(keys), enough)
        crowded: list[int] = []
        if len(rows) == enough:
            counted = "SELECT k.value, (SELECT COUNT(*) FROM (SELECT 1 FROM mark WHERE key = k.value LIMIT ?) few)"
            count = dict(direct(self._connection, f"{counted} FROM numbers(?) k", most, list(keys)))
            rows = self._of(query, [key for key in keys if 0 < count[key] < most])
            crowded = [key for key in keys if count[key] == most]
        for key, day, num, paragraph in rows:
            found[key].append((day, num, paragraph))
        query = "SELECT day, num, paragraph FROM mark WHERE key = ? ORDER BY day, num, paragraph LIMIT ?"
        least = {key: direct(self._connection, query, key, most) for key in crowded}
        return {key: sorted(places)[:most] for key, places in found.items()} | least

    def after(self, keys: Collection[int], day: int, num: int) -> dict[int, list[Place]]:
        """The paragraphs with each of some marks of articles that come after one: (day, number, paragraph) in order."""
        query = (
            "SELECT m.key, m.day, m.num, m.paragraph FROM numbers(?) k CROSS JOIN mark m "
            "WHERE m.key = k.value AND (m.day, m.num) > (?, ?)"
        )
        found: dict[int, list[Place]] = {key: [] for key in keys}
        for key, *place in direct(self._connection, query, list(keys), day, num):
            found[key].append((place[0], place[1], place[2]))
        return {key: sorted(places) for key, places in found.items()}

    def partners(self, doc: str) -> bytes:
        """The earlier articles that have passages of one, as they were put."""
        found = direct(self._connection, "SELECT body FROM partner WHERE doc = ?", doc)
        return bytes(found[0][0]) if found else b""

    def put_partners(self, doc: str, body: bytes) -> None:
        """Replaces the earlier articles that have passages of one; nothing where there are none."""
        before = self.partners(doc)
        if body == before:
            return
        direct(self._connection, "DELETE FROM partner WHERE doc = ?", doc)
        if body:
            direct(self._connection, "INSERT INTO partner VALUES (?, ?)", doc, body)
        come, gone = ([(doc, one)] if one else [] for one in (body, before))
        sealed(self._connection, partner, come, gone)

    # What is told
    def put_told(self, rows: Iterable[tuple[int, int]]) -> None:
        """Files what articles tell of: (key, number)."""
        self._fill(told, rows)

    def take_told(self, num: int, keys: Iterable[int]) -> None:
        """Takes what an article tells of out again."""
        each(self._connection, "DELETE FROM told WHERE key = ? AND num = ?", [(key, num) for key in set(keys)])

    def telling(self, keys: Collection[int]) -> list[tuple[int, str]]:
        """The articles that tell of something: (key, article)."""
        query = (
            "SELECT t.key, s.doc FROM numbers(?) k CROSS JOIN told t CROSS JOIN summary s "
            "WHERE t.key = k.value AND s.num = t.num"
        )
        return self._of(query, keys)

    # Groups
    def homes(self, docs: Collection[str]) -> dict[str, str]:
        """The groups that some articles are in."""
        query = "SELECT s.doc, s.home FROM words(?) k CROSS JOIN summary s WHERE s.doc = k.value AND s.home IS NOT NULL"
        return dict(self._of(query, docs))

    def members(self, groups: Collection[str]) -> dict[str, list[str]]:
        """The articles of some groups, in order."""
        query = "SELECT s.home, s.doc FROM words(?) k CROSS JOIN summary s WHERE s.home = k.value"
        return {group: [] for group in groups} | _listed(self._of(query, groups))

    def sizes(self, groups: Collection[str]) -> dict[str, int]:
        """How many articles each group has."""
        query = "SELECT s.home, COUNT(*) FROM words(?) k CROSS JOIN summary s WHERE s.home = k.value GROUP BY s.home"
        return dict(self._of(query, groups))

    def put_homes(self, homes: Mapping[str, str]) -> None:
        """Puts articles into groups: from articles to groups."""
        gone = self.summaries(homes)
        come = [one._replace(home=homes[one.doc]) for one in gone]
        each(self._connection, "UPDATE summary SET home = ? WHERE num = ?", [(one.home, one.num) for one in come])
        sealed(self._connection, summary, come, gone)

    def ties(self, groups: Collection[str]) -> list[tuple[str, str, int]]:
        """The ties of some groups."""
        return self._of("SELECT t.a, t.b, t.strength FROM words(?) k CROSS JOIN tie t WHERE t.a = k.value", groups)

    def put_ties(self, groups: Collection[str], ties: Iterable[tuple[str, str, int]]) -> None:
        """Replaces the ties of some groups, both ways."""
        one_way = self.ties(groups)
        other_way = [row for row in self.ties({b for _, b, _ in one_way}) if row[1] in groups]
        gone = {*one_way, *other_way}
        each(self._connection, "DELETE FROM tie WHERE a = ? AND b = ?", [(a, b) for a, b, _ in gone])
        sealed(self._connection, tie, gone=gone)
        both = {(a, b): n for x, y, n in ties for a, b in ((x, y), (y, x))}
        self._put(tie, [(*pair, n) for pair, n in both.items()])

    # Files
    def files_of(self, groups: Collection[str]) -> dict[str, str]:
        """The files that some groups are in."""
        return dict(
            self._of("SELECT b.home, b.file FROM words(?) k CROSS JOIN bundle b WHERE b.home = k.value", groups)
        )

    def files(self, files: Collection[str]) -> dict[str, list[str]]:
        """The groups of some files, in order."""
        query = "SELECT b.file, b.home FROM words(?) k CROSS JOIN bundle b WHERE b.file = k.value"
        return _listed(self._of(query, files))

    def put_files(self, gone: Collection[str], files: dict[str, list[str]]) -> None:
        """Takes files away and puts groups into others."""
        rows = [(group, file) for file, members in files.items() for group in members]
        inside = self.files({*gone, *files})
        before = {(group, file) for file, members in inside.items() for group in members}
        before |= set(self.files_of([group for group, _ in rows]).items())
        each(self._connection, "DELETE FROM bundle WHERE home = ?", [(group,) for group, _ in before])
        sealed(self._connection, bundle, gone=before)
        self._put(bundle, rows)

    def clear(self) -> None:
        """Takes everything out."""
        for table in (feature, mark, told):
            self._connection.execute(delete(table))
        for table in (summary, partner, tie, bundle):
            cleared(self._connection, table)

    def _of(self, query: str, values: Collection[int] | Collection[str]) -> list[tuple[Any, ...]]:
        """The rows of a query for some values; none for none."""
        return direct(self._connection, query, list(values)) if values else []

    def _fill(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        # In the order of their keys: pages of an index that are touched are touched once.
        listed = sorted(rows)
        if listed:
            fill(self._connection, table, listed)
        return listed

    def _put(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Puts rows into a table that is sealed."""
        sealed(self._connection, table, come=self._fill(table, rows))


def _listed(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """From the first of each pair to all that come with it, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in sorted(rows):
        found[key].append(value)
    return found
