"""What several rooms' tests share: a real browser, a real PostgreSQL server, the commands, a desk that answers."""

import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from recoupe.cli import main
from recoupe.store import Store
from recoupe.store.backends import located

sys.path.insert(0, str(Path(__file__).parent))

import offline
import postgres
import spreading

offline.switch_off()

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
REQUIRED = os.environ.get("RECOUPE_REQUIRE_BROWSER") == "1"
POSTGRES_REQUIRED = os.environ.get("RECOUPE_REQUIRE_POSTGRES") == "1"
ENGINES_REQUIRED = os.environ.get("RECOUPE_REQUIRE_ENGINES") == "1"
DATABASES = ("sqlite", "postgresql")
# As root in a container, without a screen, and without the browser's own calls home.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, headless. Skips where there is none, unless RECOUPE_REQUIRE_BROWSER=1."""
    if not Path(CHROMIUM).exists() and not REQUIRED:
        pytest.skip(f"no browser at {CHROMIUM}; RECOUPE_REQUIRE_BROWSER=1 makes this a failure")
    sync_api = importlib.import_module("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[[Path], Any]]:
    """Opens a file as a page that keeps what it says on the console (`said`) and each address it asks for (`asked`)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def opened(file: Path) -> Any:
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda asked: page.asked.append(asked.url))
        page.goto(file.as_uri())
        return page

    yield opened
    context.close()


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process, so that the language models are loaded once for all tests; gives its exit code,
    standard output and standard error."""

    def command(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments), "--lang", lang])
        captured = capfdbinary.readouterr()
        code = end.value.code
        return (code if isinstance(code, int) else 0), captured.out.decode(), captured.err.decode()

    return command


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A server with an empty store `empty`, from which others are made. Skips where there is none to start, unless
    RECOUPE_REQUIRE_POSTGRES=1."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(postgres.server())
        except (OSError, subprocess.CalledProcessError, psycopg.Error) as error:
            if POSTGRES_REQUIRED:
                raise
            pytest.skip(f"no PostgreSQL server to start ({error}); RECOUPE_REQUIRE_POSTGRES=1 makes this a failure")
        found.ask("CREATE DATABASE empty")
        Store(found.address("empty"), create=True).close()
        yield found


@pytest.fixture(scope="session")
def engines() -> None:
    """Daft and Ray. Skips where they are not installed, unless RECOUPE_REQUIRE_ENGINES=1."""
    missing = [name for name in ("daft", "ray") if importlib.util.find_spec(name) is None]
    if missing and not ENGINES_REQUIRED:
        pytest.skip(f'no {", ".join(missing)} (the extra "archive"); RECOUPE_REQUIRE_ENGINES=1 makes this a failure')


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts, for archives."""
    folder = tmp_path_factory.mktemp("texts")
    spreading.texts(folder)
    return folder


@pytest.fixture(scope="session")
def spread(engines: None, texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], spreading.Spread]:
    """What Daft gives on this machine (nothing), or on a Ray of its own (`local`): each is asked once."""

    @cache
    def asked(ray: str) -> spreading.Spread:
        folder = tmp_path_factory.mktemp("spread")
        program = [sys.executable, spreading.__file__, ray, str(folder), str(texts)]
        done = subprocess.run(program, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        rows = msgspec.msgpack.decode((folder / "rows").read_bytes(), type=tuple[list[bytes], list[bytes]])
        return spreading.Spread(*rows, folder / "archive")

    return asked


@pytest.fixture(scope="session")
def database(cluster: postgres.Cluster) -> Callable[..., str]:
    """Makes a database, from another or empty; gives its address."""
    numbers = itertools.count(1)

    def made(template: str = "template1") -> str:
        name = f"test{next(numbers)}"
        cluster.copied(name, template)
        return cluster.address(name)

    return made


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Where new stores may be, in each database."""
    numbers, made = itertools.count(1), list[str]()
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"s{next(numbers)}.db")
        return

    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    database: Callable[..., str] = request.getfixturevalue("database")

    def new() -> str:
        made.append(database("empty"))
        return made[-1]

    yield new
    cluster.ask(*(f"DROP DATABASE {located(one).database} WITH (FORCE)" for one in made))
