/* A small editor for Python: a textarea, which phones, screen readers and the browser's own undo
   know, over a mirror of its lines, which draws their numbers and marks one of them. The lines
   wrap, so that nothing hides beyond the edge of a phone. A full editor would weigh 120 kB more
   and be harder to use there. */
(function () {
  "use strict";

  var INDENT = "    ";

  /* Replaces the selection in a way that the browser can undo. */
  function insert(area, text) {
    area.focus();
    var done = text
      ? document.execCommand("insertText", false, text)
      : document.execCommand("delete");
    if (done) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function lineStart(area) {
    return area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  }

  /* Moves whole lines to the right or to the left. */
  function shift(area, left) {
    var from = lineStart(area);
    var to = area.value.indexOf("\n", area.selectionEnd);
    if (to < 0) to = area.value.length;
    var old = area.value.slice(from, to);
    var moved = left ? old.replace(/^ {1,4}/gm, "") : old.replace(/^(?=.)/gm, INDENT);
    if (moved === old) return;
    area.setSelectionRange(from, to);
    insert(area, moved);
    area.setSelectionRange(from, from + moved.length);
  }

  function tab(area, left) {
    var several = area.value.slice(area.selectionStart, area.selectionEnd).indexOf("\n") >= 0;
    if (left || several) return shift(area, left);
    var column = area.selectionStart - lineStart(area);
    insert(area, INDENT.slice(column % INDENT.length));
  }

  /* A new line begins below the one before, further in after a colon. */
  function enter(area) {
    var before = area.value.slice(lineStart(area), area.selectionStart);
    insert(area, "\n" + before.match(/^ */)[0] + (/:\s*$/.test(before) ? INDENT : ""));
  }

  /* Options: text, label, describedBy (an id), say(text), onRun(), onChange(text). */
  function editor(options) {
    var element = document.createElement("div");
    var mirror = document.createElement("div");
    var area = document.createElement("textarea");
    var leaving = false;
    element.className = "cb-editor";
    mirror.className = "cb-editor-lines";
    mirror.setAttribute("aria-hidden", "true");
    area.setAttribute("aria-label", options.label);
    area.setAttribute("aria-describedby", options.describedBy);
    ["autocapitalize", "autocomplete", "autocorrect"].forEach(function (name) {
      area.setAttribute(name, "off");
    });
    area.spellcheck = false;
    area.rows = 1;
    area.value = options.text;
    element.append(mirror, area);

    function reflect() {
      mirror.replaceChildren.apply(
        mirror,
        area.value.split("\n").map(function (text) {
          var line = document.createElement("div");
          var inner = document.createElement("span");
          inner.textContent = text || "\u200b";
          line.append(inner);
          return line;
        })
      );
    }

    area.addEventListener("input", function () {
      reflect();
      options.onChange(area.value);
    });
    area.addEventListener("blur", function () {
      leaving = false;
    });
    area.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        leaving = true;
        options.say("Tab now leaves the editor.");
      } else if (event.key === "Tab" && !leaving) {
        event.preventDefault();
        tab(area, event.shiftKey);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (event.shiftKey) options.onRun();
        else enter(area);
      } else if (event.key !== "Tab" && event.key !== "Shift") {
        leaving = false;
      }
    });
    reflect();

    return {
      element: element,
      focus: function () {
        area.focus();
      },
      text: function () {
        return area.value;
      },
      replace: function (text) {
        area.focus();
        area.select();
        insert(area, text);
      },
      /* Marks a line, or none. */
      mark: function (number) {
        Array.prototype.forEach.call(mirror.children, function (line, at) {
          line.classList.toggle("cb-editor-marked", at + 1 === number);
        });
      },
      goTo: function (number) {
        var lines = area.value.split("\n");
        var from = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
        area.focus();
        area.setSelectionRange(from, from + (lines[number - 1] || "").length);
      },
    };
  }

  window.casebookTry = window.casebookTry || {};
  window.casebookTry.editor = editor;
})();
