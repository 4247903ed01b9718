// What the tests in a browser share: the browser, a written site served on this machine with the headers that its `_headers` asks for, and the
// kinds of page in it. It knows nothing of what is tested.
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative } from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** What every page is one of, by where it lies; the first that matches. Pages of another language are `translated` ones. */
const KINDS = [
  ["not found", /^404\.html$/],
  ["home", /^index\.html$/],
  ["search", /^search\//],
  ["updates", /^updates\//],
  ["archive", /^archive\/index/],
  ["year", /^archive\/\d/],
  ["linked from", /\/linked-from\//],
  ["comparison", /\/v\/[^/]+\/changes\//],
  ["version", /\/v\/[^/]+\/index/],
  ["page of a list", /(^|\/)page\/\d/],
  ["list of authors", /^authors\/index/],
  ["author", /^authors\//],
  ["list of series", /^series\/index/],
  ["series", /^series\//],
  ["list of tags", /^tags\/index/],
  ["tag", /^tags\//],
  ["list of topics", /^topics\/index/],
  ["topic", /^topics\//],
  ["list of people", /^people\/index/],
  ["person", /^people\//],
  ["list of others", /^(organisations|places|agreements)\/index/],
  ["organisation", /^organisations\//],
  ["place", /^places\//],
  ["agreement", /^agreements\//],
  ["section", /^(briefings|remarks)\/index/],
  ["briefing", /^briefings\//],
  ["page", /^(\w+\/)?[^/]+\/index/],
];

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });

/** The rules of `_headers`: a path, which may end in `*`, and below it indented headers. */
function rules(folder) {
  const path = join(folder, "_headers");
  const found = [];
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    const header = /^\s+([^:]+):\s*(.*)$/.exec(line);
    if (header) found.at(-1).headers.push([header[1], header[2]]);
    else if (line.trim()) found.push({ path: line.trim(), headers: [] });
  }
  return found;
}

/** Serves a folder below the path that its `_headers` are for. */
export async function serve(folder) {
  const known = rules(folder);
  const base = /^\/(?:.*\/)?/.exec(known[0]?.path ?? "/")[0];
  const find = (path) => {
    const file = join(folder, path.startsWith(base) ? path.slice(base.length) : "/nowhere");
    return existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = find(path);
    for (const rule of known) {
      const matches = rule.path.endsWith("*") ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
      for (const [name, value] of matches ? rule.headers : []) response.setHeader(name, value);
    }
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    folder,
    origin,
    files: htmls(folder),
    address: (file) => `${origin}${base}${file.split("/").map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1")}`,
    bytes: (address) => readFileSync(find(decodeURIComponent(new URL(address).pathname))),
    read: (file) => readFileSync(join(folder, file), "utf8"),
    close: () => { server.close(); server.closeAllConnections(); },
  };
}

function htmls(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export const isRedirect = (site, file) => /http-equiv="refresh"/.test(site.read(file));

function kind(site, file) {
  if (isRedirect(site, file)) return "redirect";
  const [, translated, path] = /^([a-z]{2}\/)?(.*)$/.exec(file);
  const name = KINDS.find(([, where]) => where.test(path))?.[0];
  if (!name) throw new Error(`${site.folder}/${file} is of no kind that is known: say in tests/web/site.mjs which it is`);
  return translated ? `translated ${name}` : name;
}

/** Of each kind of page the first and the longest one, and all the briefings if they are asked for. */
function examples(site, { allBriefings = false } = {}) {
  const all = new Map();
  for (const file of site.files) all.set(kind(site, file), [...(all.get(kind(site, file)) ?? []), file]);
  return [...all].flatMap(([kind, files]) => {
    const longest = [...files].sort((one, other) => site.read(other).length - site.read(one).length)[0];
    const some = allBriefings && /briefing$/.test(kind) ? files : new Set([files[0], longest]);
    return [...some].map((file) => ({ kind, file, site, address: site.address(file) }));
  });
}

/**
 * The pages to look at: examples of each site, the first of which is the demonstration, and those of a preview that are not public elsewhere.
 * Each says as `from` which of the three it is of.
 */
export async function gather(folders, preview) {
  const sites = await Promise.all(folders.map(serve));
  const pages = sites.flatMap((site, place) => examples(site, { allBriefings: place > 0 }).map((page) => ({ ...page, from: place > 0 ? "edges" : "site" })));
  const draft = preview && (await serve(preview));
  const isPublic = (file) => sites.some((site) => site.files.includes(file));
  const some = draft ? examples(draft, { allBriefings: true }).filter(({ kind, file }) => kind === "home" || !isPublic(file)) : [];
  pages.push(...some.map((page) => ({ ...page, from: "preview" })));
  return { sites, pages, close: () => { for (const site of [...sites, draft]) site?.close(); } };
}

/** Gives each of the items to `work`, a few at a time. */
export async function few(count, items, work) {
  const left = [...items];
  const lane = async (number) => { while (left.length) await work(left.shift(), number); };
  await Promise.all(Array.from({ length: count }, (_, number) => lane(number)));
}
