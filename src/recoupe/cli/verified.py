"""`recoupe verify`: whether a store, and what was made from it, is still that."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated as Option

import typer

from ..brief import check as check_account
from ..errors import OutputError, VerifyError
from ..lang import LanguagePack
from ..run.checking import check as check_indexes
from ..store import Store, digest, verify
from .again import Again
from .codes import DIFFERS, STORE
from .console import bar, tell, tell_error, told
from .opening import store_option


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(name="verify", help=say("cli.verify.help"))
    def check(
        store: Option[str, store_option(language)],
        files: Option[
            list[Path] | None, typer.Argument(help=say("cli.verify.files"), metavar=say("cli.verify.files_name"))
        ] = None,
        story: Option[str | None, typer.Option("--story", help=say("cli.verify.story"), metavar="ID")] = None,
    ) -> None:
        # One moment for all of it: the digest is of what was checked, and files are compared with that.
        with Store(store).still() as kept:
            _check(kept, language)
            _compare(Again(kept, story), files or [], language)


def checked(
    store: Store, language: LanguagePack, progress: Callable[[str], None] = lambda _: None
) -> tuple[int, int, str]:
    """Checks all that a store holds, the accounts that it gives too; gives how many articles and records there are, and
    the first line of an account that is wrong. Raises VerifyError where something else is."""
    articles, records = verify(store, progress)
    check_indexes(store)
    # Relations that were not made from all that is stored give no account.
    every = store.apart() if store.fresh() else ()
    wrong = next((line for one in every for line in check_account(*one, language)), "")
    return articles, records, wrong


def _check(kept: Store, language: LanguagePack) -> None:
    say = language.phrase
    try:
        with bar(say("cli.verifying")) as progress:
            articles, records, wrong = checked(kept, language, lambda _: progress.advance(progress.task_ids[0]))
    except VerifyError as error:
        tell_error(language, error)
        raise typer.Exit(DIFFERS) from None
    if wrong:
        tell(wrong)
        raise typer.Exit(DIFFERS)
    tell(say("cli.verify.done", n=articles, records=records))
    tell(say("cli.verify.digest", digest=digest(kept)))


def _compare(again: Again, files: Sequence[Path], language: LanguagePack) -> None:
    differ = unread = False
    for path in files:
        try:
            found = again.differs(path)
        except OutputError as error:
            tell_error(language, error)
            unread = True
            continue
        differ |= found is not None
        if found is None:
            tell(told(language, "cli.verify.file", {"file": path}))
        else:
            values = {"file": found.file, "line": found.line, "form": found.form}
            tell(told(language, "cli.verify.file_differs", values))
    if differ or unread:
        raise typer.Exit(DIFFERS if differ else STORE)
