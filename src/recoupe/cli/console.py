"""What commands say while they work: messages on standard error, progress bars where a person looks on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..errors import OutputError, PackError, RecoupeError
from ..lang import LanguagePack
from ..model.harmless import plain


class Plain(Console):
    """A console that obeys nothing in the strings that it prints: they hold names, titles and paths of strangers."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Prints as any console does; texts that bring their style with them are made of plain strings already."""
        super().print(*(_lines(one) if isinstance(one, str) else one for one in objects), **how)


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))


out = Plain(soft_wrap=True, highlight=False)
err = Plain(stderr=True, soft_wrap=True, highlight=False)


def tell(text: str) -> None:
    """One line on standard error; nothing in it is read as markup."""
    err.print(text, markup=False)


def tell_error(language: LanguagePack, error: RecoupeError) -> None:
    """An error in the reader's language, one line; one in the language's own data as it is."""
    tell(str(error) if isinstance(error, PackError) else told(language, error.key, error.values))


def told(language: LanguagePack, key: str, values: dict[str, object]) -> str:
    """A phrase with its values, on one line whatever the values hold."""
    return " ".join(language.phrase(key, **values).split())


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A file or folder to write, in a folder that is made where there is none.

    Raises OutputError where the system does not let it be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else str(path)
        raise OutputError("cli.cannot_write", place=place, reason=error.strerror or str(error)) from error


@contextmanager
def bar(label: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar on standard error; silent where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not sys.stderr.isatty(), transient=True) as progress:
        progress.add_task(label, total=total)
        yield progress
