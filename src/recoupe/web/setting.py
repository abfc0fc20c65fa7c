"""What people set about showing: a name masked, a story or record held back, a map made coarse, a second signature."""

from typing import Annotated as With

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse

from ..model.care import checked
from .desk import Desk
from .guard import meant
from .settle import about_of, home, signed

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
        known = desk.set_on(about["layer"], record, about["doc"])
        fields = {}
        for key, value in (await request.form()).items():
            if key.startswith(GIVEN):
                name = key.removeprefix(GIVEN)
                kept = checked(about["layer"], name, str(value))
                if kept is None:
                    raise HTTPException(422)
                if kept != (known[name].value if name in known else ""):
                    fields[name] = kept
        if fields:
            desk.review(signed(who, note, verdict="set", fields=fields, **about))
        return home(back)

    return router
