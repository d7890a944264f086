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


class TooLarge(Refused):
    code, title = 413, "Request Entity Too Large"


class TooManyRequests(Refused):
    code, title = 429, "Too Many Requests"

    def __init__(self, seconds: float) -> None:
        seconds = max(1, round(seconds + 0.49))
        super().__init__(f"retry after {seconds}", retry_after=seconds)


MIGRATED = "group chat was upgraded to a supergroup chat"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
