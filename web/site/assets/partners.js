// The page for partners: makes the lines to copy from what is chosen, and shows
// the calculator or the plan so, in the very element that the lines are about.
"use strict";

(() => {
  const { base, path, integrity, planIntegrity } = document.currentScript.dataset;
  const ownPath = base + path.slice(1);
  if (location.pathname !== ownPath) history.replaceState(history.state, "", ownPath + location.search + location.hash);

  // What is here to be taken along is the calculator for another site.
  window.addEventListener("beforeinstallprompt", (event) => event.preventDefault());

  const form = document.getElementById("builder");
  const box = document.querySelector(".preview-box");
  const said = document.getElementById("preview-said");
  if (!form || !box) return;
  document.addEventListener("submit", (event) => event.preventDefault(), true);

  const site = location.origin + base.slice(0, -1);
  const kinds = {
    calculator: { ELEMENT: "postage-calculator", LOADER: "postage.js", FOLDER: "embed/", INTEGRITY: integrity },
    plan: { ELEMENT: "postage-plan", LOADER: "plan.js", FOLDER: "embed/plan/", INTEGRITY: planIntegrity },
  };
  const elements = Object.fromEntries(Object.entries(kinds).map(([kind, { ELEMENT }]) => [kind, document.createElement(ELEMENT)]));

  const typed = typedReader(JSON.parse(form.dataset.numbers));

  // What the frame has refused: the values by their names. Of colours it alone knows what can
  // be read on them.
  const refused = new Map();

  // chosen returns the attributes that differ from their defaults, as far as they can be
  // taken, and by their names what is to be said of the others.
  function chosen() {
    const kind = form.elements.kind.value;
    form.elements.date.disabled = kind === "plan"; // each message of a plan has its own
    const data = new FormData(form);
    const attributes = { lang: data.get("lang") };
    const mistakes = {};
    const channels = form.querySelectorAll('[name="types"]').length;
    const types = data.getAll("types");
    if (types.length > 0 && types.length < channels) attributes.types = types.join(",");
    for (const [name, standard] of [["theme", "auto"], ["font", "system"], ["radius", "14"], ["pricing", "edit"]]) {
      if (data.get(name) !== standard) attributes[name] = data.get(name);
    }
    for (const name of ["accent", "accent-dark"]) {
      const field = form.elements[name];
      if (field.value !== field.defaultValue) attributes[name] = field.value.slice(1);
    }
    for (const name of ["partner", "markup-percent", "markup-per-message", "monthly-fee", "tax-percent", "date", "lead"]) {
      const field = form.elements[name];
      const text = field.disabled ? "" : field.value.trim();
      const { value, ...mistake } = text ? typed(name, text) : field.validity.badInput ? { mistake: "wrong" } : {};
      if (value !== undefined) attributes[name] = value;
      if (mistake.mistake) mistakes[name] = told(name, text, mistake);
    }
    if (data.get("readonly")) attributes.readonly = "true";
    const given = data.getAll("permissions");
    const usual = [...form.querySelectorAll('[name="permissions"]')].map((permission) => permission.value);
    const permissions = ["allow-scripts", ...given].join(" ");
    if (given.length < usual.length) attributes.sandbox = permissions;
    return { kind, attributes, permissions, mistakes };
  }

  const place = (name) => form.querySelector(`[data-mistake="${CSS.escape(name)}"]`);

  function told(name, text, { mistake, thousands, decimals }) {
    if (mistake !== "unclear") return place(name).dataset.wrong;
    const says = { typed: text, thousands, decimals };
    return form.dataset.unclear.replace(/\{(\w+)\}/g, (_, key) => says[key]);
  }

  const isRefused = (name, attributes) => name in attributes && refused.get(name) === attributes[name];

  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

  function write({ kind, attributes: all, permissions }) {
    const attributes = Object.fromEntries(Object.entries(all).filter(([name]) => !isRefused(name, all)));
    const { lang, sandbox, ...options } = attributes;
    const values = {
      SITE: site,
      ORIGIN: location.origin,
      ...kinds[kind],
      PLANHASH: planIntegrity,
      ATTRIBUTES: Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join(""),
      LANG: lang === "vi" ? "" : lang + "/",
      CODE: lang,
      FRAGMENT: Object.entries(options).map(([name, value], i) => (i ? "&" : "#") + encodeURIComponent(name) + "=" + encodeURIComponent(value)).join(""),
      PERMISSIONS: permissions,
    };
    for (const place of document.querySelectorAll("[data-value]")) place.textContent = values[place.dataset.value];
  }

  // complain says what is wrong, and takes back what was.
  function complain({ attributes, mistakes }) {
    for (const place of form.querySelectorAll("[data-mistake]")) {
      const name = place.dataset.mistake;
      const text = mistakes[name] ?? (isRefused(name, attributes) ? place.dataset.wrong ?? "" : "");
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !text;
      const field = form.elements[name];
      if (!(field instanceof HTMLInputElement)) continue;
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  function show({ kind, attributes }) {
    const element = elements[kind];
    if (!element.isConnected) box.replaceChildren(element);
    for (const { name } of [...element.attributes]) {
      if (name !== "style" && !(name in attributes)) element.removeAttribute(name);
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  }

  const money = ({ gross, currency }) => new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, maximumFractionDigits: 6 }).format(gross);

  function tell(quote) {
    const total = quote?.totals?.[0];
    said.textContent = quote
      ? said.dataset.quote.replace("{verdict}", said.dataset[quote.verdict]).replace("{total}", total ? money(total) : "–")
      : "";
  }

  for (const element of Object.values(elements)) {
    element.addEventListener("error", ({ detail: { path, message } }) => {
      const value = now.attributes[path];
      if (!value || !message.includes(value)) return; // of what stood there before
      refused.set(path, value);
      write(now);
      complain(now);
    });
    element.addEventListener("change", ({ detail: { quote } }) => tell(quote));
  }

  let now;
  function update() {
    now = chosen();
    write(now);
    show(now);
    complain(now);
  }
  // A frame is not made anew for every letter that is typed.
  let pause = 0;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(update, 250);
  });
  form.addEventListener("change", () => {
    clearTimeout(pause);
    update();
  });

  for (const width of document.querySelectorAll('[name="width"]')) {
    width.addEventListener("change", () => { box.dataset.width = width.value; });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 2000);
      } catch {
        getSelection().selectAllChildren(code); // to be copied by hand
      }
    });
  }

  update();
  document.documentElement.dataset.ready = "true"; // as the pages with a program say it
})();
