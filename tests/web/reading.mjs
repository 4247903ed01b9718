// What reading views from npm take from six pages of the demonstration site: `reading.mjs FOLDER`. Title, authors, both dates and language are those of
// `reading.json`; the text is what the author wrote (standfirst, key points, text, boxes, notes), and nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readability } from "@mozilla/readability";
import { Defuddle } from "defuddle/node";
import { JSDOM, VirtualConsole } from "jsdom";
import metascraper from "metascraper";
import author from "metascraper-author";
import date from "metascraper-date";
import lang from "metascraper-lang";
import title from "metascraper-title";

const rules = metascraper([title(), author(), date({ datePublished: true, dateModified: true }), lang()]);

const READERS = {
  readability: async (html, url) => {
    const read = new Readability(dom(html, url).window.document).parse();
    return { title: read.title, authors: read.byline, published: read.publishedTime, lang: read.lang, html: read.content };
  },
  defuddle: async (html, url) => {
    const read = await Defuddle(dom(html, url), url, {});
    return { title: read.title, authors: read.author, published: read.published, lang: read.language, html: read.content };
  },
  metascraper: async (html, url) => {
    const read = await rules({ html, url });
    const day = (moment) => moment?.slice(0, 10) ?? null;
    return { title: read.title, authors: read.author, published: day(read.datePublished), modified: day(read.dateModified), lang: read.lang };
  },
};

/** What a reader cannot do whatever the page says. */
const CANNOT = {
  // metascraper 5.47.1 has one author: the first of a list.
  // It knows no regions of languages.
  metascraper: ({ authors, ...row }) => ({ ...row, authors: authors.slice(0, 1), lang: "en" }),
  // Defuddle 0.19.4 keeps the sign by which reference managers read a name whole.
  defuddle: ({ authors, ...row }) => ({ ...row, authors: authors.map((name) => `${name},`) }),
};

/** What a reader loses whatever the page says: Defuddle takes a link within a note for a way back, and drops its words. */
const LOST = { defuddle: ".footnotes a.biblioref" };

// Style sheets are not read; jsdom need not say so.
const dom = (html, url) => new JSDOM(html, { url, virtualConsole: new VirtualConsole() });

const BLOCKS = "h1, p, li, td, th, h2, h3, h4, dt, dd, pre, figcaption, summary, .entry";

/** Text without blanks, without what counts notes and leads back from them. */
function plain(node) {
  const copy = node.cloneNode(true);
  for (const mark of copy.querySelectorAll("sup a[href*='#fn'], a[href*='#fnref']")) (mark.closest("sup") ?? mark).remove();
  return copy.textContent.replace(/\s+/g, "");
}

/** What the author wrote, and some show: the standfirst, which is the description of the page, its title, the state that it begins with, and the list of what it cites. */
const WANTED = "[itemprop='articleBody'], .key-points";
const BESIDES = ".standfirst, .notice, h1, [id^='ref-']";

/** The pieces of text of a page, the longest first, and whether they are wanted. */
function pieces(document, lost) {
  for (const gone of lost ? document.querySelectorAll(lost) : []) gone.remove();
  const blocks = [...document.querySelectorAll(BLOCKS)].filter((block) => block.closest(`${WANTED}, ${BESIDES}`) && !block.querySelector(BLOCKS));
  const found = blocks.map((block) => [plain(block), block.closest(WANTED) !== null]).filter(([piece]) => piece);
  return found.sort(([one], [other]) => other.length - one.length);
}

let looked = 0;
let mistakes = 0;
for (const row of JSON.parse(readFileSync(join(import.meta.dirname, "reading.json"), "utf8"))) {
  const html = readFileSync(join(process.argv[2], row.page, "index.html"), "utf8");
  const url = `https://briefings.example.org/${row.page}/`;
  for (const [name, read] of Object.entries(READERS)) {
    const found = await read(html, url);
    const expected = CANNOT[name]?.(row) ?? row;
    const page = dom(html, url).window.document;
    // Of some such words a part is left.
    const lost = LOST[name] ? [...page.querySelectorAll(LOST[name])].map(plain) : [];
    const written = pieces(page, LOST[name]);
    const wrong = (what) => {
      mistakes += 1;
      console.log(`${name}: ${row.page}: ${what}`);
    };
    const said = { title: expected.title, authors: expected.authors.join(", "), published: expected.published, lang: expected.lang ?? "en-GB", ...("modified" in found && { modified: expected.modified }) };
    for (const [key, value] of Object.entries(said)) {
      looked += 1;
      if (found[key] !== value) wrong(`${key} is ${JSON.stringify(found[key])} and not ${JSON.stringify(value)}`);
    }
    if (!found.html) continue;
    let rest = plain(dom(found.html, url).window.document.body);
    for (const [piece, isWanted] of written) {
      looked += 1;
      if (isWanted && !rest.includes(piece)) wrong(`lacks ${piece.slice(0, 100)}`);
      rest = rest.replace(piece, "\n");
    }
    const left = rest.split("\n").filter((text) => !/^(Note|Important|Tip|Warning|Caution|Sources|Primarysources|Secondarysources|Aboutthissource|[↩.,;]+)*$/.test(text));
    const besides = left.filter((text) => !lost.some((words) => words.includes(text)));
    if (besides.length) wrong(`has besides ${JSON.stringify(besides.map((text) => text.slice(0, 100)))}`);
  }
}
console.log(`${looked} looks, ${mistakes} mistakes`);
process.exit(looked > 0 && mistakes === 0 ? 0 : 1);
