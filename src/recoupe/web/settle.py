"""The editor's hand: confirm, reject, correct or note a record, settle a dispute, note a source; appended to the log,
never lost."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Annotated as With
from typing import Any, get_args

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from ..model.reviews import Review, Status, Verdict, quoted
from ..store import entity_of
from .desk import Desk
from .guard import meant

# What a person writes into one field, and a name.
LONGEST, NAME = 4000, 200
FIELDS = 20
# What is said here; what is set about showing is said elsewhere.
SAID = frozenset(get_args(Verdict)) - {"set"}


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)

    @router.post("/review")
    async def review(
        request: Request,
        token: With[str, Form()],
        record: With[str, Form()],
        verdict: With[str, Form()],
        who: With[str, Form()],
        doc: With[str, Form()] = "",
        layer: With[str, Form()] = "dispute",
        note: With[str, Form()] = "",
        status: With[str, Form()] = "to_check",
        back: With[str, Form()] = "/",
    ) -> RedirectResponse:
        if not meant(request, token):
            raise HTTPException(403)
        if verdict not in SAID or status not in get_args(Status) or not who.strip():
            raise HTTPException(422)
        # A dispute is settled with a reason, or not at all.
        if verdict == "settled" and (doc or not note.strip()):
            raise HTTPException(422)
        about = about_of(desk, doc, layer, record)
        fields = corrected(await request.form())
        desk.review(signed(who, note, verdict=verdict, status=status, fields=fields, **about))
        return home(back)

    return router


def about_of(desk: Desk, doc: str, layer: str, record: str) -> dict[str, Any]:
    """What an entry of the log is about, with what it is found again by. It is kept as the store has it, whatever is
    masked on a page."""
    now = desk.now()
    if doc:
        real = now.store.real(doc)
        found = next(iter(desk.store.articles(frozenset({real}))), None)
        if found is not None and layer == "article" and not record:
            return {"doc": real, "record": "", "layer": layer}
        one = found.find(record) if found else None
        if found is None or one is None:
            raise HTTPException(404)
        return {"doc": real, "record": record, "layer": str(one.__struct_config__.tag), **quoted(found, one)}
    about: list[tuple[str, str]] | None = None
    if layer == "dispute":
        dispute = next((one for one in now.relations.disputes if one.id == record), None)
        about = [(now.store.real(one.doc), one.text) for one in dispute.answers] if dispute else None
    elif layer == "entity":
        entity = entity_of(desk.store, record)
        about = [("", form) for form, _ in entity.forms] if entity else None
    elif layer == "story":
        story = next((one.story for one in now.stories if one.story.id == record), None)
        about = [(now.store.real(one), "") for one in story.docs] if story else None
    elif layer == "outlet":
        about = [] if any(head[1] == record for head in now.heads.values()) else None
    elif layer == "store" and not record:
        about = []
    if about is None:
        raise HTTPException(404)
    return {"doc": "", "record": record, "layer": layer, "about": tuple(about)}


def signed(who: str, note: str, **values: Any) -> Review:
    """An entry of the log, by whom and when."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Review(
        who=who.strip()[:NAME], at=at, note=note.strip()[:LONGEST], program=version("recoupe"), **values
    )  # fmt: skip


def corrected(form: FormData) -> dict[str, str]:
    """The fields of a record that a person gives another value."""
    return {
        key.removeprefix("field-"): str(value)[:LONGEST]
        for key, value in list(form.items())[:FIELDS]
        if key.startswith("field-") and str(value).strip()
    }


def home(back: str) -> RedirectResponse:
    """Only to a page of ours: a second slash would name another host."""
    here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return RedirectResponse(here, status_code=303)
