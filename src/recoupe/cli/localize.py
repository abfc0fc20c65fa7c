"""Tells gettext, which typer asks for its own words ("Usage:", "Options"), what the language pack has for them."""

import atexit
import gettext
import os
import shutil
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ..lang import LanguagePack


def localize(language: LanguagePack) -> None:
    """Binds the pack's phrases/typer.toml as the message catalogue of this process."""
    messages = language.phrases("typer")
    if not messages:
        return
    catalog = Catalog(locale=language.code)
    for message, translation in messages.items():
        catalog.add(message, str(translation))
    folder = Path(tempfile.mkdtemp(prefix="recoupe-"))
    target = folder / language.code / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain("messages", str(folder))
    # gettext looks for the file at every message, so it stays until the program ends.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
