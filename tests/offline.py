"""The tests speak to this machine alone: whatever asks for another, here or in a Python process of theirs, fails.

`sitecustomize.py` beside this file is what Python runs first in those processes.
"""

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Any

FOLDER = str(Path(__file__).parent / "offline_start")


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: refuses to connect elsewhere, and to look up other names."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_here(arguments[1][0]):
        raise OSError(f"the network is off in tests: {arguments[1]}")
    if event == "socket.getaddrinfo" and not _is_here(arguments[0]) and not _is_number(str(arguments[0])):
        raise socket.gaierror(socket.EAI_NONAME, f"the network is off in tests: {arguments[0]}")


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _is_number(host: str) -> bool:
    """Whether a host is an address in any spelling: nobody is asked what it means."""
    try:
        return bool(socket.inet_aton(host))
    except OSError:
        return ":" in host


def switch_off() -> None:
    """For this process and for the Python processes that it starts."""
    sys.addaudithook(guard)
    os.environ["PYTHONPATH"] = os.pathsep.join([FOLDER, *filter(None, [os.environ.get("PYTHONPATH")])])
