"""A language is a folder of data; this loads it and validates each part when it is first asked for."""

import functools
import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec
import tomli

from ..errors import PackError

FOLDER = Path(__file__).parent
DATA = ("toml", "tsv", "npz")
T = TypeVar("T")


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """pack.toml: the language's name, its spaCy model with the digest of its files (`intact.digest`), and the labels to
    be read as Universal Dependencies.

    `unread` names components of the model that give nothing that is read here; they are left out.
    `characters` maps one character to one character before parsing, so that no offset moves.
    `weights` names the file of the pack (`annotate.weights`) whose weights take the place of the model's own.
    `group_mark` is read in place of the blank between the thousands of a number ("4 707"); none, and it stays.
    `endings` are those of what the tagger takes for an infinitive and is none, with the features it has.
    `head_prepositions` says that the model hangs a noun below its preposition (it is turned round to UD's way).
    """

    name: str
    model: str
    sha256: str
    unread: list[str] = []
    weights: str | None = None
    group_mark: str = ""
    characters: dict[str, str] = {}
    endings: dict[str, str] = {}
    labels: dict[str, str] = {}
    head_prepositions: bool = False
    zero_is_singular: bool = False


class LanguagePack:
    """The data of one language. `words(kind, name)` gives NAME.toml as the struct `kind`; `table(name)` NAME.tsv."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "pack.toml").is_file():
            raise PackError(f"{folder.name}: no language pack of that name")
        self.folder = folder
        self.code = folder.name
        self._loaded: dict[tuple[type, str], object] = {}

    @functools.cached_property
    def about(self) -> About:
        """What pack.toml says."""
        return self.words(About, "pack")

    @property
    def weights(self) -> Path | None:
        """The file of the weights that take the place of the model's own."""
        return self.folder / self.about.weights if self.about.weights is not None else None

    @functools.cached_property
    def digest(self) -> str:
        """A digest of every data file of the pack (12 hexadecimal digits)."""
        total = hashlib.sha256()
        for path in sorted(path for kind in DATA for path in self.folder.glob(f"*.{kind}")):
            total.update(path.name.encode())
            total.update(path.read_bytes())
        return total.hexdigest()[:12]

    def words(self, kind: type[T], name: str) -> T:
        """NAME.toml as a struct. Raises PackError naming the file and the field that is wrong."""
        key = (kind, name)
        if key not in self._loaded:
            path = self.folder / f"{name}.toml"
            try:
                raw = tomli.loads(path.read_text(encoding="utf-8"))
                self._loaded[key] = msgspec.convert(raw, kind)
            except (OSError, tomli.TOMLDecodeError, msgspec.ValidationError) as error:
                raise PackError(f"{self.code}/{name}.toml: {error}") from error
        return self._loaded[key]  # type: ignore[return-value]

    @functools.cache  # noqa: B019  a pack lives as long as the program
    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """NAME.tsv as rows of cells; lines that begin with # are comments."""
        path = self.folder / f"{name}.tsv"
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise PackError(f"{self.code}/{name}.tsv: {error}") from error
        return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))

    def phrase(self, key: str, /, **values: object) -> str:
        """What users read: phrases/ROOM.toml at "room.key", with {names} filled in. A phrase may be a table with
        `one` and `other`, chosen by the value `n`. Raises PackError where the key is missing."""
        room, _, rest = key.partition(".")
        found: object = self.phrases(room)
        for part in rest.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if isinstance(found, dict):
            found = found.get("one" if self._is_one(values.get("n")) else "other")
        if not isinstance(found, str):
            raise PackError(f"{self.code}/phrases/{room}.toml: no phrase {rest}")
        return found.format(**values) if values else found

    def _is_one(self, n: object) -> bool:
        """Whether a count takes the singular: below 2 (0 too) in some languages, 1 alone in others."""
        return isinstance(n, int | float) and (n == 1 or (n == 0 and self.about.zero_is_singular))

    @functools.cache  # noqa: B019  a pack lives as long as the program
    def phrases(self, room: str) -> dict[str, object]:
        """All phrases of a room, as the file nests them."""
        path = self.folder / "phrases" / f"{room}.toml"
        try:
            return tomli.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomli.TOMLDecodeError) as error:
            raise PackError(f"{self.code}/phrases/{room}.toml: {error}") from error

    def normal(self, text: str) -> str:
        """The text with typographic characters replaced one for one; same length, so offsets hold."""
        if not text.isascii():
            # One search a character: a translation looks up every letter of the text, at twenty times the cost.
            for typographic, plain in self.about.characters.items():
                text = text.replace(typographic, plain)
        return text


@functools.cache
def pack(code: str) -> LanguagePack:
    """The pack of a language code. Raises PackError where there is none."""
    return LanguagePack(FOLDER / Path(code).name)


@functools.cache
def available() -> tuple[str, ...]:
    """The codes of all packs, the default first."""
    found = sorted(path.parent.name for path in FOLDER.glob("*/pack.toml"))
    return tuple(sorted(found, key=lambda code: code != DEFAULT))


DEFAULT = "fr"
