"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import psycopg

# It keeps nothing: no waiting for the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50", "listen_addresses=")
USER = "desk"
# Whoever may connect to the socket is let in, but this one, who is asked for a password.
GUARDED = "guarded"
ACCESS = f"local all {GUARDED} scram-sha-256\nlocal all all trust\n"
SECONDS = 30


def programs() -> Path:
    """Where the newest server's programs are, Debian's or on the path. Raises OSError where there are none."""
    listed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(listed[-1]) if listed else shutil.which("initdb")
    if not found:
        raise FileNotFoundError("initdb: not found")
    return Path(found).parent


class Cluster(NamedTuple):
    """A running server: the folder of its socket, and the address of one of its databases."""

    folder: Path
    port: int = 5432

    def address(self, database: str, user: str = USER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def ask(self, *statements: str, database: str = "postgres") -> None:
        """Puts statements to the server, each by itself."""
        with psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def copied(self, name: str, template: str) -> None:
        """Makes a database like another one. Whoever still is in that, as a store is that a test has opened there, is
        sent out."""
        end = time.monotonic() + SECONDS
        while True:
            self.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")
            try:
                return self.ask(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > end:
                    raise


@contextmanager
def server(*settings: str) -> Iterator[Cluster]:
    """A server with an empty folder of data. It refuses to run for root: there, `nobody` has it."""
    bin = programs()
    # A socket's path has a hundred signs at most: not in the folder of a test.
    folder = Path(mkdtemp(prefix="recoupe-pg-"))
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    data = folder / "data"
    made = [bin / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run(list(map(str, made)), check=True, **_options(folder))  # type: ignore[call-overload]
    (data / "pg_hba.conf").write_text(ACCESS)
    found = Cluster(folder)
    try:
        with running(found, *settings):
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(found: Cluster, *settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server of a folder that has its data, until it is ended, at the latest at the end."""
    told = [part for one in (*SETTINGS, f"unix_socket_directories={found.folder}", *settings) for part in ("-c", one)]
    command = [str(programs() / "postgres"), "-D", str(found.folder / "data"), *told]
    process = subprocess.Popen(command, **_options(found.folder))  # type: ignore[call-overload]
    try:
        _wait(found)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        process.wait(SECONDS)


def _options(folder: Path) -> dict[str, object]:
    options: dict[str, object] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return options


def _wait(found: Cluster) -> None:
    end = time.monotonic() + SECONDS
    while True:
        try:
            found.ask("SELECT 1")
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
