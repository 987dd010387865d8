// Notes on hover and focus, keys, filters, tabs, themes. Text reaches the page as textContent only.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const { layers, labels, cards } = JSON.parse($("#data").textContent);
  const card = $("#card");
  let current = null; // the mark that Tab comes back to
  let pinned = false;
  let hot = [];

  // One stop per mark, though a mark that crosses another is in pieces: the first piece has the id.
  const stops = $$("article .m[id]");
  const shown = () => stops.filter((mark) => !mark.classList.contains("off"));
  const pieces = (number) => $$(`article [data-a="${number}"]`);

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function fill(numbers) {
    card.replaceChildren(
      ...numbers.map((number) => {
        const [layer, title, ...rows] = cards[number];
        const section = element("section", layers[layer][0]);
        section.append(element("p", "k", layers[layer][1]), element("p", "v", title));
        const list = element("dl");
        for (let i = 0; i < rows.length; i += 2) {
          const pair = element("div");
          pair.append(element("dt", "", labels[rows[i]]), element("dd", "", rows[i + 1]));
          list.append(pair);
        }
        section.append(list);
        return section;
      }),
    );
  }

  function place(mark) {
    const rects = mark.getClientRects();
    const at = rects[0] || mark.getBoundingClientRect();
    const last = rects[rects.length - 1] || at;
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = last.bottom + 8 + height < innerHeight;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    card.style.top = `${below ? last.bottom + 8 : Math.max(8, at.top - 8 - height)}px`;
  }

  function show(mark) {
    const numbers = [];
    for (let at = mark; at && at.tagName !== "ARTICLE"; at = at.parentElement) {
      if (at.dataset.a && !at.classList.contains("off") && !numbers.includes(at.dataset.a)) numbers.push(at.dataset.a);
    }
    if (!numbers.length) return;
    fill(numbers);
    for (const piece of hot) piece.classList.remove("hot");
    hot = pieces(numbers[0]);
    for (const piece of hot) piece.classList.add("hot");
    card.hidden = false;
    place(mark);
  }

  function hide() {
    pinned = false;
    card.classList.remove("pinned");
    card.hidden = true;
    for (const piece of hot) piece.classList.remove("hot");
    hot = [];
  }

  function pin(on) {
    pinned = on;
    card.classList.toggle("pinned", on);
  }

  function settle(mark) {
    if (current) current.tabIndex = -1;
    current = mark;
    if (mark) mark.tabIndex = 0;
  }

  function go(mark) {
    if (!mark) return;
    settle(mark);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    show(mark);
  }

  function jump(number) {
    const mark = document.getElementById(`a${number}`);
    if (!mark) return;
    fold();
    if (mark.classList.contains("off")) reveal(mark);
    go(mark);
    flash(mark.closest(".s") || $(".s", mark));
  }

  function flash(sentence, scroll = false) {
    if (!sentence) return;
    for (const piece of $$(".flash")) piece.classList.remove("flash");
    void sentence.offsetWidth; // restarts the animation
    sentence.classList.add("flash");
    if (scroll) {
      fold();
      hide();
      sentence.scrollIntoView({ block: "center", behavior: "instant" });
    }
  }

  function fold() {
    $(".side")?.classList.remove("open");
    $(".menu")?.setAttribute("aria-expanded", "false");
  }

  function step(by, wanted = () => true) {
    const all = shown().filter((mark) => mark === current || (!mark.classList.contains("h") && wanted(mark)) || (wanted(mark) && wanted.headings));
    const at = all.indexOf(current);
    go(all[at < 0 ? 0 : at + by]);
  }
  const targets = (mark) => mark.classList.contains("t");
  const diagnostics = (mark) => mark.classList.contains("d");
  const headings = (mark) => mark.classList.contains("h");
  headings.headings = true;

  for (const mark of stops) mark.tabIndex = -1;
  settle(stops.find((mark) => !headings(mark)) || stops[0] || null);

  document.addEventListener("pointerover", (event) => {
    if (pinned || event.pointerType === "touch" || !(event.target instanceof Element)) return;
    const mark = event.target.closest("article [data-a]:not(.off)");
    if (mark) show(mark);
    else if (!event.target.closest("#card") && !(current && current === document.activeElement)) hide();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#a'], a[href^='#s']");
    if (link) {
      event.preventDefault();
      if (link.hash[1] === "a") jump(link.hash.slice(2)); else flash(document.getElementById(link.hash.slice(1)), true);
      history.replaceState(null, "", link.hash);
      return;
    }
    const mark = event.target.closest("article [data-a]:not(.off)");
    if (mark) {
      const stop = document.getElementById(`a${mark.dataset.a}`) || mark;
      settle(stop);
      stop.focus({ preventScroll: true });
      show(mark);
      pin(true);
    } else if (!event.target.closest("#card")) hide();
    const more = $(".more[open]");
    if (more && !more.contains(event.target)) more.open = false;
  });
  document.addEventListener("focusin", (event) => {
    if (stops.includes(event.target)) {
      settle(event.target);
      if (!pinned) show(event.target);
    } else if (!card.contains(event.target)) hide();
  });
  addEventListener("scroll", () => { if (!card.hidden && hot[0]) place(hot[0]); }, { passive: true, capture: true });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { hide(); fold(); $(".more[open]")?.removeAttribute("open"); return; }
    if (event.key === "?" && !/INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) { $("#keys")?.showModal(); return; }
    if (!event.target.closest("article")) return; // single keys work inside the text only
    const back = event.shiftKey ? -1 : 1;
    const keys = {
      ArrowRight: () => step(1), ArrowLeft: () => step(-1), j: () => step(1), k: () => step(-1),
      t: () => step(back, targets), d: () => step(back, diagnostics), "]": () => step(1, headings), "[": () => step(-1, headings),
      Enter: () => { pin(!pinned); show(current); }, " ": () => { pin(!pinned); show(current); },
    };
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // Filters: a button for each layer, a box for each kind.
  const off = { layers: new Set(), kinds: new Set() };
  const names = layers.map(([name]) => name);
  const layerOf = (mark) => names[cards[mark.dataset.a][0]];
  function filter() {
    for (const mark of $$("article [data-a]")) {
      const layer = layerOf(mark);
      mark.classList.toggle("off", off.layers.has(layer) || off.kinds.has(`${layer} ${mark.dataset.k}`));
    }
    if (current?.classList.contains("off")) settle(shown().find((mark) => !headings(mark)) || null);
    hide();
  }
  function reveal(mark) {
    const layer = layerOf(mark);
    off.layers.delete(layer);
    off.kinds.delete(`${layer} ${mark.dataset.k}`);
    $(`.chip[data-layer="${layer}"]`)?.setAttribute("aria-pressed", "true");
    for (const box of $$(".sheet input")) if (box.dataset.layer === layer && box.dataset.k === mark.dataset.k) box.checked = true;
    filter();
  }
  for (const chip of $$(".chip")) {
    chip.addEventListener("click", () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chip.setAttribute("aria-pressed", String(on));
      off.layers[on ? "delete" : "add"](chip.dataset.layer);
      filter();
    });
  }
  for (const box of $$(".sheet input")) {
    box.addEventListener("change", () => {
      off.kinds[box.checked ? "delete" : "add"](`${box.dataset.layer} ${box.dataset.k}`);
      filter();
    });
  }

  // Tabs of the side.
  const tabs = $$('[role="tab"]');
  function select(tab) {
    for (const other of tabs) {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !on;
    }
  }
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
      select(next);
      next.focus();
    });
  }
  if (tabs.length) select(tabs[0]);

  const menu = $(".menu");
  menu?.addEventListener("click", (event) => {
    event.stopPropagation();
    menu.setAttribute("aria-expanded", String($(".side").classList.toggle("open")));
  });
  $("#help")?.addEventListener("click", () => $("#keys").showModal());
  $("#keys button")?.addEventListener("click", () => $("#keys").close());

  // Theme: as the system, light, dark; remembered where the browser lets a file remember.
  const theme = $("#theme");
  const themes = JSON.parse(theme.dataset.names);
  const remember = { get: () => { try { return localStorage.getItem("zfreport-theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("zfreport-theme", value); } catch { /* private window */ } } };
  function paint(name) {
    if (name === "auto") root.removeAttribute("data-theme"); else root.dataset.theme = name;
    theme.lastElementChild.textContent = ` · ${themes[name]}`;
  }
  let chosen = remember.get() in themes ? remember.get() : "auto";
  paint(chosen);
  theme.addEventListener("click", () => {
    const order = Object.keys(themes);
    chosen = order[(order.indexOf(chosen) + 1) % order.length];
    remember.set(chosen);
    paint(chosen);
  });

  // The outline follows the reader.
  const links = new Map($$(".tree a").map((link) => [link.hash.slice(1), link]));
  const places = stops.filter((mark) => links.has(mark.id));
  let marked = null;
  let waiting = false;
  function follow() {
    waiting = false;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].getBoundingClientRect().top < 180) low = middle + 1; else high = middle;
    }
    const link = links.get(places[Math.max(0, low - 1)]?.id);
    if (link === marked || !link || link.closest(".column")) return;
    marked?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    marked = link;
    const panel = link.closest(".panel");
    if (panel && !panel.matches(":hover")) {
      const box = link.getBoundingClientRect();
      const frame = panel.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) panel.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
  follow();
  if (/^#a\d+$/.test(location.hash)) jump(location.hash.slice(2));
})();
