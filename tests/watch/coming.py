"""Watching a site of ours: time is ours too, so that waiting takes none."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from site_of_ours import Site

from recoupe.store import Store
from recoupe.watch.coming import Clock, Settings, Watcher
from recoupe.watch.net import Bounds, Net

QUICK = Settings(
    page=Bounds(seconds=2.0, size=100_000), list=Bounds(seconds=2.0, size=400_000),
    robots=Bounds(seconds=2.0, size=1_000, cut=True),
)  # fmt: skip
BODY = (
    "Des tirs d'artillerie ont visé le village de Klow dans la nuit de mardi à mercredi. "
    "Le gouverneur de la région, Sandor Belák, a déclaré que {n} personnes avaient été tuées. "
    "L'armée bordure a nié toute attaque contre des civils."
)


class OurClock(Clock):
    """A clock that waiting moves, and nothing else but time itself."""

    def __init__(self) -> None:
        super().__init__()
        self.moved, self.waits = 0.0, list[float]()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.moved)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moved += min(max(seconds, 0.0), 60.0)
        time.sleep(0)


def html(title: str, *paragraphs: str, more: str = "") -> str:
    """A page of news."""
    inner = "".join(f"<p>{one}</p>" for one in paragraphs or (BODY.format(n=12),))
    return (
        f'<html lang="fr"><head><title>{title}</title><meta property="article:published_time" content="2023-01-06">'
        f'<meta property="og:site_name" content="Le Fil"></head><body><article><h1>{title}</h1>{inner}</article>'
        f"<footer>{more}</footer></body></html>"
    )


def rss(*links: str, head: str = "") -> str:
    """A feed; a link may have the day of its last change after a space."""
    items = ""
    for link in links:
        url, _, changed = link.partition(" ")
        items += f"<item><title>x</title><link>{url}</link>{f'<pubDate>{changed}</pubDate>' if changed else ''}</item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Le Fil</title>{head}{items}</channel></rss>'


class Watching:
    """A store that watches."""

    def __init__(self, path: Path | str, settings: Settings = QUICK, resolve: Callable[..., Any] | None = None) -> None:
        self.store = Store(path, create=True)
        self.clock = OurClock()
        self.said: list[tuple[str, dict[str, object]]] = []
        net = Net(private=True, **({"resolve": resolve} if resolve else {}))
        self.watcher = Watcher(self.store, lambda *said: self.said.append(said), net, settings, self.clock)
        self.sources = self.watcher.sources

    def once(self, *named: str) -> None:
        """One round."""
        self.watcher.run(self.watcher.add(named), once=True)

    def later(self, **spans: float) -> None:
        """Lets time go by."""
        self.clock.moved += timedelta(**spans).total_seconds()

    def heard(self) -> list[str]:
        """What was said, without the values."""
        return [key.rpartition(".")[2] for key, _ in self.said]

    def ids(self) -> list[str]:
        """The articles of the store."""
        return [one.article.id for one in self.store.articles()]

    def status(self, key: str) -> str:
        """How something that is watched stands."""
        row = self.sources.row(key)
        assert row is not None
        return row.status


def feed_of(server: Site, *pages: str, **more: str) -> str:
    """A feed with some pages, put on a site; gives its address."""
    for n, page in enumerate(pages):
        server.put(page, html(f"Nouvelle {n} de Klow", BODY.format(n=12 + n)))
    server.put("/rss", rss(*pages), "application/rss+xml", **more)
    return server.at + "/rss"
