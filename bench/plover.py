"""PLOVER's coded sentences (English) against our claims and events. Usage: python -m bench.plover DATA_DIR

Each record has one type and the words it rests on; several records may share a sentence. Our answer for a record is
the first of our codes, the main clause before subordinate ones. `right` is the share of records whose type that is,
`macro_f1` the mean F1 over the types of the data, `any` the share whose type is among our codes at all.
"""

import collections
import json
import sys
from pathlib import Path

from recoupe.annotate import ANNOTATORS, Draft, Parser, annotate
from recoupe.annotate.events.coding import Coded, coded
from recoupe.annotate.tree import Tree
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import LAYERS, Annotated, Block

LANG = "en"


def records(path: Path) -> list[tuple[str, str]]:
    """The sentences with their types, in the order of the file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["text"].strip("{} "), row["event"]) for row in rows if row["language"] == LANG]


def codes_of(annotated: Annotated, parser: Parser) -> list[Coded]:
    """Our codes of a sentence, the likeliest first."""
    draft = Draft(annotated.article, pack(LANG))
    for layer in LAYERS:
        found = annotated.layer(layer)
        draft.put(str(layer.__struct_config__.tag), found)  # type: ignore[arg-type]
    blocks = draft.layer(Block)
    parses = parser([draft.raw(block.span) for block in blocks], draft.pack)
    draft.trees = [Tree(parse, block.start, block.end, block.kind) for block, parse in zip(blocks, parses, strict=True)]
    return coded(draft)


def score(data: Path, parser: Parser | None = None, wrong: list[str] | None = None) -> dict[str, float]:
    """Shares between 0 and 1; nothing where the data is not there. `wrong` collects the records that were missed."""
    path = data / "plover_gsr" / "records.jsonl"
    if not path.exists():
        return {}
    parser = parser or Parser()
    wanted = records(path)
    # A sentence alone has no page around it: a second, empty-handed one would not change its block.
    articles = [Article(id=str(i), text=text, sha256="", lang=LANG) for i, (text, _) in enumerate(wanted)]
    tallies: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    right = somewhere = 0
    for (text, kind), annotated in zip(wanted, annotate(articles, ANNOTATORS, parser), strict=True):
        codes = [one.plover for one in codes_of(annotated, parser)]
        answer = codes[0] if codes else ""
        right += answer == kind
        somewhere += kind in codes
        tallies[kind][2] += 1
        tallies[answer][1] += 1
        tallies[kind][0] += answer == kind
        if wrong is not None and answer != kind:
            wrong.append(f"{kind} {codes} {text}")
    kinds = {kind for _, kind in wanted}
    scores = [2 * hit / (guessed + expected) for k, (hit, guessed, expected) in tallies.items() if k in kinds]
    total = len(wanted) or 1
    return {"right": right / total, "macro_f1": sum(scores) / max(1, len(kinds)), "any": somewhere / total}


if __name__ == "__main__":
    missed: list[str] = []
    figures = score(Path(sys.argv[1]), wrong=missed)
    print("\n".join(missed))
    print("  ".join(f"{name} {value:.3f}" for name, value in figures.items()))
