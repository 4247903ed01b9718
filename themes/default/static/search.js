// Full-text search (docs/search-index.md): the engine, then the page.
(() => {
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
  const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
  const TOKEN = /[\p{Alphabetic}\p{N}\p{M}]+(?:(?<=\p{N})[.,](?=\p{N})[\p{Alphabetic}\p{N}\p{M}]+)*/gu;
  const PAIRED = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)/u;
  const CLAUSE = /(-?)(?:(topic|tag|author|series|type|year|status):(?:"([^"]*)"?|(\S+))|"([^"]*)("?)|(\S+))/giu;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const MOST = { words: 8, forms: 24, pieces: 4 };
  const [EXACT, PREFIX, NEAR] = [1, 0.8, 0.6];

  const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase().replace(/[ßæœøłđıς]/g, (letter) => LETTERS[letter]);
  const backwards = (text) => [...text].reverse().join("");
  const pause = () => new Promise((done) => setTimeout(done));

  function tokens(text) {
    return [...text.matchAll(TOKEN)].flatMap(({ 0: run, index: end }) =>
      run.split(PAIRED).flatMap((part) => {
        const start = end;
        end += part.length;
        if (part.length > 1 && PAIRED.test(part)) return [...part.slice(1)].map((letter, at) => ({ word: part[at] + letter, start: start + at, end: start + at + 2 }));
        return part ? [{ word: part.replace(/,(?=\p{N}{3}(?!\p{N}))/gu, ""), start, end }] : [];
      }),
    );
  }

  // Words with their tokens.
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

  // The last word may go on.
  function parse(question) {
    const text = question.replace(/[“”„«»]/g, '"').replace(/(\p{N})\s+%/gu, "$1%");
    let left = MOST.words;
    return [...text.matchAll(CLAUSE)].flatMap((match) => {
      const [all, minus, kind, quoted, value, phrase, closed, plain] = match;
      if (kind) return [{ kind: kind.toLowerCase(), value: quoted ?? value, minus }];
      const words = read(phrase ?? plain).slice(0, left);
      left -= words.length;
      const open = !minus && !closed && match.index + all.length === text.length && words.at(-1);
      if (phrase === undefined) return words.map((word) => ({ ...word, minus, isOpen: word === open }));
      const parts = words.flatMap(({ parts }) => parts.map(({ word }) => word));
      return parts.length ? [{ phrase: parts, minus, isOpen: Boolean(open) }] : [];
    });
  }

  // But for one letter, or two that are swapped.
  function isNear(one, other) {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const isSame = (skip, skipped) => one.slice(at + skip) === other.slice(at + skipped);
    return isSame(1, 1) || isSame(0, 1) || isSame(1, 0) || (isSame(2, 2) && one[at] === other[at + 1] && one[at + 1] === other[at]);
  }

  function decode(list) {
    const isCommon = list[0] === "~";
    const isFilter = list[0] === "=";
    let at = +(isCommon || isFilter);
    const isLeft = () => at < list.length;
    const next = () => {
      for (let sum = 0, scale = 1; ; scale *= 32) {
        const digit = DIGITS.indexOf(list[at++]);
        if (digit < 0) throw list;
        sum += (digit & 31) * scale;
        if (!(digit & 32)) return sum;
      }
    };
    const rising = (isMore, take) => { for (let sum = 0; isMore(); ) take((sum += next())); };
    const times = (count) => () => count-- > 0;
    const hits = new Map();
    if (isFilter) rising(isLeft, (page) => hits.set(page));
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

  // `take` gives the text of a file: `index.json`, `index/NAME.txt`, `cards/N.json`.
  async function open(take) {
    const known = new Map();
    // A failure may be asked again.
    const once = (key, make) => {
      if (!known.has(key)) known.set(key, make());
      known.get(key).catch(() => known.delete(key));
      return known.get(key);
    };
    const fetched = (name, shape) => once(name, () => take(name).then(shape));
    const head = await fetched("index.json", JSON.parse);

    const pieces = ({ first, files }) => {
      const place = (key) => first.findLastIndex((least) => least <= key);
      const load = async (at) => (at < 0 ? [] : fetched(`index/${files.slice(12 * at, 12 * at + 12)}.txt`, (text) => text.split("\n").slice(0, -1)));
      const between = async (from, to) => {
        const [start, end] = [place(from), place(to)];
        const loaded = await Promise.all(first.slice(Math.max(0, start), Math.min(end + 1, start + MOST.pieces)).map((_, at) => load(start + at)));
        return loaded.flat().filter((line) => line >= from && line < to).map((line) => line.split("\t"));
      };
      return { place, line: async (key) => (await between(key, `${key}\n`))[0], range: (key) => between(key, `${key}\uffff`) };
    };
    const [forms, endings, words] = [head.forms, head.endings, head.words].map(pieces);
    const stem = (key) => once(`=${key}`, async () => {
      const line = await words.line(key);
      return line && { ...decode(line[3]), pages: Number(line[2]), forms: line[1].split(" ") };
    });
    const stems = ([form, , all]) => (all ? all.split(" ") : [form]);
    const frequent = (lines) => lines.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));

    // One half of a mistyped word is right.
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

    // A word, what it begins, or words near to it.
    async function pagesOf(word, isOpen) {
      const exact = await forms.line(word);
      const found = new Map();
      const add = async (lines, factor) => {
        const read = new Set();
        for (const key of lines.flatMap(stems)) {
          const place = words.place(key);
          if (found.has(key) || (read.size > 1 && !read.has(place))) continue;
          read.add(place);
          found.set(key, stem(key).then((each) => ({ ...each, factor })));
        }
        return (await Promise.all(found.values())).filter(({ hits }) => hits);
      };
      let all = await add(exact ? [exact] : [], EXACT);
      const start = isOpen && word.length > 2 && !all.some(({ isCommon }) => isCommon) && word;
      if (start) all = await add(frequent(await forms.range(word)).slice(0, MOST.forms), PREFIX);
      const others = all.length ? [] : await near(word);
      all = await add(others, NEAR);
      const hits = new Map();
      for (const each of all) {
        for (const [page, { weight, places }] of each.hits) {
          const old = hits.get(page) ?? { score: 0, places: [] };
          hits.set(page, { score: Math.max(old.score, weight * each.factor), places: old.places.concat(places) });
        }
      }
      const size = Math.max(hits.size, ...all.map(({ pages }) => pages));
      const rarity = Math.log((head.pages + 1) / (size + 0.5));
      for (const hit of hits.values()) hit.score *= rarity / 31;
      const same = all.filter(({ factor }) => factor !== PREFIX).flatMap(({ forms }) => forms);
      const marks = [{ forms: new Set([word, ...same]), start }];
      return { word, hits, rarity, marks, others: others.map(([form]) => form), span: 1, isStrict: !hits.size, isCommon: all.some(({ isCommon }) => isCommon) };
    }

    // Not all places of a common word are told: it is a gap.
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
        if (starts.length) hits.set(page, { score: rest.reduce((sum, { hit }) => sum + hit.score, hit.score), places: starts });
      }
      const rarity = told.reduce((sum, group) => sum + group.rarity, 0);
      return [{ ...first, hits, rarity, isStrict: true, span: parts.length, marks: all.flatMap(({ marks }) => marks) }];
    }

    // As a whole, else its parts.
    async function groupsOf(clause) {
      if (clause.phrase) return phrase(clause);
      const { word, parts, isOpen } = clause;
      const whole = await pagesOf(word, isOpen);
      if (parts.length < 2 || whole.hits.size) return [{ ...whole, span: parts.length }];
      return Promise.all(parts.map((part, at) => pagesOf(part.word, isOpen && at === parts.length - 1)));
    }

    const filtered = (clauses) => Promise.all(clauses.map(async ({ kind, value }) => {
      const slug = tokens(fold(value)).map(({ word }) => word).join("-");
      return (await stem(`${kind}:${value}`)) ?? (await stem(`${kind}:${slug}`)) ?? { hits: new Map() };
    }));

    // More for words near each other, most in a title, which ends before place 64.
    function together(groups, page) {
      const least = Math.max(...groups.map(({ rarity }) => rarity)) / 5;
      let sum = 0;
      const places = ({ hits }) => hits.get(page)?.places ?? [];
      groups.forEach((other, at) => {
        for (let from = at; from--; ) {
          const { rarity, span } = groups[from];
          let times = 0;
          for (const place of places(groups[from])) {
            const far = Math.min(...places(other).map((next) => (next > place ? next - place - span : place - next)));
            if (far < 5) times += (far ? 0.35 : 1) * (place < 64 ? 5 : 1);
          }
          sum += ((rarity + other.rarity) * times) / (times + 3);
          if (rarity > least) break;
        }
      });
      return sum;
    }

    // The best first; nothing once nobody waits for it.
    async function answers(question, isStale = () => false) {
      const clauses = parse(question);
      const [kinds, plain] = [clauses.filter(({ kind }) => kind), clauses.filter(({ kind }) => !kind)];
      const [groups, without] = [[], []];
      for (const clause of plain) {
        await pause();
        if (isStale()) return undefined;
        const found = await groupsOf(clause);
        if (!clause.minus) groups.push(...found);
        else if (found.length === 1 && !found[0].isCommon) without.push(found[0]);
      }
      without.push(...(await filtered(kinds.filter(({ minus }) => minus))));
      const only = await filtered(kinds.filter(({ minus }) => !minus));
      const table = await fetched(`index/${head.table}.txt`);
      await pause();
      if (isStale()) return undefined;
      const rare = groups.filter(({ isCommon }) => !isCommon);
      const isOld = /(?<!-)status:"?(superseded|withdrawn)/i.test(question);
      const must = [...only, ...rare.filter(({ isStrict }) => isStrict)];
      const from = groups.length ? groups.flatMap(({ hits }) => [...hits]) : (only[0]?.hits ?? []);
      const results = [];
      let whole = 0;
      for (const page of new Map(from).keys()) {
        const code = table.charCodeAt(page) - 49;
        const has = ({ hits }) => hits.has(page);
        const isWhole = rare.every(has);
        const isOut = !(code >= 0) || (code % 3 === 2 && !isOld) || without.some(has) || !must.every(has);
        // Pages with some of the words fill up ten.
        if (isOut || (whole > 9 && !isWhole)) continue;
        whole += isWhole;
        const words = groups.reduce((sum, { hits }) => sum + (hits.get(page)?.score ?? 0), together(groups, page)) || 1;
        results.push({ number: page, score: (words / (1 + 0.02 * Math.floor(code / 3))) * (code % 3 === 1 ? 0.9 : 1) + 1e6 * isWhole });
      }
      results.sort((one, other) => other.score - one.score || other.number - one.number);
      results.splice(Math.max(whole, 10));
      return { results, marks: groups.flatMap(({ marks }) => marks), near: groups.filter(({ others }) => others.length) };
    }

    // Questions that have an answer.
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
      for (const other of new Set(others)) if (found.length < 5 && (await answers(`${only} ${other} `, isStale))?.results.length) found.push(other);
      return found;
    }

    async function card(number) {
      const block = await fetched(`cards/${number % head.blocks}.json`, JSON.parse);
      const [address, card] = Object.entries(block)[Math.floor(number / head.blocks)] ?? [];
      return card && { address, ...card };
    }

    return { find: answers, instead, card, filters: () => fetched(`index/${head.filters}.txt`, JSON.parse) };
  }

  if (!globalThis.document) {
    globalThis.ChancerySearch = { open, read };
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
  const counts = new Intl.PluralRules(lang);
  const sentences = Intl.Segmenter && new Intl.Segmenter(lang, { granularity: "sentence" });
  const PART = 10;
  const LONGEST = 280;
  const RUN = /[\p{Alphabetic}\p{N}\p{M}]+(?:[.,‐‑–/-][\p{Alphabetic}\p{N}\p{M}]+)*(?: ?%)?/gu;
  const BLOCKS = "p, li, dt, dd, td, th, pre, caption, figcaption";
  let engine, timer, asked, answer;
  let run = 0;

  const load = async (address) => {
    const reply = await fetch(address);
    if (!reply.ok) throw reply.status;
    return reply.text();
  };
  const take = (name) => load(name.startsWith("cards/") ? new URL(name, site) : name);
  const start = () => {
    engine ??= open(take);
    engine.catch(() => (engine = undefined));
    return engine;
  };
  const named = (kind, value, label) => said[`${kind}_${value}`.replaceAll("-", "_")] ?? label;
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const make = (name, of, ...inside) => {
    const element = Object.assign(document.createElement(name), of);
    element.append(...inside.filter(Boolean));
    return element;
  };

  // The asked words.
  function hits(text, marks) {
    const found = [];
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const words = read(run);
      const folded = fold(run);
      const parts = folded.length === run.length ? tokens(folded) : [];
      if (words.length === 1) parts.push({ word: words[0].word, start: 0, end: run.length });
      for (const { word, start: from, end } of parts) {
        const at = marks.findIndex(({ forms, start }) => forms.has(word) || (start && word.startsWith(start)));
        if (at >= 0) found.push({ from: index + from, to: index + end, at });
      }
    }
    return found.sort((one, other) => one.from - other.from);
  }

  function marked(text, marks) {
    const runs = [];
    for (const { from, to } of hits(text, marks)) {
      const last = runs.at(-1);
      if (last && (from <= last.to || text.slice(last.to, from) === " ")) last.to = Math.max(to, last.to);
      else runs.push({ from, to });
    }
    return [...runs.flatMap(({ from, to }, at) => [text.slice(runs[at - 1]?.to ?? 0, from), make("mark", {}, text.slice(from, to))]), text.slice(runs.at(-1)?.to ?? 0)];
  }

  // No script runs.
  const texts = new Map();
  function blocks(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const text = page.querySelector('[itemprop="articleBody"]') ?? page.querySelector("main");
    const found = [];
    let head;
    for (const part of text.querySelectorAll(`h2, h3, ${BLOCKS}`)) {
      for (const mark of part.querySelectorAll(".anchor, [role^=doc-], del, s, strike")) mark.remove();
      for (const end of part.querySelectorAll("br")) end.replaceWith(" ");
      const words = part.textContent.replace(/\s+/g, " ").trim();
      if (part.matches("h2, h3")) head = part.id && { id: part.id, words };
      else if (!part.querySelector(BLOCKS)) found.push(part.closest(".footnotes") ? { words, isNote: true } : { words, head });
    }
    return found;
  }

  // The sentence with most of the words; scraps come behind.
  function best(blocks, marks) {
    let top = { score: -9 };
    for (const { words, head, isNote } of blocks) {
      for (const { segment } of sentences?.segment(words) ?? [{ segment: words }]) {
        const found = hits(segment, marks);
        if (!found.length) continue;
        const near = found.filter(({ from, at }, place) => place && at !== found[place - 1].at && from - found[place - 1].to < 2).length;
        const score = new Set(found.map(({ at }) => at)).size + Math.min(near, 3) / 4 - (isNote ? 9 : 0) - (segment.length < 40 ? 0.3 : 0);
        if (score > top.score) top = { score, text: cut(segment.trim(), found[0].from), head };
      }
    }
    return top;
  }

  function cut(text, at) {
    const from = text.length < LONGEST ? 0 : text.lastIndexOf(" ", Math.max(0, at - 90)) + 1;
    const piece = text.slice(from, from + LONGEST);
    const isWhole = from + LONGEST >= text.length;
    return (from ? "… " : "") + (isWhole ? piece : `${piece.replace(/\s\S*$/, "")} …`);
  }

  const watcher = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      target.quote();
    }
  }, { rootMargin: "100px" });

  async function quote(link, line, marks) {
    const { href } = link;
    if (!texts.has(href)) texts.set(href, load(href).then(blocks).catch(() => []));
    const { text, head } = best(await texts.get(href), marks);
    if (!text) return;
    line.replaceChildren(...marked(text, marks));
    if (head) link.after(" › ", make("a", { href: `${href}#${encodeURIComponent(head.id)}`, className: "place" }, ...marked(head.words, marks)));
  }

  function entry(page, marks) {
    const { type, state, standing, topics, date } = page;
    const kind = type && type !== "briefing" && named("type", type, type);
    const told = [kind, ...(topics ?? []), page.marking, state].map((text) => text && make("span", {}, text));
    if (state) Object.assign(told.at(-1), { className: "state" }).dataset.state = standing;
    const link = make("a", { href: page.address }, ...marked(page.title, marks));
    const line = make("p", {}, ...marked(page.summary ?? "", marks));
    // A date may have no day.
    const day = { year: "numeric", month: date?.[4] && "long", day: date?.[7] && "numeric", timeZone: "UTC" };
    const shown = date && new Date(date).toLocaleDateString(lang === "en" ? "en-GB" : lang, day);
    const when = make("p", { className: "when", lang }, date && make("time", { dateTime: date }, shown), ...told);
    const item = make("li", { lang: page.lang ?? lang }, when.firstChild && when, make("h2", {}, link), line);
    item.quote = () => quote(link, line, marks);
    if (marks.length) watcher.observe(item);
    return item;
  }

  const part = async ({ results, marks, index }, from) => {
    const pages = await Promise.all(results.slice(from, from + PART).map(({ number }) => index.card(number)));
    return pages.filter(Boolean).map((page) => entry(page, marks));
  };

  async function tell({ results, near, index }, text, only, isStale) {
    const quoted = (word) => fill(said.quote, { word });
    const n = results.length;
    const line = n ? fill(said[`results_${counts.select(n)}`] ?? said.results_other, { n }) : fill(said.none, { query: [text, ...choices.map(({ value }) => value)].filter(Boolean).map(quoted).join(", ") });
    const taken = near.map(({ word, others }) => ` ${fill(said.near, { word: quoted(word), others: others.map(quoted).join(", ") })}`);
    status.replaceChildren(line, ...(n ? taken : []));
    if (n || !text) return;
    const others = await index.instead(text, only, isStale);
    if (isStale() || !others.length) return;
    status.append(` ${said.instead}`, ...others.flatMap((other) => [" ", make("a", { href: `?${new URLSearchParams([...asking(), ["q", other]])}` }, other)]));
  }

  const asking = () => choices.filter(({ value }) => value).map(({ name, value }) => [name, value]);

  async function search() {
    clearTimeout(timer);
    const text = field.value.trim();
    const only = asking().map(([name, value]) => `${name}:"${value}"`).join(" ");
    const question = `${only} ${field.value.trimStart()}`;
    if (question === asked) return;
    asked = question;
    const mine = (run += 1);
    const isStale = () => mine !== run;
    const address = new URLSearchParams([...(text ? [["q", text]] : []), ...asking()]);
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    try {
      const index = await start();
      const found = await index.find(question, isStale);
      const items = found && (await part({ ...found, index }, 0));
      if (!found || isStale()) return;
      answer = { ...found, index, shown: PART };
      list.replaceChildren(...items);
      more.hidden = found.results.length <= PART;
      if (question.trim()) await tell(answer, text, only, isStale);
      else status.replaceChildren();
    } catch {
      if (isStale()) return;
      asked = undefined;
      list.replaceChildren();
      more.hidden = true;
      status.replaceChildren(location.protocol === "file:" ? said.server : said.failed);
    }
  }

  // One letter asks nothing.
  function typed() {
    clearTimeout(timer);
    start().catch(() => {});
    if (field.value.trim().length !== 1) timer = setTimeout(search, 150);
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
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (at < 0 && (target !== field || key !== "ArrowDown"))) return;
    const to = { ArrowDown: links[at + 1], ArrowUp: links[at - 1] ?? field, Escape: field }[key];
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
  details.open = asking().length;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  field.addEventListener("input", typed);
  form.addEventListener("change", (event) => event.target !== field && search());
  more.addEventListener("click", goOn);
  box.addEventListener("keydown", move);
  box.hidden = false;
  if (location.hash === `#${field.id}`) field.focus();
  if (address.size) search();
})();
