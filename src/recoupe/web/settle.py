"""The editor's hand: confirm, reject, correct or note a record, settle a dispute; appended to the log, never lost."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Annotated as With
from typing import get_args

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse

from ..model.reviews import Review, Status, Verdict, quoted
from .desk import Desk
from .guard import meant

# What a person writes into one field.
LONGEST = 4000
FIELDS = 20


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)

    @router.post("/review")
    async def review(
        request: Request,
        token: With[str, Form()],
        doc: With[str, Form()],
        record: With[str, Form()],
        verdict: With[str, Form()],
        who: With[str, Form()],
        note: With[str, Form()] = "",
        status: With[str, Form()] = "to_check",
        back: With[str, Form()] = "/",
    ) -> RedirectResponse:
        if not meant(request, token):
            raise HTTPException(403)
        if verdict not in get_args(Verdict) or status not in get_args(Status) or not who.strip():
            raise HTTPException(422)
        now, about = desk.now(), {}
        if doc:
            found = now.article(doc)
            one = found.find(record) if found else None
            if found is None or one is None:
                raise HTTPException(404)
            layer, about = str(one.__struct_config__.tag), quoted(found, one)
        else:
            if record not in {one.id for one in now.relations.disputes}:
                raise HTTPException(404)
            layer = "dispute"
        form = await request.form()
        fields = {
            key.removeprefix("field-"): str(value)[:LONGEST]
            for key, value in list(form.items())[:FIELDS]
            if key.startswith("field-") and str(value).strip()
        }
        desk.review(
            Review(
                doc=doc, record=record, layer=layer, verdict=verdict, who=who.strip()[:200],  # type: ignore[arg-type]
                at=datetime.now(UTC).isoformat(timespec="seconds"), note=note.strip()[:LONGEST], fields=fields,
                status=status, program=version("recoupe"), **about,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        # Only to a page of ours: a second slash would name another host.
        here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
        return RedirectResponse(here, status_code=303)

    return router
