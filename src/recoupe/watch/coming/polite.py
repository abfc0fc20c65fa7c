"""Asks servers as they wish to be asked: what robots.txt forbids is left alone, one request at a time, each after a
delay, and no more than has changed."""

import random
import re
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from ...store.sources import Server, Sources
from ..net import Answer, Bounds, Net, NetError, NotMeant
from .addresses import address, server
from .schedule import DAY, HOUR, Clock, Settings, asked_for, backed_off, later

# The name by which robots.txt may speak of the program.
ROBOT = "Recoupe"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# By these a server says that it is asked too much, or is in trouble.
BUSY = frozenset({429, 500, 502, 503, 504})
# What a robots.txt that cannot be had stands for, where the server is in trouble (RFC 9309): nothing may be asked for.
CLOSED = "User-agent: *\nDisallow: /"
# So many characters of rules are kept read.
KEPT = 4_000_000
# Whom the rules of robots.txt concern, in all ways in which that is written.
AGENT = re.compile(r"\s*+user\W*+agent\s*+:?(.*)", re.I)
HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


class Denied(NetError):
    """What robots.txt forbids."""


class Ended(Exception):
    """The end was asked for while a server's turn was waited for."""


class Fetched(msgspec.Struct, frozen=True):
    """An answer, and the address that gave it in the end."""

    url: str
    answer: Answer


class Polite:
    """One who asks: over all sources, each server is asked by one at a time."""

    def __init__(self, net: Net, sources: Sources, settings: Settings, clock: Clock, chance: random.Random) -> None:
        self._net, self._sources, self._settings = net, sources, settings
        self._clock, self._chance = clock, chance
        self._rules: dict[str, tuple[str, Protego]] = {}

    def knows(self, url: str) -> bool:
        """Whether the rules of a server are known, and hold still."""
        return self._sources.server(server(url)).until > later(self._clock.now(), 0)

    def learn(self, url: str) -> None:
        """Gets the rules of a server. Where there are none all is allowed, where it is in trouble nothing is."""
        host = server(url)
        now = self._clock.now()
        try:
            got = self._followed(host + "/robots.txt", {}, self._settings.robots, rules=False)
        except NetError as error:
            # A name that leads to a private address is no server in trouble; whoever asks for its pages is told so.
            closed, hold = not isinstance(error, NotMeant), HOUR
            self._keep(host, CLOSED if closed else "", hold)
            return
        status = got.answer.status
        if status == 200:
            self._keep(host, got.answer.body.decode("utf-8", "replace"), DAY)
        elif status in BUSY:
            self._keep(host, CLOSED, max(asked_for(got.answer.headers, now, DAY), HOUR))
        else:
            self._keep(host, "", DAY)

    def allowed(self, url: str) -> bool:
        """Whether robots.txt lets an address be asked for."""
        rules = self._of(server(url))
        return rules is None or rules.can_fetch(url, ROBOT)

    def get(self, url: str, bounds: Bounds, *, etag: str = "", modified: str = "") -> Fetched:
        """What an address gives, redirects followed. Raises Denied, NotMeant, TooLong, or NetError for all else that
        went wrong; a status is none of that."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._followed(url, {name: value for name, value in asked.items() if value}, bounds, rules=True)

    def _followed(self, url: str, headers: dict[str, str], bounds: Bounds, *, rules: bool) -> Fetched:
        for _ in range(self._settings.redirects + 1):
            if rules and not self.knows(url):
                self.learn(url)
            if rules and not self.allowed(url):
                raise Denied("watch.net.robots", host=urlsplit(url).hostname, reason=url)
            answer = self._once(url, headers, bounds)
            if answer.status not in REDIRECTS or not answer.headers.get("location"):
                return Fetched(url, answer)
            there = address(answer.headers["location"], url)
            if not there:
                raise NotMeant("watch.net.no_address", host=answer.headers["location"][:200])
            url = there
        raise NetError("watch.net.redirects", host=urlsplit(url).hostname, reason=f"> {self._settings.redirects}")

    def _once(self, url: str, headers: dict[str, str], bounds: Bounds) -> Answer:
        """One request, in its turn. What fails makes the server wait for the next longer each time."""
        host = server(url)
        while (ahead := self._ahead(self._sources.server(host))) > 0 and not self._clock.stopped:
            self._clock.wait(ahead)
        if self._clock.stopped:
            raise Ended
        try:
            answer = self._net.ask(url, {**HEADERS, **headers}, bounds)
        except NotMeant:
            raise
        except NetError:
            self._free(host, failed=True)
            raise
        wanted = asked_for(answer.headers, self._clock.now(), DAY) if answer.status in BUSY else 0.0
        self._free(host, failed=answer.status in BUSY, wanted=wanted)
        return answer

    def _ahead(self, found: Server) -> float:
        """Seconds until a server may be asked; one that was put off longer than any wait is free: the clock was set."""
        now = self._clock.now()
        if not later(now, 0) < found.due < later(now, 2 * DAY):
            return 0.0
        return (msgspec.convert(found.due, type(now)) - now).total_seconds()

    def _free(self, host: str, *, failed: bool, wanted: float = 0.0) -> None:
        """Keeps from when on a server may be asked again."""
        found = self._sources.server(host)
        failures = found.failures + 1 if failed else 0
        wait = backed_off(failures, self._settings, self._chance) if failed else 0.0
        rules = self._of(host)
        own = (rules.crawl_delay(ROBOT) if rules else None) or 0.0
        # What is no number at all is not above zero.
        wait = max(wait, wanted, self._settings.delay, min(own, HOUR) if own > 0 else 0.0)
        self._sources.put_server(msgspec.structs.replace(found, failures=failures, due=later(self._clock.now(), wait)))

    def _keep(self, host: str, robots: str, hold: float) -> None:
        found = self._sources.server(host)
        until = later(self._clock.now(), hold)
        self._sources.put_server(msgspec.structs.replace(found, robots=robots, until=until))

    def _of(self, host: str) -> Protego | None:
        """The rules of a server as they are kept."""
        text = self._sources.server(host).robots
        if not text:
            return None
        if host not in self._rules or self._rules[host][0] != text:
            if len(text) + sum(len(known) for known, _ in self._rules.values()) > KEPT:
                self._rules.clear()
            self._rules[host] = (text, Protego.parse(_ours(text)))
        return self._rules[host][1]


def _ours(robots: str) -> str:
    """The lines of robots.txt, with all whom we are not under one name: each rule is kept once for each that it names,
    so that thousands of names before thousands of rules would fill the memory."""
    lines = robots.splitlines()
    for n, line in enumerate(lines):
        if found := AGENT.match(line):
            name = found[1].partition("#")[0].strip()
            bare = name.replace("*", "").lower()
            lines[n] = f"User-agent: {(bare or '*') if name and ROBOT.lower().startswith(bare) else '-'}"
    return "\n".join(lines)
