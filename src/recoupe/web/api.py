"""The same in JSON, with the guide's words: stories, articles, entities, search, the log of what people said."""

from collections.abc import Sequence
from typing import Annotated as With
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from ..lang import available, pack
from ..model.hand import standing
from ..model.lines import joined
from . import changes_api
from .changes_api import Limit, Offset
from .desk import Desk
from .views import language


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(tags=["recoupe"])

    def answer(request: Request, value: object) -> Response:
        """JSON with the state of the store as its tag: what has not changed is not sent again."""
        headers = {"ETag": f'W/"{desk.tag()}-{language(request).code}"', "Vary": "Accept-Language, Cookie"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        body = value if isinstance(value, bytes) else msgspec.json.encode(value)
        return Response(body, media_type="application/json", headers=headers)

    def paged(request: Request, found: Sequence[Any], limit: int, offset: int) -> Response:
        some = found[offset : offset + limit]
        after = offset + limit if offset + limit < len(found) else None
        return answer(request, {"total": len(found), "next": after, "items": some})

    @router.get("/stories", summary="The stories, those with the newest articles first")
    def stories(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
        found = [
            {**msgspec.to_builtins(one.story), "newest": one.newest, "disputes": one.disputes}
            for one in desk.away().stories
        ]
        return paged(request, found, limit, offset)

    @router.get("/story/{key}", summary="The account of one story")
    def story(request: Request, key: str, lang: str = "", as_of: str = "") -> Response:
        reader = pack(lang) if lang in available() else language(request)
        if as_of:
            return changes_api.as_of(desk, key, as_of, reader)
        found = desk.account(key, reader, desk.away())
        if found is None:
            raise HTTPException(404)
        return answer(request, found.written().encode())

    @router.get("/articles", summary="The articles, without their texts")
    def articles(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
        found = [
            {"id": doc, "title": title, "outlet": outlet, "lang": lang, "published": published or None}
            for doc, (title, outlet, lang, published) in sorted(desk.away().heads.items())
        ]
        return paged(request, found, limit, offset)

    @router.get("/article/{doc:any}", summary="One article with its records, as the guide writes them")
    def article(request: Request, doc: str) -> Response:
        now = desk.away()
        found = now.article(doc)
        if found is None:
            raise HTTPException(404)
        held, orphans = desk.reviews(found, now)
        records = [msgspec.to_builtins(joined(record, doc, now.entity_of)) for record in found.records]
        return answer(
            request,
            {
                "article": {**msgspec.to_builtins(found.article), "version": found.article.version},
                "records": records, "reviews": held, "orphans": orphans,
                "standings": {key: standing(some, now.store.needed(doc)) for key, some in held.items()},
            },
        )  # fmt: skip

    @router.get("/entities", summary="People, organisations and places in all their spellings")
    def entities(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
        return paged(request, list(desk.away().entities.values()), limit, offset)

    @router.get("/entity/{key}", summary="One entity")
    def entity(request: Request, key: str) -> Response:
        found = desk.away().entities.get(desk.store.entity(key))
        if found is None:
            raise HTTPException(404)
        return answer(request, found)

    @router.get("/search", summary="Articles, claims and names that hold all words of a query")
    def search(request: Request, q: With[str, Query(max_length=200)], limit: Limit = 20) -> Response:
        kinds = ("name", "claim", "article")
        return answer(request, {kind: desk.find(q, kind, limit, desk.away()) for kind in kinds})

    @router.get("/log", summary="What people said of records, the newest first")
    def log(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
        found = [{"n": n, **msgspec.to_builtins(one)} for n, one in desk.log(desk.away()) if one.verdict != "set"]
        return paged(request, found, limit, offset)

    return router
