"""Finds copied, edited, reordered, shortened and reworded paragraphs among many, and times it beside datasketch.

Usage: python -m bench.reuse SHARED [HOW_MANY]

The paragraphs are made of the sentences of SHARED/data/sequoia_ne, whose content words are put in anew at random, so
that HOW_MANY articles (10,000 unless told) of three paragraphs have as many texts; four in ten take theirs from an
earlier article of the same days, each paragraph in its own way, and one in ten of the rest shares a paragraph of
background with hundreds. The seed is fixed, nothing of it is kept. `recall` is the share of taken paragraphs that are
found to share text with an earlier one of their family, `precision` the share of found passages that are of one
family; `recall_…` tells the kinds apart. Seconds are of processor time, from the texts on, in one run: `index` finds
the pairs worth comparing, as datasketch's MinHashLSH does with the same shingles (three content words), as many
permutations as the text-reuse literature takes (128, 32 bands of 4) and its threshold (.42), `checked` compares and
aligns them too. datasketch is left out where it is not installed.
"""

import gc
import importlib.util
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.relate.reading import folded, stems
from recoupe.relate.reuse import Page, Passages, leads, lifted
from recoupe.relate.words import RelateWords

SEED, LANG = 20240302, "fr"
PARAGRAPHS, TAKEN, BEHIND, BACKGROUND, BACKGROUNDS, DAYS = 3, 0.4, 400, 0.1, 40, 365
CONTENT = ("NOUN", "ADJ", "VERB", "PROPN", "NUM", "ADV")
# A sentence's words are content by this share at least; a place for which so few words are known takes any of its kind.
LEAST, FEW = 0.45, 100
KINDS = {"copied": 0.3, "edited": 0.25, "reordered": 0.15, "shortened": 0.15, "reworded": 0.15}
PERMUTATIONS, BANDS, ROWS = 128, 32, 4
Slot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A paragraph, the family that it is of, and how it was taken from an earlier one (empty where it was not)."""

    text: str
    family: int
    kind: str = ""


class Maker:
    """Makes paragraphs like those of a newspaper."""

    def __init__(self, folder: Path) -> None:
        self.random = random.Random(SEED)
        self.sentences: list[list[Slot]] = []
        self.words: dict[str, list[str]] = defaultdict(list)
        for path in sorted(folder.glob("*.cupt")):
            for block in path.read_text(encoding="utf-8").split("\n\n"):
                rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
                slots = [(row[1], f"{row[3]} {row[1][-1:]}" if row[3] in CONTENT else "") for row in rows]
                filled = sum(bool(place) for _, place in slots)
                if 10 <= len(slots) <= 40 and filled >= LEAST * len(slots):
                    self.sentences.append(slots)
                for word, place in slots:
                    if place:
                        self.words[place].append(word)
                        self.words[place[:3]].append(word)
        self.every = [word for words in self.words.values() for word in words]

    def sentence(self) -> str:
        """A sentence with other words."""
        slots = self.random.choice(self.sentences)
        words = [
            self.random.choice(self.words[place if len(self.words[place]) > FEW else place[:3]]) if place else word
            for word, place in slots
        ]
        text = re.sub(r" ([,.)])", r"\1", re.sub(r"(['(]) ", r"\1", " ".join(words)))
        return text[:1].upper() + text[1:].rstrip(".") + "."

    def paragraph(self) -> str:
        """Two or three sentences."""
        return " ".join(self.sentence() for _ in range(self.random.choice((2, 2, 3))))

    def taken(self, text: str, kind: str) -> str:
        """A paragraph as another article has it."""
        if kind == "copied":
            return text
        if kind == "reordered":
            parts = text.split(". ")
            self.random.shuffle(parts)
            return ". ".join(part.rstrip(".") for part in parts) + "."
        if kind == "shortened":
            parts = text.split(". ")
            kept = parts[: max(1, len(parts) - 1)]
            return " ".join(self._changed(" ".join(kept).split(), 0.0, 0.1)).rstrip(".") + "."
        change = self.random.uniform(0.2, 0.35) if kind == "reworded" else self.random.uniform(0.02, 0.15)
        return " ".join(self._changed(text.split(), change, 0.04))

    def _changed(self, words: list[str], change: float, drop: float) -> Iterator[str]:
        for word in words:
            chance = self.random.random()
            if chance < drop and word[-1] != ".":
                continue
            # What a translator words anew are not the names and numbers.
            plain = word.islower() and word[-1] != "."
            yield self.random.choice(self.every).lower() if plain and chance < drop + change else word


def made(folder: Path, size: int) -> list[list[Made]]:
    """Articles as paragraphs, those taken from earlier ones after these."""
    maker, found, families = Maker(folder), list[list[Made]](), 0
    background = [Made(maker.paragraph(), -1 - n) for n in range(BACKGROUNDS)]
    for _ in range(size):
        near = found[-BEHIND:]
        if near and maker.random.random() < TAKEN:
            source = maker.random.choice(near)
            kinds = maker.random.choices(list(KINDS), list(KINDS.values()), k=len(source))
            found.append([
                Made(maker.taken(one.text, kind), one.family, kind) for one, kind in zip(source, kinds, strict=True)
            ])  # fmt: skip
            continue
        own = []
        for _ in range(PARAGRAPHS):
            own.append(Made(maker.paragraph(), families))
            families += 1
        if maker.random.random() < BACKGROUND:
            one = maker.random.choice(background)
            own[-1] = Made(one.text, one.family, "background")
        found.append(own)
    return found


def page(number: int, paragraphs: list[Made], size: int) -> Page:
    """An article of some paragraphs."""
    text, spans = "", []
    for one in paragraphs:
        spans.append((len(text), len(text) + len(one.text)))
        text += one.text + "\n"
    day = date(2023, 1, 1) + timedelta(days=number * DAYS // size)
    article = Article(id=f"{number:07}", text=text, sha256="", lang=LANG, published=day.isoformat())
    return Page(article, Passages(tuple(spans), ()))


def ours(articles: list[list[Made]]) -> dict[str, float]:
    """What our search finds, and how long it takes."""
    pages = [page(number, paragraphs, len(articles)) for number, paragraphs in enumerate(articles)]
    by_id = {one.id: one for one in pages}
    # What the bench itself holds is no matter for either's sweeps of memory.
    gc.collect()
    gc.freeze()
    start = time.process_time()
    led = leads(pages)
    index = time.process_time() - start
    found = [record for one in pages if one.id in led for record in lifted(one, led[one.id], by_id.__getitem__).records]
    checked = time.process_time() - start
    place = {one.id: (one.spans, made) for one, made in zip(pages, articles, strict=True)}

    def of(passage: tuple[str, int, int]) -> tuple[str, int]:
        spans, _ = place[passage[0]]
        return passage[0], next(at for at, (start, end) in enumerate(spans) if start <= passage[1] < end)

    def family_of(passage: tuple[str, int, int]) -> int:
        doc, at = of(passage)
        return place[doc][1][at].family

    right = [record for record in found if family_of(record.a) == family_of(record.b)]
    linked = {of(side) for record in right for side in (record.a, record.b)}
    told: dict[str, list[bool]] = defaultdict(list)
    seen: set[int] = set()
    for one, paragraphs in zip(pages, articles, strict=True):
        for at, paragraph in enumerate(paragraphs):
            if paragraph.kind and paragraph.family in seen:
                told[paragraph.kind].append((one.id, at) in linked)
        seen |= {paragraph.family for paragraph in paragraphs}
    every = [hit for hits in told.values() for hit in hits]
    return {
        "recall": sum(every) / len(every),
        "precision": len(right) / max(1, len(found)),
        **{f"recall_{kind}": sum(hits) / len(hits) for kind, hits in sorted(told.items())},
        "index": index,
        "checked": checked,
    }


def datasketch(articles: list[list[Made]]) -> dict[str, float]:
    """The same texts through datasketch: MinHash, then LSH filled and asked."""
    from datasketch import MinHash, MinHashLSH

    stopped = pack(LANG).words(RelateWords, "relate").stopped
    texts = [(one, f"{number} {at}") for number, made in enumerate(articles) for at, one in enumerate(made)]
    gc.collect()
    gc.freeze()
    start = time.process_time()
    lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    hashes, pairs = {}, set[tuple[str, str]]()
    for one, name in texts:
        words = stems(one.text, stopped)
        shingles = {" ".join(words[n : n + 3]).encode() for n in range(max(1, len(words) - 2))}
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch(shingles)
        hashes[name] = hashed
        lsh.insert(name, hashed)
    for name, hashed in hashes.items():
        pairs |= {(min(name, other), max(name, other)) for other in lsh.query(hashed) if other != name}
    spent = time.process_time() - start
    kind = {name: one for one, name in texts}
    right = [(a, b) for a, b in pairs if kind[a].family == kind[b].family]
    linked = {name for pair in right for name in pair}
    seen: set[int] = set()
    hits = []
    for one, name in texts:
        if one.kind and one.family in seen:
            hits.append(name in linked)
        seen.add(one.family)
    return {"recall": sum(hits) / len(hits), "precision": len(right) / max(1, len(pairs)), "index": spent}


def compared(articles: list[list[Made]]) -> dict[str, float]:
    """Ours, and datasketch's beside it where that is installed."""
    found = ours(articles)
    if importlib.util.find_spec("datasketch") is None:
        return found
    folded.cache_clear()
    other = datasketch(articles)
    return {
        **found,
        **{f"datasketch_{name}": value for name, value in other.items()},
        "faster_to_pairs": other["index"] / found["index"],
        "faster_to_end": other["index"] / found["checked"],
    }


def main() -> None:
    """Runs both."""
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    articles = made(Path(sys.argv[1]) / "data/sequoia_ne", size)
    words = sum(len(one.text.split()) for paragraphs in articles for one in paragraphs)
    print(f"{size} articles, {sum(map(len, articles))} paragraphs, {words} words")
    for name, value in compared(articles).items():
        print(f"  {name:22} {value:8.3f}")


if __name__ == "__main__":
    main()
