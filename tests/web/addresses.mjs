// The addresses of all pages of a written site, percent-encoded as a browser asks for them.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

export function addresses(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replace(/(^|\/)index\.html$/, "$1"));
  return paths.map((path) => new URL(`https://x/${path.split("/").map(encodeURIComponent).join("/")}`).pathname);
}
