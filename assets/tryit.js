/* The button of a "Try it" cell. Nothing is loaded before it is pressed: then come the editor and
   the rest of the cell, which fetches Python. Opened from the disk, a sentence stands in its
   place, because browsers let no file load Python. */
(function () {
  "use strict";

  var FROM_DISK =
    "To run these lines the book must come from a server: at its address on the web, or on your " +
    "own machine with make serve.";
  var TOO_OLD = "This browser cannot run Python; a current Firefox, Chrome, Edge or Safari can.";
  var SCRIPTS = ["tryit-editor.js", "tryit-python.js", "tryit-cell.js"];
  var folder = document.currentScript.src.replace(/[^/]*$/, "");
  var asked = null;

  function load(name) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = folder + name;
      script.onload = resolve;
      script.onerror = function () {
        script.remove();
        reject();
      };
      document.head.appendChild(script);
    });
  }

  function loadAll() {
    asked = asked || Promise.all(SCRIPTS.map(load));
    return asked;
  }

  function bind(block) {
    var line = block.querySelector(".cb-try-start");
    var button = line.querySelector("button");
    if (location.protocol === "file:" || !window.Worker || !window.WebAssembly) {
      line.textContent = location.protocol === "file:" ? FROM_DISK : TOO_OLD;
      return;
    }
    button.addEventListener("click", function () {
      button.disabled = true;
      loadAll().then(
        function () {
          window.casebookTry.cell(block, folder);
        },
        function () {
          asked = null;
          button.disabled = false;
          button.textContent = "The editor could not be loaded: try again";
        }
      );
    });
  }

  document.querySelectorAll(".cb-try").forEach(function (block) {
    if (block.querySelector(".cb-try-start")) bind(block);
  });
})();
