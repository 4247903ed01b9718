// The browser's side of `chancery serve`: reloads this page when it changed, swaps style sheets and pictures without a reload, shows what is
// wrong, and leads from there to the places that are marked in the page and back. It is added to responses, never to files.
// In a scope of its own: the scripts of the page have names too.
(() => {
  const shown = { ...document.currentScript.dataset };
  const RETRY = 3000;
  let events = null;

  // Only a page that somebody sees listens: a browser keeps but a few connections to one server.
  function listen() {
    events?.close();
    events = null;
    if (document.hidden) return;
    const own = (events = new EventSource("/_chancery/events?path=" + encodeURIComponent(location.pathname)));
    let isFirst = true;
    own.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.key !== shown.key || (isFirst && message.files !== shown.files)) return location.reload();
      isFirst = false;
      shown.files = message.files;
      message.swaps.forEach(([was, is]) => swap(was, is));
      show(message);
    };
    // Browsers try again by themselves when a server is away, but some give up.
    own.onerror = () => {
      isFirst = true;
      if (own.readyState === EventSource.CLOSED) setTimeout(() => events === own && listen(), RETRY);
    };
  }
  document.addEventListener("visibilitychange", listen);

  // A file with a new name, or with new bytes under the old one.
  function swap(was, is) {
    if (was.endsWith(".js") && document.querySelector(`script[src^="${CSS.escape(was)}"], script[src="${was}"]`)) return location.reload();
    const fresh = was === is ? `${is}?${Date.now()}` : is;
    const names = (element, attribute) => new URL(element[attribute], location).pathname === was;
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      if (!names(old, "href")) continue;
      // The old sheet goes when the new one is there, so that nothing flashes.
      const sheet = old.cloneNode();
      sheet.href = fresh;
      sheet.onload = () => old.remove();
      old.after(sheet);
    }
    for (const picture of document.querySelectorAll("img[src]")) if (names(picture, "src")) picture.src = fresh;
  }

  // What holds over a reload: whether somebody opened the overlay, the mistakes that open it by themselves and whether it was closed all the same,
  // and what has been read aloud.
  const state = { isOpen: false, hard: "[]", isClosed: false, said: "" };
  try {
    Object.assign(state, JSON.parse(sessionStorage.getItem("chancery-preview")));
  } catch {
    // A browser may refuse to keep anything.
  }
  function keep(change) {
    Object.assign(state, change);
    try {
      sessionStorage.setItem("chancery-preview", JSON.stringify(state));
    } catch {
      // As above.
    }
  }

  const host = make("div");
  host.id = "chancery-preview";
  host.lang = "en";
  host.dir = "ltr";
  const style = make("link");
  style.rel = "stylesheet";
  style.href = "/_chancery/preview.css";
  const box = make("aside", "problems");
  box.setAttribute("aria-label", "Problems of this site");
  box.hidden = true;
  const first = make("button", "first");
  first.type = "button";
  first.setAttribute("aria-controls", "all");
  const all = make("div", "all");
  all.id = "all";
  all.tabIndex = -1;
  const said = make("p", "announced");
  said.setAttribute("role", "status");
  box.append(first, all);
  const inside = host.attachShadow({ mode: "open" });
  inside.append(style, said);
  // Without its rules the overlay would be text across the page.
  style.onload = () => inside.append(box);
  document.body.append(host);
  let last = "";
  let problems = [];

  // Mistakes that keep a file from being understood open the overlay; all others are one line until somebody wants to see them.
  function show({ problems: found, count }) {
    const text = JSON.stringify([found, count]);
    if (text === last) return;
    last = text;
    problems = found;
    const hard = JSON.stringify(found.filter((problem) => problem.hard).map((problem) => [problem.place, problem.message]));
    if (hard !== state.hard) keep({ hard, isClosed: false });
    const many = `${count} ${count === 1 ? "error" : "errors"}`;
    const summary = count > 0 ? `${many}: ${found[0].message}` : "";
    if (summary !== state.said) said.textContent = summary || "No errors";
    keep({ said: summary });
    box.hidden = count === 0;
    all.replaceChildren(...found.map(one));
    if (count > found.length) all.append(make("p", "rest", [`${count - found.length} more: \`chancery check\` shows all`]));
    const message = make("span", "message", count > 0 ? words(found[0].message) : []);
    first.replaceChildren(make("span", "count", [many]), message, make("span", "fold"));
    mark();
    setFolded(!state.isOpen && (hard === "[]" || state.isClosed));
  }

  // Somebody opens or closes the overlay.
  function fold(isFolded) {
    keep({ isOpen: !isFolded, isClosed: isFolded });
    setFolded(isFolded);
  }

  function setFolded(isFolded) {
    all.hidden = isFolded;
    first.setAttribute("aria-expanded", String(!isFolded));
    const label = first.querySelector(".fold");
    if (label) label.textContent = isFolded ? "Show" : "Close";
    makeRoom();
  }

  // What stands last in the page can be scrolled above the line.
  function makeRoom() {
    const height = box.hidden ? "" : `${first.offsetHeight + 2}px`;
    document.documentElement.style.paddingBlockEnd = height;
    document.documentElement.style.scrollPaddingBlockEnd = height;
  }
  new ResizeObserver(makeRoom).observe(first);

  function one(problem) {
    const part = make("section");
    part.tabIndex = -1;
    part.append(make("p", "what", words(problem.message)));
    const where = make("p", "where");
    if (problem.place) where.append(marks(problem).length > 0 ? jump(problem) : make("span", "", [problem.place]));
    where.append(make("span", "", [problem.code]));
    part.append(where);
    if (problem.line) part.append(line(problem));
    problem.hints.forEach((hint) => part.append(make("p", "hint", words(hint))));
    return part;
  }

  const BEFORE = 80;
  const BEHIND = 60;

  // The line with what is meant underlined. Of a long line only what is near to that stays.
  function line({ line, column, width }) {
    const letters = [...line];
    const from = Math.max(column - BEFORE, 0);
    const before = (from > 0 ? "…" : "") + letters.slice(from, column).join("");
    const end = width > 0 ? column + width : column;
    const meant = letters.slice(column, end).join("") || (width > 0 ? "\u00a0" : "");
    const behind = letters.slice(end, end + BEHIND).join("") + (letters.length > end + BEHIND ? "…" : "");
    return make("pre", "line", [before, make("mark", "", [meant]), behind]);
  }

  function jump(problem) {
    const button = make("button", "", [problem.place]);
    button.type = "button";
    button.title = "Show the place in the page";
    button.onclick = () => {
      const [place] = marks(problem);
      fold(true);
      for (let around = place.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
      place.scrollIntoView({ block: "center" });
      place.focus({ preventScroll: true });
    };
    return button;
  }

  function marks(problem) {
    return problem.place ? [...document.querySelectorAll(`[data-chancery-fault="${CSS.escape(problem.place)}"]`)] : [];
  }

  // Marks say what is wrong, and are buttons that lead to it, unless they stand in something that can be clicked already.
  function mark() {
    for (const problem of problems) {
      for (const place of marks(problem)) {
        place.title = problem.message;
        if (place.parentElement.closest("a[href], button, summary, label")) continue;
        place.setAttribute("role", "button");
        place.tabIndex = 0;
      }
    }
  }

  const ABOVE = 40;
  let cameFrom = null;

  function lead(place) {
    const number = problems.findIndex((problem) => problem.place === place.dataset.chanceryFault);
    if (number < 0) return;
    fold(false);
    cameFrom = place;
    const part = all.children[number];
    part.focus({ preventScroll: true });
    all.scrollTop = part.offsetTop - all.offsetTop;
    // The words stay in sight, above the overlay.
    const covered = place.getBoundingClientRect().bottom - box.getBoundingClientRect().top;
    if (covered > 0) scrollBy(0, covered + ABOVE);
  }

  const markAt = (event) => event.target.closest?.("[data-chancery-fault][role]");
  document.addEventListener("click", (event) => markAt(event) && lead(markAt(event)));
  document.addEventListener("keydown", (event) => {
    const place = markAt(event);
    if (place && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      lead(place);
    } else if (event.key === "Escape" && !box.hidden && !all.hidden) {
      const wasInside = document.activeElement === host;
      fold(true);
      if (wasInside) (cameFrom?.isConnected ? cameFrom : first).focus();
      cameFrom = null;
    }
  });
  first.onclick = () => fold(!all.hidden);

  // Text in which what stands between backticks is code.
  function words(text) {
    return text.split("`").map((piece, number) => (number % 2 === 1 ? make("code", "", [piece]) : piece));
  }

  function make(name, kind, content = []) {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...content);
    return element;
  }

  listen();
})();
