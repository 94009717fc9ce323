/* Opens a notebook in JupyterLite: says what is loaded and how large it is, keeps a learner's
   notebook of an earlier edition under a name of its own, and explains what a browser refuses. */
(function () {
  "use strict";

  const at = (id) => document.getElementById(id);
  const here = new URL("./", location.href);
  // JupyterLite names its storage so, by the folder it is served from.
  const STORAGE = `JupyterLite Storage - ${here.pathname}`;
  const megabytes = (bytes) => Math.round(bytes / 1e6);

  function theme() {
    let chosen = null;
    try {
      chosen = localStorage.getItem("mode");
    } catch (refused) {
      // Storage is refused: the system's setting decides.
    }
    const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }

  function say(text) {
    at("status").textContent = text;
  }

  function note(text) {
    const line = document.createElement("p");
    line.className = "note";
    line.textContent = text;
    at("notes").append(line);
  }

  function action(text, href, download) {
    const link = document.createElement("a");
    link.className = "button";
    link.textContent = text;
    link.href = href;
    if (download) link.download = download;
    at("actions").append(link);
  }

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /* The learner's files, or null where there are none yet; rejects where storage is refused. */
  async function storage() {
    const request = indexedDB.open(STORAGE);
    let fresh = false;
    request.onupgradeneeded = () => {
      // Not ours to make: JupyterLite makes it with the stores it needs.
      fresh = true;
      request.transaction.abort();
    };
    try {
      const database = await settled(request);
      return database.objectStoreNames.contains("files") ? database : null;
    } catch (error) {
      if (fresh) return null;
      throw error;
    }
  }

  /* Tells whether anything can be stored: a private window may refuse only when written to. */
  async function storable() {
    const probe = await settled(
      Object.assign(indexedDB.open("casebook-probe"), {
        onupgradeneeded: (event) => event.target.result.createObjectStore("probe"),
      }),
    );
    const written = probe.transaction("probe", "readwrite").objectStore("probe").put(1, "written");
    await settled(written);
    probe.close();
    indexedDB.deleteDatabase("casebook-probe");
  }

  function keptName(name, taken) {
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const stem = name.replace(/\.ipynb$/, "");
    let kept = `${stem} (yours until ${day}).ipynb`;
    for (let count = 2; taken.includes(kept); count += 1) {
      kept = `${stem} (yours until ${day}, ${count}).ipynb`;
    }
    return kept;
  }

  /* Puts the learner's notebook of another edition aside; returns the name it is kept under. */
  async function keepOld(database, name, edition) {
    const files = database.transaction("files", "readwrite").objectStore("files");
    const old = await settled(files.get(name));
    if (!old || !old.content || !old.content.metadata) return null;
    const began = (old.content.metadata.casebook || {}).edition;
    if (began === edition) return null;
    const kept = keptName(name, await settled(files.getAllKeys()));
    files.put({ ...old, name: kept, path: kept }, kept);
    await settled(files.delete(name));
    return kept;
  }

  /* Fetches what Python needs, so that the wait is seen as what it is. */
  async function load(sizes) {
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    const waiting = Object.keys(sizes);
    let done = 0;
    let failed = false;
    const bar = at("progress");
    bar.hidden = false;
    async function next() {
      const file = waiting.shift();
      if (!file || failed) return;
      try {
        const answer = await fetch(`static/pyodide/${file}`);
        if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
        await answer.arrayBuffer();
      } catch (error) {
        failed = true;
        throw new Error(`${file} (${error.message})`);
      }
      if (failed) return;
      done += sizes[file];
      bar.value = done / total;
      say(
        `Loading Python with its packages: ${megabytes(done)} of ${megabytes(total)} MB. ` +
          "They come once; the next time your browser has them. Python then takes 10 to 30 seconds to start.",
      );
      await next();
    }
    await Promise.all([next(), next(), next(), next()]);
  }

  async function main() {
    theme();
    if (location.protocol === "file:") {
      say("Python in the browser needs a server.");
      note(
        "This copy of the book was opened as a file. Open it at its address on the web, or serve " +
          "it on your own machine with: make serve. You can also download the notebook from its page.",
      );
      return;
    }
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      say("This browser cannot run Python.");
      note("It has no WebAssembly. A current Firefox, Chrome, Edge or Safari has; or download the notebook from its page in the book.");
      return;
    }
    const known = await (await fetch("open.json", { cache: "no-cache" })).json();
    const asked = new URLSearchParams(location.search).get("notebook") || "";
    const name = Object.hasOwn(known.notebooks, asked) ? asked : "warm-up.ipynb";
    const book = known.notebooks[name];
    const target = (file) => `notebooks/index.html?path=${encodeURIComponent(file)}${location.hash}`;
    at("title").textContent = book.title;
    document.title = `${book.title} – The Mali Casebook`;
    at("back").href = `../exercises/${name.replace(/ipynb$/, "html")}`;
    if (name !== asked && asked) note(`There is no notebook ${asked} here.`);

    let stops = name !== asked && Boolean(asked);
    let kept = null;
    try {
      await storable();
      const database = await storage();
      if (database) kept = await keepOld(database, name, book.edition);
      if (database) database.close();
    } catch (refused) {
      stops = true;
      note(
        "Your browser refuses to store anything for this site, as private windows and strict settings do. " +
          "The notebook may not open, and what you write will be lost when the page closes. " +
          "Allow storage (cookies and site data) for this site, use an ordinary window, or download the notebook.",
      );
    }
    if (kept) {
      stops = true;
      note(
        `This notebook has changed since you began it. Yours is kept, with all your answers, as “${kept}”. ` +
          "The new edition opens empty; copy over what still fits.",
      );
    }
    if (!("serviceWorker" in navigator)) {
      stops = true;
      note(
        "Your browser allows no service worker here (private windows and addresses without https do that). " +
          "The notebook works, but the list of what you have solved is lost when you close it.",
      );
    }
    try {
      await load(known.files);
    } catch (error) {
      say("Not everything could be loaded: the connection was lost, or the site is incomplete.");
      note(`Missing: ${error.message}. Load this page again to go on where it stopped.`);
      action("Try again", location.href);
      return;
    }
    at("progress").hidden = true;
    if (!stops) {
      location.replace(target(name));
      return;
    }
    say("Everything is loaded. Python takes 10 to 30 seconds to start.");
    action("Open the notebook", target(name));
    if (kept) action("Open yours", target(kept));
    action("Download the notebook", `files/${encodeURIComponent(name)}`, name);
  }

  main().catch((error) => {
    say("The notebook could not be opened.");
    note(`Your browser says: ${error.message || error}. Load the page again, or download the notebook from its page in the book.`);
  });
})();
