"""Paragraphs of an archive that are nearly the same, by Daft's own minhash: bands of it that are equal make candidates.

No paragraph is compared with all others, so that it can be done at any size; what the store's own search does beyond it
(rewording, sentences, quotations, numbers, which text is first) it leaves out.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from ..relate.reuse import CROWD

if TYPE_CHECKING:
    from daft import DataFrame

    from ..run.spread import Daft

# Shingles of three content words. Two paragraphs that share the part .5 of them (about four words in five) meet in some
# band with the chance .87, those that share .3 with .23.
HASHES, ROWS, SHINGLE = 128, 4, 3
BANDS = HASHES // ROWS
# Less of the hashes in common is nothing: an estimate of the shared part of shingles, with an error of .04.
LEAST = 0.4
# A paragraph of fewer content words is a formula.
WORDS = 5


def near(daft: "Daft", paragraphs: "DataFrame") -> "DataFrame":
    """The pairs of paragraphs of different articles (a, b: article, start and end) that are nearly the same, with the
    likeness of each (0 to 1). `paragraphs` is the table of that name."""
    kind, col, when = daft.api.DataType, daft.api.col, daft.api.functions.when
    listed = paragraphs.where(col("words").count_matches(" ") >= WORDS - 1).with_columns({
        # 63 bits: a larger number does not come back from a function as it was.
        "key": ((col("doc") + ":" + col("start").cast(kind.string())).hash() // 2).cast(kind.int64()),
        "hashes": col("words").minhash(num_hashes=HASHES, ngram_size=SHINGLE).cast(kind.list(kind.uint32())),
    }).collect()  # fmt: skip
    bands = daft.function(banded, kind.list(kind.int64()))
    pairs = daft.function(paired, kind.list(kind.list(kind.int64())))
    members = (
        listed.select(col("key"), col("lang"), bands(col("hashes")).alias("band")).explode("band")
        .groupby("lang", "band").agg(col("key").list_agg().alias("keys"), col("key").count().alias("many"))
        .where(col("many") > 1)
    )  # fmt: skip
    found = members.select(pairs(col("keys")).alias("pair")).explode("pair")
    found = found.select(col("pair").get(0).alias("x"), col("pair").get(1).alias("y")).distinct()
    for side in ("x", "y"):
        own = listed.select(col("key").alias(side), *(col(name).alias(f"{name}_{side}") for name in SHOWN))
        found = found.join(own, on=side)
    found = found.where(col("doc_x") != col("doc_y"))
    likeness = daft.function(alike, kind.float64())
    found = found.with_column("likeness", likeness(col("hashes_x"), col("hashes_y"))).where(col("likeness") >= LEAST)
    first = col("doc_x") < col("doc_y")
    ordered = {
        f"{side}_{name}": when(first, col(f"{name}_{one}")).otherwise(col(f"{name}_{other}"))
        for side, one, other in (("a", "x", "y"), ("b", "y", "x"))
        for name in ("doc", "start", "end")
    }
    return found.select(*(value.alias(name) for name, value in ordered.items()), col("likeness"))


SHOWN = ("doc", "start", "end", "hashes")


def banded(hashes: Any) -> list[list[int]]:
    """Each paragraph's bands as numbers: the band and its hashes."""
    rows = np.array(hashes.to_pylist(), np.uint64).reshape(-1, BANDS, ROWS)
    value = np.arange(BANDS, dtype=np.uint64)[None, :] + np.zeros((len(rows), 1), np.uint64)
    with np.errstate(over="ignore"):
        for n in range(ROWS):
            value = (value ^ rows[:, :, n]) * np.uint64(0x9E3779B97F4A7C15)
            value ^= value >> np.uint64(29)
    return (value >> np.uint64(1)).tolist()  # type: ignore[no-any-return]


def paired(members: Any) -> list[list[tuple[int, int]]]:
    """The pairs of paragraphs of each band. Where they are more than a crowd (boilerplate), each is only paired with
    the first of them."""
    found = []
    for keys in members.to_pylist():
        ordered = sorted(keys)
        found.append([(one, other) for at, other in enumerate(ordered) for one in ordered[: min(at, CROWD)]])
    return found


def alike(one: Any, other: Any) -> list[float]:
    """The share of hashes that two paragraphs have in common."""
    a, b = (np.array(side.to_pylist(), np.uint32).reshape(-1, HASHES) for side in (one, other))
    return (a == b).mean(axis=1).tolist()  # type: ignore[no-any-return]
