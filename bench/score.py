"""Scores Recoupe against the benches, prints each figure beside its floor, and fails below one.

Usage: python -m bench.score SHARED [--only NAME …]

SHARED holds data/, seeds/, gold/ and bench/build.py. Floors stand in bench/floors.json and only ever rise.
"""

import argparse
import importlib.util
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from recoupe.cli import main as recoupe

HERE = Path(__file__).parent
BUILD = HERE.parent / "build"
# Benches that the guide's own scorer measures: folders that bench/build.py makes.
GUIDE_BENCHES = ("seeds", "timebank", "sequoia", "dispatches")
# Benches with a reader of ours: modules here, each with score(data) -> figures.
READERS = ("duckling_times", "recognizers_times", "numerals", "name_pairs", "plover", "timebank_claims")


def build(shared: Path) -> None:
    """Makes the benches in build/bench."""
    command = [sys.executable, str(shared / "bench/build.py"), str(shared / "data"), str(BUILD / "bench")]
    command += ["--articles", str(shared / "seeds"), str(shared / "gold/seeds"), "seeds"]
    subprocess.run(command, check=True, capture_output=True)


def annotate(name: str) -> Path:
    """Annotates a bench with the program itself; returns the folder of its records."""
    out = BUILD / "out" / name
    inputs = BUILD / "bench" / name / "articles.jsonl"
    try:
        recoupe(["annotate", str(inputs), "--out", str(out), "--cache", str(BUILD / "cache"), "--lang", "en"])
    except SystemExit as end:
        if end.code:
            raise
    return out


def module(path: Path) -> ModuleType:
    """A scorer of the shared folder, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def guide_scores(shared: Path, name: str) -> dict[str, float]:
    """What the guide's scorer gives for a bench."""
    command = [sys.executable, str(shared / "gold/score.py"), str(BUILD / "bench" / name / "gold"), str(annotate(name))]
    layers = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    return {f"{name}.{layer}.{figure}": value for layer, found in layers.items() for figure, value in found.items()}


def across(name: str) -> dict[str, float]:
    """F1 of pairs of articles in one story, of those in two languages alone, from what `guide_scores` annotated."""
    folder = BUILD / "bench" / name
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    languages = {row["id"]: row["lang"] for row in map(json.loads, lines)}

    def pairs(path: Path) -> set[tuple[str, str]]:
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        stories = [sorted(row["docs"]) for row in rows if row["layer"] == "story"]
        found = {pair for docs in stories for pair in itertools.combinations(docs, 2)}
        return {(a, b) for a, b in found if languages[a] != languages[b]}

    gold, ours = pairs(folder / "gold/cross.jsonl"), pairs(BUILD / "out" / name / "cross.jsonl")
    return {f"{name}.story.across": 2 * len(gold & ours) / max(1, len(gold) + len(ours))}


def casualties(shared: Path) -> dict[str, float]:
    """Figures of dead and wounded."""
    command = [sys.executable, str(shared / "bench/casualties.py"), str(BUILD / "bench/casualties/gold")]
    line = subprocess.run([*command, str(annotate("casualties"))], check=True, capture_output=True, text=True).stdout
    return {f"casualties.{key}": float(value) for key, value in re.findall(r"(precision|recall|f1) ([\d.]+)", line)}


def scores(shared: Path, only: list[str]) -> dict[str, float]:
    """All figures, by bench, layer and name."""
    found: dict[str, float] = {}
    build(shared)
    for name in GUIDE_BENCHES:
        if not only or name in only:
            found |= guide_scores(shared, name)
    if not only or "dispatches" in only:
        found |= across("dispatches")
    if not only or "casualties" in only:
        found |= casualties(shared)
    for name in READERS:
        if (not only or name in only) and (HERE / f"{name}.py").is_file():
            reader = importlib.import_module(f"bench.{name}")
            found |= {f"{name}.{key}": value for key, value in reader.score(shared / "data").items()}
    return found


def report(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Prints every figure beside its floor; returns those that lie below."""
    below = []
    for key, value in found.items():
        floor = floors.get(key)
        # Figures are compared at the precision they are written with.
        short = floor is not None and round(value, 3) < floor
        below += [key] if short else []
        print(f"{key:45} {value:7.3f}  {'' if floor is None else f'floor {floor:.3f}'}{'  BELOW' if short else ''}")
    return below


def main() -> None:
    """Runs the benches."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} does not exist: nothing to score against.")
        return
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    found = scores(options.shared, options.only)
    below = report(found, floors)
    lost = [] if options.only else sorted(set(floors) - set(found))
    if below or lost:
        print(f"below their floors: {below}; not measured: {lost}")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
