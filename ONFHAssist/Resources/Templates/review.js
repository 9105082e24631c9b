"use strict";
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const cards = [...document.querySelectorAll("#hips article")];
  const byId = (name) => document.getElementById(name);
  const reader = byId("reader"), filter = byId("filter"), notice = byId("notice");
  const said = facts.said, words = { "": said.open, accept: said.accept, reject: said.reject, corrected: said.corrected };
  const filled = (name, values) => said[name].replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  // rows: that are kept; pending: on their way to the server, one after the other.
  let rows = [], pending = [], known = {}, others = {}, current = -1, acted = [], waiting = Promise.resolve();

  const keyOf = (card) => card.dataset.case + "\u0000" + card.dataset.side;
  const store = () => "onfh-review:" + facts.cohort + ":" + reader.value.trim();
  const shown = () => cards.filter((card) => !card.parentElement.hidden);

  function say(text, grave = false) { notice.textContent = text; notice.classList.toggle("grave", grave); }

  // What the rows of the reader come to; the same rule as the database's.
  function fold(found) {
    const held = {};
    for (const row of [...found].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))) {
      const key = row.case + "\u0000" + row.side, states = (held[key] = held[key] || [{ decision: "", comment: "", outline: "" }]);
      const last = states[states.length - 1];
      if (row.kind === "undo") { if (states.length > 1) states.pop(); }
      else if (row.kind === "comment") states.push({ ...last, comment: row.comment, outline: last.outline || row.outline });
      else states.push({ decision: row.kind, comment: row.comment || last.comment, outline: row.outline });
    }
    return Object.fromEntries(Object.entries(held).map(([key, states]) => [key, states[states.length - 1]]));
  }

  function judged(card) {
    const one = known[keyOf(card)] || { decision: "", comment: "", outline: "" };
    return { ...one, outdated: Boolean(one.decision && one.outline && one.outline !== card.dataset.outline) };
  }

  function draw(card) {
    const one = judged(card);
    card.className = one.outdated ? "outdated" : one.decision;
    card.querySelector("[data-part=state]").textContent = one.outdated ? filled("outdated", { state: words[one.decision] }) : words[one.decision];
    for (const act of ["accept", "reject"]) card.querySelector(`[data-act=${act}]`).setAttribute("aria-pressed", String(one.decision === act && !one.outdated));
    const field = card.querySelector("[data-part=comment]");
    if (document.activeElement !== field) field.value = one.comment;
    const also = others[keyOf(card)] || [], line = card.querySelector("[data-part=others]");
    line.hidden = !also.length;
    line.textContent = also.map((o) => `${o.reader}: ${words[o.decision]}${o.comment ? " (" + o.comment + ")" : ""}`).join("; ");
  }

  function count() {
    const kinds = cards.map((card) => { const one = judged(card); return one.outdated ? "" : one.decision; });
    const number = (kind) => kinds.filter((k) => k === kind).length, done = cards.length - number("");
    const all = { open: number(""), accept: number("accept"), reject: number("reject"), corrected: number("corrected") };
    byId("counts").textContent = filled(all.corrected ? "counts_corrected" : "counts", all);
    byId("done").style.width = `${cards.length ? (100 * done) / cards.length : 0}%`;
    return number("");
  }

  function refresh() { cards.forEach(draw); count(); choose(); }

  function choose() {
    const kind = filter.value;
    for (const card of cards) {
      const one = judged(card), decision = one.outdated ? "" : one.decision;
      card.parentElement.hidden = !(kind === "all" || (kind === "open" ? decision === "" : kind === "comment" ? one.comment : decision === kind));
    }
    byId("empty").hidden = shown().length > 0;
  }

  function go(index, focus = true) {
    if (index < 0 || index >= cards.length) return;
    if (current >= 0) mark(cards[current], false);
    current = index;
    mark(cards[index], true);
    if (focus) { cards[index].focus({ preventScroll: true }); cards[index].scrollIntoView({ block: "nearest" }); }
  }

  function mark(card, on) {
    card.tabIndex = on ? 0 : -1;
    if (on) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
    for (const one of card.querySelectorAll("button, input")) one.tabIndex = on ? 0 : -1;
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    let at = list.indexOf(cards[current]);
    if (at < 0) at = by > 0 ? list.findIndex((card) => cards.indexOf(card) > current) - by : list.filter((card) => cards.indexOf(card) < current).length;
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    if (next) go(cards.indexOf(next));
  }

  async function ask(path, body) {
    const answer = await fetch(path, { method: body ? "POST" : "GET", headers: { "X-ONFH-Token": facts.token, ...(body ? { "Content-Type": "application/json" } : {}) }, body: body && JSON.stringify(body) });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.error || answer.statusText);
    return content;
  }

  function keep(row) {
    if (!facts.served) {
      rows.push(row);
      known = fold(rows);
      try { localStorage.setItem(store(), JSON.stringify(rows)); }
      catch (error) { say(said.not_kept, true); }
      return;
    }
    pending.push(row);
    known = fold([...rows, ...pending]);
    waiting = waiting.then(() => ask("decide", row)).then(
      (answer) => { if (row.reader === reader.value.trim()) rows.push({ ...row, time: answer.time }); },
      (error) => say(filled("lost", { hip: `${row.case} ${row.side}`, why: error.message }), true)
    ).then(() => {
      pending = pending.filter((one) => one !== row);
      known = fold([...rows, ...pending]);
      if (!pending.length) refresh();
    });
  }

  function decide(card, kind, comment = "") {
    const name = reader.value.trim();
    if (!name) { say(said.name_first, true); reader.focus(); return false; }
    const before = cards.indexOf(card);
    keep({ case: card.dataset.case, side: card.dataset.side, reader: name, kind, outline: card.dataset.outline, time: new Date().toISOString(), comment });
    if (kind !== "undo") acted.push(before);
    draw(card);
    const left = count(), hip = filled("hip_of", { hip: card.querySelector(".side").textContent, case: card.dataset.case });
    say(filled("told", { hip, what: kind === "undo" ? said.taken_back : kind === "comment" ? said.comment_kept : words[kind], open: left }));
    return true;
  }

  // By the key the last decision is taken back, wherever it was; by the button that of its own hip.
  function act(card, kind, here = false) {
    if (kind === "undo") {
      const own = cards.indexOf(card), at = here || !acted.length ? own : acted[acted.length - 1];
      if (acted.includes(at)) acted.splice(acted.lastIndexOf(at), 1);
      const one = known[keyOf(cards[at])];
      if (!one || (!one.decision && !one.comment)) { say(said.nothing); return; }
      if (decide(cards[at], "undo")) { choose(); if (!cards[at].parentElement.hidden) go(at); }
      return;
    }
    if (!decide(card, kind)) return;
    step(1);
    choose();
    if (cards[current].parentElement.hidden) step(1);
  }

  // who reads -------------------------------------------------------------------------------------------------------
  function take() {
    const name = reader.value.trim();
    acted = []; others = {}; pending = pending.filter((row) => row.reader === name);
    rows = facts.start.filter((row) => row.reader === name);
    if (!facts.served) {
      try { rows = merged(rows, name ? JSON.parse(localStorage.getItem(store()) || "[]") : []); } catch (error) { /* nothing kept */ }
      known = fold(rows);
      refresh();
      return waiting;
    }
    // After what is on its way, before what is decided next: nothing is taken twice and nothing is forgotten.
    waiting = waiting.then(() => (name ? ask("state?reader=" + encodeURIComponent(name)) : { rows: [], others: [] })).then((found) => {
      if (name !== reader.value.trim()) return;
      rows = found.rows;
      for (const one of found.others) (others[one.case + "\u0000" + one.side] = others[one.case + "\u0000" + one.side] || []).push(one);
    }, (error) => say(error.message, true)).then(() => { known = fold([...rows, ...pending]); refresh(); });
    return waiting;
  }

  function merged(first, second) {
    const seen = new Set(), out = [];
    for (const row of [...first, ...second]) {
      const key = JSON.stringify([row.case, row.side, row.reader, row.kind, row.time, row.comment]);
      if (!seen.has(key)) { seen.add(key); out.push(row); }
    }
    return out;
  }

  function save() {
    const text = JSON.stringify({ schema: facts.schema, cohort: facts.cohort, decisions: rows }, null, 1) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `decisions-${reader.value.trim().replace(/[^A-Za-z0-9-]+/g, "-") || "reader"}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(filled("saved", { count: rows.length, file: link.download }));
  }

  async function load(file) {
    try {
      const content = JSON.parse(await file.text());
      if (content.schema !== facts.schema) throw new Error(said.no_decisions);
      if (content.cohort !== facts.cohort) throw new Error(said.other_cohort);
      const names = [...new Set(content.decisions.map((row) => row.reader))];
      if (names.length !== 1) throw new Error(names.length ? said.several : said.nobody);
      reader.value = names[0];
      await take();
      rows = merged(rows, content.decisions);
      known = fold(rows);
      localStorage.setItem(store(), JSON.stringify(rows));
      refresh();
      say(filled("loaded", { count: content.decisions.length, reader: names[0] }));
    } catch (error) { say(filled("not_loaded", { file: file.name, why: error.message }), true); }
  }

  // events ----------------------------------------------------------------------------------------------------------
  byId("hips").addEventListener("click", (event) => {
    const card = event.target.closest("article");
    if (!card) return;
    const button = event.target.closest("button");
    go(cards.indexOf(card), !event.target.closest("input, button"));
    if (!button) return;
    act(card, button.dataset.act, true);
  });
  byId("hips").addEventListener("focusin", (event) => {
    const card = event.target.closest("article");
    if (card && cards.indexOf(card) !== current) go(cards.indexOf(card), false);
  });
  byId("hips").addEventListener("keydown", (event) => {
    if (event.target.dataset.part !== "comment") return;
    const card = event.target.closest("article");
    if (event.key === "Enter") {
      const text = event.target.value.trim();
      if (text === judged(card).comment || decide(card, "comment", text)) { card.focus(); draw(card); }
    } else if (event.key === "Escape") { card.focus(); draw(card); } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape" && current >= 0) go(current);
      return;
    }
    if (event.target.closest("button") && (event.key === "Enter" || event.key === " ")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, card = cards[Math.max(current, 0)];
    if (!card && key !== "?") return;
    if (key === "j" || key === "ArrowDown") step(1);
    else if (key === "k" || key === "ArrowUp") step(-1);
    else if (key === "Home") { current = -1; step(1); }
    else if (key === "End") go(cards.indexOf(shown().pop()));
    else if (key === "a") act(card, "accept");
    else if (key === "r") act(card, "reject");
    else if (key === "u") act(card, "undo");
    else if (key === "c") { go(cards.indexOf(card)); const field = card.querySelector("[data-part=comment]"); field.focus(); field.select(); }
    else if (key === "o") toggle();
    else if (key === "?") byId("keys").showModal();
    else return;
    event.preventDefault();
  });
  function toggle() {
    const on = document.body.classList.toggle("outlined");
    byId("outlines").setAttribute("aria-pressed", String(on));
  }
  byId("outlines").addEventListener("click", toggle);
  byId("help").addEventListener("click", () => byId("keys").showModal());
  filter.addEventListener("change", () => { choose(); const first = shown()[0]; if (first) go(cards.indexOf(first), false); });
  reader.addEventListener("change", take);
  reader.addEventListener("keydown", (event) => { if (event.key === "Enter") { reader.blur(); go(Math.max(current, 0)); } });
  if (byId("export")) {
    byId("export").addEventListener("click", save);
    byId("import").addEventListener("click", () => byId("file").click());
    byId("file").addEventListener("change", () => { if (byId("file").files[0]) load(byId("file").files[0]); byId("file").value = ""; });
  }
  window.addEventListener("storage", (event) => { if (event.key === store()) take(); });
  try { if (!reader.value && !facts.served) reader.value = localStorage.getItem("onfh-review:reader") || ""; } catch (error) { /* nothing kept */ }
  reader.addEventListener("change", () => { try { localStorage.setItem("onfh-review:reader", reader.value.trim()); } catch (error) { /* nothing kept */ } });
  take().then(() => { if (cards.length) go(0, Boolean(reader.value)); });
})();
