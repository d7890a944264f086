"""What the Bot API answers when it refuses."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A refusal: an HTTP status, a description in Telegram's words, perhaps parameters."""

    code = 400
    title = "Bad Request"

    def __init__(self, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.description = f"{self.title}: {description}" if description else self.title
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class BadRequest(Refused):
    pass


class Unauthorized(Refused):
    code, title = 401, "Unauthorized"


class Forbidden(Refused):
    code, title = 403, "Forbidden"


class NotFound(Refused):
    code, title = 404, "Not Found"


class Conflict(Refused):
    code, title = 409, "Conflict"


class TooManyRequests(Refused):
    code, title = 429, "Too Many Requests"


class BadGateway(Refused):
    code, title = 502, "Bad Gateway"
