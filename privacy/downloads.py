"""Giving a file: one way, so that no file is kept on the way, guessed at or run by the browser."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"


def as_file(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A file to save. `name` should tell nothing, unless whoever put the file here chose it."""
    response = HttpResponse(content, content_type=content_type)
    _to_save(response, name)
    return response


def as_stream(pieces: Iterator[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    """The same, piece by piece as it is made."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    _to_save(response, name)
    return response


def _to_save(response: HttpResponseBase, name: str) -> None:
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
