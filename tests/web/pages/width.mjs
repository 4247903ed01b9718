// Pages as wide as windows are, down to 320 px, and 1280 px at twice the size: nothing sticks out or is cut off, nothing lies on anything else, what
// scrolls can have the focus, and what is read from right to left begins at the right.
import { few } from "../site.mjs";

const WINDOWS = [
  { width: 320 },
  { width: 390 },
  { width: 640, deviceScaleFactor: 2 },
  { width: 1024 },
  { width: 1440 },
];

/** Runs in the page: what is wrong with its measures, a line each. */
function faults() {
  const found = [];
  const root = document.documentElement;
  const name = (element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, .skip");
  const clip = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
  const holder = (element) => { for (let up = element; up && up !== document.body; up = up.parentElement) if (clip(up)) return up; return null; };
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  for (const element of document.body.querySelectorAll("*")) {
    if (!isSeen(element)) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width && !holder(element) && (box.left < -0.5 || box.right > root.clientWidth + 0.5)) found.push(`sticks out: ${name(element)}`);
    if (element.scrollWidth <= element.clientWidth + 1 || style.display === "inline") continue;
    if (/auto|scroll/.test(style.overflowX) && element.tabIndex < 0) found.push(`scrolls, but cannot have the focus: ${name(element)}`);
    if (/hidden|clip/.test(style.overflowX) && style.textOverflow !== "ellipsis") found.push(`is cut off: ${name(element)}`);
  }
  // Nothing but a scroll region holds text that is wider than itself.
  for (const cell of document.querySelectorAll("main :is(p, li, dd, dt, h1, h2, h3, td, th)")) {
    if (isSeen(cell) && !holder(cell) && cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).display !== "inline") found.push(`runs over: ${name(cell)}`);
  }
  // Notes beside the text, and what is as wide as their margin.
  const boxes = [...document.querySelectorAll(".side .footnotes li, .side [itemprop=articleBody] > :is(.wide, .table)")].map((element) => [element, element.getBoundingClientRect()]);
  boxes.forEach(([one, a], at) => {
    for (const [other, b] of boxes.slice(at + 1)) {
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`${name(one)} lies on ${name(other)}`);
    }
  });
  return found;
}

/** Runs in the page: what stands on the side where a page of its direction begins does. */
function isMirrored() {
  const isRight = document.dir === "rtl";
  const middle = innerWidth / 2;
  const starts = (box) => (isRight ? innerWidth - box.right : box.left) < middle / 2;
  const contents = document.querySelector(".outline");
  const text = document.querySelector("[itemprop=articleBody]")?.getBoundingClientRect();
  const beside = contents?.getBoundingClientRect();
  const isBefore = !beside || !text || (isRight ? beside.left >= text.right : beside.right <= text.left);
  return starts(document.querySelector(".site-name").getBoundingClientRect()) && isBefore && getComputedStyle(document.body).direction === (isRight ? "rtl" : "ltr");
}

export default async function check({ browser, pages, wrong }) {
  const some = pages.filter(({ kind }) => !kind.endsWith("redirect"));
  await few(WINDOWS.length, WINDOWS, async ({ width, deviceScaleFactor }) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor });
    for (const each of some) {
      await page.goto(each.address);
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      for (const fault of await page.evaluate(faults)) wrong(each, `${width} px: ${fault}`);
      if (width === 1440 && !(await page.evaluate(isMirrored))) wrong(each, "begins on the wrong side");
    }
    await page.context().close();
  });
  return some.length;
}
