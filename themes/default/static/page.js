// The page of a text: notes beside their lines, or opened in place where there is no room; the part that is being read, marked in the contents;
// keys that lead to the search.
// Without this script notes stand at the end, with links there and back.
// In a scope of its own: other scripts of a page have names too.
(() => {
  const text = document.querySelector('[itemprop="articleBody"]');
  const notes = [...(text?.querySelectorAll(".footnotes > ol > li") ?? [])].map((note) => ({ note, mark: text.querySelector(`a[href="#${CSS.escape(note.id)}"]`) }));
  const isWide = () => getComputedStyle(text).getPropertyValue("--side").trim() === "yes";
  const apart = 12;
  const far = 500;

  // Each note at the height of its mark, below the one before and what is as wide as the margin; then upwards from the end, if they reach below the text.
  // They stay at the end if that is shorter, or if one would be far from its mark.
  function beside() {
    const page = text.parentElement;
    page.classList.remove("side");
    text.style.minHeight = "";
    if (!isWide()) return;
    const longest = text.offsetHeight;
    page.classList.add("side");
    const top = text.getBoundingClientRect().top;
    const wide = [...text.querySelectorAll(".wide, .table:has(th:nth-child(6))")].map((box) => [box.offsetTop, box.offsetTop + box.offsetHeight]);
    let free = 0;
    const places = notes.map(({ note, mark }) => {
      const height = note.offsetHeight;
      const wanted = mark ? mark.getBoundingClientRect().top - top - 4 : 0;
      let at = Math.max(free, wanted);
      for (const [from, to] of wide) if (at < to && at + height > from) at = to + apart;
      free = at + height + apart;
      return { note, height, at, wanted };
    });
    const needed = places.reduce((sum, { height }) => sum + height + apart, -apart);
    let floor = Math.max(text.offsetHeight, needed);
    for (const place of places.toReversed()) {
      place.at = Math.min(place.at, floor - place.height);
      floor = place.at - apart;
    }
    const isGood = needed <= longest && places.every(({ at, wanted }) => Math.abs(at - wanted) < far);
    page.classList.toggle("side", isGood);
    if (!isGood) return;
    text.style.minHeight = `${needed}px`;
    for (const { note, at } of places) note.style.top = `${at}px`;
  }

  // Where there is no room beside the text, a note that is asked for by hand opens below its line. From the keyboard it is a link as always.
  function open(event, { note, mark }) {
    if (text.parentElement.classList.contains("side") || event.detail === 0) return;
    event.preventDefault();
    const link = event.currentTarget;
    const line = link.closest(".table") ?? link.closest("p, li, dd, dt, h2, h3") ?? mark;
    const last = line.nextElementSibling;
    const isOpen = last?.classList.contains("opened") && last;
    isOpen && last.remove();
    for (const other of text.querySelectorAll("[aria-expanded]")) other !== link && other.closest("p, li, dd, .table") === line && other.removeAttribute("aria-expanded");
    if (link.getAttribute("aria-expanded") === "true") return link.removeAttribute("aria-expanded");
    const box = document.createElement(line.localName === "li" ? "li" : "div");
    box.className = "opened";
    box.append(...note.cloneNode(true).childNodes);
    for (const back of box.querySelectorAll("[role=doc-backlink]")) back.remove();
    for (const part of box.querySelectorAll("[id]")) part.removeAttribute("id");
    line.after(box);
    link.setAttribute("aria-expanded", "true");
  }

  // Links whose words are their address: it is cut beside the text, and not spelled out once more on paper.
  for (const link of text?.querySelectorAll("a[href^=http]") ?? []) if (link.textContent === link.getAttribute("href")) {
    link.classList.add("long");
    link.dataset.host = link.hostname.replace(/^www\./, "");
  }

  if (notes.length) {
    for (const each of notes) {
      for (const link of text.querySelectorAll(`a[href="#${CSS.escape(each.note.id)}"]`)) {
        link.addEventListener("click", (event) => open(event, each));
        for (const [kind, isOn] of [["pointerenter", true], ["pointerleave", false]]) link.addEventListener(kind, () => each.note.classList.toggle("lit", isOn));
      }
    }
    beside();
    let next;
    new ResizeObserver(() => { cancelAnimationFrame(next); next = requestAnimationFrame(beside); }).observe(text);
    document.fonts.ready.then(beside);
  }

  const entries = new Map([...document.querySelectorAll(".outline a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const heads = text && entries.size ? [...text.querySelectorAll("h2[id], h3[id]")].filter((head) => entries.has(head.id)) : [];
  if (heads.length) {
    let current;
    const mark = () => {
      const head = heads.findLast((head) => head.getBoundingClientRect().top < innerHeight / 3);
      if (head === current) return;
      current && entries.get(current.id).removeAttribute("aria-current");
      head && entries.get(head.id).setAttribute("aria-current", "location");
      current = head;
    };
    const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66%" });
    heads.forEach((head) => watcher.observe(head));
  }

  // From any page to the field of the search, with / or Ctrl-K. Who writes in a field means the letter.
  addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.("input, textarea, select, [contenteditable]");
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey !== event.metaKey) && !event.altKey && !event.shiftKey;
    const link = document.querySelector("a[rel=search]");
    if (!(isSlash || isK) || !link || event.defaultPrevented) return;
    event.preventDefault();
    const field = document.querySelector(".search:not([hidden]) input");
    if (!field) return location.assign(`${link.href}#Question`);
    field.focus();
    field.select();
  });

  const print = document.querySelector("button.print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
})();
