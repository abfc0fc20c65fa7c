"""Fuzzes one target with atheris (coverage-guided): python tests/fuzz/run.py TARGET MINUTES [FOLDER].

A fault (whatever is raised, and what takes longer than SLOW seconds of processor time) is written below FOLDER
(build/fuzz), once for each place in the code, with its traceback, and fuzzing goes on. The last lines say how many
inputs were tried and how many faults were found. Needs `pip install "recoupe[fuzz]"`.
"""

import hashlib
import os
import resource
import sys
import time
import traceback
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "read")]

with atheris.instrument_imports(include=["recoupe"]):
    from targets import TARGETS

SLOW = 5.0
LONGEST = 8_000


def main(name: str, minutes: float, folder: Path) -> None:
    """Runs until the time is over."""
    tried, samples = TARGETS[name]
    corpus, faults = folder / name / "corpus", folder / name / "faults"
    corpus.mkdir(parents=True, exist_ok=True)
    faults.mkdir(parents=True, exist_ok=True)
    for data in samples:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    count, slowest, known, end = 0, 0.0, set[str](), time.monotonic() + 60 * minutes
    tried(samples[0])  # loads what is loaded once

    def one(data: bytes) -> None:
        nonlocal count, slowest
        count += 1
        before = time.process_time()
        fault = ""
        try:
            tried(data)
        except Exception:
            fault = traceback.format_exc()
        took = time.process_time() - before
        slowest = max(slowest, took)
        if not fault and took > SLOW:
            fault = f"{took:.1f} s"
        place = " ".join(line for line in fault.splitlines() if line.startswith("  File")) or fault[:1]
        if fault and place not in known:
            known.add(place)
            mark = hashlib.sha256(data).hexdigest()[:12]
            (faults / mark).write_bytes(data)
            (faults / f"{mark}.txt").write_text(fault)
        if time.monotonic() > end:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(f"{name}: {count} inputs, {len(known)} faults, slowest {slowest:.2f} s, {memory} MB", flush=True)
            os._exit(0)  # libFuzzer takes any other end for a fault

    options = [
        "-timeout=60",
        "-rss_limit_mb=4000",
        f"-max_len={LONGEST}",
        "-verbosity=0",
        f"-artifact_prefix={faults}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else "build/fuzz"))
