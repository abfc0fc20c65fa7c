"""Makes an archive: the plan, then its groups, then its buckets, each on the engine that is asked for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..errors import ArchiveError
from ..run import Engine, annotated
from ..run.pool import Pool
from ..run.recent import Recent
from . import buckets, reading
from .buckets import REFUSED, Work, make_bucket
from .files import Seal, arrow, sealed
from .plan import BUCKET, Manifest, cut, manifest, planned
from .reading import read_group

Progress = Callable[[int], None]
Step = Callable[[int, Work], None]
Run = Callable[[Step, Sequence[int], Progress], None]


class Counts(NamedTuple):
    """Articles that an archive has, and what was refused or could not be annotated."""

    articles: int
    refused: int


def make(
    inputs: Sequence[Path], folder: Path, engine: Engine, now: str,
    progress: Progress = lambda _: None, size: int = BUCKET,
) -> Counts:  # fmt: skip
    """Reads inputs and writes an archive of what is in them. What is done of it is not done again: a run that was
    stopped goes on where it was. `progress` is told how many articles are done.

    Raises ArchiveError where the folder holds the archive of something else, EngineError where there is no such engine.
    """
    arrow()
    folder = folder.absolute()
    plan = planned(folder, inputs, now, size)

    def done(bucket: int) -> None:
        progress(seal(folder, buckets.seal_of(bucket)).counts["articles"])

    with _running(engine) as run:
        run(partial(_read, folder), range(len(plan.groups)), lambda _: None)
        run(partial(_make, folder), range(len(slots(folder, plan))), done)
    seals = seals_of(folder, plan)
    return Counts(sum(one.counts["articles"] for one in seals), sum(one.counts[REFUSED] for one in seals))


def slots(folder: Path, plan: Manifest) -> list[tuple[int, int]]:
    """The slots of each bucket of an archive whose groups are read."""
    groups = [seal(folder, reading.seal_of(group)) for group in range(len(plan.groups))]
    return cut(sum(one.counts["articles"] for one in groups), plan.bucket)


def seals_of(folder: Path, plan: Manifest) -> list[Seal]:
    """The seals of all buckets. Raises ArchiveError where the archive is not complete."""
    return [seal(folder, buckets.seal_of(bucket)) for bucket in range(len(slots(folder, plan)))]


def seal(folder: Path, place: str) -> Seal:
    """A seal that must be there. Raises ArchiveError where it is not."""
    found = sealed(folder, place)
    if found is None:
        raise ArchiveError("cli.archive.undone", place=folder)
    return found


def plan_of(folder: Path) -> Manifest:
    """The manifest of an archive. Raises ArchiveError where there is none."""
    found = manifest(folder)
    if found is None:
        raise ArchiveError("cli.archive.none", place=folder)
    return found


def _read(folder: Path, group: int, _: Work) -> None:
    read_group(folder, plan_of(folder), group)


def _make(folder: Path, bucket: int, work: Work) -> None:
    plan = plan_of(folder)
    make_bucket(folder, plan, bucket, slots(folder, plan)[bucket], work)


@contextmanager
def _running(engine: Engine) -> Iterator[Run]:
    """What does a step for each of some numbers, on an engine."""
    if engine.name == "daft":
        from ..run.spread import Daft

        yield Daft(engine.ray, engine.jobs).each
    elif engine.jobs > 1:
        with Pool(engine.jobs, Recent) as pool:
            yield partial(_one_by_one, pool)
    else:
        yield partial(_one_by_one, partial(annotated, parses=Recent()))


def _one_by_one(work: Work, step: Step, numbers: Sequence[int], progress: Progress) -> None:
    for number in numbers:
        step(number, work)
        progress(number)
