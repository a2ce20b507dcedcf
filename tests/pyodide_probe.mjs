// Import the library in Pyodide and ask it a question: node pyodide_probe.mjs FOLDER WHEELS, where
// FOLDER has node_modules with pyodide, and WHEELS the wheels of the library and what it needs.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, wheels] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(folder, "package.json"));
const entry = require.resolve("pyodide/pyodide.mjs");
const { loadPyodide } = await import(pathToFileURL(entry).href);
const pyodide = await loadPyodide();
for (const name of readdirSync(wheels).filter((name) => name.endsWith(".whl"))) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(join(wheels, name))), "wheel");
}
const answer = pyodide.runPython(`
import sys
import time

start = time.perf_counter()
import diplorel as dr

took = time.perf_counter() - start
world = dr.load("vietnam").replay(on="2025-03-12")
partners = world.partners("VNM", at_least="comprehensive-strategic")
assert sys.version_info[:2] == (3, 14), sys.version
assert len(partners) == 12, len(partners)
assert took < 5, f"the import took {took:.1f} s"  # about 1 s, and a busy machine's share
f"Python {sys.version.split()[0]}: imported in {took:.2f} s, {len(partners)} partners"
`);
console.log(answer);
process.exit(0);
