/* Filters the rows of a table by native controls: choices, and a box for words. Accents and case
   do not matter. Without this script the table is whole and the controls are not shown. */
(function () {
  "use strict";

  function plain(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
  }

  function bind(block) {
    var form = block.querySelector(".cb-controls");
    var said = block.querySelector(".cb-readout");
    var rows = Array.prototype.map.call(block.querySelectorAll("tbody tr"), function (row) {
      return { element: row, words: plain(row.textContent), values: row.dataset };
    });

    function fits(row) {
      return Array.prototype.every.call(form.elements, function (control) {
        var wanted = control.value;
        if (!control.name || !wanted) return true;
        if (control.type !== "search") return row.values[control.name] === wanted;
        return plain(wanted)
          .split(/\s+/)
          .every(function (word) {
            return row.words.indexOf(word) >= 0;
          });
      });
    }

    function apply() {
      var shown = 0;
      rows.forEach(function (row) {
        var fit = fits(row);
        row.element.hidden = !fit;
        if (fit) shown += 1;
      });
      said.textContent = shown + " of " + rows.length + " " + block.dataset.what + ".";
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    form.addEventListener("reset", function () {
      setTimeout(apply);
    });
    form.reset();
    // A link to a row shows it, whatever was filtered before.
    window.addEventListener("hashchange", function () {
      form.reset();
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll(".cb-filter"), bind);
})();
