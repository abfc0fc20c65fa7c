"""What changed, as JSON: between two moments, and as it was noticed."""

from typing import Annotated as With

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from ..brief import as_json
from ..brief.changes.told import rows
from ..lang import LanguagePack, available, pack
from ..model.relations import Story
from .desk import Desk, Snapshot
from .past import STORIES, Past, asked
from .views import language

Limit = With[int, Query(ge=1, le=500)]
Offset = With[int, Query(ge=0, le=10**9)]
Moment = With[str, Query(max_length=64, description="ISO 8601, a day, or how long ago (24h, 7d)")]


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(tags=["recoupe"])
    past = Past(desk)

    @router.get("/changes", summary="What changed between two moments, ten stories at a time")
    def changes(
        request: Request,
        start: With[Moment, Query(alias="from")],
        end: With[Moment, Query(alias="to")] = "",
        page: With[int, Query(ge=1)] = 1,
        lang: str = "",
    ) -> Response:
        return _diff(request, start, end, page, lang, None)

    @router.get("/story/{key}/changes", summary="What changed in one story between two moments")
    def of_story(
        request: Request, key: str, start: With[Moment, Query(alias="from")],
        end: With[Moment, Query(alias="to")] = "", lang: str = "",
    ) -> Response:  # fmt: skip
        return _diff(request, start, end, 1, lang, key)

    @router.get("/alerts", summary="What was noticed as articles came, the newest first")
    def alerts(request: Request, limit: Limit = 50, offset: Offset = 0, story: str = "", lang: str = "") -> Response:
        away = desk.away()
        own = _story(past, away, story) if story else None
        found, total = past.alerts(away, own, limit, offset)
        reader = reading(request, lang)
        after = offset + limit if offset + limit < total else None
        return _json({"total": total, "next": after, "items": [one.row(reader) for one in found]})

    def _diff(request: Request, start: str, end: str, page: int, lang: str, key: str | None) -> Response:
        away = desk.away()
        own = None if key is None else _story(past, away, key)
        try:
            since, until = asked(start), asked(end, end=True) if end else past.now()
        except ValueError:
            raise HTTPException(422) from None
        if since >= until:
            raise HTTPException(422)
        found, total = past.diff(away, since, until, reading(request, lang), own, page)
        after = page + 1 if page * STORIES < total else None
        told = {"from": found.start, "to": found.end, "total": total, "next": after, "stories": rows(found.stories)}
        return _json(told)

    return router


def as_of(desk: Desk, key: str, text: str, reader: LanguagePack) -> Response:
    """The account of a story as of a time."""
    past, away = Past(desk), desk.away()
    story = _story(past, away, key)
    try:
        at = asked(text, end=True)
    except ValueError:
        raise HTTPException(422) from None
    then = past.then(away, story, at, reader)
    if then.account is None:
        raise HTTPException(404)
    return Response(as_json(then.account, reader), media_type="application/json")


def _story(past: Past, away: Snapshot, key: str) -> Story:
    """The story that is asked for, as far as it may be given away."""
    found = past.shown(away, key)
    if found is None:
        raise HTTPException(404)
    return found


def reading(request: Request, lang: str) -> LanguagePack:
    """The language that is asked for, else the reader's."""
    return pack(lang) if lang in available() else language(request)


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
