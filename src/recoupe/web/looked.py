"""When a reader last looked: in a cookie of this desk, on this machine only, so that it works without a script.

A look goes on as long as pages are asked for; after half an hour of rest the next page begins a new one, and what came
since the one before is new.
"""

import re
import time
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from ..store import Store

COOKIE = "recoupe_seen"
# A look ends after so many seconds without a page.
REST = 30 * 60
YEAR = 365 * 24 * 3600
MARK = re.compile(r"(\d{1,12})-([0-9a-f]{8})-(\d{1,10})")


class Mark(NamedTuple):
    """A state that was looked at: the number of its last article, what stands for it (another store's cookie does not
    count), and when, in seconds since 1970."""

    n: int
    link: str
    at: int

    def __str__(self) -> str:
        return f"{self.n}-{self.link}-{self.at}"


class Look:
    """What one reader has looked at: `since` is the state after which all is new to him, None at the first look."""

    def __init__(self, request: Request, store: Store, n: int) -> None:
        self.now = Mark(n, _link(store, n), int(time.time()))
        kept = [_read(one, store) for one in request.cookies.get(COOKIE, "").split("_")]
        since, last = kept if len(kept) == 2 else (None, None)
        if since is None or last is None:
            self.since = None
        else:
            self.since = last if self.now.at - last.at > REST else since

    def keep(self, answer: Response, *, seen: bool = False) -> None:
        """Gives the browser its cookie; `seen` says that nothing is new from now on."""
        value = f"{self.now if seen else self.since or self.now}_{self.now}"
        answer.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/", max_age=YEAR)


def _read(text: str, store: Store) -> Mark | None:
    found = MARK.fullmatch(text)
    if found is None:
        return None
    mark = Mark(int(found[1]), found[2], int(found[3]))
    return mark if _link(store, mark.n) == mark.link else None


def _link(store: Store, n: int) -> str:
    return store.link(n)[:8] or "0" * 8
