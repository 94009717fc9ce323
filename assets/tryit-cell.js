/* A "Try it" cell once it is opened: editor, buttons, state and output. Lines are kept in this
   browser under the page's address and the cell's id; they are never sent anywhere. */
(function () {
  "use strict";

  var SLOW = 10000; // milliseconds after which a run is said to be long
  var KEYS = "Tab indents; Esc, then Tab leaves the editor; Shift and Enter run.";
  var NOT_KEPT = " This browser keeps nothing for this page: your lines go when you leave it.";
  var STOPPED =
    "Stopped. Python was ended, and what it had worked out is lost; your lines are still here. " +
    "Python is starting again.";

  function make(tag, classes, text) {
    var element = document.createElement(tag);
    if (classes) element.className = classes;
    if (text) element.textContent = text;
    return element;
  }

  function button(text, press) {
    var element = make("button", "cb-button", text);
    element.type = "button";
    element.addEventListener("click", press);
    return element;
  }

  function megabytes(bytes) {
    return Math.round(bytes / 1e6);
  }

  /* What a reader wrote, kept in the browser where it allows that. */
  function memory(id, first) {
    var key = "casebook-try:" + location.pathname + "#" + id;
    return {
      read: function () {
        try {
          return localStorage.getItem(key);
        } catch (refused) {
          return null;
        }
      },
      /* Tells whether it is kept: in place of a storage that is refused, pages of the book have one
         that forgets. */
      write: function (text) {
        try {
          if (!(localStorage instanceof Storage)) return false;
          if (text === first) localStorage.removeItem(key);
          else localStorage.setItem(key, text);
          return true;
        } catch (refused) {
          return false;
        }
      },
    };
  }

  function cell(block, folder) {
    var printed = block.querySelector("pre");
    var first = printed.textContent.replace(/\n$/, "");
    var kept = memory(block.id, first);
    var total = Number(block.dataset.bytes);
    var where = {
      script: folder + "tryit-worker.js",
      folder: new URL(block.dataset.python, document.baseURI).href,
      packages: block.dataset.packages.split(" "),
    };
    var python = window.casebookTry.python;
    var begun = 0;
    var running = null; // the run that the output belongs to
    var slow;
    var beforeReset = null;

    var body = make("div", "cb-try-body");
    var keys = make("p", "cb-try-keys", KEYS);
    var bar = make("progress");
    var loaded = make("span", "cb-try-loaded");
    var loading = make("p", "cb-try-loading");
    var said = make("p", "cb-try-status");
    var output = make("div", "cb-try-output");
    var buttons = make("p", "cb-try-buttons");
    var run = button("Run", perform);
    var stop = button("Stop", end);
    var reset = button("Reset", restore);
    var editor = window.casebookTry.editor({
      text: kept.read() || first,
      label: "Python lines: " + block.querySelector(".cb-try-title").textContent,
      describedBy: block.id + "-keys",
      say: say,
      onRun: perform,
      onChange: changed,
    });

    function say(text) {
      said.textContent = text;
    }

    function changed(text) {
      editor.mark(0);
      printed.textContent = text; // for paper
      beforeReset = null;
      reset.textContent = "Reset";
      keys.textContent = kept.write(text) ? KEYS : KEYS + NOT_KEPT;
    }

    function restore() {
      var other = beforeReset === null ? first : beforeReset;
      var undone = beforeReset === null ? editor.text() : null;
      if (editor.text() !== other) editor.replace(other);
      beforeReset = undone === first ? null : undone;
      reset.textContent = beforeReset === null ? "Reset" : "Undo reset";
    }

    function busy(is) {
      stop.hidden = !is;
      block.classList.toggle("cb-try-busy", is);
      if (!is) output.style.minHeight = "";
      clearTimeout(slow);
    }

    function perform() {
      if (running) return say("Python is still at work. Stop ends it.");
      var shown = 0;
      var mine = {
        running: function () {
          if (running !== mine) return;
          loading.hidden = true;
          say("Running.");
          slow = setTimeout(function () {
            say("Running for ten seconds now. If it does not end, Stop ends it.");
          }, SLOW);
        },
        piece: function (piece) {
          if (running !== mine) return;
          shown += 1;
          if (shown === 1) output.replaceChildren();
          show(piece);
        },
        done: function () {
          if (running !== mine) return;
          running = null;
          if (!shown) {
            output.replaceChildren();
            say("Done. Nothing is shown: end with a name on a line by itself, or print it.");
          } else if (said.textContent !== "Stopped by an error.") say("Done.");
          busy(false);
        },
        failed: function (why) {
          if (running !== mine) return;
          running = null;
          busy(false);
          explain(why);
        },
      };
      running = mine;
      editor.mark(0);
      output.style.minHeight = output.offsetHeight + "px";
      busy(true);
      say(python.state() === "ready" ? "Running." : "Python is being loaded.");
      python.run(where, editor.text(), mine);
    }

    function end() {
      running = null;
      python.stop().forEach(function (told) {
        told.failed("Stop was pressed in another cell");
      });
      busy(false);
      editor.focus();
      python.start(where);
      say(STOPPED);
    }

    function explain(why) {
      loading.hidden = true;
      say("Python ended.");
      var error = make("div", "cb-try-error");
      var memory = /out of memory|allocation|memory access out of bounds/i.test(why);
      var fetching = /fetch|load|network|script/i.test(why);
      error.append(
        make(
          "p",
          "",
          memory
            ? "These lines asked for more memory than this browser gives. Take fewer rows."
            : fetching
              ? "Python could not be loaded: the connection was lost, or the site is incomplete."
              : "Python ended by itself."
        ),
        make("p", "", "Your lines are still here; Run starts Python again."),
        make("p", "cb-try-name", why.trim().split("\n").pop())
      );
      output.replaceChildren(error);
    }

    function show(piece) {
      if (piece.kind === "text") {
        var before = output.lastElementChild;
        if (!before || before.tagName !== "PRE") {
          before = output.appendChild(make("pre"));
          before.tabIndex = 0;
        }
        before.textContent += piece.text;
      } else if (piece.kind === "html") {
        output.appendChild(make("div")).innerHTML = piece.html;
      } else if (piece.kind === "plot") {
        drawPlot(piece);
      } else {
        showError(piece);
      }
    }

    function drawPlot(piece) {
      var figure = make("figure", "cb-try-plot");
      var live = figure.appendChild(make("div"));
      figure.appendChild(make("figcaption", "", piece.words));
      output.appendChild(figure);
      window.casebookDraw(live, piece.figure);
    }

    function showError(piece) {
      var error = make("div", "cb-try-error");
      var head = error.appendChild(make("p"));
      if (piece.line) head.append(make("strong", "", "Line " + piece.line + ". "));
      head.append(piece.plain);
      if (piece.source) error.appendChild(make("p")).append(make("code", "", piece.source));
      error.appendChild(make("p", "cb-try-name", piece.name));
      if (piece.line) {
        editor.mark(piece.line);
        var go = button("Go to line " + piece.line, function () {
          editor.goTo(piece.line);
        });
        error.appendChild(make("p")).append(go);
      }
      var details = error.appendChild(make("details"));
      details.append(make("summary", "", "All that Python says"));
      details.appendChild(make("pre", "", piece.traceback)).tabIndex = 0;
      output.appendChild(error);
      say("Stopped by an error.");
    }

    python.listen({
      loading: function (bytes) {
        if (!bytes) begun = performance.now();
        var rate = bytes / (performance.now() - begun);
        var left = Math.max(0, (total - bytes) / rate / 1000);
        bar.value = Math.min(bytes / total, 1);
        loading.hidden = false;
        loaded.textContent =
          bytes < total
            ? "Loading Python with its tables, " + megabytes(bytes) + " of " + megabytes(total) +
              " MB" + (left > 2 && isFinite(left) ? ", about " + Math.ceil(left) + " seconds more" : "") +
              ". They come once; then Python starts within seconds."
            : python.state() === "ready"
              ? "Loading a package that these lines import."
              : "All is loaded. Python is starting; this takes some seconds.";
      },
      ready: function () {
        loading.hidden = true;
        if (!running) say("Python is ready.");
      },
      failed: function (why) {
        if (!running) explain(why);
      },
    });

    keys.id = block.id + "-keys";
    bar.max = 1;
    bar.setAttribute("aria-label", "Loading Python");
    loading.append(bar, loaded);
    loading.hidden = true;
    said.setAttribute("role", "status");
    output.setAttribute("aria-live", "polite");
    run.classList.add("cb-try-run");
    stop.hidden = true;
    buttons.append(run, " ", stop, " ", reset);
    body.append(editor.element, keys, buttons, loading, said, output);
    block.append(body);
    block.classList.add("cb-try-open");
    block.querySelector(".cb-try-start").remove();
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
    printed.textContent = editor.text();
    perform();
    if (!kept.write(editor.text())) keys.textContent = KEYS + NOT_KEPT;
    if (editor.text() !== first) {
      say("Your lines of last time are back; Reset brings the first ones. " + said.textContent);
    }
  }

  window.casebookTry = window.casebookTry || {};
  window.casebookTry.cell = cell;
})();
