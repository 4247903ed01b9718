// Asks the search of a built site with the theme's own script: node ask.mjs PUBLIC < ["question", …] > [["address", …], …]
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { text } from "node:stream/consumers";

const FIRST = 10;
const site = resolve(process.argv[2]);
const script = (await readdir(join(site, "assets"))).find((name) => /^search\.[0-9a-f]+\.js$/.test(name));
await import(pathToFileURL(join(site, "assets", script)));

const read = (name) => readFile(join(site, name.startsWith("cards/") ? name : join("search", name)), "utf8");
const engine = await ChancerySearch.open(read);
const answers = [];
for (const question of JSON.parse(await text(process.stdin))) {
  const { results } = await engine.find(question);
  const cards = await Promise.all(results.slice(0, FIRST).map(({ number }) => engine.card(number)));
  answers.push(cards.map(({ address }) => address));
}
console.log(JSON.stringify(answers));
