"""The pages about time: what changed between two moments, the alerts and their feeds, a story as of a time."""

from datetime import UTC, datetime
from typing import Annotated as With
from typing import NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..brief.changes.told import TEXTS, kind, made_of, nothing
from ..brief.dates import stamped
from ..brief.model import Disagreement, Link
from ..brief.wording import supported
from ..model.moments import short, written
from ..model.records import Annotated
from ..model.relations import Story
from ..watch.feed import atom
from .desk import Desk, Snapshot
from .drawing import StoryWriter, article_url, environment
from .guard import meant
from .looked import Look
from .past import STORIES, Past, asked
from .settle import home
from .views import View, page_of

# Alerts on one page and in one feed.
ALERTS, FEED = 40, 100


def routes(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    router = APIRouter(include_in_schema=False)
    past = Past(desk)
    environment().filters["local"] = _local
    environment().globals |= {
        "news": news, "reached": reached, "stamped": stamped, "kind": kind, "made_of": made_of, "nothing": nothing,
        "supported": supported, "texts": TEXTS,
    }  # fmt: skip

    @router.get("/changes")
    def changes(request: Request) -> Response:
        return _changes(request, desk, past, None)

    @router.get("/story/{key}/changes")
    def of_story(request: Request, key: str) -> Response:
        story = past.story(key)
        told = desk.now().told(story.id) if story else None
        if story is None or told is None:
            raise HTTPException(404)
        if story.id != key:
            return moved(request, f"/story/{quote(story.id, safe='')}/changes")
        return _changes(request, desk, past, story, told.story)

    @router.get("/feed.atom")
    def feed(request: Request) -> Response:
        return _feed(request, desk, past, None, "/feed.atom")

    @router.get("/story/{key}/feed.atom")
    def story_feed(request: Request, key: str) -> Response:
        story = past.shown(desk.away(), key)
        if story is None:
            raise HTTPException(404)
        return _feed(request, desk, past, story, f"/story/{quote(story.id, safe='')}/feed.atom")

    @router.post("/seen")
    def seen(request: Request, token: With[str, Form()], back: With[str, Form()] = "/") -> RedirectResponse:
        if not meant(request, token):
            raise HTTPException(403)
        answer = home(back)
        Look(request, desk.store, desk.now().until).keep(answer, seen=True)
        return answer

    return router


def moved(request: Request, path: str) -> RedirectResponse:
    """To where something is now, with all that was asked."""
    query = request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path)


def _changes(request: Request, desk: Desk, past: Past, story: Story | None, named: Story | None = None) -> HTMLResponse:
    """The page of changes, of all stories or of one, which is `named` as it may be shown."""
    snapshot = desk.now()
    view, given = View(request, snapshot), request.query_params
    page = page_of(request)
    base = "/changes" if story is None else f"/story/{quote(story.id, safe='')}/changes"
    values: dict[str, object] = {
        "story": named,
        "start": given.get("from", ""), "end": given.get("to", ""), "page": page, "wrong": "", "diff": None,
        "base": base, "alerts": [], "pages": 1, "status": 200,
        "address": lambda n: f"{base}?{_with(given, n)}",
    }  # fmt: skip
    if values["start"] or values["end"]:
        values |= _diff(past, snapshot, view, str(values["start"]), str(values["end"]), story, page)
    else:
        found, total = past.alerts(snapshot, story, ALERTS, (page - 1) * ALERTS)
        values |= {"alerts": [(one, one.change(view.pack)) for one in found], "pages": -(-total // ALERTS)}
    return view.page("changes.html", **values)  # type: ignore[arg-type]


def _diff(
    past: Past, snapshot: Snapshot, view: View, start: str, end: str, story: Story | None, page: int
) -> dict[str, object]:
    """The values of a page of changes between two moments, or what is wrong with these."""
    moments = []
    for text, late in ((start, False), (end, True)):
        try:
            moments.append(asked(text, end=late) if text else past.now())
        except ValueError:
            return {"wrong": view.pack.phrase("watch.page.bad_time", asked=text), "status": 422}
    if not start or moments[0] >= moments[1]:
        return {"wrong": view.pack.phrase("watch.page.order"), "status": 422}
    found, total = past.diff(snapshot, moments[0], moments[1], view.pack, story, page)
    return {"diff": found, "pages": -(-total // STORIES)}


def _feed(request: Request, desk: Desk, past: Past, story: Story | None, path: str) -> Response:
    away = desk.away()
    view = View(request, away)
    found, _ = past.alerts(away, story, FEED)
    title = f"Recoupe · {view.pack.phrase('watch.page.alerts')}"
    if story is not None:
        own = away.told(story.id)
        title = f"{own.story.title or own.story.story} · {title}" if own else title
    tag = f'W/"{away.state}-{found[0].id if found else ""}-{len(found)}-{view.pack.code}"'
    headers = {"ETag": tag, "Vary": "Accept-Language, Cookie"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    base = str(request.base_url).rstrip("/")
    raw = atom(found, view.pack, base, path, title, desk.store.came() or past.now())
    return Response(raw, media_type="application/atom+xml", headers=headers)


def elsewhere(request: Request, desk: Desk, key: str) -> Response:
    """The page of a story that goes by another id now, or that is asked for as of a time."""
    story = desk.store.story(key)
    told = desk.now().told(story.id) if story else None
    if story is None or told is None:
        raise HTTPException(404)
    if story.id != key:
        return moved(request, f"/story/{quote(story.id, safe='')}")
    return _as_of(request, desk, story, told.story)


def article(request: Request, desk: Desk, snapshot: Snapshot, doc: str) -> Annotated | None:
    """An article, in the version of the time that is asked for."""
    text = request.query_params.get("as_of", "")
    if not text:
        return snapshot.article(doc)
    try:
        return Past(desk).article(snapshot, doc, asked(text, end=True))
    except ValueError:
        raise HTTPException(422) from None


def _as_of(request: Request, desk: Desk, story: Story, named: Story) -> Response:
    """The page of a story as of a time; it is `named` as it may be shown."""
    snapshot = desk.now()
    view, text = View(request, snapshot), request.query_params.get("as_of", "")
    try:
        at = asked(text, end=True)
    except ValueError:
        return view.page("as_of.html", status=422, story=named, then=None, wrong=text, at="", link="", w=None, one=None)
    then = Past(desk).then(snapshot, story, at, view.pack)
    writer = ThenWriter(then.account, view.pack, story.id) if then.account else None
    if writer is not None:
        writer.at, writer.rewritten = short(at), Past(desk).rewritten(snapshot, writer.account)
    return view.page(
        "as_of.html", story=named, then=then, wrong="", at=stamped(at, view.pack), w=writer,
        link=f"/story/{quote(story.id, safe='')}?{urlencode({'as_of': short(at)})}",
        one=then.account.stories[0] if then.account else None, bsay=writer.say if writer else view.brief,
    )  # fmt: skip


class ThenWriter(StoryWriter):
    """The account of a story as it was: nothing in it can be settled, and articles that were rewritten since are read
    as they were."""

    at = ""
    rewritten: frozenset[str] = frozenset()

    def to(self, link: Link) -> str:
        """Where a cited passage is read."""
        then = self.at if link.doc in self.rewritten else ""
        return article_url(link.doc, (link.start, link.end), then)

    def tools(self, dispute: Disagreement) -> Markup:
        """No form."""
        return Markup()


class News(NamedTuple):
    """What came since a reader last looked: the articles, since when as it is shown (empty at the first look), and
    where it is told what they change."""

    docs: frozenset[str]
    since: str
    what: str


def news(view: View, story: Story | None = None) -> News:
    """What is new to the reader of a page (of a story), who from now on has looked."""
    desk: Desk = view.request.app.state.desk
    look = Look(view.request, desk.store, reached(view))
    view.request.state.look = look
    if look.since is None:
        return News(frozenset(), "", "")
    at = written(datetime.fromtimestamp(look.since.at, UTC))
    # From the last article that was seen on: one that had come and was not yet related then is new too.
    start = desk.store.came(look.since.n) or written(datetime.fromtimestamp(0, UTC))
    base = "/changes" if story is None else f"/story/{quote(story.id, safe='')}/changes"
    found = Past(desk).new(look.since.n, look.now.n, story)
    return News(frozenset(found), stamped(at, view.pack), f"{base}?{urlencode({'from': start})}")


def reached(view: View) -> int:
    """The state that a page shows: the number of the last article in it."""
    desk: Desk = view.request.app.state.desk
    return view.now.until if view.now else desk.store.related_until()


def _local(text: str) -> str:
    """An instant as a field of a form takes it, by the clock of this machine; empty where it is none."""
    try:
        return datetime.fromisoformat(asked(text)).astimezone().strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return ""


def _with(given: QueryParams, page: int) -> str:
    pairs = [(key, value) for key, value in given.multi_items() if key != "page"]
    return urlencode([*pairs, ("page", page)])
