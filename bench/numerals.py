"""Numbers against Recognizers' Number specs and Duckling's numerals. Usage: python -m bench.numerals DATA_DIR

A case is right where all numbers come out with their values and nothing else does. Of the specs' cases, `counts` are
the plain ones: whole numbers that are not negative, and sentences without any number (Microsoft's own reader is what
the expectations were written for); `all` takes fractions, powers and minus signs in. Duckling's phrases are one number
each.
"""

import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recoupe.lang import available, pack
from recoupe.lang.numerals import find_numerals

FOLDERS = {"French": "fr", "English": "en"}
NUMERAL = re.compile(r"\(NumeralValue \(?(-?[\d.e]+)\)?\)")


def found(text: str, code: str) -> list[tuple[int, float]]:
    """Where our numbers begin and what they are, vague ones by their low end.

    An article alone ("un siège") is left out, as the guide has it; where it is the whole phrase it is kept.
    """
    language = pack(code)
    listed = find_numerals(language.normal(text), language)
    numerals = [numeral for numeral in listed if not numeral.article or numeral.end - numeral.start == len(text)]
    return [(numeral.start, -numeral.value if numeral.negative else numeral.value) for numeral in numerals]


def value(written: str) -> float:
    """A value of the specs: decimals with a point or a comma."""
    return float(written.replace(",", "."))


def specs(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(language, case) of the Number specs."""
    for folder, code in FOLDERS.items():
        path = data / "recognizers_specs" / "Number" / folder / "NumberModel.jsonl"
        if code in available() and path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                yield code, json.loads(line)


def is_plain(case: dict[str, Any]) -> bool:
    """Whether a case asks for whole numbers only, none of them negative."""
    return all(
        result["Resolution"].get("subtype") == "integer" and not result["Resolution"]["value"].startswith("-")
        for result in case["Results"]
    )


def is_right(case: dict[str, Any], code: str) -> bool:
    """Whether our numbers of a case are the expected ones, in order."""
    ours = found(case["Input"], code)
    wanted = [value(result["Resolution"]["value"]) for result in case["Results"]]
    return len(ours) == len(wanted) and all(
        math.isclose(mine, theirs, rel_tol=1e-6) for (_, mine), theirs in zip(ours, wanted, strict=True)
    )


def duckling(data: Path) -> Iterator[tuple[str, str, float]]:
    """(language, phrase, value) of Duckling's numerals."""
    path = data / "duckling" / "cases.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        case = json.loads(line)
        match = NUMERAL.fullmatch(case["gold"] or "") if case["dim"] == "numeral" else None
        if match and not case["negative"] and case["lang"] in available():
            yield case["lang"], case["text"], float(match.group(1))


def score(data: Path) -> dict[str, float]:
    """Shares of the cases that are right, by set and language; empty where the data are not there."""
    tallies: dict[str, list[bool]] = {}
    for code, case in specs(data):
        right = is_right(case, code)
        tallies.setdefault(f"all_{code}", []).append(right)
        if is_plain(case):
            tallies.setdefault(f"counts_{code}", []).append(right)
    for code, text, wanted in duckling(data):
        values = [mine for _, mine in found(text, code)]
        right = len(values) == 1 and math.isclose(values[0], wanted, rel_tol=1e-6)
        tallies.setdefault(f"duckling_{code}", []).append(right)
    return {name: sum(tally) / len(tally) for name, tally in sorted(tallies.items())}


def main() -> None:
    for name, figure in score(Path(sys.argv[1])).items():
        print(f"{name:12} {figure:.3f}")


if __name__ == "__main__":
    main()
