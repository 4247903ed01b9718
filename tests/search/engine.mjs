// The search of a built site without a browser: the script of its theme, and the files that it reads.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Loads the engine of the site built in `folder`: `open(read)` gives it, `read(name)` a file of the index as text, `path(name)` where that lies below the folder. */
export async function load(folder) {
  const site = resolve(folder);
  const script = readdirSync(join(site, "assets")).find((name) => /^search\.[0-9a-f]+\.js$/.test(name));
  await import(pathToFileURL(join(site, "assets", script)));
  const path = (name) => (name.startsWith("cards/") ? name : join("search", name));
  return { open: globalThis.ChancerySearch.open, path, read: (name) => readFileSync(join(site, path(name)), "utf8") };
}
