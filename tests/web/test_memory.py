"""What a page leaves in a circle does not keep the states that it was written from."""

import gc
import weakref

import pytest

from recoupe.web.memory import READ, Memory


class State:
    """As large as a desk's may be; it is in no circle itself."""


def page(state: State) -> list[object]:
    """What a template leaves: a circle that holds the state."""
    left: list[object] = [state]
    left.append(left)
    return left


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


def test_states_that_a_page_in_work_was_written_from_go():
    memory, states = Memory(), []
    for _ in range(5 * READ):
        state = State()
        states.append(weakref.ref(state))
        memory.note(state)
        # The page is being written while what is held is set aside; it ends later.
        written = page(state)
        del state
        memory.settle()
        del written
        assert sum(one() is not None for one in states) <= READ + 1


def test_what_is_left_in_circles_without_a_state_goes_too():
    memory = Memory()
    memory.settle()
    held = gc.get_freeze_count()
    for _ in range(20):
        written = [page(State()) for _ in range(held // 10)]
        memory.settle()
        del written
    assert gc.get_freeze_count() < 2 * held
