"""What the tests of the desk are about: its articles, and the running desk."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from recoupe.model.article import Article

SCENARIOS = Path(__file__).parent.parent / "relate" / "scenarios"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def articles() -> list[Article]:
    """Two scenarios in two languages, and an article by a stranger who means ill."""
    found = []
    for name in ("truce", "agency"):
        for line in (SCENARIOS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            found.append(
                _article(f"{name}-{told['id']}", told["text"], told["lang"], told["published"], told["outlet"])
            )
    text = f"Une annonce {HOSTILE}\n\nLe maire de Lyon a affirmé lundi que {HOSTILE} avait fait trois blessés à Lyon.\n"
    found.append(_article(f"odd/{HOSTILE} ?#", text, "fr", "2023-05-02", HOSTILE))
    return found


def _article(key: str, text: str, lang: str, published: str, outlet: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = text.partition("\n")[0]
    return Article(
        id=key, text=text, sha256=digest, lang=lang, published=published, outlet=outlet, title=title,
        url="javascript:alert(3)",
    )  # fmt: skip


class Served(NamedTuple):
    """The address of a running desk, and its store."""

    address: str
    store: Path
