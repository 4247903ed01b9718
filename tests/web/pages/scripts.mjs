// Pages where no script runs: all there is to read is there, notes stand at the end of the text, no card opens, and nothing that would need a script
// is offered. The pages that lead on when something was not found lead on.
const words = (text) => text.replace(/\s+/g, " ").trim();

/** Runs in the page: what it says, all of it and what is seen. */
function facts() {
  const main = document.querySelector("main");
  const all = main.textContent;
  // The search is offered by its script.
  document.querySelector(".search")?.remove();
  return { all, seen: main.innerText, dead: [...document.querySelectorAll("button")].filter((button) => button.checkVisibility()).length };
}

/** Runs in the page: notes that do not stand below the text that they belong to. */
function misplaced() {
  const notes = [...document.querySelectorAll(".footnotes li")];
  const before = document.querySelector(".footnotes")?.previousElementSibling?.getBoundingClientRect();
  return notes.filter((note) => !note.checkVisibility() || note.getBoundingClientRect().top < before.bottom).length;
}

export default async function check({ browser, pages, wrong }) {
  const some = pages.filter(({ kind }) => !kind.endsWith("redirect"));
  const viewport = { width: 1440, height: 900 };
  const without = await browser.newPage({ javaScriptEnabled: false, viewport });
  const withScript = await browser.newPage({ viewport });
  for (const each of some) {
    await Promise.all([without.goto(each.address), withScript.goto(each.address)]);
    const [bare, full] = await Promise.all([without.evaluate(facts), withScript.evaluate(facts)]);
    if (words(bare.all) !== words(full.all)) wrong(each, "the text differs without a script");
    if (bare.dead > 0) wrong(each, "offers a button that does nothing");
    // All that a reader sees with the script, but its button.
    const isThere = words(full.seen).split(" ").filter((word) => !bare.seen.includes(word) && word !== "·");
    if (isThere.length > 1) wrong(each, `is not seen without a script: ${isThere.slice(0, 10).join(" ")}`);
    const count = await without.evaluate(misplaced);
    if (count > 0) wrong(each, `${count} notes are not below the text`);
    if (/not found|search/.test(each.kind)) {
      const links = await without.locator("main a:visible").count();
      const title = await without.locator("main h1:visible").count();
      if (links < 5 || title !== 1) wrong(each, `${links} links lead on, ${title} titles say from what`);
    }
  }
  const briefing = some.find(({ kind }) => kind === "briefing");
  await without.goto(briefing.address);
  await without.locator("[itemprop=articleBody] p a[href^='/']").first().hover();
  await new Promise((done) => setTimeout(done, 400));
  if (await without.locator(".card").count()) wrong(briefing, "a card opens without a script");
  await Promise.all([without.context().close(), withScript.context().close()]);
  return some.length;
}
