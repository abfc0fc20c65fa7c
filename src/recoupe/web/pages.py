"""The pages that are read: stories, a story, an article, an entity, search, the log."""

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..brief.model import Rewritten
from ..brief.versions import rewritten, told
from ..model.article import Article
from ..model.care import MASKS
from ..model.hand import standing
from ..model.moments import short
from ..model.relations import Entity
from . import changes
from .desk import Desk, Shown, Snapshot, said_by, said_of
from .drawing import HOLE
from .layers import LAYERS, Sheet
from .views import View, page_of

# Stories, claims and articles on one page.
PAGE, CLAIMS, LISTED = 40, 60, 200
# Places that can be chosen from.
PLACES = 200


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def stories(request: Request) -> HTMLResponse:
        now = desk.now()
        view, asked = View(request, now), Filter(request)
        found = [one for one in now.stories if asked.holds(one)]
        start = (asked.page - 1) * PAGE
        return view.page(
            "stories.html", found=found[start : start + PAGE], total=len(found), asked=asked,
            pages=-(-len(found) // PAGE), articles=len(now.heads), choices=now.choices,
            places=sorted(((one.id, one.label) for one in now.places[:PLACES]), key=lambda one: one[1].casefold()),
        )  # fmt: skip

    @router.get("/story/{key}")
    def story(request: Request, key: str) -> Response:
        now = desk.now()
        view = View(request, now)
        found = desk.page(key, view.pack, now)
        if found is None or key != found.story.id or "as_of" in request.query_params:
            return changes.elsewhere(request, desk, key)
        return view.page(
            "story_page.html", story=found.story, title=found.title,
            told=Markup(found.written().replace(HOLE, str(escape(view.token)))),
            set=desk.set_on("story", found.story.id),
        )  # fmt: skip

    @router.get("/article/{doc:any}")
    def article(request: Request, doc: str) -> HTMLResponse:
        now = desk.now()
        view, found = View(request, now), changes.article(request, desk, now, doc)
        if found is None:
            raise HTTPException(404)
        held, orphans = desk.reviews(found, now)
        sheet = Sheet(now, found, held, request.query_params.get("at", ""))
        needed = now.store.needed(doc)
        standings = {record: view.standing(standing(some, needed)) for record, some in held.items()}
        return view.page(
            "article.html", layers=LAYERS, a=found.article, sheet=sheet, held=held, orphans=orphans,
            stories=now.telling.get(doc, ()), standings=standings, embargo=now.store.held(doc),
            embargoes={one.id: until for one in found.records if (until := now.store.held(doc, one.id))},
            notes=desk.notes("outlet", found.article.outlet, now) if found.article.outlet else [],
            rewritten=_rewritten(now, found.article, view),
            set=desk.set_on("article", "", now.store.real(doc)),
            sets=lambda record: desk.set_on(str(record.__struct_config__.tag), record.id, now.store.real(doc)),
        )  # fmt: skip

    @router.get("/entity/{key}")
    def entity(request: Request, key: str) -> Response:
        now = desk.now()
        current = desk.store.entity(key)
        if current != key:
            return RedirectResponse(f"/entity/{current}")
        found = now.entities.get(key)
        if found is None:
            raise HTTPException(404)
        view = View(request, now)
        (by, by_all), (of, more) = said_by(now, found, CLAIMS), said_of(now, found, CLAIMS)
        unsure = [(now.entities[other], why) for other, why in found.unsure if other in now.entities]
        return view.page(
            "entity.html", notes=desk.notes("entity", key, now), set=desk.set_on("entity", key), masks=MASKS,
            decided=[one for one in desk.store.decided() if one.decision.id in found.decided and not one.undone_at],
            e=found, by=by, by_all=by_all, of=of, of_more=more, unsure=unsure,
            docs=sorted({doc for doc, _ in found.mentions}, key=lambda doc: (now.heads.get(doc, ("",) * 4)[3], doc)),
        )  # fmt: skip

    @router.get("/search")
    def search(request: Request) -> HTMLResponse:
        now, query = desk.now(), request.query_params.get("q", "")[:200]
        view = View(request, now)
        found = _names(now, desk, query)
        claims = now.records(desk.find(query, "claim", now=now))
        articles = [hit.doc for hit in desk.find(query, "article", now=now) if hit.doc in now.heads]
        page = "found.html" if request.headers.get("x-recoupe-part") else "search.html"
        done, every = desk.search.left()
        left = (done, every) if done < every else None
        return view.page(page, q=query, names=found, claims=claims, articles=articles, left=left)

    @router.get("/log")
    def log(request: Request) -> HTMLResponse:
        now = desk.now()
        return View(request, now).page("log.html", entries=desk.log(now)[:500], set=desk.set_on("store", ""))

    @router.get("/outlet/{name:any}")
    def outlet(request: Request, name: str) -> HTMLResponse:
        now = desk.now()
        docs = [doc for doc, head in now.heads.items() if head[1] == name and name]
        if not docs:
            raise HTTPException(404)
        docs.sort(key=lambda doc: (now.heads[doc][3], doc), reverse=True)
        notes = desk.notes("outlet", name, now)
        return View(request, now).page("outlet.html", outlet=name, docs=docs[:LISTED], total=len(docs), notes=notes)

    return router


def _rewritten(now: Snapshot, article: Article, view: View) -> list[tuple[Rewritten, str, str]]:
    """What the source changed in an article from each version to the next, as it is told, and when the former came."""
    steps = rewritten(article.id, now.store.versions([article.id]).get(article.id, ()))
    outlet = article.outlet or article.id
    return [(one, told(one, outlet, view.pack), short(one.earlier) if one.earlier else "") for one in steps]


def _names(now: Snapshot, desk: Desk, query: str) -> Sequence[Entity]:
    """The entities whose spellings a query means, those named most first."""
    ids = {now.entity_of.get((hit.doc, hit.ref)) for hit in desk.find(query, "name", 200, now)}
    found = [now.entities[one] for one in ids if one in now.entities]
    return sorted(found, key=lambda one: (-len(one.mentions), one.label))[:12]


class Filter:
    """What the list of stories is narrowed to."""

    def __init__(self, request: Request) -> None:
        asked = request.query_params
        self.outlet, self.lang = asked.get("outlet", ""), asked.get("text", "")
        self.type, self.since, self.until = asked.get("type", ""), asked.get("since", ""), asked.get("until", "")
        self.place = asked.get("place", "")
        self.disputed = asked.get("disputed", "") == "1"
        self.page = page_of(request)

    def holds(self, one: Shown) -> bool:
        """Whether a story passes."""
        return (
            (not self.outlet or self.outlet in one.outlets)
            and (not self.lang or self.lang in one.langs)
            and (not self.type or self.type in one.types)
            and (not self.place or self.place in one.places)
            and (not self.since or one.newest >= self.since)
            and (not self.until or one.newest[:10] <= self.until)
            and (not self.disputed or one.disputes > 0)
        )

    def values(self) -> dict[str, str]:
        """As they stand in an address, without the page."""
        told = {
            "outlet": self.outlet, "text": self.lang, "type": self.type, "place": self.place,
            "since": self.since, "until": self.until,
            "disputed": "1" if self.disputed else "",
        }  # fmt: skip
        return {key: value for key, value in told.items() if value}
