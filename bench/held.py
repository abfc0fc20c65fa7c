"""Texts that were written and annotated for measuring alone, by different hands. Usage: python -m bench.held SHARED

SHARED holds the guide's scorer. bench/held has the texts, and beside each its claims, figures and events as
SHARED/gold/GUIDE.md defines them; the first record of each says its day and language. bench/held/second has some of
them annotated once more, by another hand that saw nothing of the first: how far two who read the guide agree is what a
program could reach. The texts are no sources: they tell real events from memory, in words of their own, with small
things made up.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from recoupe.cli import main as recoupe

HERE = Path(__file__).parent / "held"


def rows() -> list[dict[str, object]]:
    """The articles, as the program reads them."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        first = json.loads(path.with_suffix(".jsonl").read_text(encoding="utf-8").partition("\n")[0])
        text = path.read_bytes().decode()
        found.append({"id": path.stem, "text": text, "published": first["published"], "lang": first["lang"]})
    return found


def main() -> None:
    """Annotates the texts and prints the scorer's figures, then those of the second hand."""
    shared = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        listed, out = Path(folder) / "articles.jsonl", Path(folder) / "out"
        listed.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
        try:
            recoupe(["annotate", str(listed), "--out", str(out), "--lang", "en"])
        except SystemExit as end:
            if end.code:
                raise
        scored(shared, HERE, out)
        again, first = HERE / "second", Path(folder) / "first"
        first.mkdir()
        for path in again.glob("*.jsonl"):
            shutil.copy(HERE / path.name, first)
        print(f"the second hand, on {len(list(first.iterdir()))} of them:")
        scored(shared, first, again)


def scored(shared: Path, gold: Path, found: Path) -> None:
    """Prints the scorer's figures."""
    subprocess.run([sys.executable, str(shared / "gold/score.py"), str(gold), str(found)], check=True)


if __name__ == "__main__":
    main()
