(() => {
  "use strict";
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const kept = {
    get: () => { try { return localStorage.getItem("notelint-theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("notelint-theme", value); } catch { /* a file opened without storage */ } },
  };
  const THEMES = ["auto", "light", "dark"];
  let theme = THEMES.includes(kept.get()) ? kept.get() : "auto";
  const dress = () => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    const button = one("#theme");
    if (button) button.textContent = "Theme: " + theme;
  };
  dress();

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const FIELDS = { rule: "r", severity: "s", status: "t", source: "k" };
  let state = {}, at = "", cards = [], chosen = null;
  const words = new WeakMap();

  const read = () => {
    const hash = location.hash.slice(1);
    state = {}; at = "";
    if (!hash.includes("=")) { at = decode(hash); return; }
    for (const [name, value] of new URLSearchParams(hash)) if (value) state[name] = value;
    at = state.at || ""; delete state.at;
  };
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const write = () => {
    const params = new URLSearchParams(state);
    let hash = params.toString();
    if (at) hash = hash ? hash + "&at=" + encodeURIComponent(at) : at;
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  };

  const matches = (card, wanted) => {
    for (const name in FIELDS) if (state[name] && card.dataset[FIELDS[name]] !== state[name]) return false;
    if (state.note && !card.dataset.n.split("\n").includes(state.note)) return false;
    if (!wanted.length) return true;
    if (!words.has(card)) words.set(card, plain([card.textContent, card.id, card.dataset.k, card.dataset.n].join(" ")));
    const text = words.get(card);
    return wanted.every((word) => text.includes(word));
  };
  const apply = () => {
    const form = one("#filter");
    if (!form) return;
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = state[field.name] || "";
      if (field.value !== value) field.value = value;
      field.classList.toggle("on", value !== "");
    }
    if (!cards.length) return;
    const wanted = plain(state.q || "").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const hidden = !matches(card, wanted);
      if (card.hidden !== hidden) card.hidden = hidden;
      shown += !hidden;
    }
    for (const section of all("[data-section]")) section.hidden = !one("[data-r]:not([hidden])", section);
    const active = Object.keys(state).length > 0;
    one("#count").textContent = active ? `${shown.toLocaleString("en")} of ${cards.length.toLocaleString("en")} shown` : `${cards.length.toLocaleString("en")} shown`;
    one("#clear").hidden = !active;
    one("#none").hidden = shown > 0;
  };
  const select = (card, scroll = true) => {
    if (chosen) chosen.removeAttribute("aria-current");
    chosen = card;
    if (!card) return;
    card.hidden = false;
    const section = card.closest("[data-section]");
    if (section) section.hidden = false;
    card.setAttribute("aria-current", "true");
    card.focus({ preventScroll: true });
    if (scroll) card.scrollIntoView({ block: "start" });
  };
  const arrive = () => {
    read(); apply();
    const target = at && document.getElementById(at);
    if (!at && Object.keys(state).length && one("#filter") && cards.length) one("#filter").scrollIntoView();
    if (!target) return;
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (target.matches("[data-r]")) select(target); else target.scrollIntoView();
  };
  const step = (by) => {
    const open = cards.filter((card) => !card.hidden);
    if (!open.length) return;
    let index = open.indexOf(chosen);
    if (index < 0) {
      const below = open.findIndex((card) => card.getBoundingClientRect().top > 0);
      index = by > 0 ? (below < 0 ? open.length - 1 : below) : Math.max(0, below - 1);
    } else index = Math.min(open.length - 1, Math.max(0, index + by));
    at = open[index].id;
    select(open[index]);
    write();
  };

  const tick = (text) => {
    const longest = Math.max(0, ...(text.match(/`+/g) || []).map((run) => run.length));
    const fence = "`".repeat(longest + 1), pad = longest ? " " : "";
    return fence + pad + text.replace(/\s+/g, " ").trim() + pad + fence;
  };
  const markdown = (card) => {
    const lines = [`**${card.dataset.s} · ${card.dataset.r}** ${tick(one("[data-m]", card).textContent)}`, ""];
    for (const place of all(".places > li", card).slice(0, 20)) {
      const mark = one("mark", place), becomes = one(".becomes", place), at = one(".at > *", place);
      lines.push(`- ${tick(at.title + at.textContent.slice(one("bdi", at).textContent.length))}: ${mark ? tick(mark.textContent) : ""}${becomes ? " → " + tick(becomes.textContent.replace(/^→/, "")) : ""}`);
    }
    const suggestion = one("[data-suggestion]", card);
    if (suggestion) lines.push("", `Suggested: ${tick(suggestion.dataset.suggestion)}`);
    for (const reason of all(".why li", card)) lines.push(`- because ${tick(reason.textContent)}`);
    lines.push("", `\`notelint explain ${card.dataset.f}\``);
    return lines.join("\n") + "\n";
  };
  const toast = (text) => {
    const old = one(".toast");
    if (old) old.remove();
    const box = document.createElement("p");
    box.className = "toast"; box.setAttribute("role", "status"); box.textContent = text;
    document.body.append(box);
    setTimeout(() => box.remove(), 1800);
  };
  const copy = async (text, said) => {
    try { await navigator.clipboard.writeText(text); }
    catch {
      const area = document.createElement("textarea");
      area.value = text; area.setAttribute("aria-label", "Text to copy");
      document.body.append(area); area.select();
      document.execCommand("copy"); area.remove();
    }
    toast(said);
  };
  const settle = (details) => {
    const into = one(".settle", details), card = details.closest("[data-r]");
    if (into.childElementCount) return;
    const made = one("#settle").content.cloneNode(true);
    for (const slot of all("[data-slot]", made)) slot.textContent = slot.dataset.slot.replace("RULE", card.dataset.r).replace("FINGERPRINT", card.dataset.f);
    for (const part of all("[data-when]", made)) if (part.dataset.when !== card.dataset.x) part.remove();
    into.append(made);
  };

  const search = () => {
    const data = one("#rows");
    if (!data) return;
    const { rules, sources, pages, notes, words, part, severities, statuses, rows } = JSON.parse(data.textContent);
    const vocabulary = Object.entries(words);
    const list = one("#results"), more = one("#more");
    const texts = rows.map((row) => plain([row[0], rules[row[1]], sources[row[4]][0], sources[row[4]][1], ...row[7].map((note) => notes[note]), row[8]].join(" ")));
    const LIMIT = 200;
    const show = () => {
      const wanted = plain(state.q || "").split(/\s+/).filter(Boolean);
      list.replaceChildren(); more.textContent = "";
      let found = 0;
      const active = wanted.length || state.rule || state.severity || state.status;
      if (active) rows.forEach((row, index) => {
        if (state.rule && rules[row[1]] !== state.rule) return;
        if (state.severity && severities[row[2]] !== state.severity) return;
        if (state.status && statuses[row[3]] !== state.status) return;
        if (!wanted.every((word) => texts[index].includes(word))) return;
        if (++found > LIMIT) return;
        const item = document.createElement("li"), link = document.createElement("a"), meta = document.createElement("p");
        link.href = pages[row[5]] + "#" + row[6];
        link.textContent = row[0]; meta.className = "meta";
        const severity = document.createElement("span");
        severity.className = "sev " + severities[row[2]]; severity.textContent = severities[row[2]];
        const rule = document.createElement("span"); rule.textContent = rules[row[1]];
        const source = document.createElement("span"); source.textContent = sources[row[4]][0];
        meta.append(severity, rule, source); item.append(link, meta); list.append(item);
      });
      one("#count").textContent = active ? `${found.toLocaleString("en")} found` : `${rows.length.toLocaleString("en")} to search`;
      if (found > LIMIT) more.textContent = `${(found - LIMIT).toLocaleString("en")} more: add a word to narrow the search.`;
      // where else: pages that have, for each piece of each word looked for, a word which holds it
      let where = -1;
      if (vocabulary.length) for (const word of wanted) for (const piece of word.split(/["“”'’.,;:()\[\]\/_-]+/).filter((text) => text.length > 1)) {
        let pages = 0;
        for (const [known, mask] of vocabulary) if (known.includes(piece)) pages |= mask;
        where &= pages;
      }
      const parts = all("[data-part]");
      const elsewhere = active ? parts.map((_, index) => index + 1).filter((number) => number !== part && where & (1 << (number - 1))) : [];
      parts.forEach((link, index) => link.classList.toggle("off", active && !(where & (1 << index)) && index + 1 !== part));
      if (elsewhere.length) more.textContent += ` ${found ? "More" : "Nothing here; look"} in part ${elsewhere.join(", ")}.`;
      one("#clear").hidden = !active;
      for (const link of all("[data-part]")) link.href = link.dataset.part + (active ? "#" + new URLSearchParams(state) : "");
    };
    return show;
  };

  document.addEventListener("DOMContentLoaded", () => {
    dress();
    cards = all("[data-r]");
    const show = search();
    const update = () => { apply(); if (show) show(); };
    const form = one("#filter"), help = one("#help");
    for (const lane of all("svg.l")) all(".dot", lane).forEach((dot, index) => {
      dot.setAttribute("tabindex", index ? "-1" : "0");
      if (!dot.matches("a")) dot.setAttribute("role", "img");
    });
    one("#theme").addEventListener("click", () => { theme = THEMES[(THEMES.indexOf(theme) + 1) % 3]; kept.set(theme); dress(); });
    one("#keys").addEventListener("click", () => help.showModal());
    if (form) {
      let timer = 0;
      const change = () => {
        clearTimeout(timer);
        const wanted = {};
        for (const [name, value] of new FormData(form)) if (value) wanted[name] = value;
        // leaving the search field says "change" again: the results must not be made anew under the pointer
        if (new URLSearchParams(wanted).toString() === new URLSearchParams(state).toString()) return;
        state = wanted; at = "";
        update(); write();
      };
      form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(change, 120); });
      form.addEventListener("change", change);
      form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
      one("#clear").addEventListener("click", () => { state = {}; at = ""; update(); write(); });
    }
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-do]");
      if (button) {
        const card = button.closest("[data-r]");
        if (button.dataset.do === "markdown") copy(markdown(card), "Copied as Markdown");
        if (button.dataset.do === "code") copy(button.previousElementSibling.textContent, "Copied");
      }
      const link = event.target.closest("a.perma");
      if (link && !event.metaKey && !event.ctrlKey) {
        event.preventDefault();
        const card = link.closest("[data-r]");
        at = card.id; select(card, false); write();
        copy(location.href.split("#")[0] + "#" + card.id, "Link copied");
      }
    });
    document.addEventListener("toggle", (event) => { if (event.target.matches && event.target.matches("details.how") && event.target.open) settle(event.target); }, true);
    const speak = (event) => {
      const dot = event.target.closest ? event.target.closest(".dot") : null;
      for (const move of all("g.move.on")) move.classList.remove("on");
      if (!dot) return;
      const move = dot.closest("g.move");
      if (move) move.classList.add("on");
      const [time, ...rest] = one("title", dot).textContent.split(" · ");
      const say = one(".say", dot.closest("figure")), bold = document.createElement("b");
      bold.textContent = time;
      say.replaceChildren(bold, rest.join(" · "));
    };
    document.addEventListener("mouseover", speak);
    document.addEventListener("focusin", speak);
    document.addEventListener("keydown", (event) => {
      const target = event.target, typing = target.matches && target.matches("input, select, textarea");
      if (event.key === "Escape" && typing) { target.blur(); return; }
      const dot = target.closest && target.closest(".dot");
      if (dot && event.key.startsWith("Arrow")) {
        const dots = all(".dot", dot.closest("svg.l")), lanes = all("svg.l", dot.closest("figure"));
        let next = null;
        if (event.key === "ArrowRight") next = dots[dots.indexOf(dot) + 1];
        if (event.key === "ArrowLeft") next = dots[dots.indexOf(dot) - 1];
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          const lane = lanes[lanes.indexOf(dot.closest("svg.l")) + (event.key === "ArrowDown" ? 1 : -1)];
          if (lane) next = one(".dot", lane);
        }
        event.preventDefault();
        if (next) next.focus();
        return;
      }
      if (typing || event.ctrlKey || event.metaKey || event.altKey || (help && help.open)) return;
      const keys = {
        j: () => step(1), k: () => step(-1), "?": () => help.showModal(), t: () => one("#theme").click(),
        "/": () => { const field = one("#q"); if (field) { field.focus(); field.select(); } },
        c: () => { if (chosen) copy(markdown(chosen), "Copied as Markdown"); },
        Enter: () => {
          if (!chosen || target !== chosen) return false;
          const link = chosen.matches("li") && one("a", chosen);
          if (link) { link.click(); return true; }
          const folds = all("details", chosen), open = folds.some((fold) => !fold.open);
          for (const fold of folds) fold.open = open;
        },
      };
      if (keys[event.key] && keys[event.key]() !== false) event.preventDefault();
    });
    window.addEventListener("hashchange", () => { arrive(); if (show) show(); });
    window.addEventListener("beforeprint", () => { for (const fold of all("details")) if (!fold.matches(".how")) fold.open = true; });
    arrive();
    if (show) show();
    root.dataset.ready = String(Math.round(performance.now()));
  });
})();
