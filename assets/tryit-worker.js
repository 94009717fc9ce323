/* Python for the "Try it" cells of a page, in a worker of its own, so that an endless loop can be
   ended. Told where Python lies and what to load; then runs lines and posts the pieces that
   casebook/tryit.py makes of them. */
(function () {
  "use strict";

  var BLOCK = 65536; // bytes in which WebAssembly counts memory
  var MOST = 320 * 1024 * 1024; // of memory, so that a phone does not close the page
  var python;
  var tryit;
  var ready;

  /* Beyond the limit Python is refused memory, which it reports as a MemoryError. */
  function limitMemory() {
    var grow = WebAssembly.Memory.prototype.grow;
    WebAssembly.Memory.prototype.grow = function (blocks) {
      if (this.buffer.byteLength + blocks * BLOCK > MOST) throw new RangeError("out of memory");
      return grow.call(this, blocks);
    };
  }

  /* Counts what arrives, so that the reader sees how far it is. */
  function countBytes() {
    var fetched = self.fetch;
    var loaded = 0;
    var told = 0;
    function tell(chunk, onward) {
      loaded += chunk.byteLength;
      onward.enqueue(chunk);
      if (performance.now() - told < 150) return;
      told = performance.now();
      self.postMessage({ loaded: loaded });
    }
    self.fetch = function () {
      return fetched.apply(self, arguments).then(function (answer) {
        if (!answer.body) return answer;
        return new Response(answer.body.pipeThrough(new TransformStream({ transform: tell })), {
          status: answer.status,
          headers: answer.headers,
        });
      });
    };
  }

  function nothing() {}
  var silent = { messageCallback: nothing, errorCallback: nothing };

  async function start(folder, packages) {
    limitMemory();
    countBytes();
    importScripts(folder + "pyodide.js");
    python = await self.loadPyodide({ indexURL: folder, packages: packages, stdout: nothing });
    packages.forEach(function (name) {
      if (!python.loadedPackages[name]) throw new Error("failed to load " + name);
    });
    tryit = python.pyimport("casebook.tryit");
    self.postMessage({ ready: true });
  }

  async function run(number, code) {
    await python.loadPackagesFromImports(code, silent);
    self.postMessage({ run: number, running: true });
    tryit.run(code, function (piece) {
      self.postMessage({ run: number, piece: JSON.parse(piece) });
    });
    self.postMessage({ run: number, done: true });
  }

  self.onmessage = function (event) {
    var told = event.data;
    if (told.folder) ready = start(told.folder, told.packages);
    ready
      .then(function () {
        if (told.run) return run(told.run, told.code);
      })
      .catch(function (error) {
        self.postMessage({ failed: String((error && error.message) || error) });
      });
  };
})();
