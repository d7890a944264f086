"""The HTTP line to Telegram, for python-telegram-bot: aiohttp, which costs a third of what httpx does per call, and
which can tell whether a request had gone out when the line broke."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ, WRITE_FILES = 10.0, 20.0, 60.0  # seconds
_CONNECTIONS = 128
_WAIT_FOR_ONE = 30.0


class NotSentError(NetworkError):
    """The request has surely not gone out."""


class GarbledError(NetworkError):
    """What came back is no answer of the Bot API."""


class Line(BaseRequest):
    """Calls with their parameters as a form, as a Bot API server takes them. `refused` is called at a 401."""

    def __init__(self, refused: Callable[[], None] = lambda: None, connections: int = _CONNECTIONS) -> None:
        self._refused = refused
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}  # by host; aiohttp would read files to find it out, for every request

    @property
    def read_timeout(self) -> float | None:
        return READ

    async def initialize(self) -> None:
        """Opens the line. Twice does no harm."""
        if self._session is not None and not self._session.closed:
            return
        tracing = aiohttp.TraceConfig()
        tracing.on_request_headers_sent.append(cast(Any, _note_sent))
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=45)
        self._session = aiohttp.ClientSession(connector=connector, trace_configs=[tracing])

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NotSentError, TimedOut or NetworkError where none comes."""
        files = request_data.multipart_data if request_data else {}
        reading = READ if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body = _form(request_data.json_parameters, files) if request_data else None
        return await self.fetch(url, method, body, (reading or READ) + (WRITE_FILES if files else 0.0))

    async def fetch(self, url: str, method: str, body: Any, seconds: float) -> tuple[int, bytes]:
        """The same for a body that aiohttp takes; the answer has to come within these seconds."""
        if self._session is None or self._session.closed:
            raise RuntimeError("the line is not open")
        sent = SimpleNamespace(out=False)
        timeout = aiohttp.ClientTimeout(total=None, connect=_WAIT_FOR_ONE, sock_connect=CONNECT, sock_read=seconds)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                timeout=timeout,
                trace_request_ctx=sent,
                allow_redirects=False,
                proxy=self._proxy(url),
            ) as response:
                payload = await response.read()
        except asyncio.TimeoutError as error:
            if not sent.out:
                raise NotSentError(f"no connection in time ({type(error).__name__})") from error
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            kind = NetworkError if sent.out else NotSentError
            raise kind(f"{type(error).__name__}: {_without_address(error)}") from error
        if response.status == 401:
            self._refused()
        return response.status, payload

    def _proxy(self, url: str) -> str | None:
        """The proxy of the environment (HTTPS_PROXY and the like) for an address."""
        parts = urlsplit(url)
        host = parts.netloc
        if host not in self._proxies:
            self._proxies[host] = None if proxy_bypass(host) else getproxies().get(parts.scheme)
        return self._proxies[host]

    async def call(self, url: str, parameters: dict[str, str], seconds: float) -> Any:
        """The result of a method, as it came; the errors of python-telegram-bot."""
        data = cast(RequestData, SimpleNamespace(json_parameters=parameters, multipart_data={}))
        return await self.post(url, request_data=data, read_timeout=seconds)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. GarbledError, without a traceback in the log, for a proxy's page or half an answer."""
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise GarbledError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise GarbledError("Invalid server response")
        return parsed


async def _note_sent(session: aiohttp.ClientSession, context: SimpleNamespace, params: Any) -> None:
    context.trace_request_ctx.out = True


def _form(parameters: dict[str, str], files: dict[str, Any]) -> Any:
    if not files:
        return parameters
    form = aiohttp.FormData(quote_fields=False)  # Telegram takes a name as it comes: %20 would be in it
    for name, value in parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in files.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form


def _without_address(error: Exception) -> str:
    """What an error says; where it is about the server's answer it may hold the address, and that the token."""
    if isinstance(error, aiohttp.ClientResponseError):
        return error.message
    if isinstance(error, aiohttp.InvalidURL):
        return "the address is none"
    return str(error)


def unsure(error: TelegramError) -> bool:
    """Whether a call that failed like this may have been carried out."""
    return isinstance(error, NetworkError) and not isinstance(error, NotSentError)
