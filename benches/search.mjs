// What a search costs whoever asks: `node benches/search.mjs FOLDER` of a built site. The engine of the theme answers questions made of the site's own
// words, of the kinds that cost most; for each the bytes are summed that a browser would load for it, compressed as brotli does, with the cards of ten
// results and the ten pages that their sentences come from, and the time is taken that the answer needs when all of that is there.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { load } from "../tests/search/engine.mjs";

const [folder] = process.argv.slice(2);
const { open, path, read } = await load(folder);
const head = JSON.parse(read("index.json"));

const sizes = new Map();
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const size = (file) => {
  if (!sizes.has(file)) {
    const bytes = readFileSync(join(folder, file));
    sizes.set(file, { raw: bytes.length, sent: brotliCompressSync(bytes, options).length });
  }
  return sizes.get(file);
};

// Forms by the number of pages that have them.
const forms = Array.from({ length: head.forms.files.length / 12 }, (_, at) => head.forms.files.slice(12 * at, 12 * at + 12))
  .flatMap((name) => read(`index/${name}.txt`).split("\n").slice(0, -1))
  .map((line) => line.split("\t"))
  .map(([form, pages]) => ({ form, pages: Number(pages) }))
  .filter(({ form }) => /^\p{L}{4,}$/u.test(form))
  .sort((one, other) => other.pages - one.pages);
const common = forms.filter(({ pages }) => pages > head.pages / 5).map(({ form }) => form);
const frequent = forms.filter(({ pages }) => pages <= head.pages / 5).map(({ form }) => form);
const rare = frequent.slice(-2000);
const pick = (list, count, from = 0) => Array.from({ length: count }, (_, at) => list[(from + at * 7) % list.length]).filter(Boolean);
const mistyped = (word) => word.slice(0, 2) + "x" + word.slice(3);

const questions = {
  "one common word": pick(common, 8).map((word) => `${word} `),
  "one frequent word": pick(frequent, 8).map((word) => `${word} `),
  "two frequent words": [0, 3, 6, 9].map((at) => `${pick(frequent, 2, at).join(" ")} `),
  "four frequent words": [0, 3, 6, 9].map((at) => `${pick(frequent, 4, at).join(" ")} `),
  "eight words, common and frequent": [0, 3, 6].map((at) => `${[...pick(common, 4, at), ...pick(frequent, 4, at)].join(" ")} `),
  "eight frequent words": [0, 3, 6].map((at) => `${pick(frequent, 8, at).join(" ")} `),
  "a beginning of three letters": pick(frequent, 8).map((word) => word.slice(0, 3)),
  "one mistyped word": pick(frequent, 6).map((word) => `${mistyped(word)} `),
  "a rare word": pick(rare, 6).map((word) => `${word} `),
  "a phrase": [0, 3, 6].map((at) => `"${pick(frequent, 2, at).join(" ")}" `),
  "a filter": [`status:published ${frequent[0]} `, `type:briefing ${frequent[1]} `],
};

console.log(`${head.pages} pages; the index: ${readdirSync(join(folder, "search/index")).length} files; the directory: ${size("search/index.json").sent} bytes`);
console.log("| question | bytes sent, most | as they are, most | answer when all is there, most |\n|---|--:|--:|--:|");
for (const [kind, asked] of Object.entries(questions)) {
  const most = { sent: 0, raw: 0, time: 0 };
  for (const question of asked) {
    const taken = new Set();
    const take = async (name) => {
      taken.add(path(name));
      return read(name);
    };
    const engine = await open(take);
    const { results } = await engine.find(question);
    const started = performance.now();
    await engine.find(question);
    most.time = Math.max(most.time, performance.now() - started);
    for (const { number } of results.slice(0, 10)) {
      const { address } = await engine.card(number);
      taken.add(`${decodeURIComponent(address).slice(1)}index.html`);
    }
    const sum = (what) => [...taken].reduce((sum, file) => sum + size(file)[what], 0);
    most.sent = Math.max(most.sent, sum("sent"));
    most.raw = Math.max(most.raw, sum("raw"));
  }
  const kb = (bytes) => `${Math.round(bytes / 1000)} kB`;
  console.log(`| ${kind} | ${kb(most.sent)} | ${kb(most.raw)} | ${Math.round(most.time)} ms |`);
}
