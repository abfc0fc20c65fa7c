"""What a desk keeps: each value made once of one state, and so much weight of them."""

import threading

from recoupe.web.snapshot import Kept


def test_a_value_is_made_once_of_each_state():
    kept, asked = Kept(8), []

    def value(state):
        return kept.once(("a",), lambda: asked.append(state) or f"of {state}", state)

    assert [value(1), value(1), value(2), value(2)] == ["of 1", "of 1", "of 2", "of 2"]
    assert asked == [1, 2]


def test_the_oldest_go_when_all_are_too_heavy():
    kept, asked = Kept(10), []

    def value(n, weight):
        return kept.once((n,), lambda: asked.append(n) or n, weight=lambda _: weight)

    for n, weight in ((1, 4), (2, 4), (1, 4), (3, 4), (1, 4), (2, 4), (4, 99), (4, 99), (1, 4)):
        assert value(n, weight) == n
    # The third makes the second go, which nobody asked for since; what is too heavy alone stays until another comes.
    assert asked == [1, 2, 3, 2, 4, 1]


def test_who_asks_for_what_is_being_made_waits_and_others_do_not():
    kept, begun, go, found = Kept(8), threading.Event(), threading.Event(), []

    def made():
        begun.set()
        assert go.wait(10)
        return "slow"

    readers = [threading.Thread(target=lambda: found.append(kept.once(("slow",), made))) for _ in range(3)]
    for reader in readers:
        reader.start()
    assert begun.wait(10)
    assert kept.once(("quick",), lambda: "quick") == "quick"
    assert not found
    go.set()
    for reader in readers:
        reader.join(10)
    assert found == ["slow"] * 3
