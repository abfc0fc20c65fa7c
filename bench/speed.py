"""Every figure of speed as a ratio to a peer or a bound, in one run.

Usage: python -m bench.speed SHARED [PART …]

Each part runs in a process of its own, so that none profits from what another has loaded, on the texts of the benches
of SHARED and of the examples. A figure that falls short of what is asked is marked; none fails the run, for timings
hang on the machine and on what else it does. Peers that are not installed are left out.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench import entity_links, layers, reuse, throughput, times_speed, two_cores
from bench.score import BUILD, GUIDE_BENCHES, build

EXAMPLES = Path(__file__).parent.parent / "examples/articles.jsonl"
PARAGRAPHS = 10_000
ENTITIES = 100_000
Figures = dict[str, float]


def benches(*names: str) -> list[Path]:
    """The articles of the benches that are there."""
    every = (BUILD / "bench" / name / "articles.jsonl" for name in names)
    return [path for path in every if path.is_file()]


def _throughput(_: Path) -> Figures:
    return throughput.score([*benches(*GUIDE_BENCHES, "casualties"), EXAMPLES])


def _two_cores(_: Path) -> Figures:
    return two_cores.score([*benches("seeds", "timebank", "casualties"), EXAMPLES])


def _layers(_: Path) -> Figures:
    found = layers.score([*benches("seeds", "timebank"), EXAMPLES])
    parts = {f"{name}_of_parse": found[name] / found["parse"] for name in ("times", "said")}
    return parts | {"said_of_stock": found["said"] / found["stock"], "parse_of_stock": found["parse"] / found["stock"]}


def _dates(_: Path) -> Figures:
    return times_speed.score((benches("timebank") or [EXAMPLES])[0])


def _reuse(shared: Path) -> Figures:
    folder = shared / "data/sequoia_ne"
    return reuse.compared(reuse.made(folder, PARAGRAPHS)) if folder.is_dir() else {}


def _links(_: Path) -> Figures:
    return entity_links.linking(ENTITIES)


PARTS: dict[str, Callable[[Path], Figures]] = {
    "throughput": _throughput,
    "two_cores": _two_cores,
    "layers": _layers,
    "dates": _dates,
    "reuse": _reuse,
    "links": _links,
}
# What is asked, by part and figure: at least a positive number, at most a negative one's.
ASKED = {
    ("throughput", "fresh"): 1.0,
    ("throughput", "wire"): 3.0,
    ("throughput", "start"): -3.0,
    ("throughput", "memory"): -1000.0,
    ("two_cores", "ratio"): 1.8,
    ("layers", "times_of_parse"): -0.03,
    ("layers", "said_of_stock"): -0.15,
    ("dates", "faster"): 50.0,
    ("reuse", "faster_to_pairs"): 10.0,
    ("links", "ms"): -20.0,
}


def line(part: str, name: str, value: float) -> str:
    """One figure, what is asked of it, and whether it falls short."""
    asked = ASKED.get((part, name))
    if asked is None:
        return f"{part:12}{name:20}{value:12.3f}"
    short = value < asked if asked > 0 else value > -asked
    return f"{part:12}{name:20}{value:12.3f}  {'≥' if asked > 0 else '≤'} {abs(asked):g}{'  short' if short else ''}"


def main() -> None:
    """Runs the parts one after another."""
    shared = Path(sys.argv[1])
    if shared.is_dir():
        build(shared)
    for part in sys.argv[2:] or PARTS:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            for name, value in alone.submit(PARTS[part], shared).result().items():
                print(line(part, name, value), flush=True)


if __name__ == "__main__":
    main()
