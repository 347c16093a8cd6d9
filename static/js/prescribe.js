/* Prescribing: what is typed is saved in the order it was typed, one request at a time.
   An answer never replaces a field being typed in; what could not be saved is said, kept, and tried again.
     form[data-line]      the open line: every change posts it; the answer holds parts ([data-part], by id) of what it reads
     a[data-open]         another view of the same screen: fetched, its working parts put in place
     a[data-onward]       leaves the screen once everything is saved;  a[data-field]  goes to a field of the open line
     form[data-once]      is sent once, whatever is clicked;  a[data-escape]  followed by Esc */

const TYPING_PAUSE = 250;
const RETRY = [1000, 2000, 4000, 8000, 15000];
const REGIONS = ["saved", "basket", "checks", "bar"];
const SERVER_ERROR = "le serveur a répondu par une erreur";
const SILENCE = "le serveur ne répond pas";

const basket = document.getElementById("basket");
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
const lineForm = () => basket.querySelector("form[data-line]");

let queue = Promise.resolve(true);
let timer = 0;
let retryTimer = 0;
let dirty = false;
let sending = false;
let failures = 0;
let stopped = false;

const inOrder = (job) => (queue = queue.then(job, job));

/* --- what is said of the draft --- */

function say(tone, words) {
  const place = document.getElementById("saved");
  place.className = `saved saved-${tone}`;
  place.querySelector("[data-words]").textContent = words;
}

function failed(why) {
  dirty = lineForm() !== null;
  const wait = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  say("failed", `Non enregistré : ${why}. Rien n’est perdu, nous réessayons.`);
  clearTimeout(retryTimer);
  retryTimer = setTimeout(() => dirty && inOrder(save), wait);
  return false;
}

function conflict(html) {
  stopped = true;
  const sentence = parse(html).querySelector("[data-sentence]");
  say("failed", sentence?.textContent.trim() ?? "Cette ligne n’est plus dans le brouillon. Rechargez la page.");
  return false;
}

/* --- saving as it is typed --- */

async function post(form, body) {
  const response = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
  if (response.status !== 403 || !(await newToken())) return response;
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
}

/** After a new login in another tab the token of this page is old: take a fresh one. */
async function newToken() {
  const page = parse(await (await fetch(window.location.href)).text());
  const token = page.querySelector("#add [name=csrfmiddlewaretoken]")?.value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token ?? field.value;
  return Boolean(token);
}

async function save() {
  const form = lineForm();
  if (!dirty || !form || stopped) return !stopped;
  dirty = false;
  sending = true;
  try {
    return await judge(await post(form, new FormData(form)));
  } catch {
    return failed(SILENCE);
  } finally {
    sending = false;
  }
}

async function judge(response) {
  if (response.type === "opaqueredirect") return failed("votre session est fermée, reconnectez-vous dans un autre onglet");
  if (response.status === 409 || response.status === 404) return conflict(await response.text());
  if (!response.ok) return failed(SERVER_ERROR);
  failures = 0;
  take(parse(await response.text()));
  return true;
}

/** Put each fresh part in the place of the old one. Fields keep what is typed: only hidden values and hints change. */
function take(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    if (part.matches("[data-hint]")) old.placeholder = part.placeholder;
    else if (part.matches("input")) old.value = part.value;
    else swap(old, part);
  }
  markInvalid();
}

function swap(old, fresh) {
  old.className = fresh.className;
  if (old.innerHTML === fresh.innerHTML) return;
  const opened = [...old.querySelectorAll("details[open][id]")].map((details) => details.id);
  const reasons = [...old.querySelectorAll("form.ack")].map((form) => new FormData(form));
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceChildren(...fresh.childNodes);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  for (const reason of reasons) keepReason(old, reason);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** A reason being given is not lost because a line was saved meanwhile. */
function keepReason(panel, given) {
  const form = [...panel.querySelectorAll("form.ack")].find((ack) => ack.elements.alerte.value === given.get("alerte"));
  for (const name of form ? ["motif", "motif_libre"] : []) form.elements[name].value = given.get(name);
}

function typed(pause) {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(() => inOrder(save), pause);
}

/** Resolves to true when everything typed so far is on the server. */
function flushed() {
  clearTimeout(timer);
  return inOrder(save);
}

/** The tab closes: what is not sent leaves now. A request under way will have raised the version by one. */
function leave() {
  const form = lineForm();
  if (!dirty || !form || stopped) return;
  clearTimeout(timer);
  const body = new FormData(form);
  if (sending) body.set("version", String(Number(body.get("version")) + 1));
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true })
    .then(judge)
    .catch(() => failed(SILENCE));
  dirty = false;
}

/* --- fields and the notes that speak of them --- */

function fieldNamed(name, line) {
  const form = lineForm();
  if (!form || !name || (line && form.dataset.line !== line)) return null;
  return form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
}

function firstField() {
  return lineForm()?.querySelector(".line-body :is(input, select):not([type=hidden])") ?? null;
}

function markInvalid() {
  for (const field of basket.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const link of document.querySelectorAll("#checks a[data-field]")) {
    const field = fieldNamed(link.dataset.field, link.dataset.line);
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", link.id);
  }
}

/** Put the cursor where the next keystroke is useful: what the address asks for, else the field that adds. */
function land() {
  markInvalid();
  const asked = new URL(window.location.href).searchParams;
  const folded = document.querySelector(`#line-${CSS.escape(asked.get("replier") ?? "none")} [data-row-link]`);
  const target = folded ?? fieldNamed(asked.get("champ")) ?? firstField() ?? document.getElementById("drug");
  target.focus({ preventScroll: true });
  if (target.value) target.select?.();
  (target.closest(".line") ?? target).scrollIntoView({ block: "nearest" });
}

/* --- moving about: a change of shape is a page, of which only the working parts are put in place --- */

function draw(html, url) {
  const page = parse(html);
  if (!page.getElementById("basket")) {
    window.location.assign(url);
    return false;
  }
  for (const id of REGIONS) swap(document.getElementById(id), page.getElementById(id));
  history.replaceState(null, "", url);
  dirty = false;
  failures = 0;
  land();
  return true;
}

async function bring(url, options) {
  try {
    const response = await fetch(url, options);
    if (response.status === 409) return conflict(await response.text());
    if (!response.ok) return failed(SERVER_ERROR);
    return draw(await response.text(), response.url);
  } catch {
    return failed(SILENCE);
  }
}

const go = async (url) => (await flushed()) && inOrder(() => bring(url));

/* Keys typed while the working parts are being put in place are kept, then typed where the cursor lands:
   a hand faster than the network must never leave « 8 » where it typed « 28 ». */
let held = null;

function hold(event) {
  if (held === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length !== 1 && event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  held.push(event.key);
}

function release() {
  const keys = held ?? [];
  held = null;
  while (keys.length) {
    const key = keys.shift();
    const field = document.activeElement;
    if (key === "Enter") {
      if (!field.form?.hasAttribute("data-line")) return;
      field.form.requestSubmit(field.form.querySelector("button[value=done]"));
      held?.push(...keys); // the rest waits for what this one brings
      return;
    }
    if (typeof field.selectionStart !== "number") continue;
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

async function submit(form, submitter) {
  held = [];
  if (form.hasAttribute("data-line")) clearTimeout(timer);
  else if (!(await flushed())) return release();
  await inOrder(() => {
    const body = new FormData(form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    return bring(form.action, { method: "POST", body });
  });
  release();
}

async function onward(url) {
  if (await flushed()) window.location.assign(url);
}

async function toReview() {
  if (!(await flushed())) return;
  const link = document.querySelector("#bar a[data-onward]");
  if (link) window.location.assign(link.href);
  else document.querySelector("#checks a[data-field], #checks a[data-open]")?.click();
}

function clicked(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-field], a[data-open], a[data-onward], [data-blocked]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-field]")) fieldNamed(link.dataset.field, link.dataset.line)?.focus();
  else if (link.matches("[data-open]")) go(link.href);
  else if (link.matches("[data-onward]")) onward(link.href);
  else toReview();
}

function pressed(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    toReview();
  } else if (event.key === "Escape") {
    const fold = basket.querySelector("a[data-fold]");
    if (fold) go(fold.href);
  }
}

function prescribing() {
  document.addEventListener("keydown", hold, true);
  const add = document.getElementById("add");
  basket.addEventListener("input", (event) => event.target.closest("form[data-line]") && typed(TYPING_PAUSE));
  basket.addEventListener("change", (event) => event.target.closest("form[data-line]") && typed(0));
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-plain") || !event.target.closest("#basket, #add, #checks")) return;
    event.preventDefault();
    submit(event.target, event.submitter);
  });
  add.addEventListener("change", (event) => {
    if (event.target.name === "genre") add.querySelector("[role=combobox]").placeholder = event.target.dataset.placeholder;
  });
  add.addEventListener("input", () => add.scrollIntoView({ block: "nearest" }));
  add.addEventListener("combobox:choose", () => {
    submit(add);
    add.querySelector("[role=combobox]").value = "";
  });
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  window.addEventListener("pagehide", leave);
  land();
}

/* --- the page of the signature --- */

function signing(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "true";
    form.querySelector("button").setAttribute("aria-disabled", "true");
    form.querySelector("[data-words]").textContent = "Signature en cours…";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
      document.querySelector("a[data-escape]")?.click();
    }
  });
}

if (basket) prescribing();
for (const form of document.querySelectorAll("form[data-once]")) signing(form);
