"""What every page has: the reader's language, its phrases, and the form token."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from babel import negotiate_locale
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..lang import DEFAULT, LanguagePack, available, pack
from ..model.hand import Standing
from .desk import Snapshot
from .drawing import article_url, environment
from .guard import COOKIE, keep, token

LANGUAGE = "recoupe_lang"


def language(request: Request) -> LanguagePack:
    """The reader's language: chosen in the page, else the browser's, else the first there is."""
    known = list(available())
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "")
    if chosen in known:
        return pack(chosen)
    asked = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return pack(negotiate_locale([one.replace("-", "_") for one in asked if one], known) or DEFAULT)


def page_of(request: Request) -> int:
    """The page of a list that is asked for; the first where none is."""
    asked = request.query_params.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


class View:
    """One request as it is answered."""

    def __init__(self, request: Request, now: Snapshot | None) -> None:
        self.request, self.now, self.pack = request, now, language(request)
        self.token = token(request)

    def say(self, key: str, **values: object) -> str:
        """A phrase of the pages."""
        return self.pack.phrase(f"web.{key}", **values)

    def brief(self, key: str, **values: object) -> str:
        """A phrase of the account."""
        return self.pack.phrase(f"brief.{key}", **values)

    def care(self, key: str, **values: object) -> str:
        """A phrase of what people settle and set."""
        return self.pack.phrase(f"care.{key}", **values)

    def field(self, key: str) -> str:
        """What a field of a record is called; what people set goes by its own key."""
        return self._known("records.field", key) or key

    def value(self, layer: str, key: str, value: str) -> str:
        """The value of a field in words, where it is one of the guide's keys."""
        if key == "type":
            table = {"event": "brief.event", "name": "web.type", "time": "records.value.time"}.get(layer, "")
        else:
            table = {"act": "web.act", "measure": "brief.measure"}.get(key, f"records.value.{key}")
        return self.pack.phrase("records.value.yes") if value == "True" else self._known(table, value) or value

    def _known(self, table: str, key: str) -> str:
        """A phrase that may not be there."""
        room, *rest = table.split(".")
        found: object = self.pack.phrases(room) if room else {}
        for one in (*rest, key):
            found = found.get(one) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""

    def standing(self, found: Standing) -> str:
        """A status as it is shown: who has signed, what is missing, who holds it for wrong."""
        joint = self.pack.phrase("brief.and")
        names = joint.join(found.by)
        if found.missing:
            told = [self.care("missing", names=names, n=found.missing)]
        elif found.by:
            told = [self.care("by", status=self.say(f"status.{found.status}"), names=names)]
        else:
            told = [] if found.against else [self.care("machine")]
        told += [self.care("against", names=joint.join(found.against))] if found.against else []
        return self.pack.phrase("brief.between").join(told)

    def page(self, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page from a template."""
        shared = {"v": self, "say": self.say, "lang": self.pack.code, "languages": self.languages()}
        shared |= {"path": self.request.url.path, "article_url": article_url, "care": self.care, "token": self.token}
        body = environment().get_template(name).render(**shared, **values)
        answer = HTMLResponse(body, status_code=status)
        if self.request.cookies.get(COOKIE) != self.token:
            keep(answer, self.token)
        if self.request.query_params.get("lang") in available():
            answer.set_cookie(LANGUAGE, self.pack.code, samesite="strict", path="/", max_age=365 * 24 * 3600)
        return answer

    def languages(self) -> Sequence[tuple[str, str, str]]:
        """The other languages: code, name, and this page's address in them."""
        params = [(key, value) for key, value in self.request.query_params.multi_items() if key != "lang"]
        return [
            (code, pack(code).phrase("web.language"), "?" + urlencode([*params, ("lang", code)]))
            for code in available()
            if code != self.pack.code
        ]

    def head(self, doc: str) -> tuple[str, str, str, str]:
        """An article's title, outlet, language and date."""
        assert self.now is not None
        return self.now.heads.get(doc, (doc, "", "", ""))
