"""A store in a notebook: its records as data frames, its stories as briefs that display themselves.

What people have set holds here too: names that are masked are masked, what is held back is missing.
"""

import html
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .brief import account, as_html, as_markdown
from .brief.model import Account
from .errors import RecoupeError, StoreError
from .export import Content
from .export.tables import TABLES, rows_of
from .lang import DEFAULT, LanguagePack, pack
from .model.records import Annotated
from .model.relations import Relations
from .store import Store

if TYPE_CHECKING:
    import pandas

# Pixels: a brief has its own style, and scrolls in a frame of this height.
HIGH = 640
# A whole number may be missing, which a plain column of them cannot say.
KINDS = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


class Notebook:
    """What a store holds, or some articles that were read here, for a notebook. `lang` is the language of the briefs
    and of what is worded in the tables."""

    def __init__(self, store: Path | str | Store, lang: str = DEFAULT) -> None:
        """Raises StoreError where there is no such store."""
        kept = store if isinstance(store, Store) else Store(store)
        self.content = Content.of(kept, pack(lang))

    @classmethod
    def of(cls, articles: Sequence[Annotated], relations: Relations, lang: str = DEFAULT) -> "Notebook":
        """Articles with their records, and what stands between them, without a store."""
        made = cls.__new__(cls)
        made.content = Content(articles, relations, pack(lang))
        return made

    @property
    def tables(self) -> list[str]:
        """The names of the tables: articles, claims, figures …"""
        return list(TABLES)

    def frame(self, table: str) -> "pandas.DataFrame":
        """A table as a data frame (docs/exports.md says what is in each). Raises RecoupeError where pandas is not
        installed, KeyError for an unknown table."""
        try:
            import pandas
        except ImportError as error:
            raise RecoupeError("cli.notebook.needs", package="pandas") from error
        columns = TABLES[table].columns
        rows = list(rows_of(self.content, TABLES[table]))
        return pandas.DataFrame(
            {name: pandas.array([row[name] for row in rows], dtype=KINDS[kind]) for name, kind in columns.items()}
        )

    @cached_property
    def frames(self) -> "dict[str, pandas.DataFrame]":
        """All tables, by name."""
        return {name: self.frame(name) for name in TABLES}

    @property
    def stories(self) -> "pandas.DataFrame":
        """The stories, one a row."""
        return self.frame("stories")

    def brief(self, story: str | None = None) -> "Brief":
        """The account of one story (its id or label), or of all. Raises StoreError where there is no such story."""
        content = self.content
        if story is not None and not any(story in (one.id, one.story) for one in content.relations.stories):
            raise StoreError("brief.no_story", story=story)
        made = account(content.articles, content.relations, content.pack, story, content.hand, content.versions)
        return Brief(made, content.pack)

    def __repr__(self) -> str:
        told = {name: len(getattr(self.content.relations, name)) for name in ("stories", "disputes", "truces")}
        return (
            f"<Notebook: {len(self.content.articles)} articles, {', '.join(f'{n} {name}' for name, n in told.items())}>"
        )


class Brief:
    """An account that displays itself in a notebook. `account` is the same as data."""

    def __init__(self, made: Account, language: LanguagePack) -> None:
        self.account, self.language = made, language

    @property
    def html(self) -> str:
        """The whole page, as `recoupe brief --html` writes it."""
        return as_html(self.account, self.language)

    @property
    def markdown(self) -> str:
        """The account as Markdown."""
        return as_markdown(self.account, self.language)

    def _repr_html_(self) -> str:
        """The page in a frame of its own: its style leaves the notebook alone, and it may run and fetch nothing."""
        title = html.escape(re.sub(r"\s+", " ", self.account.stories[0].title if self.account.stories else "Recoupe"))
        return (
            f'<iframe title="{title}" sandbox="allow-popups" width="100%" height="{HIGH}" '
            f'srcdoc="{html.escape(self.html)}"></iframe>'
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """HTML where it can be shown, else Markdown."""
        return {"text/html": self._repr_html_(), "text/markdown": self.markdown, "text/plain": repr(self)}

    def __repr__(self) -> str:
        found = self.account
        return f"<Brief: {len(found.stories)} stories, {len(found.articles)} articles, {found.texts} texts>"
