/* Lets a reader overrule verdicts of the scorecard and keep them as a CSV file. Nothing leaves the
   page, and nothing is kept when it is closed. Without this script the block is not shown. */
(function () {
  "use strict";

  /* A cell of a CSV file; a spreadsheet must not take what a reader typed for a formula. */
  function cell(text) {
    var safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  function bind(block) {
    var form = block.querySelector("form");
    var said = block.querySelector(".cb-readout");
    var list = block.querySelector("ul");
    var save = block.querySelector(".cb-save");
    var ours = JSON.parse(block.dataset.ours);
    var theirs = {};

    function key() {
      return form.elements.recommendation.value + "|" + form.elements.year.value;
    }

    function named(id) {
      return id.replace("|", ", end of ");
    }

    function tellOurs() {
      said.textContent = "We say: " + named(key()) + ": " + ours[key()] + ".";
    }

    function show() {
      list.textContent = "";
      Object.keys(theirs)
        .sort()
        .forEach(function (id) {
          var item = document.createElement("li");
          var back = document.createElement("button");
          item.textContent =
            named(id) + ": " + theirs[id].verdict + " (we say: " + ours[id] + "). " +
            theirs[id].reason + " ";
          back.type = "button";
          back.className = "cb-reset";
          back.textContent = "Take back";
          back.setAttribute("aria-label", "Take back " + named(id));
          back.addEventListener("click", function () {
            delete theirs[id];
            show();
            said.textContent = named(id) + ": our verdict stands again.";
            form.elements.recommendation.focus();
          });
          item.appendChild(back);
          list.appendChild(item);
        });
      save.disabled = !list.children.length;
    }

    form.addEventListener("change", function (event) {
      if (event.target.name === "recommendation" || event.target.name === "year") tellOurs();
    });
    form.addEventListener("submit", function (event) {
      var reason = form.elements.reason.value.trim();
      event.preventDefault();
      if (form.elements.verdict.value === ours[key()]) {
        said.textContent = "That is our verdict too. Choose another.";
      } else if (!reason) {
        said.textContent = "A verdict needs a reason. Name an outcome.";
        form.elements.reason.focus();
      } else {
        theirs[key()] = { verdict: form.elements.verdict.value, reason: reason };
        form.elements.reason.value = "";
        show();
        said.textContent = "Overruled: " + named(key()) + ".";
      }
    });
    save.addEventListener("click", function () {
      var lines = Object.keys(ours).map(function (id) {
        var own = theirs[id] || { verdict: ours[id], reason: "" };
        return id.split("|").concat(ours[id], own.verdict, own.reason).map(cell).join(",");
      });
      var link = document.createElement("a");
      lines.unshift("rec_id,year,our_verdict,your_verdict,your_reason");
      link.download = "my-scorecard.csv";
      link.href = URL.createObjectURL(
        new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" })
      );
      link.click();
      setTimeout(function () {
        URL.revokeObjectURL(link.href);
      }, 1000);
    });
    form.reset();
    save.disabled = true;
    tellOurs();
  }

  Array.prototype.forEach.call(document.querySelectorAll(".cb-overrule"), bind);
})();
