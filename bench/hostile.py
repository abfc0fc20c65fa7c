"""Texts that are made to stall the annotators, at growing lengths: `python -m bench.hostile [LENGTH] [NAME …]`.

Each is one article of LENGTH characters (1,000,000: the longest that is read) and one of a quarter of it. Printed are
the seconds of processor time of both, how much longer the longer takes (4 is linear, 16 the square) and the records
found; fails where a text takes more than MOST seconds for each million characters, or a record is not the article's
slice.
"""

import sys
import time

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article

MOST = 600.0
START = "Le ministre a déclaré lundi à Kyiv que le port avait été frappé dans la nuit de dimanche à lundi, "
REPEATED = {
    "quotation marks": '"', "brackets": "(", "square brackets": "[", "guillemets": "« ", "spaces": " ", "digits": "9",
    "lines": "a\n", "full stops": ".", "apostrophes": "l'", "hyphens": "a-", "capitals": "A", "emoji": "😀",
    "zero width": "\u200b", "bidirectional": "\u202e\u2066", "combining": "\u0301", "words": "mot ",
    "dates": "le 7 janvier 2023, ", "short dates": "12/01/2023 ", "hours": "10h00 ", "years": "99999 ",
    "names": "Jean Dupont, ", "mixed scripts": "Pоutine Аzov ", "figures": "12 morts, ", "parts": "12 morts dont ",
    "speakers": "a déclaré Paul. ", "speech": "a dit que ", "quoted": "« a » ", "grouped digits": "1 000 ",
    "claims": "« Nous avons vu 12 soldats tués », a déclaré Jean Dupont. ",
    "events": "L'armée a tué douze civils à Kherson lundi. ",
}  # fmt: skip


def seconds(text: str) -> tuple[float, int]:
    """Processor time to annotate a text, and how many records it gives. Raises AssertionError where one is wrong."""
    article = Article(id="a", text=text, sha256="", lang="fr", published="2023-01-06")
    start = time.process_time()
    found = annotate([article], ANNOTATORS, Parser())[0]
    took = time.process_time() - start
    assert all(text[record.start : record.end] == record.text for record in found.records)
    return took, len(found.records)


def main(length: int, names: list[str]) -> int:
    """Prints a line for each text; 1 where one takes too long."""
    seconds("Bonjour à tous, a dit le ministre lundi.")  # loads the models
    slow = 0
    for name, repeated in REPEATED.items():
        if names and name not in names:
            continue
        for start in ("", START):
            texts = [(start + repeated * (size // len(repeated) + 1))[:size] for size in (length // 4, length)]
            (short, _), (long, records) = map(seconds, texts)
            slow += long > MOST * length / 1_000_000
            where = "after prose" if start else "alone"
            print(
                f"{name}, {where}: {short:.1f} s, {long:.1f} s, x {long / max(short, 0.01):.1f}, {records} records",
                flush=True,
            )
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2:]))
