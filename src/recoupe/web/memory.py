"""What the collector of garbage looks through in a desk that runs for days."""

import gc
from weakref import WeakSet

# States at once, the one in force and one that readers may still be looking at (25 MB each with 10,000 articles), and
# how much more may be held than when everything was looked through, before that is done again.
READ, GROWN = 2, 1.5


class Memory:
    """Keeps the collector away from what a desk holds: it would look through the records of ten thousand articles each
    time, which takes half a second, in the middle of a reader's page.

    A page that is being written just then is set aside with it, and what it leaves in a circle (the templates' contexts
    do) would stay for good, with the whole state that it was written from: an hour of fifty readers and a writer took
    gigabytes. Where states outlive their readers, or what is set aside grows, all is looked through.
    """

    def __init__(self) -> None:
        self._states: WeakSet[object] = WeakSet()
        self._held = 0

    def note(self, state: object) -> None:
        """Follows whether a state is still held."""
        self._states.add(state)

    def settle(self) -> None:
        """Sets aside what is held now."""
        gc.collect(1)
        gc.freeze()
        if len(self._states) > READ or gc.get_freeze_count() > GROWN * self._held:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._held = gc.get_freeze_count()
