"""A small transit engine over HTTP that really encrypts: AES-256-GCM with associated data, keys that stay inside."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "s.only-for-tests"
MARK = "vault:v1:"


class FakeVault(ThreadingHTTPServer):
    """Its keys by name, and what was asked of it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.keys: dict[str, bytes] = {"casustafel-root": os.urandom(32)}
        self.kinds: dict[str, dict[str, Any]] = {"casustafel-root": {"type": "aes256-gcm96", "exportable": False}}
        self.asked: list[str] = []
        self.sealed = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeVault

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        given = json.loads(self.rfile.read(length)) if length else {}
        self.server.asked.append(f"{self.command} {self.path}")
        if self.server.sealed:
            return self._answer(503, {"errors": ["Vault is sealed"]})
        if self.headers.get("X-Vault-Token") != TOKEN:
            return self._answer(403, {"errors": ["permission denied"]})
        _, _, mount, verb, name = self.path.split("/")
        if mount != "transit" or name not in self.server.keys:
            return self._answer(404, {"errors": []})
        if verb == "keys":
            return self._answer(200, {"data": {"name": name, **self.server.kinds[name]}})
        bound = base64.b64decode(given.get("associated_data", ""))
        cipher = AESGCM(self.server.keys[name])
        if verb == "encrypt":
            nonce = os.urandom(12)
            body = nonce + cipher.encrypt(nonce, base64.b64decode(given["plaintext"]), bound)
            return self._answer(200, {"data": {"ciphertext": MARK + base64.b64encode(body).decode()}})
        try:
            body = base64.b64decode(given["ciphertext"].removeprefix(MARK), validate=True)
            plain = cipher.decrypt(body[:12], body[12:], bound)
        except (InvalidTag, ValueError):
            return self._answer(400, {"errors": ["cipher: message authentication failed"]})
        return self._answer(200, {"data": {"plaintext": base64.b64encode(plain).decode()}})

    do_GET = do_POST = do_PUT = _handle  # noqa: N815


@contextmanager
def fake_vault() -> Iterator[FakeVault]:
    """A running one."""
    vault = FakeVault()
    thread = Thread(target=vault.serve_forever, daemon=True)
    thread.start()
    try:
        yield vault
    finally:
        vault.shutdown()
        vault.server_close()
        thread.join()
