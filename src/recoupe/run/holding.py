"""What a provider asks to hold back, kept in a store's log like what people set: from then on it is a setting that a
person can change."""

from datetime import UTC, datetime
from importlib.metadata import version

from ..model.care import checked, instant
from ..model.moments import now
from ..model.reviews import Review, person
from ..read import HeldBack
from ..store import Store, reviews

UNKNOWN = "?"


def hold(store: Store, found: HeldBack) -> bool:
    """Keeps an embargo, before its article comes. False where there is none any more, or the same was kept before: a
    person may have lifted it since."""
    until = checked("article", "embargo", found.until)
    if not until or instant(until) <= datetime.now(UTC):
        return False
    who = found.by.strip() or UNKNOWN
    with store.engine.connect() as connection:
        said = [one for _, one in reviews.log(connection, [found.doc])]
    if any(one.fields.get("embargo") == until and person(one.who) == person(who) for one in said if not one.record):
        return False
    entry = Review(
        doc=found.doc, record="", layer="article", verdict="set", who=who, at=now(), fields={"embargo": until},
        program=version("recoupe"),
    )  # fmt: skip
    reviews.append(store.engine, entry)
    return True
