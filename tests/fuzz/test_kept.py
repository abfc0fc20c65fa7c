"""What fuzzing once stumbled over, and each target's own samples: none of it does any more."""

from pathlib import Path

import pytest
from targets import TARGETS

KEPT = sorted((Path(__file__).parent / "kept").glob("*/*"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_faults_stay_mended(path: Path) -> None:
    TARGETS[path.parent.name][0](path.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_target_takes_its_samples(name: str) -> None:
    tried, samples = TARGETS[name]
    for data in samples:
        tried(data)
