"""Explorers in a real JupyterLab: named, moved by keyboard, without flicker, nothing piling up."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from casebook.chrome import LAUNCH_ARGUMENTS, find_browser

ROOT = Path(__file__).parents[2]
WATCH = """() => {
  window.blank = 0;
  const output = document.querySelector('.casebook-explorer .widget-output');
  (function look() {
    const high = output.getBoundingClientRect().height >= 500;
    if (!high || !output.querySelector('.main-svg .trace')) window.blank += 1;
    requestAnimationFrame(look);
  })();
}"""


@pytest.fixture
def jupyter(tmp_path):
    """Address of a Jupyter that serves the notebook of the explorers."""
    shutil.copyfile(ROOT / "exercises" / "explorers.ipynb", tmp_path / "explorers.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if k != "CASEBOOK_BOOK"}
    env |= {"PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    env |= {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "notebook", "--allow-root", "--no-browser"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    command += [f"--ServerApp.root_dir={tmp_path}"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api"):
                    break
                time.sleep(0.3)
            yield address
        finally:
            server.terminate()
            server.wait()


@pytest.mark.release
def test_explorers_work_in_jupyter_by_keyboard_and_for_screen_readers(jupyter):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=list(LAUNCH_ARGUMENTS)
        )
        page = browser.new_page(viewport={"width": 1200, "height": 1600})
        page.goto(f"{jupyter}/notebooks/explorers.ipynb")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.wait_for_timeout(4_000)  # until the kernel answers
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.wait_for_function(
            "document.querySelectorAll('.casebook-explorer').length == 6", timeout=180_000
        )
        page.wait_for_timeout(4_000)
        found = Axe().run(page, context=".casebook-explorer").response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []

        board = page.locator(".casebook-explorer", has_text="Earlier change")
        slider = board.get_by_role("slider", name="Day")
        slider.scroll_into_view_if_needed()
        slider.focus()
        page.evaluate(WATCH)
        readout = board.get_by_role("status")
        assert readout.inner_text().startswith("1\u00a0April 2012")
        for day in (2, 3, 4):
            page.keyboard.press("ArrowRight")
            page.wait_for_function(
                f"document.querySelector('.casebook-readout').innerText.startsWith('{day}\\u00a0')",
                timeout=20_000,
            )
            assert slider.get_attribute("aria-valuetext") == f"{day}\u00a0April 2012"
            assert page.evaluate("document.activeElement.getAttribute('role')") == "slider"
            assert board.locator(".js-plotly-plot").count() == 1
        assert page.evaluate("window.blank") == 0
        browser.close()
