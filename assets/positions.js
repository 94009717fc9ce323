/* Lets a reader change any position in the matrix of "One message, many voices", measures the
   agreement of every issue anew, and keeps the changes in the address, so that they can be shared.
   The score is that of `casebook/analysis/agreement.py`. Nothing of an address is ever written into the
   page: it only chooses among the actors, issues and steps that the page has already. */
(function () {
  "use strict";

  var STEPS = ["-2", "-1", "0", "1", "2"];
  var UNKNOWN = "unknown";
  var LONGEST = 6000; // characters; all cells together need less than half
  var ENTRY = /^([a-z_]{1,40}\.[a-z_]{1,40})\.(-[12]|[012]|unknown)$/;

  function pairsOf(count) {
    return (count * (count - 1)) / 2;
  }

  /* Agreeing pairs, from how many actors stand on each step. */
  function agreeing(counts, near) {
    return counts.reduce(function (sum, count, i) {
      return sum + pairsOf(count) + (near && i ? counts[i - 1] * count : 0);
    }, 0);
  }

  /* Calls back with every way to spread so many unknown positions over the steps. */
  function eachFilling(counts, unknown, from, callback) {
    if (from === STEPS.length - 1) {
      counts[from] += unknown;
      callback(counts);
      counts[from] -= unknown;
      return;
    }
    for (var here = 0; here <= unknown; here += 1) {
      counts[from] += here;
      eachFilling(counts, unknown - here, from + 1, callback);
      counts[from] -= here;
    }
  }

  function measure(values, near) {
    var counts = STEPS.map(function (step) {
      return values.filter(function (value) {
        return value === step;
      }).length;
    });
    var known = counts.reduce(function (sum, count) {
      return sum + count;
    }, 0);
    var result = {
      actors: values.length,
      known: known,
      knownPairs: pairsOf(known),
      pairs: pairsOf(values.length),
      agreeing: agreeing(counts, near),
      low: Infinity,
      high: -Infinity,
    };
    eachFilling(counts, values.length - known, 0, function (filled) {
      var score = agreeing(filled, near);
      result.low = Math.min(result.low, score);
      result.high = Math.max(result.high, score);
    });
    return result;
  }

  function inWords(one) {
    if (one.known === one.actors) {
      return one.agreeing + " of " + one.pairs + " pairs agree, nothing unknown";
    }
    var known = one.knownPairs
      ? one.agreeing + " of " + one.knownPairs + " known pairs agree"
      : "no pair with both positions known";
    return known + "; with the unknown from " + one.low + " to " + one.high + " of " + one.pairs;
  }

  function signed(value) {
    if (value === UNKNOWN) return "?";
    return value.replace("-", "\u2212").replace(/^([12])$/, "+$1");
  }

  function counted(count, one, many) {
    return count === 1 ? "1 " + one : count + " " + many;
  }

  function bind(block) {
    var page = JSON.parse(block.querySelector(".cb-positions-data").textContent);
    var form = block.querySelector("form");
    var said = block.querySelector(".cb-readout");
    var detail = block.querySelector(".cb-positions-detail");
    var link = block.querySelector("#positions-link");
    var cells = new Map(); // "actor.issue" -> its parts
    var actors = Object.keys(page.actors);
    var issues = Object.keys(page.issues);

    function chosen(name) {
      return form.querySelector('input[name="' + name + '"]:checked').value;
    }

    function choose(name, value) {
      form.querySelectorAll('input[name="' + name + '"]').forEach(function (input) {
        input.checked = input.value === value;
      });
    }

    /* --- The address ---------------------------------------------------------------------- */

    function address() {
      var changes = [];
      cells.forEach(function (cell, key) {
        if (cell.select.value !== cell.coding) changes.push(key + "." + cell.select.value);
      });
      var parts = [];
      if (changes.length) parts.push("positions=" + changes.join(","));
      if (chosen("voices") !== "asked") parts.push("voices=" + chosen("voices"));
      if (chosen("near") !== "0") parts.push("near=" + chosen("near"));
      if (parts.length && !changes.length) parts.unshift("positions=");
      return parts.length ? "#" + parts.join("&") : "";
    }

    /* Reads a fragment of ours; returns null for any other, such as a heading's. Some mailers
       encode its "=", or take the full stop of the sentence for its end. */
    function read(fragment) {
      if (!/^#positions(=|%3D)/i.test(fragment)) return null;
      var wanted = { cells: new Map(), voices: "asked", near: "0", refused: 0 };
      var text = "";
      try {
        if (fragment.length <= LONGEST) {
          text = decodeURIComponent(fragment.slice(1)).replace(/[.,;:!?)\]>'"\u2019\u201d]+$/, "");
        }
      } catch (error) {
        text = "";
      }
      if (!text) {
        wanted.refused = 1;
        return wanted;
      }
      text.split("&").forEach(function (part) {
        if (part === "voices=all") wanted.voices = "all";
        else if (part === "near=1") wanted.near = "1";
        else if (part.indexOf("positions=") === 0) {
          part
            .slice("positions=".length)
            .split(",")
            .forEach(function (entry) {
              var found = ENTRY.exec(entry);
              if (found && cells.has(found[1]) && !wanted.cells.has(found[1])) {
                wanted.cells.set(found[1], found[2]);
              } else if (entry) wanted.refused += 1;
            });
        } else if (part !== "voices=asked" && part !== "near=0") wanted.refused += 1;
      });
      return wanted;
    }

    function follow() {
      var wanted = read(location.hash);
      if (!wanted) return false;
      cells.forEach(function (cell, key) {
        cell.select.value = wanted.cells.has(key) ? wanted.cells.get(key) : cell.coding;
      });
      choose("voices", wanted.voices);
      choose("near", wanted.near);
      show(null);
      if (wanted.refused) {
        said.textContent =
          counted(wanted.refused, "entry", "entries") +
          " of the link could not be read and " +
          (wanted.refused === 1 ? "is" : "are") +
          " left out. " +
          said.textContent;
      }
      return true;
    }

    function keep() {
      var wanted = location.href.split("#")[0] + address();
      // Some browsers forbid it for a page on disk: the link below still has it.
      try {
        history.replaceState(null, "", wanted);
      } catch (error) {
        link.value = wanted;
      }
      link.value = wanted;
    }

    /* --- What is shown -------------------------------------------------------------------- */

    function place(bar, low, high) {
      bar.style.left = 100 * low + "%";
      bar.style.width = 100 * (high - low) + "%";
    }

    function showScore(issue, group, near) {
      var one = measure(
        group.map(function (actor) {
          return cells.get(actor + "." + issue).select.value;
        }),
        near
      );
      var known = block.querySelector('[data-known="' + issue + '"]');
      var bounds = block.querySelector('[data-bounds="' + issue + '"]');
      var ends = [one.low, one.high].map(function (count) {
        return Math.round((100 * count) / one.pairs);
      });
      known.textContent = one.knownPairs ? one.agreeing + " of " + one.knownPairs : "\u2013";
      bounds.querySelector(".cb-bounds").textContent =
        ends[0] === ends[1] ? String(ends[0]) : ends.join("\u2013");
      place(bounds.querySelector(".cb-bar-chosen"), one.low / one.pairs, one.high / one.pairs);
      var dot = bounds.querySelector(".cb-bar-known");
      dot.hidden = !one.knownPairs;
      if (one.knownPairs) dot.style.left = (100 * one.agreeing) / one.knownPairs + "%";
      return one;
    }

    /* Shows the state of all choices; says what became of one issue, or of none in particular. */
    function show(issue) {
      var all = chosen("voices") === "all";
      var group = all ? actors : page.asked;
      var changed = 0;
      cells.forEach(function (cell) {
        var value = cell.select.value;
        cell.tile.className = "cb-tile cb-tile-" + page.tiles[value];
        cell.tile.textContent = signed(value);
        cell.element.classList.toggle("cb-changed", value !== cell.coding);
        if (value !== cell.coding) changed += 1;
        cell.row.classList.toggle("cb-not-counted", group.indexOf(cell.actor) < 0);
      });
      var words = "";
      issues.forEach(function (name) {
        var one = showScore(name, group, chosen("near") === "1");
        if (name === issue) words = page.issues[name].title + ": " + inWords(one) + ". ";
      });
      said.textContent =
        words +
        (changed
          ? counted(changed, "position", "positions") + " changed from our coding."
          : "Our coding, nothing changed.");
      keep();
    }

    function explain(cell) {
      detail.textContent =
        page.actors[cell.actor] +
        ", " +
        page.issues[cell.issue].title +
        ". " +
        page.details[cell.actor + "." + cell.issue];
    }

    /* --- The choices ---------------------------------------------------------------------- */

    function option(value, text) {
      var element = document.createElement("option");
      element.value = value;
      element.textContent = text;
      return element;
    }

    block.querySelectorAll("[data-cell]").forEach(function (element) {
      var key = element.dataset.cell;
      var parts = key.split(".");
      var cell = {
        element: element,
        row: element.parentElement,
        tile: element.querySelector(".cb-tile"),
        select: document.createElement("select"),
        coding: page.coding[key],
        actor: parts[0],
        issue: parts[1],
      };
      STEPS.slice()
        .reverse()
        .forEach(function (step) {
          var words = signed(step) + " " + page.issues[cell.issue].words[step];
          cell.select.append(option(step, words));
        });
      cell.select.append(option(UNKNOWN, "? unknown"));
      cell.select.value = cell.coding;
      cell.select.autocomplete = "off"; // see the end
      cell.select.setAttribute(
        "aria-label",
        page.actors[cell.actor] + ", " + page.issues[cell.issue].title
      );
      cell.select.setAttribute("aria-describedby", detail.id);
      cell.select.addEventListener("input", function () {
        show(cell.issue);
      });
      cell.select.addEventListener("focus", function () {
        explain(cell);
      });
      element.addEventListener("pointerenter", function () {
        explain(cell);
      });
      element.append(cell.select);
      cells.set(key, cell);
    });

    form.addEventListener("input", function () {
      show(null);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    form.addEventListener("reset", function () {
      setTimeout(function () {
        cells.forEach(function (cell) {
          cell.select.value = cell.coding;
        });
        show(null);
      });
    });
    link.addEventListener("focus", function () {
      link.select();
    });
    window.addEventListener("hashchange", follow);

    // A browser that goes back would restore the choices, perhaps after this, and not what hangs on
    // them: it is told not to, so that tiles, scores and choices always come from the address.
    choose("voices", "asked");
    choose("near", "0");
    link.value = location.href;
    if (follow()) block.scrollIntoView();
  }

  document.querySelectorAll(".cb-positions").forEach(bind);
})();
