/* Hands on the keyboard. Everything is declared in the page:
     data-key="n"            a link, button or field reached by that key (« g d » for two letters, « ctrl+enter » works in fields)
     data-rows / data-row    a list whose rows are walked with the arrows; data-row-link is the link Enter follows
     data-row-new="/…"       where « n » goes when that row is chosen
     data-help-open          opens the help drawer;  data-menu  a <details> closed by Esc or by a click elsewhere
   Single letters act only outside fields. Esc never erases what is written. */

const SEQUENCE_MS = 900;
let pending = "";
let pendingAt = 0;

const inField = (node) =>
  node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) &&
  !/^(checkbox|radio|button|submit)$/.test(node.type ?? "");

const visible = (node) => node.getClientRects().length > 0 && !node.disabled;

function reach(key) {
  const target = [...document.querySelectorAll(`[data-key="${key}"]`)].find(visible);
  if (!target) return false;
  if (inField(target)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
  return true;
}

const rowsOf = (list) => [...list.querySelectorAll("[data-row]")].filter(visible);
const handle = (row) => row.querySelector("[data-row-link]") ?? row;

function currentList(node) {
  return node.closest?.("[data-rows]") ?? document.querySelector("[data-rows]");
}

function walk(event, step) {
  const list = currentList(event.target);
  if (!list) return false;
  const rows = rowsOf(list);
  if (rows.length === 0) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  if (here === 0 && step < 0) {
    const search = [...document.querySelectorAll('[data-key="/"]')].find(visible);
    if (search) { search.focus(); return true; }
  }
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1)];
  handle(next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return false;
  const field = inField(event.target);
  const fromSearch = event.target.matches?.('input[type="search"][data-key="/"]');
  if (field && !fromSearch) return false;
  return walk(event, step);
}

function enter(event) {
  if (event.key !== "Enter") return false;
  if (event.ctrlKey || event.metaKey) return reach("ctrl+enter");
  if (event.target.matches?.('input[type="search"][data-key="/"]')) {
    const list = currentList(event.target);
    const rows = list ? rowsOf(list) : [];
    if (rows.length === 0) return false;
    handle(rows[0]).click();
    return true;
  }
  return false;
}

function letters(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return false;
  const sequence = pending && event.timeStamp - pendingAt < SEQUENCE_MS ? `${pending} ${event.key}` : "";
  pending = "";
  if (sequence && reach(sequence)) return true;
  if (event.key === "g") {
    pending = "g";
    pendingAt = event.timeStamp;
    return false;
  }
  if (event.key === "n") {
    const row = document.activeElement?.closest?.("[data-row-new]");
    if (row) { window.location.assign(row.dataset.rowNew); return true; }
  }
  return /^[a-z/?]$/.test(event.key) && reach(event.key);
}

function escape(event) {
  if (event.key !== "Escape") return false;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  }
  // A search field would empty itself: what is written stays.
  return event.target.matches?.('input[type="search"]') ?? false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const done = escape(event) || arrows(event) || enter(event) || (!inField(event.target) && letters(event));
  if (done) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-help-open]");
  const drawer = document.getElementById("help-drawer");
  if (opener && drawer && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    drawer.showModal();
    return;
  }
  if (event.target === drawer) drawer.close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  // A click anywhere on a row follows its link; a selection of text is left alone.
  const row = event.target.closest("[data-row]");
  if (row && !event.target.closest("a, button, input, select, textarea, label, summary") && !String(getSelection())) {
    row.querySelector("[data-row-link]")?.click();
  }
});
