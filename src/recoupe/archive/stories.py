"""Groups of an archive's articles that are about one matter, by joins over their features.

Likeness, threshold and average linkage are those of relate/stories. Groups can be found part by part: two are only
joined where some article of one is as near to some of the other as groups must be, so that each lies within one
component of these nearest pairs; the components are found by joins, the groups in each by the store's own function.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.relations import story_id
from ..relate.days import NO_DAY
from ..relate.stories.cluster import linked
from ..relate.stories.groups import LEAST
from ..relate.stories.likeness import ALONE, DECIMALS, FADED, NOTHING, REACH, SHARED, UNDATED

if TYPE_CHECKING:
    from daft import DataFrame

    from ..run.spread import Daft

# Days of a window: what lies within REACH days of one another is in the same or in neighbouring ones.
WINDOW = REACH + 1
# What more articles of a window have than this makes no pair by itself; it counts in those found by other features.
COMMON = 2_000
# A component of more articles than this is grouped month by month.
LARGEST = 20_000
FEATURE = ("kind", "value")
ABOUT = ("low", "high", "long")


def stories(daft: "Daft", features: "DataFrame", common: int = COMMON, largest: int = LARGEST) -> "DataFrame":
    """Each article with the story that it is in (the id that the store gives the story of that first article).
    `features` is the table of that name."""
    col, when = daft.api.col, daft.api.functions.when
    articles = features.select("doc", "number", "published", *ABOUT).distinct().collect()
    near = likenesses(daft, features, articles, common).collect()
    edges = near.where(col("likeness") >= LEAST).select(col("a").alias("u"), col("b").alias("v"))
    homes = components(daft, edges)
    homes = articles.join(homes, on="doc", how="left").with_column("home", col("home").fill_null(col("doc")))
    many = homes.groupby("home").agg(col("doc").count().alias("many"))
    month = daft.function(months, daft.api.DataType.string())
    cut = when(col("many") > largest, col("home") + month(col("published"))).otherwise(col("home"))
    homes = homes.join(many, on="home").with_column("home", cut).collect()
    inner = near.join(homes.select(col("doc").alias("a"), col("home")), on="a")
    inner = inner.groupby("home").agg(*(col(name).list_agg() for name in ("a", "b", "likeness")))
    members = homes.groupby("home").agg(*(col(name).list_agg() for name in ("doc", "number", "published")))
    kind = daft.api.DataType
    group = daft.function(grouped, kind.list(kind.list(kind.string())))
    columns = [col(name) for name in ("doc", "number", "published", "a", "b", "likeness")]
    found = members.join(inner, on="home", how="left").select(group(*columns).alias("row")).explode("row")
    return found.select(col("row").get(0).alias("story"), col("row").get(1).alias("doc"))


def likenesses(daft: "Daft", features: "DataFrame", articles: "DataFrame", common: int = COMMON) -> "DataFrame":
    """The likeness of every two articles (a < b) that share a feature and are near in time."""
    kind, col = daft.api.DataType, daft.api.col
    own = daft.function(windows, kind.list(kind.int64()))
    around = daft.function(neighbours, kind.list(kind.int64()))
    left = features.with_column("window", own(col("low"), col("high"))).explode("window")
    right = features.with_column("window", around(col("low"), col("high"))).explode("window")
    few = right.groupby(*FEATURE, "window").agg(col("doc").count().alias("many")).where(col("many") <= common)
    right = right.join(few, on=[*FEATURE, "window"]).select(*FEATURE, "window", col("doc").alias("b"))
    left = left.select(*FEATURE, "window", col("doc").alias("a"))
    pairs = left.join(right, on=[*FEATURE, "window"]).where(col("a") < col("b")).select("a", "b").distinct()
    one, other = (
        features.select(*FEATURE, col("doc").alias(side), col("weight").alias(f"weight_{side}")) for side in ("a", "b")
    )
    dots = (
        pairs.join(one, on="a").join(other, on=["b", *FEATURE])
        .with_column("dot", col("weight_a") * col("weight_b")).groupby("a", "b")
        .agg(col("dot").sum().alias("dot"), col("dot").count().alias("shared"))
    )  # fmt: skip
    for side in ("a", "b"):
        dots = dots.join(
            articles.select(col("doc").alias(side), *(col(name).alias(f"{name}_{side}") for name in ABOUT)), on=side
        )
    value = daft.function(weighed, kind.float64())
    columns = [col(name) for name in ("dot", "shared", *(f"{name}_{side}" for side in ("a", "b") for name in ABOUT))]
    return dots.select("a", "b", value(*columns).alias("likeness")).where(col("likeness") > 0)


def weighed(dot: Any, shared: Any, *about: Any) -> list[float]:
    """The likeness of pairs, as relate/stories/likeness.py weighs it."""
    # A part may be empty, and then tells nothing of its kinds.
    low, high, lows, highs = (np.array(about[n].to_pylist(), np.int64) for n in (0, 1, 3, 4))
    long, longs = (np.array(about[n].to_pylist(), np.bool_) for n in (2, 5))
    dots = np.array(dot.to_pylist(), np.float64)
    found = np.where((np.array(shared.to_pylist(), np.int64) < SHARED) & long & longs, dots * ALONE, dots)
    days = np.clip(np.maximum(low - highs, lows - high), 0, REACH + 1)
    found = found * np.where((low != NO_DAY) & (lows != NO_DAY), FADED[days], 1.0)
    exact = (low != NO_DAY) & (low == high) & (lows != NO_DAY) & (lows == highs)
    found = (found * np.where(exact, 1.0, UNDATED)).round(DECIMALS)
    return np.where(found >= NOTHING, found, 0.0).tolist()  # type: ignore[no-any-return]


def windows(low: Any, high: Any) -> list[list[int]]:
    """The windows of days that each article's date may be in; those without a date have one of their own."""
    return [list(range(a // WINDOW, b // WINDOW + 1)) for a, b in zip(low.to_pylist(), high.to_pylist(), strict=True)]


def neighbours(low: Any, high: Any) -> list[list[int]]:
    """Those windows and the ones beside them."""
    return [
        [a // WINDOW] if a == NO_DAY else list(range(a // WINDOW - 1, b // WINDOW + 2))
        for a, b in zip(low.to_pylist(), high.to_pylist(), strict=True)
    ]


def months(published: Any) -> list[str]:
    """What is put to a component's name where it is grouped by months."""
    return [f" {(day or '')[:7]}" for day in published.to_pylist()]


def components(daft: "Daft", edges: "DataFrame") -> "DataFrame":
    """Which articles hang together: each with the first of its component (doc, home). Every round each article's larger
    neighbours, then its smaller ones, are tied to the smallest (Kiveris and others 2014): so few rounds that a long
    chain needs the logarithm of its length."""
    col, when = daft.api.col, daft.api.functions.when
    edges = edges.distinct().collect()
    before = None
    while True:
        both = edges.concat(edges.select(col("v").alias("u"), col("u").alias("v")))
        least = both.groupby("u").agg(col("v").min().alias("least"))
        least = least.with_column("least", when(col("least") < col("u"), col("least")).otherwise(col("u")))
        large = both.where(col("v") > col("u")).join(least, on="u").select(col("least").alias("u"), "v").distinct()
        # Each edge from its larger end.
        down = large.select(col("v").alias("u"), col("u").alias("v"))
        least = down.groupby("u").agg(col("v").min().alias("least"))
        tied = down.join(least, on="u")
        small = tied.select(col("least").alias("u"), "v").concat(
            tied.select(col("least").alias("u"), col("u").alias("v"))
        )
        edges = small.where(col("u") < col("v")).distinct().collect()
        stamp = (
            edges.select((col("u") + " " + col("v")).hash().alias("n"))
            .agg(col("n").count().alias("many"), (col("n") % 1_000_003).sum().alias("sum"))
            .to_pydict()
        )
        if stamp == before:
            break
        before = stamp
    homes = edges.select(col("v").alias("doc"), col("u").alias("home"))
    return homes.concat(homes.select(col("home").alias("doc"), col("home")).distinct())


def grouped(*columns: Any) -> list[list[list[str]]]:
    """The groups of each component, as rows of a story's id and an article's."""
    found = []
    for docs, numbers, days, a, b, values in zip(*(one.to_pylist() for one in columns), strict=True):
        near: dict[str, dict[str, float]] = defaultdict(dict)
        inside = set(docs)
        for one, other, value in zip(a or (), b or (), values or (), strict=True):
            if other in inside:
                near[one][other] = near[other][one] = value
        orders = {doc: (day or "", doc) for doc, day in zip(docs, days, strict=True)}
        groups = linked(dict(zip(docs, numbers, strict=True)), orders, near, LEAST).groups
        made = [(story_id(min(group.members, key=orders.__getitem__)), group.members) for group in groups]
        found.append([[story, doc] for story, members in made for doc in members])
    return found
