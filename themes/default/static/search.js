// Full-text search over the index beside the search page (docs/search-index.md). The first half is the engine: it reads the index and ranks pages, and
// knows nothing of documents. The second is the page: field, filters, results, address. Without this script the page leads to lists.
// In a scope of its own: other scripts of a page have names too.
(() => {
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
  // Marks that are not typed: of Latin, Greek and Cyrillic letters, of Hebrew and Arabic vowels, and the line that stretches Arabic words.
  const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
  const TOKEN = /[\p{Alphabetic}\p{N}\p{M}]+(?:(?<=\p{N})[.,](?=\p{N})[\p{Alphabetic}\p{N}\p{M}]+)*/gu;
  const PAIRED = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)/u;
  const CLAUSE = /(-?)(?:(topic|tag|author|series|type|year|status):(?:"([^"]*)"?|(\S+))|"([^"]*)("?)|(\S+))/giu;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const MOST_WORDS = 8;
  const MOST_FORMS = 24;
  const MOST_PIECES = 4;
  const [EXACT, PREFIX, NEAR] = [1, 0.8, 0.6];
  // The first text of a page is its title, and the next one begins at this place or later.
  const TITLE = 64;

  const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase().replace(/[ßæœøłđıς]/g, (letter) => LETTERS[letter]);
  const backwards = (text) => [...text].reverse().join("");
  const pause = () => new Promise((done) => setTimeout(done));

  // The tokens of a folded text, each with where it begins and ends.
  function tokens(text) {
    return [...text.matchAll(TOKEN)].flatMap(({ 0: run, index: end }) =>
      run.split(PAIRED).flatMap((part) => {
        const start = end;
        end += part.length;
        const letters = PAIRED.test(part) ? [...part] : [];
        if (letters.length > 1) return letters.slice(1).map((letter, at) => ({ word: letters[at] + letter, start, end }));
        return part ? [{ word: part.replace(/,(?=\p{N}{3}(?!\p{N}))/gu, ""), start, end }] : [];
      }),
    );
  }

  // What to look for in a text: words with the tokens they are made of, which are several in F-35.
  function read(text) {
    const folded = fold(text);
    const all = tokens(folded);
    const joint = (at) => all[at] && folded.slice(all[at - 1].end, all[at].start);
    const found = [];
    for (let at = 0, size; at < all.length; at += size) {
      for (size = 1; /^[-‐–/]$/.test(joint(at + size)); ) size += 1;
      const parts = all.slice(at, at + size);
      const whole = parts.map(({ word }, place) => (place ? joint(at + place).replace(/[‐–]/, "-") : "") + word).join("");
      const isPercent = /^[\p{N}.,]+$/u.test(whole) && /^ ?%/.test(folded.slice(parts[0].end));
      if (isPercent) found.push({ word: `${whole}%`, parts });
      else if (size > 1 && size < 7 && /\p{N}/u.test(whole)) found.push({ word: whole, parts });
      else found.push(...parts.map((part) => ({ word: part.word, parts: [part] })));
    }
    return found;
  }

  // A question as clauses: filters, phrases and words. The last word is open as long as nothing follows it.
  function parse(question) {
    const text = question.replace(/[“”„«»]/g, '"').replace(/(\p{N})\s+%/gu, "$1%");
    let left = MOST_WORDS;
    return [...text.matchAll(CLAUSE)].flatMap(({ 0: all, 1: minus, 2: kind, 3: quoted, 4: value, 5: phrase, 6: closed, 7: plain, index }) => {
      if (kind) return [{ kind: kind.toLowerCase(), value: quoted ?? value, minus }];
      const words = read(phrase ?? plain).slice(0, left);
      left -= words.length;
      const open = !minus && !closed && index + all.length === text.length && words.at(-1);
      if (phrase === undefined) return words.map((word) => ({ ...word, minus, isOpen: word === open }));
      const parts = words.flatMap(({ parts }) => parts.map(({ word }) => word));
      return parts.length ? [{ phrase: parts, minus, isOpen: Boolean(open) }] : [];
    });
  }

  // Whether two words differ by one letter: left out, added, exchanged, or swapped with the next.
  function isNear(one, other) {
    const least = Math.min(one.length, other.length);
    let start = 0;
    let end = 0;
    while (start < least && one[start] === other[start]) start += 1;
    while (end < least - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    const [a, b] = [one, other].map((word) => word.slice(start, word.length - end));
    return (a.length < 2 && b.length < 2) || (a.length === 2 && b === a[1] + a[0]);
  }

  // What a list of numbers says: one is taken after the other.
  function numbers(text) {
    let at = 0;
    const next = () => {
      let sum = 0;
      for (let scale = 1; ; scale *= 32) {
        const digit = DIGITS.indexOf(text[at++]);
        sum += (digit & 31) * scale;
        if (!(digit & 32)) return sum;
      }
    };
    return { next, isLeft: () => at < text.length };
  }

  // The pages of a stem or filter: each with the weight that the word has on it, and its places there.
  function decode(list) {
    const isCommon = list[0] === "~";
    const isPlain = isCommon || list[0] === "=";
    const { next, isLeft } = numbers(isPlain ? list.slice(1) : list);
    const hits = new Map();
    const rising = (isMore, take) => { for (let sum = 0; isMore(); ) take((sum += next())); };
    const times = (count) => () => count-- > 0;
    // The newest first: they stay in that order.
    if (isCommon) while (isLeft()) hits.set(next(), { weight: 16 - hits.size / 50, places: [] });
    else if (isPlain) rising(isLeft, (page) => hits.set(page, {}));
    else while (isLeft()) {
      const weight = next();
      rising(times(next()), (page) => {
        const places = [];
        rising(times(next()), (place) => places.push(place));
        hits.set(page, { weight, places });
      });
    }
    return { hits, isCommon };
  }

  // A sorted list of lines in pieces.
  function pieces({ first, files }, fetched) {
    const known = new Map();
    const place = (key) => Math.max(0, first.findLastIndex((least) => least <= key));
    const load = (at) => {
      if (!known.has(at)) known.set(at, fetched(`index/${files.slice(12 * at, 12 * at + 12)}.txt`).then((text) => text.split("\n").slice(0, -1)));
      known.get(at).catch(() => known.delete(at));
      return known.get(at);
    };
    // Where a key stands among lines, or would.
    const find = (lines, key) => {
      let [low, high] = [0, lines.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (lines[middle] < key) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return {
      place,
      async line(key) {
        if (!first.length) return undefined;
        const lines = await load(place(key));
        const line = lines[find(lines, key)]?.split("\t");
        return line?.[0] === key ? line : undefined;
      },
      // The lines that begin with `start`, of no more pieces than one question may cost.
      async range(start) {
        const from = place(start);
        const to = Math.min(place(`${start}\uffff`), from + MOST_PIECES - 1);
        const loaded = first.length ? await Promise.all(first.slice(from, to + 1).map((_, at) => load(from + at))) : [];
        return loaded.flatMap((lines) => lines.slice(find(lines, start), find(lines, `${start}\uffff`))).map((line) => line.split("\t"));
      },
    };
  }

  // Opens an index. `take` gives the text of a file of it by its name, or fails: `index.json`, `index/NAME.txt`, `cards/N.json`.
  async function open(take) {
    const known = new Map();
    const fetched = (name) => {
      if (!known.has(name)) known.set(name, take(name));
      // What failed may be asked for again.
      known.get(name).catch(() => known.delete(name));
      return known.get(name);
    };
    const head = JSON.parse(await fetched("index.json"));
    const [forms, endings, words] = [head.forms, head.endings, head.words].map((list) => pieces(list, fetched));
    const decoded = new Map();

    async function stem(key) {
      if (!decoded.has(key)) {
        const line = await words.line(key);
        decoded.set(key, line && { ...decode(line[3]), forms: line[1] ? line[1].split(" ") : [key] });
      }
      return decoded.get(key);
    }

    const stems = ([form, , all]) => (all ? all.split(" ") : [form]);
    const frequent = (lines) => lines.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));

    // The forms that differ from a word by one letter: one of its halves is as it should be, or its middle letters are swapped.
    async function near(word) {
      if (word.length < 4 || /[\p{N}]/u.test(word)) return [];
      const half = word.length >> 1;
      const swapped = word.slice(0, half - 1) + word[half] + word[half - 1] + word.slice(half + 1);
      const [starting, ending] = await Promise.all([forms.range(word.slice(0, half)), endings.range(backwards(word.slice(half)))]);
      const all = new Set([swapped, ...starting.map(([form]) => form), ...ending.map(([form]) => backwards(form))]);
      all.delete(word);
      const lines = await Promise.all([...all].filter((form) => isNear(word, form)).map((form) => forms.line(form)));
      return frequent(lines.filter(Boolean)).slice(0, 8);
    }

    // The stems that a word may mean, with how much each counts.
    async function meant(word, isOpen) {
      const exact = await forms.line(word);
      const found = new Map((exact ? stems(exact) : []).map((key) => [key, EXACT]));
      const add = (lines, factor) => lines.forEach((line) => stems(line).forEach((key) => found.has(key) || found.set(key, factor)));
      // Beginnings that all pages have say nothing more.
      const isCommon = exact && (await Promise.all([...found.keys()].map(stem))).some((each) => each?.isCommon);
      const isStart = isOpen && !isCommon && word.length > 2;
      if (isStart) add(frequent(await forms.range(word)).slice(0, MOST_FORMS), PREFIX);
      const others = found.size ? [] : await near(word);
      add(others, NEAR);
      return { found, start: isStart && word, others: others.map(([form]) => form) };
    }

    // What is written itself, and of the rest what stands in few pieces.
    function affordable(found) {
      const read = new Set();
      return [...found].filter(([key, factor]) => {
        const place = words.place(key);
        const isFine = factor === EXACT || read.size < MOST_PIECES || read.has(place);
        if (isFine) read.add(place);
        return isFine;
      });
    }

    // The pages of a word, with what it adds to their score.
    async function pagesOf(word, isOpen) {
      const { found, start, others } = await meant(word, isOpen);
      const all = (await Promise.all(affordable(found).map(async ([key, factor]) => ({ ...(await stem(key)), factor })))).filter(({ hits }) => hits);
      const hits = new Map();
      for (const each of all) {
        for (const [page, { weight, places }] of each.hits) {
          const old = hits.get(page);
          hits.set(page, { score: Math.max(old?.score ?? 0, weight * each.factor), places: old ? old.places.concat(places) : places });
        }
      }
      const rarity = Math.log(1 + (head.pages - hits.size + 0.5) / (hits.size + 0.5));
      for (const hit of hits.values()) hit.score *= rarity / 31;
      const mark = { forms: new Set([word, ...all.filter(({ factor }) => factor !== PREFIX).flatMap(({ forms }) => forms)]), start };
      return { word, hits, rarity, mark, others, span: 1, isCommon: all.some((each) => each.isCommon) };
    }

    // Words at places that follow each other. A common word has no places, and is a gap.
    async function phrase({ phrase: parts, isOpen }) {
      const all = await Promise.all(parts.map((word, at) => pagesOf(word, isOpen && at === parts.length - 1)));
      const told = all.map((group, offset) => ({ ...group, offset })).filter(({ isCommon }) => !isCommon);
      if (!told.length) return all;
      const [first, ...others] = told;
      const hits = new Map();
      for (const [page, hit] of first.hits) {
        const rest = others.map(({ hits, offset }) => ({ hit: hits.get(page), by: offset - first.offset }));
        if (!rest.every(({ hit }) => hit)) continue;
        const starts = hit.places.filter((place) => rest.every(({ hit, by }) => hit.places.includes(place + by)));
        if (starts.length) hits.set(page, { score: rest.reduce((sum, { hit }) => sum + hit.score, hit.score), places: starts.map((place) => place - first.offset) });
      }
      const rarity = told.reduce((sum, group) => sum + group.rarity, 0);
      return [{ ...first, word: parts.join(" "), hits, rarity, span: parts.length, marks: all.map(({ mark }) => mark), others: [] }];
    }

    // A whole such as F-35 first; if nobody has written it, its parts.
    async function groupsOf(clause) {
      if (clause.phrase) return phrase(clause);
      const { word, parts, isOpen } = clause;
      const whole = await pagesOf(word, isOpen);
      if (parts.length < 2 || whole.hits.size) return [{ ...whole, span: parts.length }];
      return Promise.all(parts.map((part, at) => pagesOf(part.word, isOpen && at === parts.length - 1)));
    }

    async function filter({ kind, value }) {
      const slug = tokens(fold(value)).map(({ word }) => word).join("-");
      const lines = await Promise.all([value, value.toLowerCase(), slug].map((each) => stem(`${kind}:${each}`)));
      return lines.find(Boolean)?.hits ?? new Map();
    }

    // Pages that have one of the values for each kind of filter, or all of them where a page has several.
    async function filtered(clauses) {
      const sets = new Map();
      for (const clause of clauses) {
        const key = /topic|tag|author/.test(clause.kind) ? clause : clause.kind;
        const hits = await filter(clause);
        sets.set(key, new Map([...(sets.get(key) ?? []), ...hits]));
      }
      return [...sets.values()];
    }

    // More for words that follow each other as they were asked for, and most in a title.
    function together(groups, page) {
      let sum = 0;
      for (let at = 1; at < groups.length; at += 1) {
        const [one, other] = [groups[at - 1], groups[at]];
        const next = other.hits.get(page).places;
        const place = one.hits.get(page).places.find((place) => next.includes(place + one.span));
        if (place !== undefined) sum += (one.rarity + other.rarity) * (place < TITLE ? 0.5 : 0.25);
      }
      return sum;
    }

    /** The pages that answer a question, the best first, and what was looked for; nothing if `isStale` says that nobody waits for it any more. */
    async function find(question, isStale = () => false) {
      const clauses = parse(question);
      const table = fetched(`index/${head.table}.txt`);
      const groups = [];
      const without = [];
      for (const clause of clauses.filter(({ kind }) => !kind)) {
        await pause();
        if (isStale()) return undefined;
        const found = await groupsOf(clause);
        if (!clause.minus) groups.push(...found);
        // That a page has no common word is not known.
        else if (!found.some(({ isCommon }) => isCommon)) without.push(...(found.length > 1 ? [] : found));
      }
      const kinds = clauses.filter(({ kind }) => kind);
      const [only, no] = await Promise.all([filtered(kinds.filter(({ minus }) => !minus)), filtered(kinds.filter(({ minus }) => minus))]);
      const pages = await table;
      await pause();
      if (isStale()) return undefined;
      const rare = groups.filter(({ isCommon }) => !isCommon);
      const wanted = rare.length ? rare : groups;
      const isOld = kinds.some(({ kind, value, minus }) => kind === "status" && !minus && /^(superseded|withdrawn)$/i.test(value));
      const sets = rare.length ? [...rare.map(({ hits }) => hits), ...only] : only;
      const from = rare.length || !groups.length ? (sets[0] ?? new Map()) : new Map(groups.flatMap(({ hits }) => [...hits]));
      const results = [];
      for (const page of from.keys()) {
        const code = pages.charCodeAt(page) - 49;
        const isOut = !(code >= 0) || (code % 3 === 2 && !isOld) || without.some(({ hits }) => hits.has(page)) || no.some((hits) => hits.has(page));
        if (isOut || !sets.every((hits) => hits.has(page))) continue;
        const words = groups.length ? wanted.reduce((sum, { hits }) => sum + (hits.get(page)?.score ?? 0), together(rare, page)) : 1;
        results.push({ number: page, score: (words / (1 + 0.02 * Math.floor(code / 3))) * (code % 3 === 1 ? 0.9 : 1) });
      }
      results.sort((one, other) => other.score - one.score || other.number - one.number);
      return { isAsked: clauses.length > 0, results, marks: groups.flatMap(({ marks, mark }) => marks ?? [mark]), near: groups.filter(({ others }) => others.length).map(({ word, others }) => ({ word, others })) };
    }

    /** Other questions that have an answer: with a word that differs by one letter or goes on, without one of the words, among pages that are not current. */
    async function instead(text, only, isStale) {
      const plain = parse(text).filter(({ word, minus }) => word && !minus);
      const others = [];
      for (const { word } of plain) {
        const written = text.split(/\s+/).find((part) => fold(part) === word) ?? word;
        let lines = await near(word);
        for (let size = word.length - 1; !lines.length && size > 3; size -= 1) lines = frequent(await forms.range(word.slice(0, size)));
        others.push(...lines.slice(0, 3).map(([form]) => text.replace(written, form)));
        if (plain.length > 1) others.push(text.replace(written, "").replace(/\s+/g, " ").trim());
      }
      others.push(`${text} status:superseded`);
      const found = [];
      for (const other of new Set(others)) if (found.length < 5 && (await find(`${only} ${other} `, isStale))?.results.length) found.push(other);
      return found;
    }

    /** The address and the card of a page. */
    async function card(number) {
      const block = JSON.parse(await fetched(`cards/${number % head.blocks}.json`));
      const [address, card] = Object.entries(block)[Math.floor(number / head.blocks)] ?? [];
      return card && { address, ...card };
    }

    const filters = async () => JSON.parse(await fetched(`index/${head.filters}.txt`));
    return { find, instead, card, filters };
  }

  if (!globalThis.document) {
    globalThis.ChancerySearch = { open, read, parse, isNear };
    return;
  }

  const box = document.querySelector(".search");
  const said = box.dataset;
  const [form, list, status, more] = ["form", "ol", "[role=status]", ".more"].map((part) => box.querySelector(part));
  const field = form.elements.q;
  const choices = [...form.querySelectorAll("select")];
  const details = form.querySelector("details");
  const site = new URL("../", document.currentScript.src);
  const lang = document.documentElement.lang;
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const counts = new Intl.PluralRules(lang);
  const commas = new Intl.ListFormat(lang, { style: "narrow", type: "unit" });
  const sentences = Intl.Segmenter && new Intl.Segmenter(lang, { granularity: "sentence" });
  const WAIT = 80;
  const PART = 10;
  const LONGEST = 280;
  const BLOCKS = "p, li, dt, dd, td, th, pre, caption, figcaption";
  let engine, timer, asked, answer;
  let run = 0;

  const load = async (address) => {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(reply.status);
    return reply.text();
  };
  const take = (name) => load(name.startsWith("cards/") ? new URL(name, site) : name);
  const start = () => {
    engine ??= open(take);
    engine.catch(() => (engine = undefined));
    return engine;
  };
  // The word of this language for a type or a state.
  const named = (kind, value, label) => said[`${kind}_${value}`.replaceAll("-", "_")] ?? label;
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const make = (name, of, ...inside) => {
    const element = Object.assign(document.createElement(name), of);
    element.append(...inside.filter(Boolean));
    return element;
  };

  // The address of a page as it is seen from here: a site may stand in another folder than it was made for.
  const here = location.pathname.replace(/index\.html$/, "");
  const base = said.url.slice(0, said.url.length - (here.length - site.pathname.length));
  const addressOf = (address) => new URL(address.slice(base.length), site).href + (location.pathname.endsWith("index.html") && address.endsWith("/") ? "index.html" : "");

  // Where words that were looked for stand in a text, and which of them it is.
  function hits(text, marks) {
    const which = (word) => marks.findIndex(({ forms, start }) => forms.has(word) || (start && word.startsWith(start)));
    const found = [];
    const look = (run, from) => {
      const words = read(run);
      const at = words.length === 1 ? which(words[0].word) : -1;
      if (at >= 0) found.push({ from, to: from + run.length, at });
      return at >= 0;
    };
    const paired = marks.flatMap(({ forms }, at) => [...forms].filter((form) => PAIRED.test(form)).map((form) => [form, at]));
    for (const { 0: run, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+(?:[.,‐‑–/-][\p{Alphabetic}\p{N}\p{M}]+)*(?: ?%)?/gu)) {
      if (!look(run, index)) for (const part of run.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) look(part[0], index + part.index);
      for (const [form, at] of paired) for (let from = run.indexOf(form); from >= 0; from = run.indexOf(form, from + 1)) found.push({ from: index + from, to: index + from + form.length, at });
    }
    return found.sort((one, other) => one.from - other.from);
  }

  // A text as nodes, with marks: one for words that stand next to each other.
  function marked(text, marks) {
    const runs = [];
    for (const { from, to } of hits(text, marks)) {
      const last = runs.at(-1);
      if (last && (from <= last.to || text.slice(last.to, from) === " ")) last.to = Math.max(to, last.to);
      else runs.push({ from, to });
    }
    return [...runs.flatMap(({ from, to }, at) => [text.slice(runs[at - 1]?.to ?? 0, from), make("mark", {}, text.slice(from, to))]), text.slice(runs.at(-1)?.to ?? 0)];
  }

  // The text of a page in blocks, each with the heading that it stands under. It is read without being run.
  const texts = new Map();
  function blocksOf(address) {
    if (!texts.has(address)) texts.set(address, load(address).then(blocks, () => []));
    return texts.get(address);
  }
  function blocks(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const text = page.querySelector('[itemprop="articleBody"]') ?? page.querySelector("main");
    const found = [];
    let head;
    for (const part of text?.querySelectorAll(`h2, h3, ${BLOCKS}`) ?? []) {
      for (const mark of part.querySelectorAll(".anchor, [role^=doc-]")) mark.remove();
      const words = part.textContent.replace(/\s+/g, " ").trim();
      if (part.matches("h2, h3")) head = part.id && { id: part.id, words };
      else if (!part.querySelector(BLOCKS)) found.push(part.closest(".footnotes") ? { words, isNote: true } : { words, head });
    }
    return found;
  }

  // The sentence that has the most of the words, the nearer to each other the better, and the first of those. Notes and scraps come behind.
  function best(blocks, marks) {
    let top = { score: -1 };
    for (const { words, head, isNote } of blocks) {
      for (const { segment } of sentences?.segment(words) ?? [{ segment: words }]) {
        const found = hits(segment, marks);
        if (!found.length) continue;
        const near = found.filter(({ from, at }, place) => place && at !== found[place - 1].at && from - found[place - 1].to < 2).length;
        const score = new Set(found.map(({ at }) => at)).size + Math.min(near, 3) / 4 - (isNote ? 0.4 : 0) - (segment.length < 40 ? 0.3 : 0);
        if (score > top.score) top = { score, text: cut(segment.trim(), found[0].from), head };
      }
    }
    return top;
  }

  // Not too much of a long sentence: what is around its first mark.
  function cut(text, at) {
    if (text.length <= LONGEST) return text;
    const from = at > LONGEST / 2 ? text.indexOf(" ", at - LONGEST / 3) + 1 : 0;
    const to = text.lastIndexOf(" ", from + LONGEST);
    return (from ? "… " : "") + text.slice(from, to > from ? to : from + LONGEST) + (to > from && from + LONGEST < text.length ? " …" : "");
  }

  // Results that come into view get the sentence that answers, and the heading above it.
  const waiting = new WeakMap();
  const watcher = new IntersectionObserver((seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => {
    watcher.unobserve(target);
    waiting.get(target)?.();
  }), { rootMargin: "100px" });

  async function quote(item, link, line, marks) {
    const { text, head } = best(await blocksOf(link.href), marks);
    if (!text) return;
    line.replaceChildren(...marked(text, marks));
    if (head) link.after(" › ", make("a", { href: `${link.href}#${encodeURIComponent(head.id)}`, className: "place" }, ...marked(head.words, marks)));
  }

  function entry(page, marks) {
    const kind = page.type !== "briefing" && named("type", page.type, page.type?.replaceAll("-", " "));
    const state = page.status !== "published" && named("status", page.status) && make("span", { className: "state" }, named("status", page.status));
    if (state) state.dataset.state = page.status;
    const topics = page.topics?.length && commas.format(page.topics);
    const date = page.date && make("time", { dateTime: page.date }, days.format(new Date(page.date)));
    const told = [date, ...[kind, topics].map((text) => text && make("span", {}, text)), state].filter(Boolean);
    const link = make("a", { href: addressOf(page.address) }, ...marked(page.title, marks));
    const line = make("p", {}, ...marked(page.summary ?? "", marks));
    const item = make("li", { lang: page.lang ?? lang }, told.length && make("p", { className: "when", lang }, ...told), make("h2", {}, link), line);
    if (marks.length) {
      waiting.set(item, () => quote(item, link, line, marks));
      watcher.observe(item);
    }
    return item;
  }

  const part = async ({ results, marks, index }, from) => {
    const pages = await Promise.all(results.slice(from, from + PART).map(({ number }) => index.card(number)));
    return pages.filter(Boolean).map((page) => entry(page, marks));
  };

  // What is found, in words; what was taken for what; and, if nothing was, what could be asked instead.
  async function tell({ results, near, index }, text, only, isStale) {
    const quoted = (word) => fill(said.quote, { word });
    const chosen = choices.filter(({ value }) => value).map(({ selectedOptions }) => selectedOptions[0].label);
    const count = fill(said[`results_${counts.select(results.length)}`] ?? said.results_other, { n: results.length });
    const line = results.length ? count : fill(said.none, { query: [text && quoted(text), ...chosen].filter(Boolean).join(", ") });
    const taken = near.map(({ word, others }) => ` ${fill(said.near, { word: quoted(word), others: others.map(quoted).join(", ") })}`);
    status.replaceChildren(line, ...taken);
    if (results.length || !text) return;
    const others = await index.instead(text, only, isStale);
    if (isStale() || !others.length) return;
    const links = others.map((other) => make("a", { href: `?${new URLSearchParams([...asking(), ["q", other]])}` }, other));
    status.append(` ${said.instead} `, ...links.flatMap((link, at) => (at ? [", ", link] : [link])));
  }

  // The filters as the address has them.
  const asking = () => choices.filter(({ value }) => value).map(({ name, value }) => [name, value]);

  async function search() {
    clearTimeout(timer);
    const text = field.value.trim();
    // Filters come before the words, so that the last word stays open.
    const only = asking().map(([name, value]) => `${name}:"${value}"`).join(" ");
    const question = `${only} ${field.value.trimStart()}`;
    if (question === asked) return;
    asked = question;
    const mine = (run += 1);
    const isStale = () => mine !== run;
    const address = new URLSearchParams([...(text ? [["q", text]] : []), ...asking()]);
    history.replaceState(history.state, "", `${location.pathname}${address.size ? `?${address}` : ""}`);
    try {
      const index = await start();
      const found = await index.find(question, isStale);
      const items = found && (await part({ ...found, index }, 0));
      if (!found || isStale()) return;
      answer = { ...found, index, shown: PART };
      list.replaceChildren(...items);
      more.hidden = found.results.length <= PART;
      if (found.isAsked) await tell(answer, text, only, isStale);
      else status.replaceChildren();
    } catch {
      if (isStale()) return;
      asked = undefined;
      list.replaceChildren();
      more.hidden = true;
      status.replaceChildren(location.protocol === "file:" ? said.server : said.failed);
    }
  }

  // While somebody writes, a letter is no question yet; the directory is loaded meanwhile.
  function typed() {
    clearTimeout(timer);
    start().catch(() => {});
    if (field.value.trim().length !== 1 || PAIRED.test(field.value)) timer = setTimeout(search, WAIT);
  }

  async function goOn() {
    const mine = answer;
    const items = await part(mine, mine.shown);
    if (mine !== answer) return;
    mine.shown += PART;
    list.append(...items);
    more.hidden = mine.results.length <= mine.shown;
    items[0]?.querySelector("a").focus();
  }

  // The values of the filters, when they are first wanted.
  async function offer() {
    const all = await start().then((index) => index.filters()).catch(() => ({}));
    for (const choice of choices) {
      const { value, name } = choice;
      if (!all[name]) continue;
      choice.replaceChildren(choice.options[0], ...all[name].map(([value, label, pages]) => new Option(`${named(name, value, label)} (${pages})`, value)));
      choice.value = value;
      if (value && choice.value !== value) choice.add(new Option(value, value, true, true));
    }
  }

  function move(event) {
    const links = [...list.querySelectorAll("h2 > a:first-child")];
    const at = links.indexOf(event.target.closest("li")?.querySelector("a"));
    const isInside = at >= 0 || event.target === field;
    if (!isInside || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowDown: links[Math.min(at + 1, links.length - 1)], ArrowUp: at > 0 ? links[at - 1] : at === 0 && field, Escape: at >= 0 && field }[event.key];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  const address = new URLSearchParams(location.search);
  field.value = address.get("q") ?? "";
  for (const choice of choices) {
    const value = address.get(choice.name);
    if (value) choice.add(new Option(value, value, true, true));
  }
  details.addEventListener("toggle", offer, { once: true });
  details.open = asking().length > 0;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  field.addEventListener("input", typed);
  form.addEventListener("change", (event) => event.target !== field && search());
  more.addEventListener("click", goOn);
  box.addEventListener("keydown", move);
  box.hidden = false;
  if (location.hash === `#${field.id}`) field.focus();
  if (address.size) search();
})();
