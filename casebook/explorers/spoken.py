"""Names that screen readers hear, and that the widgets themselves do not give.

A slider of ipywidgets 8 is a handle without a name, whose value is read as the position of the
option instead of the option; no widget can be a live region; and JupyterLab takes the arrow keys
from a slider to walk through cells. A few lines of script in the explorer mend all three. Where
scripts in widgets are not let run, the explorer works without.
"""

from __future__ import annotations

PANEL = "casebook-explorer"
READOUT = "casebook-readout"

# Runs when the picture, an empty one, has loaded: a script element put in later would never run.
_SCRIPT = """
(function (picture, tries) {
  var root = picture.closest('.PANEL');
  if (!root) {
    if (tries) setTimeout(arguments.callee, 100, picture, tries - 1);
    return;
  }
  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  function tell() {
    root.querySelectorAll('.widget-slider').forEach(function (slider) {
      var handle = slider.querySelector('[role=slider]');
      var label = slider.querySelector('.widget-label');
      var value = slider.querySelector('.widget-readout');
      if (!handle || !label || !value) return;
      set(handle, 'aria-label', label.textContent);
      set(handle, 'aria-valuetext', value.textContent);
      set(value, 'contenteditable', 'false');
    });
    root.querySelectorAll('[role=slider], select, input, button').forEach(function (control) {
      set(control, 'data-lm-suppress-shortcuts', 'true');
    });
    root.querySelectorAll('.READOUT .widget-html-content').forEach(function (readout) {
      set(readout, 'role', 'status');
      set(readout, 'aria-live', 'polite');
    });
  }
  tell();
  new MutationObserver(tell).observe(root, {
    childList: true, subtree: true, characterData: true,
    attributes: true, attributeFilter: ['aria-valuetext']
  });
})(this, 50)
"""
_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def naming() -> str:
    """Return the HTML that gives the names."""
    script = " ".join(_SCRIPT.split()).replace("PANEL", PANEL).replace("READOUT", READOUT)
    return f'<img alt="" width="1" height="1" src="{_PICTURE}" onload="{script}">'
