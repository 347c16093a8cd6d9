// Prescribing: what is typed is saved in the order it was typed, one request at a time.
// An answer never replaces a field; what could not be saved is said, kept, and tried again.
(() => {
  "use strict";
  const screen = document.getElementById("prescribe");
  if (!screen) return;

  const TYPING_PAUSE = 250;
  const RETRY = [1000, 2000, 4000, 8000, 15000];
  let queue = Promise.resolve();
  let timer = 0;
  let retryTimer = 0;
  let dirty = false;
  let sending = false;
  let failures = 0;
  let stopped = false;

  const lineForm = () => screen.querySelector("form[data-line]");
  const versionOf = (form) => form.querySelector("[name=version]");
  const inOrder = (job) => (queue = queue.then(job, job));

  // --- what the server said -----------------------------------------------------------------
  const say = (tone, text) => {
    const place = document.getElementById("saved");
    if (!place) return;
    place.className = "saved saved-" + tone;
    place.querySelector("[data-words]").textContent = text;
  };

  /** Put each fresh part in the place of the old one; fields keep their value unless they are hidden or computed. */
  const take = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = document.getElementById(part.id);
      if (!old) continue;
      if (part.matches("input")) {
        old.value = part.value;
        if (part.placeholder) old.placeholder = part.placeholder;
        continue;
      }
      old.className = part.className;
      if (old.innerHTML !== part.innerHTML) old.replaceChildren(...part.childNodes);
    }
    for (const field of screen.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    markInvalid();
  };

  /** Tie each field that is wrong to the note that says why. */
  const markInvalid = () => {
    for (const link of screen.querySelectorAll("a[data-field]")) {
      const field = fieldNamed(link.dataset.field, link.dataset.line);
      if (!field) continue;
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", link.id);
    }
  };

  const fieldNamed = (name, line) => {
    const form = lineForm();
    if (!form || (line && form.dataset.line !== line)) return null;
    return form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  };

  // --- saving as it is typed ----------------------------------------------------------------
  const failed = (why) => {
    dirty = true;
    const wait = RETRY[Math.min(failures, RETRY.length - 1)];
    failures += 1;
    say("failed", `Non enregistré : ${why}. Rien n’est perdu, nous réessayons.`);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => dirty && inOrder(save), wait);
    return false;
  };

  const save = async () => {
    const form = lineForm();
    if (!dirty || !form || stopped) return true;
    dirty = false;
    sending = true;
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
    } catch {
      return failed("le serveur ne répond pas");
    } finally {
      sending = false;
    }
    if (response.type === "opaqueredirect") return failed("votre session est fermée, reconnectez-vous dans un autre onglet");
    if (response.status === 409 || response.status === 404) return conflict(await response.text());
    if (!response.ok) return failed("le serveur a répondu par une erreur");
    failures = 0;
    take(await response.text());
    return true;
  };

  const conflict = (html) => {
    stopped = true;
    const words = new DOMParser().parseFromString(html, "text/html").querySelector("[data-sentence]");
    say("failed", words ? words.textContent.trim() : "Cette ligne n’est plus dans le brouillon. Rechargez la page.");
    return false;
  };

  const typed = (pause) => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => inOrder(save), pause);
  };

  /** Everything typed so far is on the server when this resolves to true. */
  const flushed = () => {
    clearTimeout(timer);
    return inOrder(save);
  };

  screen.addEventListener("input", (event) => {
    if (event.target.closest("form[data-line]")) typed(TYPING_PAUSE);
  });
  screen.addEventListener("change", (event) => {
    if (event.target.closest("form[data-line]")) typed(0);
  });

  // The tab closes: what is not sent yet leaves now, the answer of a request under way being foreseen.
  const leave = () => {
    const form = lineForm();
    if (!dirty || !form || stopped) return;
    clearTimeout(timer);
    const body = new FormData(form);
    if (sending) body.set("version", String(Number(body.get("version")) + 1));
    dirty = false;
    sending = true;
    inOrder(() => fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true })
      .then((response) => (response.ok ? response.text().then(take) : failed("le serveur a répondu par une erreur")))
      .catch(() => failed("le serveur ne répond pas"))
      .finally(() => (sending = false)));
  };
  addEventListener("pagehide", leave);

  // --- moving about: every change of shape is a page, of which only the working part is put in place -----------------
  const draw = (html, url) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("prescribe");
    if (!fresh) return location.assign(url);
    screen.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", url);
    dirty = false;
    document.dispatchEvent(new CustomEvent("screen:drawn", { detail: screen }));
    land();
    return true;
  };

  /** Put the cursor where the next keystroke is useful. */
  const land = () => {
    markInvalid();
    const target = screen.querySelector("[data-land]");
    if (!target) return;
    target.focus({ preventScroll: true });
    if (target.select && target.value) target.select();
    (target.closest(".line") || target).scrollIntoView({ block: "nearest" });
  };

  const fetchPage = async (url, options) => {
    let response;
    try {
      response = await fetch(url, options);
    } catch {
      return failed("le serveur ne répond pas");
    }
    if (response.status === 409) return conflict(await response.text());
    if (!response.ok) return failed("le serveur a répondu par une erreur");
    return draw(await response.text(), response.url);
  };

  const go = (url) => flushed().then((ok) => ok !== false && inOrder(() => fetchPage(url)));

  /** Send a form with what was typed, after every save before it. */
  const submit = (form, submitter) => {
    clearTimeout(timer);
    const isLine = form.hasAttribute("data-line");
    const before = isLine ? inOrder(() => true) : flushed();
    before.then((ok) => ok !== false && inOrder(() => {
      const body = new FormData(form);
      if (submitter && submitter.name) body.set(submitter.name, submitter.value);
      return fetchPage(form.action, { method: "POST", body });
    }));
  };

  screen.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-plain")) return;
    event.preventDefault();
    submit(event.target, event.submitter);
  });

  screen.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const field = event.target.closest("a[data-field]");
    const inside = field && fieldNamed(field.dataset.field, field.dataset.line);
    if (inside) {
      event.preventDefault();
      inside.focus();
      return;
    }
    const open = event.target.closest("a[data-open]");
    if (open) {
      event.preventDefault();
      go(open.href);
      return;
    }
    const onward = event.target.closest("a[data-onward]");
    if (onward) {
      event.preventDefault();
      flushed().then((ok) => ok !== false && location.assign(onward.href));
    }
  });

  // --- keyboard -----------------------------------------------------------------------------
  const review = () => {
    const link = screen.querySelector("#bar a[data-onward]");
    if (link) return link.click();
    const missing = screen.querySelector("a[data-field]");
    if (missing) missing.click();
    return undefined;
  };

  const fold = () => {
    const form = lineForm();
    const link = form && screen.querySelector("a[data-fold]");
    if (link) go(link.href);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      flushed().then(review);
    } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      fold();
    }
  });

  land();
})();
