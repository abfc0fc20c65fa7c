"""French TimeBank's reporting events and evidential links against our claims.

Usage: python -m bench.timebank_claims DATA_DIR

`reporting`: the share of REPORTING events that overlap a cue of ours. `evidential`: the share of EVIDENTIAL links
whose event overlaps a cue and whose subordinated event lies in that claim's content. The set marks no claims as such,
so there is no precision.
"""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article
from recoupe.model.records import Claim, Span

DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


def document(path: Path) -> tuple[Article, dict[str, Span], list[str], list[tuple[str, str]]]:
    """The article, the spans of its event instances, the REPORTING ones and the EVIDENTIAL pairs."""
    root = ET.parse(path).getroot()
    body = root.find("TEXT")
    assert body is not None
    pieces: list[str] = [body.text or ""]
    spans: dict[str, Span] = {}
    reporting: list[str] = []
    for element in body:
        start = sum(map(len, pieces))
        text = "".join(element.itertext())
        pieces += [text, element.tail or ""]
        for event in [element, *element.iter()]:
            if event.tag == "EVENT":
                name = event.get("eiid") or event.get("eid") or ""
                spans[name] = (start, start + len(text))
                if event.get("class") == "REPORTING" and name not in reporting:
                    reporting.append(name)
    links = [
        (link.get("eventInstanceID") or "", link.get("subordinatedEventInstance") or "")
        for link in root.iter("SLINK")
        if link.get("relType") == "EVIDENTIAL"
    ]
    day = DATED.match(path.name)
    article = Article(id=path.stem, text="".join(pieces), sha256="", lang="fr", published=day[0] if day else None)
    return article, spans, reporting, links


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def score(data: Path, parser: Parser | None = None, missed: list[str] | None = None) -> dict[str, float]:
    """Shares between 0 and 1; empty where the data is not there. `missed` collects
    what was not found, with its surroundings."""
    if not (data / "fr_timebank").is_dir():
        return {}
    documents = [document(path) for path in sorted((data / "fr_timebank").glob("*.tml"))]
    done = annotate([article for article, *_ in documents], ANNOTATORS, parser or Parser())
    events = found = links = joined = 0
    for (article, spans, reporting, pairs), annotated in zip(documents, done, strict=True):
        claims = annotated.layer(Claim)
        for name in reporting:
            events += 1
            hit = any(claim.cue is not None and overlaps(claim.cue, spans[name]) for claim in claims)
            found += hit
            if not hit and missed is not None:
                start, end = spans[name]
                around = article.text[max(0, start - 150) : end + 100]
                missed.append(f"cue [{article.text[start:end]}] {around}")
        for cue, content in pairs:
            if cue not in spans or content not in spans:
                continue
            links += 1
            hit = any(
                claim.cue is not None
                and overlaps(claim.cue, spans[cue])
                and any(overlaps(part, spans[content]) for part in (claim.span, *claim.more))
                for claim in claims
            )
            joined += hit
            if not hit and missed is not None:
                start, end = spans[cue]
                held = article.text[slice(*spans[content])]
                missed.append(
                    f"link [{article.text[start:end]} > {held}] {article.text[max(0, start - 150) : end + 120]}"
                )
    return {
        "reporting": found / events if events else 1.0,
        "evidential": joined / links if links else 1.0,
    }


if __name__ == "__main__":
    lost: list[str] = []
    for figure, value in score(Path(sys.argv[1]), missed=lost).items():
        print(f"{figure} {value:.3f}")
    print("\n".join(" ".join(line.split()) for line in lost))
