// The search over an index that was damaged on its way: node damaged.mjs PUBLIC. A question is answered or refused, and never goes on for ever.
import { load } from "./engine.mjs";

const RUNS = 3000;
const QUESTIONS = ["defence spending", "sanct", "articel 5 ", '"north atlantic" -ankara', "topic:defence-spending year:2025 F-35 2 %"];

const { open, read } = await load(process.argv[2]);

// Numbers that are the same in every run (https://en.wikipedia.org/wiki/Linear_congruential_generator).
let state = 1;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

function damage(text) {
  const at = random(text.length);
  const length = 1 + random(20);
  const other = String.fromCodePoint([9, 10, 48, 65, 103, 126, 0x2f, 0x61, 0xe9, 0x4e2d][random(10)]).repeat(random(6));
  return text.slice(0, at) + other + text.slice(at + length);
}

let [answered, refused, changed] = [0, 0, 0];
for (let run = 0; run < RUNS; run += 1) {
  const question = QUESTIONS[run % QUESTIONS.length];
  const whole = run % 7 === 0;
  const take = async (name) => {
    const text = read(name);
    if (whole || random(3) > 0) return text;
    changed += 1;
    return damage(text);
  };
  try {
    const engine = await open(take);
    const { results } = await engine.find(question);
    if (!Array.isArray(results)) throw new TypeError("an answer is a list");
    answered += 1;
  } catch (problem) {
    if (whole) throw problem;
    refused += 1;
  }
}
console.log(`${RUNS} questions, ${changed} damaged files: ${answered} answered, ${refused} refused`);
process.exit(answered > 0 && refused > 0 && changed > RUNS / 2 ? 0 : 1);
