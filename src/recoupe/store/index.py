"""The inverted indexes: rows of numbers by which an article finds those that it may stand in some relation to.

What the numbers mean is for the room that files them to know.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, or_, select, update

from .connect import direct, each
from .relations import in_parts
from .schema import bundle, feature, mark, partner, summary, tie, told
from .sealing import changing, cleared, sealed

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


class Index:
    """The indexes of a store, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Summaries
    def file(self, row: dict[str, object]) -> None:
        """Files an article's summary."""
        self._connection.execute(insert(summary).values(row))
        sealed(self._connection, summary, come=[[row[one.name] for one in summary.columns]])

    def summaries(self, docs: Collection[str]) -> list[Row[tuple[object, ...]]]:
        """The summaries of some articles."""
        return [
            row
            for some in in_parts(docs)
            for row in self._connection.execute(select(summary).where(summary.c.doc.in_(some)))
        ]

    def take(self, doc: str) -> None:
        """Takes an article out; its marks, features and what it tells of are taken out by their keys."""
        with changing(self._connection, summary, summary.c.doc == doc):
            self._connection.execute(delete(summary).where(summary.c.doc == doc))

    def documents(self, numbers: Collection[int]) -> dict[int, str]:
        """From numbers to articles."""
        return {
            num: doc
            for some in in_parts(numbers)
            for num, doc in self._connection.execute(
                select(summary.c.num, summary.c.doc).where(summary.c.num.in_(some))
            )
        }

    # Features
    def put_features(self, num: int, day: int, weighed: Iterable[Weighed]) -> None:
        """Files what an article is about."""
        rows = [(key, day, num, weight) for key, weight in weighed]
        each(self._connection, "INSERT INTO feature (key, day, num, weight) VALUES (?, ?, ?, ?)", rows)

    def take_features(self, num: int, day: int, keys: Iterable[int]) -> None:
        """Takes what an article is about out again."""
        for key in keys:
            where = (feature.c.key == key, feature.c.day == day, feature.c.num == num)
            self._connection.execute(delete(feature).where(*where))

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

    # Marks
    def put_marks(self, num: int, day: int, marks: Iterable[tuple[int, int]]) -> None:
        """Files the marks (key, paragraph) of an article."""
        rows = [(key, day, num, at) for key, at in marks]
        each(self._connection, "INSERT INTO mark (key, day, num, paragraph) VALUES (?, ?, ?, ?)", rows)

    def take_marks(self, num: int, day: int, keys: Iterable[int]) -> None:
        """Takes an article's marks out again."""
        for key in set(keys):
            where = (mark.c.key == key, mark.c.day == day, mark.c.num == num)
            self._connection.execute(delete(mark).where(*where))

    def first(self, key: int, most: int) -> list[Place]:
        """The first paragraphs that have a mark, by day and number: (day, number, paragraph)."""
        query = "SELECT day, num, paragraph FROM mark WHERE key = ? ORDER BY day, num, paragraph LIMIT ?"
        return direct(self._connection, query, key, most)

    def after(self, key: int, day: int, num: int) -> list[Place]:
        """The paragraphs with a mark of articles that come after one: (day, number, paragraph)."""
        query = "SELECT day, num, paragraph FROM mark WHERE key = ? AND (day, num) > (?, ?)"
        return direct(self._connection, query, key, day, num)

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
    def put_told(self, num: int, keys: Iterable[int]) -> None:
        """Files what an article tells of."""
        rows = [{"key": key, "num": num} for key in set(keys)]
        if rows:
            self._connection.execute(insert(told), rows)

    def take_told(self, num: int, keys: Iterable[int]) -> None:
        """Takes what an article tells of out again."""
        for key in set(keys):
            self._connection.execute(delete(told).where(told.c.key == key, told.c.num == num))

    def telling(self, keys: Collection[int]) -> list[tuple[int, str]]:
        """The articles that tell of something: (key, article)."""
        found = []
        for some in in_parts(keys):
            query = select(told.c.key, summary.c.doc).join(summary, summary.c.num == told.c.num)
            found += [(key, doc) for key, doc in self._connection.execute(query.where(told.c.key.in_(some)))]
        return found

    # Groups
    def homes(self, docs: Collection[str]) -> dict[str, str]:
        """The groups that some articles are in."""
        query = select(summary.c.doc, summary.c.home)
        return {
            doc: home
            for some in in_parts(docs)
            for doc, home in self._connection.execute(query.where(summary.c.doc.in_(some)))
            if home is not None
        }

    def members(self, groups: Collection[str]) -> dict[str, list[str]]:
        """The articles of some groups, in order."""
        found: dict[str, list[str]] = {group: [] for group in groups}
        query = select(summary.c.home, summary.c.doc)
        for some in in_parts(groups):
            for home, doc in self._connection.execute(query.where(summary.c.home.in_(some))):
                found[home].append(doc)
        return {group: sorted(docs) for group, docs in found.items()}

    def sizes(self, groups: Collection[str]) -> dict[str, int]:
        """How many articles each group has."""
        query = select(summary.c.home, func.count()).group_by(summary.c.home)
        return {
            home: count
            for some in in_parts(groups)
            for home, count in self._connection.execute(query.where(summary.c.home.in_(some)))
        }

    def put_home(self, docs: Collection[str], group: str) -> None:
        """Puts articles into a group."""
        for some in in_parts(docs):
            with changing(self._connection, summary, summary.c.doc.in_(some)):
                self._connection.execute(update(summary).where(summary.c.doc.in_(some)).values(home=group))

    def ties(self, groups: Collection[str]) -> list[tuple[str, str, int]]:
        """The ties of some groups."""
        return [
            (a, b, strength)
            for some in in_parts(groups)
            for a, b, strength in self._connection.execute(select(tie).where(tie.c.a.in_(some)))
        ]

    def put_ties(self, groups: Collection[str], ties: Iterable[tuple[str, str, int]]) -> None:
        """Replaces the ties of some groups, both ways."""
        for some in in_parts(groups):
            self._remove(tie, or_(tie.c.a.in_(some), tie.c.b.in_(some)))
        both = {(a, b): n for x, y, n in ties for a, b in ((x, y), (y, x))}
        self._put(tie, [(a, b, n) for (a, b), n in both.items()])

    # Files
    def files_of(self, groups: Collection[str]) -> dict[str, str]:
        """The files that some groups are in."""
        return {
            home: file
            for some in in_parts(groups)
            for home, file in self._connection.execute(select(bundle).where(bundle.c.home.in_(some)))
        }

    def files(self, files: Collection[str]) -> dict[str, list[str]]:
        """The groups of some files, in order."""
        found: dict[str, list[str]] = {}
        for some in in_parts(files):
            for home, file in self._connection.execute(select(bundle).where(bundle.c.file.in_(some))):
                found.setdefault(file, []).append(home)
        return {file: sorted(groups) for file, groups in found.items()}

    def put_files(self, gone: Collection[str], files: dict[str, list[str]]) -> None:
        """Takes files away and puts groups into others."""
        groups = [group for members in files.values() for group in members]
        for column, values in ((bundle.c.file, gone), (bundle.c.file, files), (bundle.c.home, groups)):
            for some in in_parts(list(values)):
                self._remove(bundle, column.in_(some))
        self._put(bundle, [(group, file) for file, members in files.items() for group in members])

    def clear(self) -> None:
        """Takes everything out."""
        for table in (feature, mark, told):
            self._connection.execute(delete(table))
        for table in (summary, partner, tie, bundle):
            cleared(self._connection, table)

    def _put(self, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._connection.execute(insert(table), [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])
            sealed(self._connection, table, come=rows)

    def _remove(self, table: Table, where: ColumnElement[bool]) -> None:
        with changing(self._connection, table, where):
            self._connection.execute(delete(table).where(where))
