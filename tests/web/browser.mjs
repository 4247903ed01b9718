// Opens every page of a written site in Chromium: `node browser.mjs FOLDER…`. The site is served on this machine with the headers that its
// `_headers` asks for. A message on the console, a request to another host and a request that fails are mistakes.
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

function serve(folder) {
  const known = rules(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    for (const rule of known) {
      const matches = rule.path.endsWith("*") ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
      for (const [name, value] of matches ? rule.headers : []) response.setHeader(name, value);
    }
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function addresses(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

let opened = 0;
const mistakes = [];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });
for (const folder of process.argv.slice(2)) {
  const server = await serve(folder);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const page = await browser.newPage();
  let file;
  const wrong = (what) => mistakes.push(`${folder}/${file}: ${what}`);
  page.on("console", (message) => wrong(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong(error));
  page.on("request", (request) => new URL(request.url()).origin === origin || request.url().startsWith("data:") || wrong(`asks ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || wrong(`${response.status()} of ${response.url()}`));
  page.on("requestfailed", (request) => request.failure()?.errorText === "net::ERR_ABORTED" || wrong(`${request.url()} failed`));
  for (file of addresses(folder)) {
    const address = `${origin}/${file.split("/").map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1")}`;
    await page.goto(address, { waitUntil: "load" });
    if (/http-equiv="refresh"/.test(readFileSync(join(folder, file), "utf8"))) {
      await page.waitForURL((url) => url.href !== address, { timeout: 10_000 }).catch(() => wrong("leads nowhere"));
    }
    opened += 1;
  }
  await page.close();
  server.close();
  server.closeAllConnections();
}
await browser.close();
mistakes.forEach((mistake) => console.log(mistake));
console.log(`${opened} pages, ${mistakes.length} mistakes`);
process.exit(opened > 0 && mistakes.length === 0 ? 0 : 1);
