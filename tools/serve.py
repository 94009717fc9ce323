"""Serve `_build/html` on this machine only, until Ctrl-C.

    python tools/serve.py 8000            serve
    python tools/serve.py 8000 --check    only see whether the port is free

Standard library only: the port is looked at before anything is installed or built.
"""

from __future__ import annotations

import errno
import functools
import gzip
import io
import os
import re
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from console import ROOT, MakeError, one_sentence, say

HOST = "127.0.0.1"
BOOK = ROOT / "_build" / "html"


# Else the machine's own list of types decides, and every machine has another.
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".ipynb": "application/json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
}
COMPRESSED = re.compile(r"text/|image/svg|application/(?:wasm|(?:.*\+)?json)")
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# A name with the hash of the content: webpack's in a file's name, Sphinx's after a question mark.
HASHED = re.compile(r"[.-][0-9a-f]{7,}\.(?:css|js|woff2?)(?:$|\?)|\?(?:_|v|digest)=")
LASTING = "public, max-age=31536000, immutable"


@functools.lru_cache(maxsize=128)
def compressed(path: Path, changed: int) -> bytes:
    """Return the content of a file that was changed at that time, compressed."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """The book's files, compressed, and kept by the browser as long as they stay the same."""

    protocol_version = "HTTP/1.1"  # One connection for many files.
    timeout = 60
    disable_nagle_algorithm = True
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def send_head(self) -> BinaryIO | None:
        """Send the headers of a file; return its content, or None where there is none to send."""
        self.caching = "no-cache"
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if not path.is_file():
            return super().send_head()
        content: BinaryIO = path.open("rb")
        status = os.fstat(content.fileno())
        size, kind = status.st_size, self.guess_type(path)
        tag = f"{status.st_mtime_ns:x}-{size:x}"
        zipped = COMPRESSED.match(kind) and ACCEPTS_GZIP.search(
            self.headers.get("Accept-Encoding", "")
        )
        if zipped:
            content.close()
            packed = compressed(path, status.st_mtime_ns)
            content, size, tag = io.BytesIO(packed), len(packed), f"{tag}-gzip"
        known = f'"{tag}"' in self.headers.get("If-None-Match", "")
        self.caching = LASTING if HASHED.search(self.path) else "no-cache"
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        self.send_header("ETag", f'"{tag}"')
        if COMPRESSED.match(kind):
            self.send_header("Vary", "Accept-Encoding")
        if not known:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(size))
            if zipped:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if known:
            content.close()
            return None
        return content

    def end_headers(self) -> None:
        """Let the browser ask each time whether a file has changed, unless its name would say."""
        self.send_header("Cache-Control", getattr(self, "caching", "no-cache"))
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a reader of the terminal looks for the address, not for requests."""


class Server(ThreadingHTTPServer):
    """A server that stays quiet when a browser hangs up in the middle of a file."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, unless the browser only went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def port_number(text: str) -> int:
    """Read a port as given to make."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise MakeError(f"PORT={text} is not a port: give a number from 1024 to 65535.")
    return int(text)


def open_server(port: int, folder: Path) -> Server:
    """Take the port, or say why that cannot be done."""
    try:
        return Server((HOST, port), functools.partial(Handler, directory=str(folder)))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise MakeError(
                f"Port {port} is taken by another program: stop that, or choose another port "
                f"(make serve PORT={port + 1 if port < 65535 else 8000})."
            ) from None
        if error.errno == errno.EACCES:
            raise MakeError(f"Port {port} is reserved by the system: use one above 1023.") from None
        raise


def main(arguments: list[str]) -> None:
    """Check the port, or serve on it."""
    port = port_number(arguments[0])
    server = open_server(port, BOOK)
    if "--check" in arguments:
        server.server_close()
        return
    say(f"\nThe book is at http://{HOST}:{port}/ (Ctrl-C stops it).")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("\nStopped.")
    finally:
        server.server_close()


if __name__ == "__main__":
    with one_sentence():
        main(sys.argv[1:])
