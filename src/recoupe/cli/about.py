"""`recoupe about`: the version, and whose work Recoupe stands on, under which licence."""

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Annotated as Option

import typer

from ..lang import LanguagePack, available, pack
from .console import out

NAME = "recoupe"
# Extras for those who change the program.
FOR_MAKERS = frozenset(["dev", "fuzz"])
# Some packages put their whole licence into the field for its name.
LONGEST_NAME = 60


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command."""

    @app.command("about", help=language.phrase("about.help"))
    def about(
        licences: Option[bool, typer.Option("--licences", help=language.phrase("about.licences"))] = False,
    ) -> None:
        for line in lines(language) if licences else [_titled(distribution(NAME), language)]:
            out.print(line, markup=False)


def lines(language: LanguagePack) -> Iterator[str]:
    """Recoupe itself, its models, its data with what their makers ask to be said of them, the packages it runs on."""
    say = language.phrase
    models = {pack(code).about.model.replace("_", "-") for code in available()}
    needed = {found.name.replace("_", "-").lower(): found for found in _needed()}
    yield _titled(distribution(NAME), language)
    yield from ("", say("about.models"))
    yield from (f"  {_titled(needed[name], language)}" for name in sorted(models & set(needed)))
    yield f"  {say('about.detector')}"
    yield from ("", say("about.tables"))
    data = language.phrases("about")["data"]
    yield from (f"  {say(f'about.data.{key}')}" for key in (data if isinstance(data, dict) else ()))
    yield from ("", say("about.packages"))
    yield from (f"  {_titled(needed[name], language)}" for name in sorted(set(needed) - models))


def _titled(found: Distribution, language: LanguagePack) -> str:
    return f"{found.name} {found.version}: {licence(found) or language.phrase('about.unknown')}"


def licence(found: Distribution) -> str:
    """The licence as a package's metadata name it: by an SPDX expression, a short name, a class, or else by how the
    licence that it carries begins; empty where it does not say."""
    said = found.metadata
    for field in ("License-Expression", "License"):
        named = said[field].strip() if field in said else ""
        if named and len(named) <= LONGEST_NAME and "\n" not in named:
            return named
    classes = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    if classes:
        return ", ".join(classes)
    texts = (
        found.read_text(f"licenses/{name}") or found.read_text(name) for name in said.get_all("License-File") or ()
    )
    # Its name and version are the first two lines.
    return next(
        (", ".join(" ".join(line.split()) for line in text.strip().splitlines()[:2]) for text in texts if text), ""
    )


def _needed() -> Iterator[Distribution]:
    """What is installed of what Recoupe needs, and of what that needs, each once."""
    from packaging.requirements import Requirement

    own = distribution(NAME)
    extras = [extra for extra in own.metadata.get_all("Provides-Extra") or () if extra not in FOR_MAKERS]
    waiting, seen = [(own, extra) for extra in ("", *extras)], {(NAME, "")}
    while waiting:
        at, wanted = waiting.pop()
        for line in at.requires or ():
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate({"extra": wanted}):
                continue
            for extra in ("", *sorted(need.extras)):
                if (need.name.lower(), extra) in seen:
                    continue
                seen.add((need.name.lower(), extra))
                try:
                    found = distribution(need.name)
                except PackageNotFoundError:
                    continue  # of an extra that was not asked for
                waiting.append((found, extra))
                if not extra:
                    yield found
