"""Python runs this first in each process that a test starts."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from offline import guard

sys.addaudithook(guard)
