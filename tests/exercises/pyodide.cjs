/* Runs the tasks of a file in Pyodide, as the browser does: node pyodide.cjs FOLDER TASKS.json
   Prints how many right and wrong answers were judged as they should be, and those that were not. */
"use strict";
const fs = require("fs");
const path = require("path");

const RUN = `
import json
from casebook.checks import keys
from casebook.checks.asking import compare

def judge(source, state, variable, task):
    state.pop(variable, None)
    exec(source, state)
    return compare(keys.task(task), state[variable]).kind

told = {"judged": 0, "failed": []}
for part in json.loads(parts):
    state = {"__name__": part["part"]}
    for task in part["tasks"]:
        for source in task["before"]:
            exec(source, state)
        for kind, source in task["ways"]:
            own = state if source == task["answer"] else {
                name: value.copy() if hasattr(value, "iloc") else value
                for name, value in state.items()
            }
            found = judge(source, own, task["variable"], task["id"])
            told["judged"] += 1
            if found != kind:
                told["failed"].append([task["id"], source, kind, found])
json.dumps(told)
`;

async function main([folder, file]) {
  const { loadPyodide } = require(path.join(process.cwd(), "node_modules/pyodide"));
  const python = await loadPyodide({
    lockFileURL: path.join(folder, "pyodide-lock.json"),
    packageCacheDir: folder,
    stdout: () => {},
  });
  await python.loadPackage(["casebook", "plotly"], { messageCallback: () => {} });
  python.globals.set("parts", fs.readFileSync(file, "utf8"));
  console.log(python.runPython(RUN));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(String(error));
  process.exit(1);
});
