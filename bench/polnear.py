"""PolNeAR's attributions (English political news) against our claims.

Usage: python -m bench.polnear FOLDER [DOCUMENT]

FOLDER holds `text/*.txt` and `attributions/*.ann` (brat standoff; of a text annotated more than once the first file
counts). A content is found where the characters of ours and of the gold's have a Jaccard index of at least 0.5; it is
sourced where the source shares half of its characters too (or neither has one). The set marks outermost attributions
only, so claims inside another claim's content are left out on our side, and claims on one content with one cue (joint
sources) count once. With DOCUMENT (part of a name) the misses and the surplus of these documents are listed.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article
from recoupe.model.records import Claim, Span

LEAST = 0.5
FORMS = ("direct", "indirect", "mixed")
OPENING, CLOSING = '“"«', '”"»'


class Attribution(NamedTuple):
    """A content with its sources (none where the text names none) and its cue, in characters of the text."""

    content: tuple[Span, ...]
    sources: tuple[Span, ...]
    cue: tuple[Span, ...]


def gold(path: Path) -> list[Attribution]:
    """The attributions of one brat file; those without a content are left out."""
    spans: dict[str, tuple[Span, ...]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 1:
            places = cells[1].partition(" ")[2].split(";")
            spans[cells[0]] = tuple((int(a), int(b)) for a, _, b in (place.partition(" ") for place in places))
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("E"):
            continue
        roles: dict[str, list[Span]] = {"Content": [], "Source": [], "Cue": []}
        for role, _, name in (pair.partition(":") for pair in line.split("\t")[1].split()):
            if role.rstrip("0123456789") in roles:
                roles[role.rstrip("0123456789")] += spans.get(name, ())
        if roles["Content"]:
            found.append(Attribution(tuple(roles["Content"]), tuple(roles["Source"]), tuple(roles["Cue"])))
    return found


def ours(claims: list[Claim]) -> list[Attribution]:
    """Our outermost claims, joint sources as one."""
    joined: dict[tuple[tuple[Span, ...], Span | None], list[Span]] = {}
    for claim in claims:
        if claim.within is None:
            sources = joined.setdefault(((claim.span, *claim.more), claim.cue), [])
            sources += [claim.source] if claim.source else []
    return [Attribution(parts, tuple(found), (cue,) if cue else ()) for (parts, cue), found in joined.items()]


def characters(spans: tuple[Span, ...]) -> set[int]:
    """The offsets that some spans cover."""
    return {i for start, end in spans for i in range(start, end)}


def likeness(a: Attribution, b: Attribution) -> float:
    """The Jaccard index of two contents."""
    mine, theirs = characters(a.content), characters(b.content)
    return len(mine & theirs) / len(mine | theirs)


def same_source(a: Attribution, b: Attribution) -> bool:
    """Whether the sources share half of ours, or there is none on both sides."""
    mine, theirs = characters(a.sources), characters(b.sources)
    return len(mine & theirs) >= len(theirs) / 2 if mine and theirs else not mine and not theirs


def form(text: str, content: tuple[Span, ...]) -> str:
    """direct, indirect or mixed, by the quotation marks in and around a content."""
    inside = outside = False
    for start, end in content:
        piece = text[start:end].strip(" ,.")
        before = text[max(0, start - 2) : start].strip()[-1:]
        opened = piece[:1] in OPENING or (before != "" and before in OPENING)
        rest = piece.strip(OPENING + CLOSING)
        quoted = opened and not any(mark in rest for mark in OPENING + CLOSING)
        inside = inside or quoted or any(mark in piece for mark in OPENING + CLOSING)
        outside = outside or not quoted
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def matched(golden: list[Attribution], found: list[Attribution]) -> dict[int, int]:
    """Gold to ours, one to one, the likest first, with the same source before another."""
    pairs = []
    for i, one in enumerate(golden):
        for j, other in enumerate(found):
            if one.content[0][0] < other.content[-1][1] and other.content[0][0] < one.content[-1][1]:
                value = likeness(one, other)
                if value >= LEAST:
                    pairs.append((-value, not same_source(one, other), i, j))
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(pairs):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def documents(folder: Path) -> list[tuple[Article, list[Attribution]]]:
    """The texts of a part, each with its first annotation."""
    read = []
    for path in sorted((folder / "text").glob("*.txt")):
        marks = sorted((folder / "attributions").glob(path.stem + "_*.ann"))
        if marks:
            article = Article(id=path.stem, text=path.read_text(encoding="utf-8"), sha256="", lang="en", published=None)
            read.append((article, gold(marks[0])))
    return read


def score(folder: Path, parser: Parser | None = None, shown: str = "") -> list[tuple[str, int, int, int, int]]:
    """Rows (form, found, of them sourced, gold, ours), the first for all forms. Texts of `shown` are listed."""
    read = documents(folder)
    rows = {name: [0, 0, 0, 0, 0] for name in ("all", *FORMS)}
    for (article, golden), done in zip(
        read, annotate([a for a, _ in read], ANNOTATORS, parser or Parser()), strict=True
    ):
        found = ours(done.layer(Claim))
        pairs = matched(golden, found)
        for i, one in enumerate(golden):
            for name in ("all", form(article.text, one.content)):
                rows[name][2] += 1
                rows[name][0] += i in pairs
                rows[name][1] += i in pairs and same_source(one, found[pairs[i]])
        for j, other in enumerate(found):
            for name in ("all", form(article.text, other.content)):
                rows[name][3] += 1
                rows[name][4] += j in pairs.values()
        if shown and shown in article.id:
            _listed(article.text, golden, found, pairs)
    return [(name, row[0], row[1], row[2], row[3]) for name, row in rows.items()]


def _listed(text: str, golden: list[Attribution], found: list[Attribution], pairs: dict[int, int]) -> None:
    def said(one: Attribution) -> str:
        return " | ".join(" / ".join(text[a:b] for a, b in spans) for spans in (one.sources, one.cue, one.content))

    rows = [(one.content[0][0], "missed", one) for i, one in enumerate(golden) if i not in pairs]
    rows += [(one.content[0][0], "surplus", one) for j, one in enumerate(found) if j not in pairs.values()]
    rows += [(golden[i].content[0][0], "source", golden[i]) for i, j in pairs.items()
             if not same_source(golden[i], found[j])]  # fmt: skip
    for _, kind, one in sorted(rows, key=lambda row: row[:2]):
        print(f"{kind:8}{' '.join(said(one).split())}")


def main(folder: Path, shown: str = "", parser: Parser | None = None) -> None:
    """Print F1, precision and recall, with and without the source, for all contents and by form."""
    for name, right, sourced, expected, guessed in score(folder, parser, shown):
        total = max(1, expected + guessed)
        print(
            f"{name:9} content F1 {2 * right / total:.3f} (P {right / max(1, guessed):.3f} "
            f"R {right / max(1, expected):.3f}), with the source {2 * sourced / total:.3f}; "
            f"gold {expected}, ours {guessed}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
