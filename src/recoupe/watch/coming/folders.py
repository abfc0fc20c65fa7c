"""A folder that is watched: which of its files are new, or not as they were."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ...read.inputs import files
from ...read.received import shown
from .schedule import Clock


def files_of(path: Path) -> list[Path]:
    """The files that are read: of a folder and those below it, or the file itself."""
    return list(files(path)) if path.is_dir() else [path]


def changed(found: Sequence[Path], seen: Mapping[str, str], clock: Clock, settled: float) -> dict[Path, str]:
    """The files whose mark (size and time of change) is another than was seen, each with it. One that was written to
    less than `settled` seconds ago is waited for, and left for the next time where it has changed again: it may be
    half written."""
    marks = _marks(found)
    new = {file: mark for file, mark in marks.items() if seen.get(shown(file)) != mark}
    now = clock.now().timestamp()
    young = [file for file, mark in new.items() if 0 <= now - int(mark.partition(":")[2]) / 1e9 < settled]
    if not young:
        return new
    clock.wait(settled)
    later = _marks(young)
    return {file: mark for file, mark in new.items() if file not in young or later.get(file) == mark}


def _marks(found: Iterable[Path]) -> dict[Path, str]:
    marks = {}
    for file in found:
        try:
            about = file.stat()
        except OSError:
            continue  # it is gone again
        marks[file] = f"{about.st_size}:{about.st_mtime_ns}"
    return marks
