// Asks the search of a built site with the theme's own script: node ask.mjs PUBLIC < ["question", …] > [["address", …], …]
import { text } from "node:stream/consumers";
import { load } from "./engine.mjs";

const FIRST = 10;
const { open, read } = await load(process.argv[2]);
const engine = await open(async (name) => read(name));
const answers = [];
for (const question of JSON.parse(await text(process.stdin))) {
  const { results } = await engine.find(question);
  const cards = await Promise.all(results.slice(0, FIRST).map(({ number }) => engine.card(number)));
  answers.push(cards.map(({ address }) => address));
}
console.log(JSON.stringify(answers));
