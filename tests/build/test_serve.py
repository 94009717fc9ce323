"""The server of `make serve`: compressed, asked again where a file may change, and never stale."""

import gzip
import http.client
import os
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "<!doctype html><title>Mali</title>" + "<p>Gao, Kidal, Timbuktu</p>" * 200


@pytest.fixture
def folder(tmp_path) -> Path:
    files = {
        "index.html": PAGE,
        "part/index.html": PAGE,
        "book.css": "a{}" * 500,
        "build/114.1c04540.js": "1;" * 500,
        "picture.png": "not looked into",
        "package.whl": "zipped already",
        "table.csv": "name\nGaò\n",
        "python.wasm": "binary" * 100,
        "service-worker.js": "2;",
        "exercise.ipynb": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ask(folder, monkeypatch):
    """Ask a running server; returns status, headers and body."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import serve

    server = serve.open_server(0, folder)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    link = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)

    def asked(path: str, method: str = "GET", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, path, headers=named)  # All on one connection, as a browser does.
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()

    yield asked
    link.close()
    server.shutdown()
    server.server_close()
    sys.modules.pop("serve", None)


@pytest.mark.parametrize("path", ["/", "/index.html", "/part/", "/index.html?highlight=Gao#x"])
def test_page_comes_compressed(ask, path):
    status, headers, body = ask(path, Accept_Encoding="gzip, deflate, br")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert int(headers["Content-Length"]) == len(body) < len(PAGE) / 5
    assert gzip.decompress(body).decode() == PAGE


@pytest.mark.parametrize("accepted", [None, "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_whoever_does_not_take_gzip_gets_the_file_itself(ask, accepted):
    sent = {"Accept_Encoding": accepted} if accepted else {"Accept_Encoding": ""}
    status, headers, body = ask("/index.html", **sent)
    assert (status, body.decode()) == (200, PAGE)
    assert headers["Content-Encoding"] is None
    assert headers["Vary"] == "Accept-Encoding"
    assert int(headers["Content-Length"]) == len(PAGE)


@pytest.mark.parametrize("name", ["picture.png", "package.whl"])
def test_what_is_compressed_already_is_left_alone(ask, folder, name):
    _, headers, body = ask(f"/{name}", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] is headers["Vary"] is None
    assert body == (folder / name).read_bytes()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/table.csv", "text/csv; charset=utf-8"),
        ("/python.wasm", "application/wasm"),
        ("/build/114.1c04540.js", "text/javascript; charset=utf-8"),
        ("/exercise.ipynb", "application/json"),
        ("/picture.png", "image/png"),
    ],
)
def test_types_do_not_depend_on_the_machine(ask, path, kind):
    assert ask(path)[1]["Content-Type"] == kind


@pytest.mark.parametrize(
    "path", ["/build/114.1c04540.js", "/book.css?v=ab3126d9", "/book.css?v=0.17.1"]
)
def test_named_by_its_content_a_file_is_kept_for_a_year(ask, path):
    assert ask(path)[1]["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/", "/book.css", "/service-worker.js", "/package.whl", "/nothing.1c04540.js"]
)
def test_anything_else_is_asked_for_again(ask, path):
    ask("/build/114.1c04540.js")
    assert ask(path)[1]["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_unchanged_file_is_not_sent_twice(ask, folder, encoding):
    first = ask("/index.html", Accept_Encoding=encoding)[1]
    sent = {"Accept_Encoding": encoding, "If_None_Match": f'"other", W/{first["ETag"]}'}
    status, headers, body = ask("/index.html", **sent)
    assert (status, body) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert headers[name] == first[name]

    # Changed within the same second, to the same length: sent anew.
    page = folder / "index.html"
    page.write_text(PAGE.replace("Gao", "Goa"), encoding="utf-8")
    os.utime(page, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns + 1))
    status, _, body = ask("/index.html", **sent)
    assert status == 200
    assert b"Goa" in (gzip.decompress(body) if encoding else body)


def test_compressed_and_plain_are_not_taken_for_each_other(ask):
    tag = ask("/index.html", Accept_Encoding="gzip")[1]["ETag"]
    assert ask("/index.html", Accept_Encoding="", If_None_Match=tag)[0] == 200


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_head_says_what_get_would(ask, encoding):
    get = ask("/index.html", Accept_Encoding=encoding)
    head = ask("/index.html", method="HEAD", Accept_Encoding=encoding)
    assert head[2] == b""
    without_date = [[(k, v) for k, v in seen[1].items() if k != "Date"] for seen in (get, head)]
    assert without_date[0] == without_date[1]


def test_whoever_asks_for_a_part_gets_the_whole(ask):
    status, headers, body = ask("/index.html", Range="bytes=0-9")
    assert (status, body.decode()) == (200, PAGE)
    assert headers["Content-Range"] is None


def test_folder_without_its_slash_and_missing_files_are_answered_as_before(ask):
    status, headers, _ = ask("/part")
    assert (status, headers["Location"]) == (301, "/part/")
    assert ask("/nothing.html")[0] == 404
    assert ask("/../tools/serve.py")[0] == 404
    assert ask("/index.html")[0] == 200
