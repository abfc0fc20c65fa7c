"""Whether the models are the ones that were measured, byte for byte: with others no figure of ours would hold."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from ..errors import ModelError

CHUNK = 1 << 20


def check_package(name: str, sha256: str) -> None:
    """Raises ModelError where a package's files have another digest; nothing of it is run before. One that is not
    installed is its loader's to tell of. 65 million bytes take 0.06 s."""
    found = find_spec(name)
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        check(Path(folder), sha256)


def check(place: Path, sha256: str) -> None:
    """Raises ModelError where a file, or a folder's files, have another digest."""
    actual = digest(place)
    if actual != sha256:
        raise ModelError("cli.other_model", name=place.name, place=str(place), expected=sha256[:12], actual=actual[:12])


def digest(place: Path) -> str:
    """The SHA-256 of a file; or of all files of a folder, each after its name and length, without what Python compiled
    by itself."""
    total, buffer = hashlib.sha256(), memoryview(bytearray(CHUNK))
    inside = sorted(path for path in place.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    for path in inside or [place]:
        if inside:
            total.update(f"{path.relative_to(place).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                total.update(buffer[:count])
    return total.hexdigest()
