// Asks the hosts' own programs what `_redirects` of written sites does: `redirects.mjs FOLDER…`. Each line must lead its old address to the new one and
// nothing else, on Netlify and on Cloudflare. What is asked: every old address, every address of the site, and neighbours of both.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllRedirects } from "@netlify/redirect-parser";
import { build } from "esbuild";
import netlify from "netlify-redirector";

import { addresses } from "./addresses.mjs";

// Cloudflare gives the parser of Pages out as TypeScript.
const FROM = "@cloudflare/pages-shared/";
const entry = `export { parseRedirects } from "${FROM}metadata-generator/parseRedirects"; export { createMetadataObject } from "${FROM}metadata-generator/createMetadataObject"; export { generateRulesMatcher, replacer } from "${FROM}asset-server/rulesEngine";`;
const bundle = await build({ stdin: { contents: entry, resolveDir: import.meta.dirname }, bundle: true, write: false, format: "esm", platform: "node", logLevel: "error" });
const cloudflare = await import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString("base64")}`);

let mistakes = 0;
let asked = 0;
const wrong = (...what) => {
  mistakes += 1;
  console.log(...what);
};

/** Where a browser is led that asks for a path, on each host; as its handlers do it. */
async function hosts(file) {
  const text = readFileSync(file, "utf8");
  const { redirects, errors } = await parseAllRedirects({ redirectsFiles: [file], configRedirects: [], minimal: false });
  for (const error of errors) wrong(`${file}: Netlify: ${error.message}`);
  const matcher = await netlify.parsePlain(text, { jwtSecret: "none", jwtRoleClaim: "none" });
  const parsed = cloudflare.parseRedirects(text);
  for (const line of parsed.invalid) wrong(`${file}: Cloudflare: ${JSON.stringify(line)}`);
  const { staticRules = {}, rules } = cloudflare.createMetadataObject({ redirects: parsed }).redirects ?? {};
  const fill = ({ status, to }, found) => ({ status, to: cloudflare.replacer(to, found) });
  const dynamic = cloudflare.generateRulesMatcher(rules, fill);
  const none = () => "";
  return {
    count: [redirects.length, parsed.rules.length],
    Netlify: (path) => matcher.match({ scheme: "https", host: "example.org", path, query: "", headers: {}, cookieValues: {}, getHeader: none, getCookie: none }),
    Cloudflare: (path) => staticRules[path] ?? dynamic({ request: new Request(`https://example.org${path}`) })[0] ?? null,
  };
}

for (const folder of process.argv.slice(2)) {
  const file = join(folder, "_redirects");
  const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" "));
  const known = new Map(lines.map(([from, to]) => [from, to]));
  const { count, ...ask } = await hosts(file);
  if (count.some((rules) => rules !== lines.length)) wrong(`${file}: ${lines.length} lines, ${count} rules`);
  const all = new Set([...known.keys(), ...addresses(folder)]);
  for (const address of [...all]) {
    const [first, ...rest] = address.slice(1).split("/");
    // A pattern would catch them.
    for (const near of [`/${first}x/${rest.join("/")}`, `/x${address}`, `${address}x/`, `/${first.slice(0, 1)}bout/`, `/${first.slice(0, 1)}/`]) all.add(near.replaceAll("//", "/"));
  }
  for (const address of all) {
    // Hosts take an address with and without the slash at its end for one.
    const expected = known.get(address) ?? known.get(`${address}/`) ?? known.get(address.replace(/\/$/, "")) ?? null;
    for (const [host, lead] of Object.entries(ask)) {
      asked += 1;
      const found = lead(address);
      if (found && found.to !== expected) wrong(`${folder}: ${host} leads ${address} to ${found.to}`);
      if (known.has(address) && (found?.to !== expected || Number(found.status) !== 301)) wrong(`${folder}: ${host} leads ${address} to ${found?.to} and not to ${expected}`);
    }
  }
}
console.log(`${asked} questions, ${mistakes} mistakes`);
process.exit(asked > 0 && mistakes === 0 ? 0 : 1);
