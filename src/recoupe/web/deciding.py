"""Entities settled on their page: two are one, or a spelling is another's; the same decisions as `recoupe entities`."""

import threading
from typing import Annotated as With

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse

from ..model.relations import Entity
from ..run import saying, settling
from ..store import entity_of
from .desk import Desk
from .guard import meant
from .settle import home

_one_at_a_time = threading.Lock()


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)

    def known(request: Request, token: str, who: str, key: str) -> Entity:
        if not meant(request, token):
            raise HTTPException(403)
        if not who.strip():
            raise HTTPException(422)
        found = entity_of(desk.store, key)
        if found is None:
            raise HTTPException(404)
        return found

    @router.post("/entity/{key}/merge")
    def merge(
        request: Request, key: str, token: With[str, Form()], who: With[str, Form()], other: With[str, Form()]
    ) -> RedirectResponse:
        one = known(request, token, who, key)
        two = known(request, token, who, other)
        if one.id == two.id:
            raise HTTPException(422)
        with _one_at_a_time:
            settling.join(desk.store, one, two, who.strip()[: saying.NAME])
        desk.renew()
        return home(f"/entity/{one.id}")

    @router.post("/entity/{key}/split")
    def split(
        request: Request, key: str, token: With[str, Form()], who: With[str, Form()], what: With[str, Form()]
    ) -> RedirectResponse:
        one = known(request, token, who, key)
        with _one_at_a_time:
            done = settling.part(desk.store, one, desk.now().store.real(what), who.strip()[: saying.NAME])
        if done is None:
            raise HTTPException(422)
        desk.renew()
        return home(f"/entity/{one.id}")

    @router.post("/entity/{key}/undo")
    def undo(
        request: Request, key: str, token: With[str, Form()], who: With[str, Form()], number: With[int, Form()]
    ) -> RedirectResponse:
        one = known(request, token, who, key)
        with _one_at_a_time:
            done = settling.undo(desk.store, number, who.strip()[: saying.NAME])
        if not done:
            raise HTTPException(404)
        desk.renew()
        return home(f"/entity/{one.id}")

    return router
