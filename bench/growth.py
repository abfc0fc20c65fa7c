"""How a store bears growth: the time to relate one more article, the memory, and the time for one story's account.

Usage: python -m bench.growth SHARED [HOW_MANY …]

Sizes are 1,000, 10,000 and 100,000 articles unless told. The articles are generated with their records (annotating
100,000 would take a day and is not what is measured): stories of one to a hundred articles, eight a day, each with its
town, people, numbers and statements, a third of their paragraphs copied or edited from one another, all of them naming
the same two countries and one president; the filling is made of the sentences of SHARED/data/sequoia_ne with their
words put in anew. The first BASE of them are stored and related one batch after the other. A larger store is made of
these by moving copies of all their rows in time: each copy has its own articles, days, people's and paragraphs' rare
marks, and the same common words, so that the tables and the lists in them are as long as they would be; what each
copied article's records say is not copied, since nothing reads it. Then twenty more articles come one at a time: half
of a new story, half of a story that the store has, one in five of earlier days. `add` is the median, the 95th
percentile and the longest time to relate one of these (processor and real time), its own annotation and storing not
counted; `memory` is the highest that the process ever took, generating included; `brief` is the time to fetch and write
the account of one story.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from recoupe.brief import account
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated, AnyRecord, Block, Claim, Event, Figure, Name, Time, identified
from recoupe.model.relations import Story
from recoupe.run import related
from recoupe.store import Store

from .reuse import Maker

SEED, LANG = 20240303, "fr"
SIZES = (1_000, 10_000, 100_000)
# Articles that are generated and related, how many come in a day, how many one at a time.
BASE, A_DAY, MORE = 500, 8, 20
# The 95th percentile of these.
LATE = MORE * 95 // 100 - 1
# A mark that so many paragraphs of the first articles share is a turn of phrase, which copies have too.
PHRASE = 4
# Copies lie so many days apart.
APART = 400
# Paragraphs of an article, and the chance that one is another's of its story.
LENGTH, COPIED = 8, 0.33
KINDS = ("strike", "ground", "meeting", "protest", "exercise", "movement")
NOUNS = {
    "strike": "frappe", "ground": "combat", "meeting": "rencontre", "protest": "manifestation",
    "exercise": "exercice", "movement": "mouvement",
}  # fmt: skip
WORLD = (("Russie", "loc/russia"), ("Ukraine", "loc/ukraine"), ("Vladimir Poutine", "per/vladimir-putin"))
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in ("a", "e", "i", "o", "ou", "an", "in", "el")]


class Draft:
    """A text and its records, written sentence by sentence."""

    def __init__(self) -> None:
        self.text, self.records = "", list[AnyRecord]()
        self.start = 0

    def say(self, words: str) -> tuple[int, int]:
        """Adds words; gives their place."""
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def cut(self, span: tuple[int, int]) -> dict[str, object]:
        return {"start": span[0], "end": span[1], "text": self.text[span[0] : span[1]]}

    def name(self, words: str, slug: str) -> tuple[int, int]:
        span = self.say(words)
        kind = slug[:3].upper()
        self.records.append(Name(**self.cut(span), type=kind, entity=slug))  # type: ignore[arg-type]
        return span

    def end(self) -> None:
        """Ends a paragraph."""
        self.records.append(Block(**self.cut((self.start, len(self.text))), kind="body"))  # type: ignore[arg-type]
        self.say("\n")
        self.start = len(self.text)


class World:
    """Makes stories and their articles, each the same for the same seed."""

    def __init__(self, shared: Path) -> None:
        self.maker, self.random = Maker(shared / "data/sequoia_ne"), random.Random(SEED)
        self.story: dict[str, object] = {}
        self.left, self.count, self.told = 0, 0, list[dict[str, object]]()
        self.known = list[Story]()

    def word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 3)))).capitalize()

    def begin(self, day: int) -> dict[str, object]:
        """A new story."""
        people = [f"{self.word()} {self.word()}" for _ in range(3)]
        return {
            "day": day, "town": self.word(), "kind": self.random.choice(KINDS), "people": people,
            "toll": self.random.randrange(3, 90), "said": [self.maker.sentence() for _ in range(4)], "paragraphs": [],
        }  # fmt: skip

    def article(self) -> Annotated:
        """The next article."""
        if not self.left:
            self.story = self.begin(self.count // A_DAY)
            self.told.append(self.story)
            self.left = min(100, int(self.random.paretovariate(1.1)))
        self.left -= 1
        return self.of(self.story)

    def of(self, story: dict[str, object]) -> Annotated:
        """An article of a story."""
        self.count += 1
        day = date(2022, 1, 1) + timedelta(days=int(story["day"]) + self.random.choice((0, 0, 0, 1, 1, 2)))  # type: ignore[call-overload]
        draft = Draft()
        self.lead(draft, story)
        known: list[str] = story["paragraphs"]  # type: ignore[assignment]
        for n in range(LENGTH):
            if n == 3:
                self.claim(draft, story)
            if known and self.random.random() < COPIED:
                draft.say(self.maker.taken(self.random.choice(known), self.random.choice(("copied", "edited"))))
            else:
                known.append(self.maker.paragraph())
                draft.say(known[-1])
            draft.end()
        text, name = draft.text, f"g{self.count:06}"
        about = Article(id=name, text=text, sha256=f"{self.count:064x}", lang=LANG, published=day.isoformat())
        return Annotated(about, tuple(identified(one, about) for one in draft.records))

    def lead(self, draft: Draft, story: dict[str, object]) -> None:
        """What happened, where and when, with a toll and the world around it."""
        kind, day = str(story["kind"]), (date(2022, 1, 1) + timedelta(days=int(story["day"]))).isoformat()  # type: ignore[call-overload]
        draft.say("Une ")
        head = draft.say(NOUNS[kind])
        draft.say(" a eu lieu à ")
        place = draft.name(str(story["town"]), f"loc/{str(story['town']).lower()}")
        draft.say(" le ")
        when = draft.say(day)
        after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        told = {"value": day, "earliest": f"{day}T00:00", "latest": f"{after}T00:00", "grain": "day", "type": "DATE"}
        draft.records.append(Time(**draft.cut(when), **told))  # type: ignore[arg-type]
        draft.records.append(Event(**draft.cut(head), type=kind, place=place, time_span=when))  # type: ignore[arg-type]
        draft.say(" et a fait ")
        toll = int(story["toll"]) + self.random.choice((0, 0, 0, 1, 2))  # type: ignore[call-overload]
        number = draft.say(str(toll))
        draft.records.append(
            Figure(**draft.cut(number), low=toll, high=toll, counts=("mort",), measure="killed")  # type: ignore[arg-type]
        )
        draft.say(" morts entre ")
        for words, slug in WORLD:
            draft.name(words, slug)
            draft.say(", ")
        draft.say("dit-on.")
        draft.end()

    def claim(self, draft: Draft, story: dict[str, object]) -> None:
        """What two people of the story say."""
        for _ in range(2):
            person: str = self.random.choice(story["people"])  # type: ignore[arg-type]
            slug = "per/" + person.lower().replace(" ", "-")
            source = draft.name(person, slug)
            cue = draft.say(" a déclaré")
            draft.say(" que ")
            content = draft.say(self.random.choice(story["said"]).rstrip("."))  # type: ignore[arg-type]
            draft.records.append(Claim(**draft.cut(content), source=source, source_entity=slug, cue=cue))  # type: ignore[arg-type]
            draft.say(". ")
        draft.end()


def begun(store: Store, world: World) -> float:
    """Stores and relates the first articles; gives the seconds of processor time that relating took."""
    for _ in range(BASE):
        store.put(world.article())
    start = time.process_time()
    related(store)
    return time.process_time() - start


def multiplied(store: Store, copies: int) -> None:
    """Adds copies of all rows, each moved in time; `n`s and numbers are moved with the copy's number."""
    with store.engine.begin() as connection:
        run = connection.exec_driver_sql
        columns = (
            "text, sha256, lang, published_by, source, read, url, title, outlet, translated, translated_why, hints"
        )
        run("CREATE TEMP TABLE base AS SELECT n FROM article")
        run(f"CREATE TEMP TABLE phrase AS SELECT key FROM mark GROUP BY key HAVING COUNT(*) >= {PHRASE}")
        run("CREATE INDEX temp.phrase_key ON phrase (key)")
        for table in ("relation", "about", "summary", "feature", "mark", "partner", "told", "tie", "bundle"):
            run(f"CREATE TEMP TABLE b_{table} AS SELECT * FROM {table}")
        top = run("SELECT MAX(n) FROM relation").scalar() or 0
        for n in range(1, copies + 1):
            mix = n * 0x9E3779B97F4A7C15 % (1 << 62) & ~1
            moved, id = f"(((num >> 1) + {mix}) & {(1 << 62) - 1})", f"|| '~{n}'"
            run(
                f"INSERT INTO article (version, id, published, seal, chain, {columns}) "
                f"SELECT version {id}, id {id}, date(published, '-{n * APART} days'), seal, chain {id}, {columns} "
                "FROM article WHERE n IN base ORDER BY n"
            )
            run(f"INSERT INTO relation SELECT n + {n * top}, part {id}, layer, id {id}, body FROM b_relation")
            run(f"INSERT INTO about SELECT doc {id}, n + {n * top} FROM b_about")
            run(
                f"INSERT INTO summary SELECT {moved}, doc {id}, version {id}, low - {n * APART}, high - {n * APART}, "
                f"long, body, home {id} FROM b_summary"
            )
            run(f"INSERT INTO feature SELECT key, day - {n * APART}, {moved}, weight FROM b_feature")
            key = f"CASE WHEN key IN phrase THEN key ELSE ((key >> 1) + {mix}) & {(1 << 62) - 2} | (key & 1) END"
            run(f"INSERT INTO mark SELECT {key}, day - {n * APART}, {moved}, paragraph FROM b_mark")
            run(f"INSERT INTO partner SELECT doc {id}, body FROM b_partner")
            run(f"INSERT INTO told SELECT ((key >> 1) + {mix}) & {(1 << 62) - 1}, {moved} FROM b_told")
            run(f"INSERT INTO tie SELECT a {id}, b {id}, strength FROM b_tie")
            run(f"INSERT INTO bundle SELECT home {id}, file {id} FROM b_bundle")
        # The copies lie before the first articles in time; the chain ends with the last of them.
        run("UPDATE fact SET value = (SELECT chain FROM article ORDER BY n DESC LIMIT 1) WHERE key = 'related'")


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Processor and real time of a piece of work."""
    start, real = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - start, time.perf_counter() - real


def one_more(store: Store, world: World) -> list[tuple[float, float]]:
    """The times that relating one more article takes."""
    found = []
    last = int(world.told[-1]["day"])  # type: ignore[call-overload]
    for n in range(MORE):
        story = world.begin(last - (30 if n % 5 == 4 else 0)) if n % 2 else world.random.choice(world.told)
        store.put(world.of(story))
        found.append(clocked(lambda: related(store)))
    return found


def brief(store: Store, world: World) -> tuple[float, float, int]:
    """The time that the account of one story takes, and how many articles the story has."""
    # A story whose first article came later than others has another id since.
    ranked = sorted(world.known, key=lambda one: (-len(one.docs), one.id))
    story = next(one for one in ranked if store.told(one.id)[0])
    language = pack(LANG)

    def write() -> None:
        articles, relations = store.told(story.id)
        account(articles, relations, language, story.id)

    return *clocked(write), len(story.docs)


def main() -> None:
    """Grows a store and measures at each size."""
    sizes = [int(size) for size in sys.argv[2:]] or list(SIZES)
    for size in sizes:
        world = World(Path(sys.argv[1]))
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder) / "store.db", create=True)
            spent = begun(store, world)
            world.known = store.stories()
            multiplied(store, size // BASE - 1)
            adds = sorted(one_more(store, world))
            wall = sorted(real for _, real in adds)
            cpu, real, docs = brief(store, world)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{size:7} articles: relating the first {BASE} {1000 * spent / BASE:.0f} ms each; "
                f"add {adds[MORE // 2][0]:.3f} s (95 % {adds[LATE][0]:.3f}, longest {adds[-1][0]:.3f}), "
                f"real {wall[MORE // 2]:.3f} ({wall[LATE]:.3f}, {wall[-1]:.3f}); "
                f"brief of {docs} articles {cpu:.2f} s, real {real:.2f}; memory {memory:.0f} MB; "
                f"file {Path(store.place).stat().st_size / 1e6:.0f} MB",
                flush=True,
            )
            store.close()


if __name__ == "__main__":
    main()
