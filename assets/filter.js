/* Filters the rows of a table by native controls: choices, and a box for words. Accents and case
   do not matter. The choices stand in the page's address, so a filtered table can be linked to; a
   link to a row shows it, whatever was filtered before. Without this script the table is whole and
   the controls are not shown. */
(function () {
  "use strict";

  var NOTHING = " Nothing matches: choose less, or show all.";

  function plain(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
  }

  function list(nodes) {
    return Array.prototype.slice.call(nodes);
  }

  function bind(block) {
    var form = block.querySelector(".cb-controls");
    var said = block.querySelector(".cb-readout");
    var controls = list(form.elements).filter(function (control) {
      return control.name;
    });
    var choices = controls.filter(function (control) {
      return control.type !== "search";
    });
    var rows = list(block.querySelectorAll("tbody tr")).map(read);
    var groups = list(block.querySelectorAll(".cb-group"));
    var waiting;

    /* A row is found by its text, and by what the options it belongs to are called. */
    function read(row) {
      var values = {};
      var words = [row.textContent];
      choices.forEach(function (choice) {
        var own = (values[choice.name] = (row.dataset[choice.name] || "").split(";"));
        list(choice.options).forEach(function (option) {
          if (!option.value || own.indexOf(option.value) < 0) return;
          words.push(option.textContent, option.dataset.also || "");
        });
      });
      return { element: row, values: values, words: plain(words.join(" ")) };
    }

    function apply() {
      var shown = 0;
      var tests = controls
        .filter(function (control) {
          return control.value;
        })
        .map(function (control) {
          var wanted = plain(control.value).split(/\s+/);
          if (control.type !== "search") {
            return function (row) {
              return row.values[control.name].indexOf(control.value) >= 0;
            };
          }
          return function (row) {
            return wanted.every(function (word) {
              return row.words.indexOf(word) >= 0;
            });
          };
        });
      rows.forEach(function (row) {
        var fit = tests.every(function (test) {
          return test(row);
        });
        if (row.element.hidden === fit) row.element.hidden = !fit;
        if (fit) shown += 1;
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("tbody tr:not([hidden])");
      });
      var text = shown + " of " + rows.length + " " + block.dataset.what + ".";
      said.textContent = shown ? text : text + NOTHING;
    }

    function target() {
      var element = document.getElementById(location.hash.slice(1));
      return element && block.contains(element) ? element : null;
    }

    /* Shows what the address points to, if a filter hides it. */
    function reveal() {
      var element = target();
      if (!element || !element.closest("[hidden]")) return;
      form.reset();
      apply();
      element.scrollIntoView();
    }

    function fromAddress() {
      var asked = new URLSearchParams(location.search);
      controls.forEach(function (control) {
        // A choice that does not exist leaves all rows shown.
        control.value = asked.get(control.name) || "";
        if (control.value !== "" || control.type === "search") return;
        control.selectedIndex = 0;
      });
    }

    function toAddress() {
      var told = new URLSearchParams(location.search);
      controls.forEach(function (control) {
        if (control.value) told.set(control.name, control.value);
        else told.delete(control.name);
      });
      var query = told.toString();
      var element = target();
      var hash = element && element.closest("[hidden]") ? "" : location.hash;
      try {
        history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + hash);
      } catch (denied) {
        // From the disk, or typed too fast for the browser: the address stays as it was.
      }
    }

    function changed() {
      apply();
      clearTimeout(waiting);
      waiting = setTimeout(toAddress, 250);
    }

    form.addEventListener("input", changed);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    form.addEventListener("reset", function () {
      setTimeout(changed);
    });
    window.addEventListener("hashchange", reveal);
    form.reset();
    fromAddress();
    apply();
    reveal();
  }

  list(document.querySelectorAll(".cb-filter")).forEach(bind);
})();
