// Pages on paper, A4 and Letter, as text that is read back out of the PDF: numbers and running titles in the margins, no navigation, the addresses of
// sources spelled out, and nothing of the text lost.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAPERS = { A4: [595, 842], Letter: [612, 792] };
// Where the margins end, in points: 16 mm on the first page, 24 mm on the others.
const FIRST = 45;
const TOP = 68;
const BOTTOM = 67;

// What is compared: letters and digits, for spaces, hyphens and the forms of letters are the printer's.
const bare = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

/** The text of part of a page: from `top` on, `height` points. */
function part(file, number, [width], top, height) {
  const crop = ["-x", "0", "-y", `${top}`, "-W", `${width}`, "-H", `${height}`].map(String);
  return execFileSync("pdftotext", ["-f", `${number}`, "-l", `${number}`, ...crop, "-nopgbrk", file, "-"], { encoding: "utf8" });
}

function read(file, paper) {
  const [, height] = paper;
  const count = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))[1]);
  return Array.from({ length: count }, (_, place) => {
    const top = place === 0 ? FIRST : TOP;
    const of = (from, to) => part(file, place + 1, paper, from, to - from);
    return { head: of(0, top), body: of(top, height - BOTTOM), foot: of(height - BOTTOM, height) };
  });
}

/** Runs in the page as it is printed: what is on it, and what should not be. */
function facts() {
  const main = document.querySelector("main");
  const isSeen = (element) => element.checkVisibility() && !element.closest(".visually-hidden");
  // The text of a block between the blocks inside it, with what the style sheet puts after links.
  const own = (block) => [...block.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.data : isInline(node) ? own(node) + after(node) : "\n")).join("");
  const after = (node) => (node.localName === "a" ? getComputedStyle(node, "::after").content.replace(/^none$|^normal$/, "") : "");
  const isInline = (node) => node.nodeType === Node.ELEMENT_NODE && isSeen(node) && /^inline/.test(getComputedStyle(node).display);
  return {
    title: document.documentElement.dataset.title,
    blocks: [...main.querySelectorAll("h1, h2, h3, h4, p, li, dd, dt, td, th, pre, figcaption")].filter(isSeen).flatMap((block) => own(block).split("\n")),
    twice: [...main.querySelectorAll("a[href^=http]")].filter((link) => isSeen(link) && link.textContent === link.getAttribute("href") && after(link)).map((link) => link.textContent),
    sources: [...main.querySelectorAll("[itemprop=articleBody] a[href^=http]")].filter(isSeen).map((link) => link.getAttribute("href")),
    chrome: [...document.querySelectorAll("nav, .skip, button, .card, .anchor")].filter(isSeen).map((element) => element.outerHTML.slice(0, 80)),
  };
}

function faults(page, pages) {
  const found = page.chrome.map((element) => `is printed: ${element}`);
  const text = bare(pages.map(({ body }) => body).join("\n"));
  pages.forEach(({ head, foot }, place) => {
    if (foot.replace(/\s/g, "") !== `${place + 1}/${pages.length}`) found.push(`page ${place + 1} of ${pages.length} is numbered ${JSON.stringify(foot.trim())}`);
    if (place > 0 && !bare(head).includes(bare(page.title).slice(0, 20))) found.push(`page ${place + 1} is headed ${JSON.stringify(head.trim())}`);
    if (place === 0 && head.trim()) found.push(`the first page is headed ${JSON.stringify(head.trim())}`);
  });
  found.push(...page.twice.map((source) => `the source ${source} is spelled out twice`));
  for (const source of page.sources) if (!text.includes(bare(source))) found.push(`the source ${source} is not spelled out`);
  const lost = page.blocks.filter((block) => !text.includes(bare(block)));
  found.push(...lost.map((block) => `is lost: ${block.trim().slice(0, 100)}`));
  return found;
}

/** The demonstration's longest page of each kind, and of the others what is hard to print. Letters of Arabic come out of a PDF in another order. */
function some(pages, [demo]) {
  const last = new Map(pages.filter(({ site }) => site === demo).map((page) => [page.kind, page]));
  const isHard = ({ site, file }) => site !== demo && /briefings\/(wide-table|forty-notes|long-title|lange-woerter|taken-back)/.test(file);
  return [...last.values(), ...pages.filter(isHard)].filter(({ kind }) => kind !== "redirect");
}

export default async function check({ browser, pages, sites, wrong }) {
  const chosen = some(pages, sites);
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  const page = await browser.newPage();
  for (const each of chosen) {
    await page.emulateMedia({ media: "screen" });
    await page.goto(each.address);
    await page.emulateMedia({ media: "print" });
    const said = await page.evaluate(facts);
    for (const format of each.kind === "briefing" ? ["A4", "Letter"] : ["A4"]) {
      const file = join(folder, `${format}.pdf`);
      writeFileSync(file, await page.pdf({ format }));
      for (const fault of faults(said, read(file, PAPERS[format]))) wrong(each, `${format}: ${fault}`);
    }
  }
  await page.close();
  rmSync(folder, { recursive: true });
  return chosen.length;
}
