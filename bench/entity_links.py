"""How long it takes to link the names of one article into a store of many entities, and to join entities at all.

Usage: python -m bench.entity_links [ENTITIES]

The entities are generated: given names with surnames made of syllables. Names are asked for as newsrooms write them:
in other spellings, one in four by the surname alone, one in ten with a letter left out. Prints milliseconds of the
processor's time for an article of 40 names (the median and the slowest of 200 articles), the share of names that lead
to their own entity (among others, where it is unsure), and seconds for `entities` over two sizes of articles.
"""

import random
import statistics
import sys
import time

from recoupe.lang import DEFAULT
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Name, identified
from recoupe.relate.entities import EntityIndex, entities

NAMES_OF_AN_ARTICLE = 40
ARTICLES = 200
STARTS = (
    "Ab Al Bar Bel Cher Dem Dor Fed Gal Gor Har Iv Kal Kov Lav Lis Mak Mor Naz Ol Pet Pol Rom Sav Shev Tar Vas Yak Zel"
)
MIDDLES = "a an ar e en er i il in o ol om on or u ul ur ya yan"
ENDS = "ba bek bov chenko chuk dze enko ev ian ic in kin ko kov lov man nik nov rov sky son tov uk vich yan zade"
# One person as five newsrooms write him: what is put for what.
SPELLINGS = ((), (("sh", "ch"), ("u", "ou")), (("sky", "ski"),), (("v", "w"), ("zh", "j")), (("ya", "ia"), ("kh", "h")))
GIVEN = "Ahmed Ali Anna Boris Daniel Dmitry Elena Fatima Hassan Ibrahim Igor Ivan Jean Joseph Karim Leila Marie Rami"


def people(count: int, chance: random.Random) -> list[str]:
    """So many different full names."""
    found: dict[str, None] = {}
    while len(found) < count:
        middles = "".join(chance.choice(MIDDLES.split()) for _ in range(chance.choice((1, 1, 2))))
        surname = chance.choice(STARTS.split()) + middles + chance.choice(ENDS.split())
        found[f"{chance.choice(GIVEN.split())} {surname}"] = None
    return list(found)


def spelt(name: str, chance: random.Random) -> str:
    """A name as some newsroom spells it."""
    for old, new in chance.choice(SPELLINGS):
        name = name.replace(old, new)
    return name


def called(name: str, chance: random.Random) -> str:
    """A name as an article has it: whole, one in four by the surname alone, one in ten with a letter wrong."""
    found, dice = spelt(name, chance), chance.random()
    if dice < 0.25:
        return found.split()[1]
    at = chance.randrange(1, len(found) - 1)
    return found[:at] + found[at + 1 :] if dice < 0.35 and found[at] != " " else found


def linking(count: int) -> dict[str, float]:
    """Milliseconds for one article, and the share of names that find their own entity."""
    chance = random.Random(7)
    index, names = EntityIndex(), people(count, chance)
    for n, name in enumerate(names):
        index.add(str(n), name, "PER")
    took, right = [], 0
    for _ in range(ARTICLES):
        asked = [(n, called(names[n], chance)) for n in chance.sample(range(count), NAMES_OF_AN_ARTICLE)]
        begun = time.process_time()
        links = [index.link(name, "PER") for _, name in asked]
        took.append(1000 * (time.process_time() - begun))
        right += sum(str(n) in {match.entry.of for match in found} for (n, _), found in zip(asked, links, strict=True))
    return {
        "ms": statistics.median(took),
        "ms_slowest": max(took),
        "found": right / (ARTICLES * NAMES_OF_AN_ARTICLE),
    }


def articles(count: int) -> list[Annotated]:
    """Articles that are nothing but names, ten each, of a cast that grows with their number."""
    chance = random.Random(7)
    cast = people(count * 2, chance)
    made = []
    for n in range(count):
        names = [spelt(name, chance) for name in chance.sample(cast, 10)]
        about = Article(id=str(n), text=" ".join(names), sha256="", lang=DEFAULT)
        records, start = [], 0
        for name in names:
            slug = "per/" + name.lower().replace(" ", "-")
            record = Name(start=start, end=start + len(name), text=name, type="PER", entity=slug)
            records.append(identified(record, about))
            start += len(name) + 1
        made.append(Annotated(about, tuple(records)))
    return made


def joining(count: int) -> float:
    """Seconds for the entities of so many articles."""
    found = articles(count)
    begun = time.process_time()
    entities(found)
    return time.process_time() - begun


def main() -> None:
    """[ENTITIES]"""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{count} entities:", {key: round(value, 3) for key, value in linking(count).items()})
    small, large = 1000, 4000
    one, two = joining(small), joining(large)
    print(
        f"entities of {small} articles: {one:.2f} s, of {large}: {two:.2f} s, {two / one / (large / small):.2f} a piece"
    )


if __name__ == "__main__":
    main()
