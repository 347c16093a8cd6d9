"""What must not stay behind: health data in browsers' caches, and in logs."""

import logging
import traceback
from collections.abc import Callable
from types import TracebackType

from django.http import HttpRequest, HttpResponseBase


class NoStoreMiddleware:
    """Forbid keeping any answer to a logged-in person, unless the view decided otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class IdleMiddleware:
    """Put off the idle lock at every request of a person (A01); a page that asks by itself does not count."""

    ASKED_BY_THE_PAGE = frozenset({"state", "act-state"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if request.user.is_authenticated and not (match and match.url_name in self.ASKED_BY_THE_PAGE):
            request.session.modified = True
        return response


class PrivateFormatter(logging.Formatter):
    """A log line whose exception says its type and where, never its text: the text may quote what somebody typed."""

    def formatException(
        self, ei: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
    ) -> str:
        """Return the frames and the types of the exception and of its causes."""
        lines, seen = [], ei[1]
        while seen is not None:
            frames = traceback.extract_tb(seen.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            lines.append(type(seen).__qualname__)
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        return "\n".join(lines)
