"""Recognizers' date and time specs, French and English. Usage: python -m bench.recognizers_times DATA_DIR

Each case of DateTimeModel is a sentence with what Microsoft's recogniser should find in it. `found` is the share of the
expected expressions that one of ours overlaps, `right` the share of these whose value agrees: the same TIMEX3 value,
the same beginning, or the same time of day. Left out, by rule: cases without a day of reference. Not meant for news,
and so expected to fail: ranges as one expression (the guide keeps one record per end), clock times that may be before
or after noon, feasts (the guide marks none), bare numbers as days or hours, and the assistant's look ahead.
"""

import json
import sys
from pathlib import Path

from recoupe.annotate.times import Times
from recoupe.lang import available
from recoupe.model.records import Time

from .duckling_times import times

Case = tuple[str, str, list[dict[str, object]]]


def cases(data: Path) -> list[tuple[str, Case]]:
    """(language, (sentence, day of reference, expected)) of all usable cases. The folders bear English names."""
    folders = {"French": "fr", "English": "en"}
    found = []
    for name, lang in folders.items():
        path = data / "recognizers_specs" / "DateTime" / name / "DateTimeModel.jsonl"
        if lang not in available() or not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            day = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10]
            if day:
                found.append((lang, (case["Input"], day, case["Results"])))
    return found


def span(text: str, expected: dict[str, object]) -> tuple[int, int]:
    """Where an expected expression stands; the specs write both "Start" and "start", and a last character."""
    start = expected.get("Start", expected.get("start"))
    if not isinstance(start, int):
        start = text.lower().find(str(expected["Text"]).lower())
    return start, start + len(str(expected["Text"]))


def right(expected: dict[str, object], time: Time) -> bool:
    """Whether a time has one of the expected values."""
    resolution = expected.get("Resolution") or {}
    values = resolution.get("values") or [] if isinstance(resolution, dict) else []
    for value in values:
        timex = str(value.get("timex", ""))
        if timex == time.value or (timex.startswith("T") and time.value.endswith(timex)):
            return True
        begins = str(value.get("value") or value.get("start") or "")
        if time.earliest is None or not begins:
            continue
        day, _, clock = time.earliest.partition("T")
        if begins in (day, f"{day} {clock}:00", f"{clock}:00"):
            return True
    return False


def score(data: Path, *, show: bool = False) -> dict[str, float]:
    """Per language the shares found and right; empty where the data is not there."""
    reader = Times(feasts=True)
    tally: dict[str, list[int]] = {}
    for lang, (text, day, expected) in cases(data):
        ours = times(text, lang, reader, day)
        counts = tally.setdefault(lang, [0, 0, 0])
        for wanted in expected:
            first, last = span(text, wanted)
            met = [time for time in ours if time.start < last and first < time.end]
            good = any(right(wanted, time) for time in met)
            counts[0] += 1
            counts[1] += bool(met)
            counts[2] += good
            if show and not good:
                print(lang, day, text, wanted["Text"], [(time.text, time.value) for time in met], sep=" | ")
    if show:
        print(tally)
    figures = {f"{lang}.found": met / total for lang, (total, met, _) in tally.items()}
    return figures | {f"{lang}.right": good / max(met, 1) for lang, (_, met, good) in tally.items()}


if __name__ == "__main__":
    print(score(Path(sys.argv[1]), show="--show" in sys.argv))
