/* ARIA combobox: an input and a list of options written by the server.
     <div data-combobox data-source="/chercher/" data-min="2"> input[role=combobox] · ul[role=listbox] · [data-combobox-status] </div>
   The source answers to ?q=… with <li role="option" data-value="…">. Choosing one dispatches « combobox:choose »
   (detail: value, text, option) and fills [data-combobox-value] when there is one.
   Fields marked [data-combobox-param] inside go along with the question. */

const WAIT_MS = 120;

class Combobox {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector('[role="combobox"]');
    this.list = root.querySelector('[role="listbox"]');
    this.status = root.querySelector("[data-combobox-status]");
    this.hidden = root.querySelector("[data-combobox-value]");
    this.min = Number(root.dataset.min ?? 2);
    this.timer = 0;
    this.request = null;
    this.asked = "";
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("focus", () => this.reopen());
    root.addEventListener("change", (event) => {
      if (!event.target.matches("[data-combobox-param]")) return;
      if (event.target.type !== "radio") this.input.focus(); // arrows walk through radios: the focus stays there
      this.later();
    });
    // The pointer must not take the focus from the field: the list would close before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest('[role="option"]')));
    if (this.input.value && !this.hidden?.value) this.later(); // typed before this script was ready; a refused form keeps its choice
  }

  get options() {
    return [...this.list.querySelectorAll('[role="option"]:not([aria-disabled="true"])')];
  }

  get active() {
    return this.list.querySelector('[role="option"][aria-selected="true"]');
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.hidden) this.hidden.value = "";
    if (this.input.value.trim().length < this.min) {
      this.list.replaceChildren();
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const query = this.input.value.trim();
    const url = new URL(this.root.dataset.source, window.location.href);
    url.searchParams.set("q", query);
    for (const field of this.root.querySelectorAll("[data-combobox-param]")) {
      if (field.type === "radio" && !field.checked) continue;
      url.searchParams.set(field.name, field.type === "checkbox" ? String(field.checked) : field.value);
    }
    this.request = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.request.signal, headers: { "HX-Request": "true" } });
      if (answer.redirected) return window.location.reload(); // the session closed: log in, then come back here
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.text(), query);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.say("La recherche n’a pas répondu. Vérifiez la connexion, puis tapez une lettre de plus.");
    }
  }

  show(html, query) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    this.list.replaceChildren(...holder.content.children);
    this.asked = query;
    this.options.forEach((option, index) => {
      option.id ||= `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.open();
    this.mark(this.options.find((option) => !option.hasAttribute("data-free"))); // free text is a choice, never a default
    const count = this.options.length;
    this.say(count === 0 ? "Aucun résultat." : count === 1 ? "Un résultat." : `${count} résultats.`);
  }

  open() {
    const filled = this.list.children.length > 0;
    this.list.hidden = !filled;
    this.input.setAttribute("aria-expanded", String(filled));
  }

  reopen() {
    if (this.asked && this.asked === this.input.value.trim()) this.open();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark(option) {
    this.active?.setAttribute("aria-selected", "false");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const options = this.options;
    const here = options.indexOf(this.active);
    const open = !this.list.hidden;
    const moves = { ArrowDown: here + 1, ArrowUp: here - 1 };
    if (event.key in moves && options.length > 0) {
      if (!open) this.open();
      else this.mark(options[(moves[event.key] + options.length) % options.length]);
    } else if (event.key === "Enter" && open && this.active && !event.ctrlKey) {
      this.choose(this.active);
    } else if (event.key === "Escape" && open) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  choose(option) {
    if (!option || option.getAttribute("aria-disabled") === "true") return;
    const text = option.dataset.text ?? option.textContent.trim();
    if (this.hidden) {
      this.hidden.value = option.dataset.value;
      this.input.value = text;
    }
    this.asked = "";
    this.list.replaceChildren();
    this.close();
    this.root.dispatchEvent(
      new CustomEvent("combobox:choose", { bubbles: true, detail: { value: option.dataset.value, text, option } }),
    );
  }

  say(words) {
    if (this.status) this.status.textContent = words;
  }
}

function attach(scope) {
  for (const root of scope.querySelectorAll("[data-combobox]:not([data-ready])")) {
    root.dataset.ready = "true";
    new Combobox(root);
  }
}

attach(document);
document.addEventListener("htmx:load", (event) => attach(event.detail.elt.parentNode ?? document));
