"""What people say and set, from a page or from the command line: entries of one log, each signed and never changed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from ..errors import RecoupeError
from ..model.care import Setting, checked, settings
from ..model.reviews import Review, in_force, quoted
from ..store import Store, entity_of, reviews

# What a person writes into one field, and a name.
LONGEST, NAME = 4000, 200


class CareError(RecoupeError):
    """What cannot be set on a thing, or not so: `values` say which (`name`, `value`)."""


def about_of(store: Store, layer: str, record: str, doc: str = "") -> dict[str, Any] | None:
    """What an entry of the log is about, with what it is found again by; None where there is no such thing. `record` is
    an id, an outlet's name or, for the whole store, empty; an old id leads to the new."""
    if doc:
        found = next(iter(store.articles(frozenset({doc}))), None)
        if found is not None and layer == "article" and not record:
            return {"doc": doc, "record": "", "layer": layer}
        one = found.find(record) if found else None
        if found is None or one is None:
            return None
        return {"doc": doc, "record": record, "layer": str(one.__struct_config__.tag), **quoted(found, one)}
    about: list[tuple[str, str]] | None = None
    if layer == "dispute":
        dispute = store.dispute(record)
        about = [(one.doc, one.text) for one in dispute.answers] if dispute else None
    elif layer == "entity":
        entity = entity_of(store, record)
        record = entity.id if entity else record
        about = [("", form) for form, _ in entity.forms] if entity else None
    elif layer == "story":
        story = store.story(record)
        record = story.id if story else record
        about = [(one, "") for one in story.docs] if story else None
    elif layer == "outlet":
        about = [] if record and any(head.outlet == record for head in store.heads()) else None
    elif layer == "store" and not record:
        about = []
    return None if about is None else {"doc": "", "record": record, "layer": layer, "about": tuple(about)}


def signed(who: str, note: str, **values: Any) -> Review:
    """An entry of the log, by whom and when."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Review(
        who=who.strip()[:NAME], at=at, note=note.strip()[:LONGEST], program=version("recoupe"), **values
    )  # fmt: skip


def say(store: Store, review: Review) -> int:
    """Keeps what a person said; gives its number in the log."""
    return reviews.append(store.engine, review)


def set_on(store: Store, layer: str, record: str, doc: str = "") -> dict[str, Setting]:
    """What is set on one thing, by key; what was set on something that has become part of it holds of it."""
    found: dict[str, Setting] = {}
    for one, value in _in_force(store, layer, record, doc):
        if one == record or value[0] not in found:
            found[value[0]] = value[1]
    return found


def set_now(store: Store, about: Mapping[str, Any], given: Mapping[str, str], who: str, note: str = "") -> int:
    """Sets something (`about`, as about_of gives it) in the name of a person; an empty value takes a setting back, also
    from what has become part of it. Gives how many entries of the log that took: none where all is set so already.
    Raises CareError for what cannot be set."""
    layer, record, doc = about["layer"], about["record"], about["doc"]
    known, fields = set_on(store, layer, record, doc), dict[str, str]()
    for name, value in given.items():
        kept = checked(layer, name, value)
        if kept is None:
            raise CareError("care.cannot_be", name=name, value=value)
        if kept != (known[name].value if name in known else ""):
            fields[name] = kept
    if not fields:
        return 0
    before = {one for one, (name, _) in _in_force(store, layer, record, doc) if one != record and name in fields}
    own = any(one == record for one, _ in _in_force(store, layer, record, doc))
    entries = [signed(who, note, verdict="set", fields=fields, **about)] if own or any(fields.values()) else []
    entries += [
        signed(who, note, verdict="set", fields=dict.fromkeys(fields, ""), **{**about, "record": one})
        for one in sorted(before)
    ]
    for one in entries:
        say(store, one)
    return len(entries)


def notes(store: Store, layer: str, record: str, said: list[Review] | None = None) -> list[Review]:
    """The notes in force on an entity or an outlet, and on what has become part of it, by people who signed them.
    `said` is the log as it may be shown, where that is another."""
    found = _log(store, "") if said is None else said
    ids = _ids(store, layer, record)
    own = [one for one in found if one.layer == layer and one.verdict != "set" and one.record in ids]
    return in_force(own)


def _in_force(store: Store, layer: str, record: str, doc: str) -> list[tuple[str, tuple[str, Setting]]]:
    """The settings of a thing, with the id that each was made by."""
    found = settings(_log(store, doc))
    ids = _ids(store, layer, record)
    return [
        (one, (name, value))
        for (kind, of, one, name), value in found.items()
        if (kind, of) == (layer, doc) and one in ids
    ]


def _log(store: Store, doc: str) -> list[Review]:
    with store.engine.connect() as connection:
        return [review for _, review in reviews.log(connection, [doc])]


def _ids(store: Store, layer: str, record: str) -> frozenset[str]:
    """The ids by which something may have been said of a thing: its own, and those of what has become part of it."""
    return store.former(record) if record and layer in ("entity", "story") else frozenset((record,))
