/* The page's one Python, in a worker: started when first needed, shared by the cells of the page,
   ended by Stop, by a failure, or when the page goes. */
(function () {
  "use strict";

  var worker = null;
  var state = null; // "loading" or "ready"
  var last = 0;
  var waiting = {}; // by number of the run: who is told
  var listeners = []; // who is told how the loading goes

  function tell(name, detail) {
    listeners.forEach(function (listener) {
      if (listener[name]) listener[name](detail);
    });
  }

  function drop() {
    if (worker) worker.terminate();
    worker = null;
    state = null;
    var ended = waiting;
    waiting = {};
    return Object.keys(ended).map(function (number) {
      return ended[number];
    });
  }

  function fail(reason) {
    drop().forEach(function (told) {
      told.failed(reason);
    });
    tell("failed", reason);
  }

  /* Where: { script, folder, packages }. */
  function start(where) {
    if (worker) return;
    state = "loading";
    tell("loading", 0);
    try {
      worker = new Worker(where.script);
    } catch (refused) {
      fail("the browser allows no worker here");
      return;
    }
    worker.onerror = function (event) {
      event.preventDefault();
      fail(event.message || "a script is missing");
    };
    worker.onmessage = function (event) {
      var said = event.data;
      if (said.failed) fail(said.failed);
      else if (said.ready) {
        state = "ready";
        tell("ready");
      } else if (said.loaded) tell("loading", said.loaded);
      else if (said.run && waiting[said.run]) {
        var told = waiting[said.run];
        if (said.done) delete waiting[said.run];
        if (said.running) told.running();
        else if (said.done) told.done();
        else told.piece(said.piece);
      }
    };
    worker.postMessage({ folder: where.folder, packages: where.packages });
  }

  window.casebookTry = window.casebookTry || {};
  window.casebookTry.python = {
    start: start,
    listen: function (listener) {
      listeners.push(listener);
    },
    state: function () {
      return state;
    },
    /* Runs lines after those that wait; told: { running(), piece(piece), done(), failed(why) }. */
    run: function (where, code, told) {
      start(where);
      if (!worker) return told.failed("the browser allows no worker here");
      last += 1;
      waiting[last] = told;
      worker.postMessage({ run: last, code: code });
    },
    /* Ends Python; returns who was waiting for it. */
    stop: drop,
  };
})();
