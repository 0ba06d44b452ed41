"""What every answer of this edge has: a request's id, security headers, a place in the metrics, and never a bare traceback."""

from __future__ import annotations

import re
import time

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.ids import new_uuid
from kit.log import request_id
from web.api.errors import problem_response

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Ant Design writes its styles at run time
        "img-src 'self' data:",  # no remote images: they carry data out
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_log = structlog.get_logger()


class Metrics:
    """Requests and their latency by route, for Prometheus."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter("steward_http_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry)
        self._seconds = Histogram(
            "steward_http_request_seconds", "Time to the end of the answer.", ["method", "route"], registry=self.registry, buckets=_BUCKETS
        )

    def count(self, scope: Scope, status: int, elapsed_s: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = getattr(scope.get("route"), "path", "unmatched")
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(elapsed_s)


class Edge:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, production: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = _HEADERS | (_TRANSPORT if production else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        current = given if _ID.fullmatch(given) else new_uuid().hex
        token, started, status = request_id.set(current), time.perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(message, scope["path"], current)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception:
            _log.exception("unexpected_error", method=scope["method"], route=getattr(scope.get("route"), "path", "unmatched"))
            if status:
                raise  # too late for another answer: the connection breaks, so that nobody takes half of one for the whole
            await problem_response(500)(scope, receive, send_on)
        finally:
            self._metrics.count(scope, status or 499, time.perf_counter() - started)
            request_id.reset(token)

    def _add_headers(self, message: Message, path: str, current: str) -> None:
        headers = MutableHeaders(scope=message)
        headers["X-Request-Id"] = current
        for name, value in self._headers.items():
            headers[name] = value
        if path.startswith("/v1/"):
            headers.setdefault("Cache-Control", "no-store")
