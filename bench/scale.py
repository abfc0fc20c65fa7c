"""What an archive of a hundred million articles would take, worked out from measured rates.

Usage: python -m bench.scale ANNOTATE_MS [SHARED]

ANNOTATE_MS is the processor time of an article, in milliseconds, as bench/archive.py measures it. Nothing here is a
measurement of a hundred million articles; each figure is a simulation, and says from what. The seed is fixed.

`hours_…` is how long the buckets keep so many processors busy: buckets of BUCKET articles, whose times spread as SPREAD
says, are handed to whichever processor is free; each loses its machine once in HOURS at random, and what it was working
on is begun again. `idle_…` is the share of processor time that is waited at the end, `again_…` the share that is done
twice. `story_pairs_…` is how many pairs of articles an article makes in the join over features, where articles have 24
features of Zipf's frequencies, ten years are evenly filled and features of more than so many articles of a window make
none; `story_uncapped` without that rule. With SHARED, `near_false` is how many unrelated paragraphs each of a billion
paragraphs would meet in some band of its minhash: the mean chance over pairs of generated paragraphs, from the shingles
that they share.
"""

import heapq
import sys
from pathlib import Path

import numpy as np

from recoupe.archive.near import BANDS, ROWS
from recoupe.archive.plan import BUCKET
from recoupe.archive.stories import COMMON, WINDOW
from recoupe.lang import pack
from recoupe.relate.reading import stems
from recoupe.relate.stories.likeness import REACH
from recoupe.relate.words import RelateWords

from .reuse import LANG, Maker

ARTICLES, SEED = 100_000_000, 20240601
PROCESSORS, HOURS = (256, 1024, 4096), 1000.0
# Standard deviation of the logarithm of a bucket's time.
SPREAD = 0.25
DAYS, FEATURES, KINDS = 3652, 24, 3_000_000
PARAGRAPHS, SAMPLE = 1_000_000_000, 3_000


def schedule(seconds: float, processors: int, chance: np.random.Generator) -> tuple[float, float, float]:
    """Hours until the last bucket is done, and the shares of processor time that are idle and done twice."""
    mean = BUCKET * seconds
    times = mean * np.exp(chance.normal(-(SPREAD**2) / 2, SPREAD, ARTICLES // BUCKET))
    loss = HOURS * 3600
    free = [(0.0, n) for n in range(processors)]
    again = 0.0
    for time in times:
        start, n = heapq.heappop(free)
        while (lost := chance.exponential(loss)) < time:
            again += lost
            start += lost
        heapq.heappush(free, (start + time, n))
    last = max(end for end, _ in free)
    busy = times.sum() + again
    return last / 3600, 1 - busy / (last * processors), again / busy


def joined(common: float) -> float:
    """Pairs that the join over features makes, for each article."""
    share = 1 / np.arange(1, KINDS + 1)
    share = np.minimum(0.5, share * FEATURES / share.sum())
    a_day = ARTICLES / DAYS
    # The join looks at a window and its neighbours.
    kept = share[share * a_day * 3 * WINDOW <= common]
    return float((kept * kept).sum() * a_day * (2 * REACH + 1))


def met(shared: Path) -> float:
    """Unrelated paragraphs that each of PARAGRAPHS meets in some band."""
    maker, stopped = Maker(shared / "data/sequoia_ne"), pack(LANG).words(RelateWords, "relate").stopped
    shingles = []
    for _ in range(SAMPLE):
        words = stems(maker.paragraph(), stopped)
        shingles.append({tuple(words[n : n + 3]) for n in range(max(1, len(words) - 2))})
    total, pairs = 0.0, 0
    for at, one in enumerate(shingles):
        for other in shingles[:at]:
            if both := len(one & other):
                total += 1 - (1 - (both / len(one | other)) ** ROWS) ** BANDS
        pairs += at
    return PARAGRAPHS * total / pairs


def main() -> None:
    """Prints the figures."""
    chance = np.random.default_rng(SEED)
    for processors in PROCESSORS:
        hours, idle, again = schedule(float(sys.argv[1]) / 1000, processors, chance)
        print(
            f"hours_{processors:<8}{hours:12.1f}\nidle_{processors:<9}{idle:12.5f}\nagain_{processors:<8}{again:12.5f}"
        )
    for common in (COMMON // 10, COMMON):
        print(f"story_pairs_{common:<4} {joined(common):10.0f}")
    print(f"story_uncapped{joined(float('inf')):13.0f}")
    if len(sys.argv) > 2:
        print(f"near_false    {met(Path(sys.argv[2])):12.2f}")


if __name__ == "__main__":
    main()
