"""What people set about showing: a name masked, a story or record held back, a map made coarse, a second signature."""

from typing import Annotated as With

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse

from ..run import saying
from .desk import Desk
from .guard import meant
from .settle import about_of, home

GIVEN = "set-"


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)

    @router.post("/set")
    async def keep(
        request: Request,
        token: With[str, Form()],
        layer: With[str, Form()],
        who: With[str, Form()],
        record: With[str, Form()] = "",
        doc: With[str, Form()] = "",
        note: With[str, Form()] = "",
        back: With[str, Form()] = "/",
    ) -> RedirectResponse:
        if not meant(request, token):
            raise HTTPException(403)
        if not who.strip():
            raise HTTPException(422)
        about = about_of(desk, doc, layer, record)
        form = (await request.form()).items()
        given = {key.removeprefix(GIVEN): str(value) for key, value in form if key.startswith(GIVEN)}
        try:
            saying.set_now(desk.store, about, given, who, note)
        except saying.CareError:
            raise HTTPException(422) from None
        return home(back)

    return router
