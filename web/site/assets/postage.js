// <postage-calculator>: the Postage calculator in a page of yours. Plain
// JavaScript, no dependencies; may be loaded any number of times. What it does
// and which attributes it takes is described at /partners/ of the site.
"use strict";
(() => {
  if (!window.customElements || customElements.get("postage-calculator")) return;
  const here = document.currentScript && document.currentScript.src; // …/embed/v1/postage.js
  const options = ["types", "theme", "date", "markup-percent", "markup-per-message", "monthly-fee", "tax-percent",
    "pricing", "partner", "page", "readonly", "lead", "lead-label", "radius", "font", "paper", "paper-dark", "card", "card-dark",
    "ink", "ink-dark", "accent", "accent-dark"];
  const own = ["lang", "site", "sandbox", "scenario", "height", "label"];
  const usual = /[-_:@.]|^(class|id|style|slot|part|hidden|title|role|tabindex|dir|is|key|ref|inert|nonce)$/;
  const titles = { vi: "Máy tính giá tin nhắn", en: "Message price calculator", ru: "Калькулятор стоимости сообщений" };
  const permissions = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals";
  const patience = 60000;

  class PostageCalculator extends HTMLElement {
    static observedAttributes = options.concat(own);
    #frame; #origin; #ready; #timer; #next = 1; #last; #queue = []; #asked = new Map(); #due = new Set(); #width;

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
    }

    connectedCallback() {
      if (!this.style.display) this.style.display = "block";
      this.#mount();
    }

    disconnectedCallback() {
      this.#unmount();
    }

    attributeChangedCallback(name) {
      if (!this.#frame) return;
      if (!this.#due.size) queueMicrotask(() => this.#update());
      this.#due.add(name);
    }

    /** Puts a scenario into the calculator; a promise of { scenario, quote }. */
    set(scenario) {
      return this.#ask({ type: "set", scenario });
    }

    /** A promise of { scenario, quote } as they stand in the calculator. */
    getQuote() {
      return this.#ask({ type: "get-quote" });
    }

    #mount() {
      for (const { name } of this.attributes) {
        if (!usual.test(name) && !PostageCalculator.observedAttributes.includes(name)) this.#wrong(name, "no such attribute");
      }
      let lang = this.getAttribute("lang") || "vi";
      if (!titles[lang]) {
        this.#wrong("lang", "vi, en or ru, not " + lang);
        lang = "vi";
      }
      let home;
      try {
        home = new URL(this.getAttribute("site") || new URL("../../", here), location.href);
      } catch {
        return this.#wrong("site", "give the address of the calculator's site");
      }
      const sandbox = this.getAttribute("sandbox") ?? permissions;
      // A frame without allow-same-origin has no origin that could be named.
      this.#origin = /(^|\s)allow-same-origin(\s|$)/.test(sandbox) ? home.origin : "null";
      const given = this.#scenario();
      const parts = Object.entries(this.#options()).map((pair) => pair.map(encodeURIComponent).join("="));
      const link = this.#last || given ? code(this.#last || given) : "";
      const shared = location.hash.slice(1); // what "copy link" has given to somebody
      if (this.hasAttribute("page") && !this.#last && shared.startsWith("s=")) parts.push(...shared.split("&").filter((part) => /^[sbda]=/.test(part)));
      else if (link) parts.push("s=" + link);

      const frame = (this.#frame = document.createElement("iframe"));
      frame.title = this.getAttribute("label") || titles[lang];
      frame.setAttribute("sandbox", sandbox);
      frame.referrerPolicy = "no-referrer";
      // A browser warns of what it does not know.
      frame.allow = (document.featurePolicy ? "clipboard-write;" : "") + (navigator.share ? "web-share" : "");
      frame.src = new URL((lang === "vi" ? "" : lang + "/") + "embed/", home).href + "#" + parts.join("&");
      frame.style.cssText = "all:initial;display:block;box-sizing:border-box;width:100%;min-height:320px;border:0;color-scheme:normal";
      frame.style.height = this.#height() || "900px";
      frame.addEventListener("load", () => this.#post({ type: "hello", id: "hello", versions: [1], resize: !this.#height() }));
      addEventListener("message", this.#hear);
      this.#timer = setTimeout(() => this.#tell("error", { code: "not-loaded",
        message: `no answer from ${home.origin} yet; does the Content-Security-Policy of this page have frame-src ${home.origin}?` }), patience);
      this.shadowRoot.replaceChildren(frame);
    }

    #unmount() {
      removeEventListener("message", this.#hear);
      clearTimeout(this.#timer);
      if (this.#frame) this.#frame.remove();
      this.#frame = null;
      this.#ready = false;
      this.#queue = [];
      for (const { reject } of this.#asked.values()) reject(new Error("the calculator was taken out of the page"));
      this.#asked.clear();
    }

    #update() {
      const due = [...this.#due];
      this.#due.clear();
      if (!this.#frame) return;
      if (due.includes("scenario")) this.#last = null;
      if (due.some((name) => ["lang", "site", "sandbox", "height", "label"].includes(name))) {
        this.#unmount();
        return this.#mount();
      }
      if (due.includes("scenario")) {
        const scenario = this.#scenario();
        if (scenario) this.set(scenario).catch(() => {}); // told by the event
      }
      if (due.some((name) => options.includes(name))) this.#send({ type: "configure", options: this.#options() });
    }

    #options() {
      const given = {};
      for (const name of options) if (this.hasAttribute(name)) given[name] = this.getAttribute(name);
      return given;
    }

    #scenario() {
      const text = this.getAttribute("scenario");
      try {
        return text && JSON.parse(text);
      } catch {
        this.#wrong("scenario", "not JSON");
      }
    }

    #height() {
      const height = this.getAttribute("height");
      if (!height || height === "auto") return "";
      if (/^\d+$/.test(height)) return height + "px";
      this.#wrong("height", "auto or whole pixels, not " + height);
      return "";
    }

    // What is read below keeps its place. A frame in use grows downwards, unless it does so
    // for another width, of which it hears only once it is in sight.
    #grow(height) {
      const frame = this.#frame;
      const { top, bottom, width } = frame.getBoundingClientRect();
      const used = this.#width === width && this.getRootNode().activeElement === this;
      this.#width = width;
      frame.style.height = height;
      if (top >= 0 || bottom > (used ? 0 : innerHeight)) return;
      let box = this;
      while (box && !box.scrollTop) box = box.parentElement;
      if (box) box.scrollBy({ top: frame.getBoundingClientRect().bottom - bottom, behavior: "instant" });
    }

    #ask(message) {
      if (!this.#frame) return Promise.reject(new Error("the calculator is not in the page"));
      message.id = this.#next++;
      return new Promise((resolve, reject) => {
        this.#asked.set(message.id, { resolve, reject });
        this.#send(message);
      });
    }

    #send(message) {
      if (this.#ready) this.#post(message);
      else this.#queue.push(message);
    }

    #post(message) {
      this.#frame.contentWindow.postMessage({ ns: "postage", v: 1, ...message }, this.#origin === "null" ? "*" : this.#origin);
    }

    #hear = ({ source, origin, data }) => {
      if (!source || source !== this.#frame.contentWindow || origin !== this.#origin) return;
      if (!data || data.ns !== "postage" || data.v !== 1) return;
      const { ns, v, type, id, ...detail } = data;
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (type === "ready") {
        clearTimeout(this.#timer);
        this.#ready = true;
        for (const message of this.#queue.splice(0)) this.#post(message);
        this.#tell(type, detail);
      } else if (type === "resize") {
        if (!this.#height() && typeof detail.height === "number" && detail.height > 0 && detail.height < 1e5) this.#grow(Math.ceil(detail.height) + "px");
      } else if (type === "quote" || type === "change" || type === "lead") {
        if (detail.scenario) this.#last = detail.scenario;
        if (asked) asked.resolve(detail);
        this.#tell(type, detail);
      } else if (type === "error") {
        if (asked) asked.reject(Object.assign(new Error(detail.message), detail));
        this.#tell(type, detail);
      }
    };

    #wrong(path, message) {
      this.#tell("error", { code: "bad-option", path, message });
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  function code(scenario) {
    let text;
    try {
      text = JSON.stringify(scenario);
    } catch {
      // a circle, of whoever stands in the frame
    }
    if (!text) return "";
    const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
    return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  customElements.define("postage-calculator", PostageCalculator);
})();
