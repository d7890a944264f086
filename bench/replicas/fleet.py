"""The bot's processes: started by settings alone, killed, started again; and what each has used."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.replicas.clocks import Clocks
from bench.replicas.telegram import Telegram
from bench.sizes import ROOT, clean_environment

_TICK = os.sysconf("SC_CLK_TCK")
_STARTS = 180.0  # seconds that a start may take on a busy machine


@dataclass(frozen=True)
class Settings:
    """What the processes have in common."""

    folder: Path
    models: Path
    database: str
    redis: str
    clocks: Clocks | None = None  # of their own


class Process:
    """One of them; the same place, settings and port in every life."""

    def __init__(self, number: int, port: int, ops: int, telegram: Telegram, proxy: str, settings: Settings) -> None:
        self.number, self.port, self._ops = number, port, ops
        self._telegram, self._proxy, self._settings = telegram, proxy, settings
        self.log = settings.folder / f"process-{number}.log"
        self.used = 0.0  # seconds of processor time, in the lives before
        self.starts: list[float] = []  # seconds to each readiness
        self.readied = 0.0
        self.began = 0.0
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """A new life."""
        settings = self._settings
        environment = clean_environment(settings.folder) | {
            "TELEGRAM_BOT_TOKEN": self._telegram.token,
            "TELEGRAM_API_BASE_URL": self._telegram.address(self.number),
            "MAKKER_MODEL_DIR": str(settings.models),
            "MAKKER_DATA_DIR": str(settings.folder / f"data-{self.number}"),
            "MAKKER_DATABASE_URL": settings.database,
            "MAKKER_OPS_LISTEN": f"127.0.0.1:{self._ops}",
            "MAKKER_MESSAGES_PER_MINUTE": "600",
            "MAKKER_PAPERS_PER_MINUTE": "600",
            "MAKKER_LOG_LEVEL": "info",
            "MAKKER_REDIS_URL": settings.redis,
        }
        if settings.clocks:
            environment |= settings.clocks.environment(self.number)
        command = [sys.executable, "-m", "bot", "telegram", "--webhook", self._proxy, "--port", str(self.port)]
        with self.log.open("ab") as log:
            log.write(f"=== life {len(self.starts) + 1}\n".encode())
            self._popen = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        self.began, self.readied = time.monotonic(), 0.0

    @property
    def pid(self) -> int:
        return self._popen.pid if self._popen else 0

    @property
    def lives(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def is_ready(self) -> bool:
        """Whether it says that it can answer; asked over HTTP until it does."""
        if self.readied or not self.lives:
            return bool(self.readied)
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{self._ops}/readyz", timeout=2).close()
            self.readied = time.monotonic()
            self.starts.append(self.readied - self.began)
        return bool(self.readied)

    def signal(self, number: int) -> None:
        """As by the operating system: SIGKILL, SIGSTOP …"""
        if self._popen and self.lives:
            self._popen.send_signal(number)

    def buried(self) -> None:
        """It is dead: what it has used is kept."""
        if self._popen:
            _, _, rusage = os.wait4(self._popen.pid, 0) if self._popen.returncode is None else (0, 0, None)
            if rusage:
                self.used += rusage.ru_utime + rusage.ru_stime
            self._popen.returncode = self._popen.returncode if self._popen.returncode is not None else -9
            self._popen = None
        self.readied = 0.0

    def memory(self) -> float:
        """MB that it holds now, without its children."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]) if self.lives else 0
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def processor(self) -> float:
        """Seconds of processor time in this life, its children's with it."""
        return used_by_family(self.pid) if self.lives else 0.0


class Fleet:
    """All of them, behind a proxy."""

    def __init__(self, number: int, telegram: Telegram, settings: Settings) -> None:
        ports = free_ports(2 * number)
        self._proxy = subprocess.Popen(
            [sys.executable, "-m", "bench.replicas.proxy", *map(str, ports[:number])],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._proxy.stdout
        address = f"http://127.0.0.1:{self._proxy.stdout.readline().strip()}"
        self.processes = [
            Process(place, ports[place], ports[number + place], telegram, address, settings) for place in range(number)
        ]
        self.changes = threading.Lock()

    def start(self) -> None:
        """Starts all and waits until they answer."""
        for process in self.processes:
            process.start()
        until = time.monotonic() + _STARTS
        while len(self.ready()) < len(self.processes):
            if time.monotonic() > until or not all(process.lives for process in self.processes):
                told = "\n".join(process.log.read_text(errors="replace")[-1500:] for process in self.processes)
                raise RuntimeError(f"the processes don't start:\n{told}")
            time.sleep(0.1)

    def ready(self) -> list[Process]:
        return [process for process in self.processes if process.lives and process.is_ready()]

    def kill(self, process: Process) -> None:
        process.signal(signal.SIGKILL)

    def restart(self, process: Process) -> None:
        """After a kill."""
        process.buried()
        process.start()

    def end(self) -> None:
        for process in self.processes:
            process.signal(signal.SIGCONT)
            process.signal(signal.SIGKILL)
            process.buried()
        self._proxy.kill()
        self._proxy.wait()
        if self._proxy.stdout:
            self._proxy.stdout.close()

    def processor(self) -> dict[str, float]:
        """Seconds of processor time so far, by process, with the harness's own."""
        mine = {f"process {one.number}": one.processor() for one in self.processes}
        return {**mine, "proxy": _used(self._proxy.pid), "telegram and people": _used(os.getpid())}

    def waited(self) -> dict[str, float]:
        """Seconds so far in which each process could have gone on, and no processor was free for it."""
        return {f"process {one.number}": waited_for_a_processor(one.pid) for one in self.processes if one.lives}

    def complaints(self) -> Counter[str]:
        """What stands in the logs as a warning or worse, without its time and numbers."""
        counted: Counter[str] = Counter()
        for process in self.processes:
            for line in process.log.read_text(errors="replace").splitlines():
                if " ERROR " in line or " WARNING " in line or line.startswith(("ERROR", "WARNING", "Traceback")):
                    counted["".join("#" if sign.isdigit() else sign for sign in line[-160:])] += 1
        return counted


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def used_by_family(pid: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    return sum(map(_used, _family(pid)))


def waited_for_a_processor(pid: int) -> float:
    """Seconds in which the threads of a process stood in the kernel's queue (`schedstat`, its second figure)."""
    found = 0
    for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # a thread that has ended
            found += int(file.read_text(encoding="ascii").split()[1])
    return found / 1e9


def used_by_machine() -> float:
    """Seconds of processor time that all processes of the machine have used."""
    user, nice, system, _, _, *others = map(
        int, Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    )
    return (user + nice + system + sum(others)) / _TICK


def _family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(found for child in children for found in _family(int(child)))]


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK  # its own, and that of children that have ended
