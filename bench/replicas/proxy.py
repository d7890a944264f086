"""A load balancer as one puts before several processes: in turn, and on to the next where one doesn't take a request.

python -m bench.replicas.proxy PORT, PORT …: prints the port on which it listens.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Sequence

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

_FAILED = (502, 503, 504)
_KEPT = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
_TIMEOUT = ClientTimeout(total=12, sock_connect=1)
_ASIDE = 1.0  # seconds for which one that couldn't be reached is asked last


class Balancer:
    """Passes requests on."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._turn = itertools.count()
        self._failed: dict[int, float] = {}
        self._session: ClientSession | None = None

    async def answer(self, request: web.Request) -> web.Response:
        """What the first says that takes it; 502 where none does."""
        if self._session is None:
            self._session = ClientSession(timeout=_TIMEOUT, connector=TCPConnector(limit=0, keepalive_timeout=10))
        body = await request.read()
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        now = asyncio.get_running_loop().time()
        first = next(self._turn) % len(self._ports)
        order = sorted(
            [*self._ports[first:], *self._ports[:first]], key=lambda port: self._failed.get(port, 0) + _ASIDE > now
        )
        for port in order:
            try:
                url = f"http://127.0.0.1:{port}{request.path_qs}"
                async with self._session.request(request.method, url, data=body, headers=headers) as response:
                    if response.status not in _FAILED:
                        return web.Response(status=response.status, body=await response.read())
            except (ClientError, OSError, asyncio.TimeoutError):
                self._failed[port] = now
        return web.Response(status=502)


async def serve(ports: Sequence[int]) -> None:
    """Listens until the process is ended."""
    app = web.Application(client_max_size=2**22)
    app.router.add_route("*", "/{path:.*}", Balancer(ports).answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve([int(port) for port in sys.argv[1:]]))
