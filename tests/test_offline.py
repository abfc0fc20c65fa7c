"""The network is off in the tests, and in the processes that they start."""

import socket
import subprocess
import sys

import pytest

TRY = "import socket; socket.create_connection(('{}', 9), timeout=1)"


@pytest.mark.parametrize("host", ["192.0.2.1", "lefil.example", "2001:db8::1"])
def test_no_other_machine_is_asked(host: str) -> None:
    with pytest.raises(OSError, match="the network is off in tests"):
        socket.create_connection((host, 9), timeout=1)
    started = subprocess.run([sys.executable, "-c", TRY.format(host)], capture_output=True, text=True, check=False)
    assert "the network is off in tests" in started.stderr


def test_this_machine_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
        command = [sys.executable, "-c", TRY.format("localhost").replace("9)", f"{server.getsockname()[1]})")]
        subprocess.run(command, check=True, timeout=60)
