"""What people have set about showing and giving away: names masked, stories and records held back, maps made coarse,
how many signatures make a thing checked. All of it is read out of the log of reviews, in which the last word counts."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from .reviews import Review

# What an entry of the log may set (`fields`), by what it is about. An empty value takes the setting back.
KEYS = {
    "entity": frozenset({"mask"}),
    "story": frozenset({"embargo", "grain", "delay", "signatures"}),
    "store": frozenset({"signatures"}),
    "article": frozenset({"embargo"}),
    "claim": frozenset({"embargo"}),
    "figure": frozenset({"embargo"}),
    "event": frozenset({"embargo"}),
}
# Why a name is masked.
MASKS = ("minor", "victim", "prisoner", "other")
# Degrees of a map's cells, hours by which it lags, people who sign: more than this is a slip of the hand.
COARSEST, LONGEST, MOST = 10.0, 24 * 365, 5


class Masked(msgspec.Struct, frozen=True):
    """A name that is not shown: the entity, and the spellings that it had when it was masked."""

    entity: str
    forms: tuple[str, ...] = ()
    why: str = ""


class Held(msgspec.Struct, frozen=True):
    """What is given away from an instant on (ISO 8601 with its zone): a story, with the articles it then had, an
    article by itself (no story), or a record, by the review that says so."""

    until: str
    story: str = ""
    docs: tuple[str, ...] = ()
    record: Review | None = None


class Coarse(msgspec.Struct, frozen=True):
    """A story whose map shows cells of so many degrees, and nothing of the last so many hours."""

    story: str
    docs: tuple[str, ...] = ()
    grain: float = 0.0
    delay: float = 0.0


class Care(msgspec.Struct, frozen=True):
    """All that is set, as it stands at one instant; what was held back until then is no more. `by_story` are stories
    with the articles that they had, and how many people sign there."""

    masked: tuple[Masked, ...] = ()
    held: tuple[Held, ...] = ()
    coarse: tuple[Coarse, ...] = ()
    signatures: int = 1
    by_story: tuple[tuple[str, tuple[str, ...], int], ...] = ()


class Setting(NamedTuple):
    """One setting in force, with the entry of the log that made it."""

    review: Review
    value: str

    @property
    def local(self) -> str:
        """An instant as this machine's clock shows it."""
        return instant(self.value).astimezone().strftime("%Y-%m-%dT%H:%M")


def settings(reviews: Iterable[Review]) -> dict[tuple[str, str, str, str], Setting]:
    """What is set, by (layer, article id, record or relation, key): the last word, whoever said it."""
    found: dict[tuple[str, str, str, str], Setting] = {}
    for review in reviews:
        if review.verdict == "set":
            for key, value in review.fields.items():
                place = review.layer, review.doc, review.record, key
                found.pop(place, None)
                if value:
                    found[place] = Setting(review, value)
    return found


def care(reviews: Iterable[Review], now: datetime) -> Care:
    """What is set, at an instant."""
    found = settings(reviews)
    masked, held, coarse, signed, signatures = [], [], dict[str, Coarse](), [], 1
    for (layer, doc, target, key), (review, value) in found.items():
        docs = tuple(doc for doc, _ in review.about)
        if key == "mask":
            masked.append(Masked(target, tuple(form for _, form in review.about), value))
        elif key == "embargo" and instant(value) > now:
            whole = {"story": Held(value, story=target, docs=docs), "article": Held(value, docs=(doc,))}
            held.append(whole.get(layer) or Held(value, record=review))
        elif key in ("grain", "delay"):
            known = coarse.get(target, Coarse(target))
            coarse[target] = msgspec.structs.replace(known, docs=docs or known.docs, **{key: float(value)})
        elif key == "signatures" and layer == "store":
            signatures = int(value)
        elif key == "signatures":
            signed.append((target, docs, int(value)))
    return Care(tuple(masked), tuple(held), tuple(coarse.values()), signatures, tuple(signed))


def instant(value: str) -> datetime:
    """An ISO 8601 instant; one without a zone is of this machine's. Raises ValueError for what is none."""
    return datetime.fromisoformat(value).astimezone(UTC)


def checked(layer: str, key: str, value: str) -> str | None:
    """A setting as it is kept, empty where it takes one back; None where it cannot be so."""
    if key not in KEYS.get(layer, ()):
        return None
    text = value.strip()
    if not text:
        return ""
    try:
        if key == "mask":
            return text if text in MASKS else None
        if key == "embargo":
            return instant(text).isoformat(timespec="minutes")
        number = float(text)
    except (ValueError, OverflowError):
        return None
    low, high = {"grain": (0.0, COARSEST), "delay": (0.0, float(LONGEST)), "signatures": (1.0, float(MOST))}[key]
    if not low <= number <= high or (key == "signatures" and number != int(number)):
        return None
    # Nought, or a single signature, is as if nothing were set.
    return "" if number == (1 if key == "signatures" else 0) else f"{number:g}"


def late(published: str | None, latest: str | None, delay: float, now: datetime) -> bool:
    """Whether something of this time (local ISO, else the day its article appeared) is younger than a delay in hours.
    What has no time at all is."""
    text = latest or published or ""
    try:
        moment = datetime.fromisoformat(text[:10] if text[11:13] == "24" else text)
    except ValueError:
        return True
    return moment.replace(tzinfo=None) > now.replace(tzinfo=None) - timedelta(hours=delay)
