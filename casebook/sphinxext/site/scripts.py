"""Scripts of our own that a page loads because of what stands on it."""

from __future__ import annotations

from sphinx.application import Sphinx

# Controls are shown from the first paint, but only where a script can answer them.
_SCRIPTS_RUN = "document.documentElement.classList.add('cb-scripts')"


def add_scripts(app: Sphinx, *files: str) -> None:
    """Have the page that is being written load scripts, in this order and after its content."""
    app.add_js_file(None, body=_SCRIPTS_RUN)
    for file in files:
        app.add_js_file(file, loading_method="defer")
