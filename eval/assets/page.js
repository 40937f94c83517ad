"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const PAGE = 50;
let shown = PAGE;

const { texts, names } = data;
const named = (kind, value) => names[kind][value];
const written = (number) => String(number).replace(".", data.decimal);

function options(select, kind, values, all) {
  if (all) select.add(new Option(all, ""));
  for (const value of values) select.add(new Option(named(kind, value), value));
}
const distinct = (values) => [...new Set(values)].sort();
options(at("system"), "system", data.systems);
options(at("rival"), "system", data.systems);
at("rival").selectedIndex = Math.min(1, data.systems.length - 1);
options(at("task"), "task", [...new Set(data.examples.map((one) => one.task))], texts.all);
options(at("language"), "language", distinct(data.examples.map((one) => one.language)), texts.all);
options(at("rule"), "rule", distinct(data.examples.flatMap((one) => one.rules)), texts.all);

const result = (one, system) => one.replies[data.systems.indexOf(system)] || [null, texts.absent, null, []];
const textOf = (one, found) => (found[0] === 0 ? one.draft : found[0]);

/* Words of both texts by their longest common subsequence: [kind, word] with kind "", "del" or "ins". */
function differences(before, after) {
  const a = before.split(/(\s+)/), b = after.split(/(\s+)/);
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const made = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; )
    if (i < a.length && j < b.length && a[i] === b[j]) { made.push(["", a[i++]]); j++; }
    else if (j === b.length || (i < a.length && best[i + 1][j] >= best[i][j + 1])) made.push(["del", a[i++]]);
    else made.push(["ins", b[j++]]);
  return made;
}

function put(cell, kind, text, name) {
  const node = document.createElement(kind);
  node.textContent = text;
  if (name) node.className = name;
  cell.append(node);
}

function reply(cell, one, found, base) {
  if (found[0] === null) return put(cell, "span", found[1] || texts.failed, "error");
  for (const [kind, word] of differences(base, textOf(one, found)))
    kind ? put(cell, kind, word) : cell.append(word);
}

function score(cell, found) {
  cell.append(found[2] === null ? texts.not_scorable : written((100 * found[2]).toFixed(1)));
  const parts = data.metrics.map((name, i) => [name, found[3][i]]).filter((part) => part[1] !== null && part[1] !== undefined);
  put(cell, "span", parts.map(([name, value]) => `${name} ${written(value)}`).join("\n"), "parts");
}

function chosen() {
  const [system, rival, words] = [at("system").value, at("rival").value, at("search").value.toLowerCase()];
  const kept = data.examples.filter((one) => {
    const found = result(one, system);
    return (!at("task").value || one.task === at("task").value)
      && (!at("language").value || one.language === at("language").value)
      && (!at("rule").value || one.rules.includes(at("rule").value))
      && (!at("failed").checked || found[1])
      && (!words || `${one.id} ${one.draft} ${textOf(one, found) || ""}`.toLowerCase().includes(words));
  });
  const own = (one) => result(one, system)[2], other = (one) => result(one, rival)[2];
  const gap = (one) => (own(one) === null || other(one) === null ? null : own(one) - other(one));
  const keys = { worst: own, best: (one) => (own(one) === null ? null : -own(one)), loses: gap, wins: (one) => (gap(one) === null ? null : -gap(one)) };
  const key = keys[at("order").value];
  if (!key) return kept.sort((a, b) => (a.id < b.id ? -1 : 1));
  const place = (one) => (key(one) === null ? Infinity : key(one));
  return kept.map((one) => [place(one), one]).sort((a, b) => (a[0] === b[0] ? 0 : a[0] - b[0])).map((pair) => pair[1]);
}

function draw() {
  const list = chosen(), body = at("examples").tBodies[0];
  const [system, rival] = [at("system").value, at("rival").value];
  body.replaceChildren();
  for (const one of list.slice(0, shown)) {
    const row = body.insertRow(), found = result(one, system), other = result(one, rival);
    const about = `${one.id}\n${named("task", one.task)}, ${named("language", one.language)}`;
    put(row.insertCell(), "span", [about, ...one.rules.map((rule) => named("rule", rule))].join("\n"));
    const draft = row.insertCell();
    draft.append(one.draft);
    for (const text of one.references) put(draft, "span", `${texts.good_reply} ${text}`, "reference");
    const base = at("marks").value === "rival" && other[0] !== null ? textOf(one, other) : one.draft;
    reply(row.insertCell(), one, found, base);
    score(row.insertCell(), found);
    reply(row.insertCell(), one, other, one.draft);
    score(row.insertCell(), other);
  }
  const counts = { found: list.length, total: data.examples.length, shown: Math.min(shown, list.length) };
  at("count").textContent = texts.count.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  at("more").hidden = shown >= list.length;
}

at("filters").addEventListener("input", () => { shown = PAGE; draw(); });
at("filters").addEventListener("submit", (event) => event.preventDefault());
at("more").addEventListener("click", () => { shown += PAGE; draw(); });
for (const head of document.querySelectorAll("th[data-order]"))
  head.addEventListener("click", () => { at("order").value = head.dataset.order; shown = PAGE; draw(); });
draw();
