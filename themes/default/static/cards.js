// Cards: what a link leads to, beside the link, while it is pointed at or has the focus. Those of pages come from blocks of about 64 pages in /cards/;
// the block of a page is told by its address alone. That of a citation is its entry in the list of the page, that of the mark of a note is the note, unless
// it is in view beside the text. Without this script links are links.
// In a scope of its own: other scripts of a page have names too.
(() => {
  const folder = new URL("../cards/", document.currentScript.src);
  const delay = 150;
  const lang = document.documentElement.lang;
  // Of some pages only the month or the year is known.
  const dated = (date) => new Date(date).toLocaleDateString(lang === "en" ? "en-GB" : lang, { year: "numeric", month: date[4] && "long", day: date[7] && "numeric", timeZone: "UTC" });
  const asked = new Map();
  let card, shown, timer;

  const read = (name) => {
    if (!asked.has(name)) asked.set(name, fetch(new URL(name, folder)).then((answer) => (answer.ok ? answer.json() : null), () => null));
    return asked.get(name);
  };

  // FNV-1a, 32 bits.
  const hash = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);

  async function find(address) {
    const head = address && (await read("blocks.json"));
    return head && (await read(`${hash(address) & (head.blocks - 1)}.json`))?.[address];
  }

  // The address of a page of this site, but this one, what its list tells anyway, and what leads within the page.
  function target(link) {
    const isTold = !link || link.closest(".masthead, .cards, nav, .belongs, [role=doc-noteref], [role=doc-backlink]");
    return !isTold && link.origin === location.origin && link.pathname !== location.pathname ? link.pathname : null;
  }

  // What a citation or the mark of a note leads to within the page.
  function entry(link) {
    const isCitation = link?.classList.contains("biblioref");
    if (!isCitation && link?.getAttribute("role") !== "doc-noteref") return null;
    const end = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (isCitation) return end?.querySelector(".entry");
    return end && !isBeside(end) && link.getAttribute("aria-expanded") !== "true" ? end : null;
  }

  // Whether a note stands beside the text where the reader sees it.
  function isBeside(note) {
    const { top, bottom } = note.getBoundingClientRect();
    return note.closest(".side") && bottom > 0 && top < innerHeight;
  }

  function say(name, text) {
    const line = text && card.appendChild(document.createElement("p"));
    if (line) Object.assign(line, { className: name, textContent: text });
  }

  function clear() {
    if (!card) {
      card = document.body.appendChild(document.createElement("div"));
      Object.assign(card, { id: "Card", className: "card", role: "tooltip" });
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", later);
    }
    card.replaceChildren();
    card.lang = lang;
  }

  function quote(entry) {
    clear();
    const text = card.appendChild(document.createElement(entry.localName === "li" ? "div" : "p"));
    text.dir = "auto";
    text.append(...entry.cloneNode(true).childNodes);
    for (const back of text.querySelectorAll("[role=doc-backlink]")) back.remove();
    for (const part of text.querySelectorAll("[id]")) part.removeAttribute("id");
  }

  function fill(page) {
    clear();
    const date = page.date && dated(page.date);
    card.lang = page.lang ?? lang;
    say("title", page.title);
    say("", page.summary);
    say("when", [date, page.state, page.marking].filter(Boolean).join(" · "));
  }

  // Below the line of the link that is pointed at, or above it where there is no room; never out of the window.
  function place(link, x) {
    const lines = [...link.getClientRects()];
    const line = lines.find((box) => x >= box.left && x <= box.right) ?? lines[0];
    const width = document.documentElement.clientWidth;
    const isRight = getComputedStyle(link).direction === "rtl";
    const start = isRight ? line.right - card.offsetWidth : line.left;
    const below = line.bottom + 6;
    const fits = below + card.offsetHeight < innerHeight || line.top < card.offsetHeight;
    card.style.left = `${scrollX + Math.max(8, Math.min(start, width - card.offsetWidth - 8))}px`;
    card.style.top = `${scrollY + (fits ? below : line.top - card.offsetHeight - 6)}px`;
  }

  async function show(link, x) {
    shown = link;
    const source = entry(link);
    const page = source || (await find(target(link)));
    if (!page || shown !== link) return;
    source ? quote(source) : fill(page);
    card.classList.add("shown");
    place(link, x);
    link.setAttribute("aria-describedby", "Card");
  }

  function hide() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    card?.classList.remove("shown");
    shown = null;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(hide, delay);
  }

  function soon(event) {
    const link = event.target.closest?.("a[href]");
    if (!entry(link) && !target(link)) return;
    clearTimeout(timer);
    if (link !== shown) timer = setTimeout(() => { hide(); show(link, event.clientX); }, delay);
  }

  // A finger opens the card of a citation first, and follows the link when it taps again; a note that opens in its place needs no card.
  function tap(event) {
    const link = event.target.closest?.("a[href]");
    const isFirst = !event.defaultPrevented && event.pointerType === "touch" && link !== shown && entry(link);
    hide();
    if (!isFirst) return;
    event.preventDefault();
    show(link, event.clientX);
  }

  addEventListener("pointerover", (event) => event.pointerType === "mouse" && soon(event));
  addEventListener("pointerout", (event) => event.target.closest?.("a[href]") && later());
  addEventListener("focusin", (event) => event.target.matches?.(":focus-visible") && soon(event));
  addEventListener("focusout", later);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("click", tap);
})();
