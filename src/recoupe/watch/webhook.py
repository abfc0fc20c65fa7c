"""Alerts to an address that the user chose: a POST of JSON each, tried again politely, never sent on to another.
Addresses of this machine and of private networks are written to only where the user says so."""

import time
from collections.abc import Callable

from ..errors import RecoupeError
from ..model.article import digest
from .net import Bounds, Net, NetError, NotMeant, parted

# How often one alert is tried, how long between (seconds, doubled each time), and the longest that is waited for one
# who asks for it (Retry-After).
TRIES, WAIT, LONGEST_WAIT = 4, 1.0, 60.0
# An answer is awaited this long (seconds), and no more of it is read than this (bytes).
ANSWER = Bounds(seconds=20.0, size=64 * 1024, cut=True)
# These may pass: too early, too many, or the other side's own trouble.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class HookError(RecoupeError):
    """An address that is not written to, or that does not take an alert."""


class Hook:
    """An address for alerts. Raises HookError where it is none, or private without `private`."""

    def __init__(self, url: str, *, private: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        try:
            parts = parted(url)
        except NotMeant as error:
            raise HookError("watch.hook.no_address", url=url) from error
        self.url, self.host = parts.geturl(), parts.hostname or ""
        self._net, self._sleep = Net(private=private), sleep

    @property
    def target(self) -> str:
        """What stands for the address in the store: it may hold a secret and is not kept."""
        return digest("hook", self.url)

    def post(self, body: bytes, key: str) -> None:
        """Delivers one alert; `key` is the same at each try, so that the other side can tell a repeat. Raises HookError
        where it is not taken."""
        wait = WAIT
        for left in reversed(range(TRIES)):
            try:
                status, asked = self._once(body, key)
            except NotMeant as error:
                raise HookError("watch.hook.private", **error.values) from error
            except NetError as error:
                status, asked, reason = 0, None, str(error.values["reason"])
            else:
                reason = str(status)
            if 200 <= status < 300:
                return
            if 300 <= status < 400:
                raise HookError("watch.hook.redirects", host=self.host, status=status)
            if (status and status not in PASSING) or not left:
                raise HookError("watch.hook.refused", host=self.host, reason=reason)
            self._sleep(min(asked if asked is not None else wait, LONGEST_WAIT))
            wait *= 2

    def _once(self, body: bytes, key: str) -> tuple[int, float | None]:
        """The status of one try, and how long the other side asks to be left alone (seconds)."""
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        answer = self._net.ask(self.url, headers, ANSWER, method="POST", body=body)
        after = answer.headers.get("retry-after", "")
        return answer.status, float(after) if after.isdecimal() else None
