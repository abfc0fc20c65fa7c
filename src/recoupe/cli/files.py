"""`recoupe annotate`: from files to files, no store needed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from ..model.lines import article_lines, relation_lines
from ..read import safe_names
from ..relate import relate
from ..run import stamps
from .codes import REFUSED
from .console import tell, written
from .opening import Named, engine_of, engine_option, inputs_argument, jobs_option, ray_option
from .reading import Reading

if TYPE_CHECKING:
    from ..store.parses import Parses


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    @app.command(help=say("cli.annotate.help"))
    def annotate(
        inputs: Option[list[Path], inputs_argument(language)],
        out: Option[Path, typer.Option("--out", help=say("cli.annotate.out"), metavar=say("cli.folder_name"))],
        cache: Option[
            Path | None, typer.Option("--cache", help=say("cli.annotate.cache"), metavar=say("cli.folder_name"))
        ] = None,
        jobs: Option[int | None, jobs_option(language)] = None,
        engine: Option[Named | None, engine_option(language)] = None,
        ray: Option[str | None, ray_option(language)] = None,
    ) -> None:
        on = engine_of(language, engine, jobs, ray)
        with written(out):
            out.mkdir(exist_ok=True)
        reading = Reading(language, inputs)
        # Of an article in several versions the last stands.
        found_all = reading.annotated(reading.articles(), _parses(cache), partial(_parses, cache), on)
        newest = {found.article.id: found for found in found_all}
        done = list(newest.values())
        relations = relate(done)
        entity_of, names = relations.entity_of(), safe_names(found.article.id for found in done)
        for found in done:
            lines = article_lines(found, entity_of)
            with written(out / f"{names[found.article.id]}.jsonl") as file:
                file.write_bytes(b"".join(line + b"\n" for line in lines))
        with written(out / "cross.jsonl") as file:
            file.write_bytes(b"".join(line + b"\n" for line in relation_lines(relations)))
        tell(say("cli.annotate.done", n=len(done), folder=out))
        if reading.refused:
            tell(say("cli.refused", n=reading.refused))
            raise typer.Exit(REFUSED)


def _parses(cache: Path | None) -> "Parses | None":
    if cache is None:
        return None
    from ..store import Store  # half a second, for nothing without a cache

    with written(cache):
        cache.mkdir(exist_ok=True)
    return Store(cache / "parses.db", create=True).parses(stamps())
