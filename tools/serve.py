"""Serve `_build/html` on this machine only, until Ctrl-C.

    python tools/serve.py 8000            serve
    python tools/serve.py 8000 --check    only see whether the port is free

Standard library only: the port is looked at before anything is installed or built.
"""

from __future__ import annotations

import errno
import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from console import ROOT, MakeError, one_sentence, say

HOST = "127.0.0.1"
BOOK = ROOT / "_build" / "html"


class Handler(SimpleHTTPRequestHandler):
    """The book's files, without a line for each and without caching by the browser."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def end_headers(self) -> None:
        """Let the browser ask again each time: the next build may have changed the file."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a reader of the terminal looks for the address, not for requests."""


class Server(ThreadingHTTPServer):
    """A server that stays quiet when a browser hangs up in the middle of a file."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
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
