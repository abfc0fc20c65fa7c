"""The editor's hand: confirm, reject, correct or note a record, settle a dispute, note a source; appended to the log,
never lost."""

from typing import Annotated as With
from typing import Any, get_args

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from ..model.reviews import Status, Verdict
from ..run import saying
from .desk import Desk
from .guard import meant

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
        saying.say(desk.store, saying.signed(who, note, verdict=verdict, status=status, fields=fields, **about))
        return home(back)

    return router


def about_of(desk: Desk, doc: str, layer: str, record: str) -> dict[str, Any]:
    """What an entry of the log is about, as the store has it, whatever is masked on a page."""
    found = saying.about_of(desk.store, layer, record, desk.now().store.real(doc) if doc else "")
    if found is None:
        raise HTTPException(404)
    return found


def corrected(form: FormData) -> dict[str, str]:
    """The fields of a record that a person gives another value."""
    return {
        key.removeprefix("field-"): str(value)[: saying.LONGEST]
        for key, value in list(form.items())[:FIELDS]
        if key.startswith("field-") and str(value).strip()
    }


def home(back: str) -> RedirectResponse:
    """Only to a page of ours: a second slash would name another host."""
    here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return RedirectResponse(here, status_code=303)
