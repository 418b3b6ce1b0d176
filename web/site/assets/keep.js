// What keeping an answer takes of the browser: the clipboard, the share sheet,
// files, printing and the news of other tabs. The program calls it as
// postageKeep; what may take a while tells its outcome to the last argument.
"use strict";

// Safari lets a page write to the clipboard only while it is told of the press, and
// the program has its text a moment later. So the press on a button that copies
// begins to write what is handed over then.
let begun = null;
let handOver = null;
document.addEventListener("click", (event) => {
  begun = handOver = null;
  if (!event.target.closest?.("[data-copies]") || typeof ClipboardItem !== "function" || !navigator.clipboard) return;
  const text = new Promise((done) => (handOver = done));
  begun = navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
  begun.catch(() => {}); // whoever hands the text over hears of it
}, true);

window.postageKeep = {
  canShare: typeof navigator.share === "function",

  // fades is true where the browser drops what a page has stored when its
  // visitor stays away for a week, which Safari on iOS does unless installed.
  get fades() {
    const ios = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
    return ios && !window.goappIsAppInstalled();
  },

  async copy(text, done) {
    const [give, write] = [handOver, begun];
    begun = handOver = null;
    try {
      give?.(new Blob([text], { type: "text/plain" }));
      await (write ?? navigator.clipboard.writeText(text));
      done(true);
    } catch {
      done(false); // there is no clipboard, or the page may not use it
    }
  },

  async share(title, text, url, done) {
    try {
      await navigator.share({ title, text, url });
      done(true);
    } catch (err) {
      done(err.name === "AbortError"); // to think better of it is no failure
    }
  },

  download(name, type, text) {
    const link = document.createElement("a");
    // Without a mark at the beginning Excel takes a table for another coding.
    const mark = type.startsWith("text/csv") ? "\ufeff" : "";
    link.href = URL.createObjectURL(new Blob([mark, text], { type }));
    link.download = name;
    link.click();
    // The browser fetches the address a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },

  // read gives the text of the file chosen in an input; null if it is longer
  // than limit or cannot be read.
  async read(input, limit, done) {
    const file = input.files[0];
    if (!file) return;
    try {
      done(file.size > limit ? null : await file.text());
    } catch {
      done(null);
    }
    input.value = ""; // so that the same file can be chosen again
  },

  // takeShared takes what another app has shared into the installed one out of
  // the address, which is passed on and kept in the history. The names are those
  // of share_target in the manifest. Half a sign such as %E0 becomes a
  // replacement character.
  takeShared() {
    const query = new URLSearchParams(location.search);
    const texts = ["url", "text", "title"].map((name) => query.get(name)).filter(Boolean);
    if (texts.length > 0) history.replaceState(history.state, "", location.pathname + location.hash);
    return texts;
  },

  select(id) {
    const field = document.getElementById(id);
    field?.focus();
    field?.select();
  },

  onStored(key, stored) {
    window.addEventListener("storage", (event) => {
      if (event.key === key || event.key === null) stored();
    });
  },
};

// Below a list of countries the program leaves a place for finding one: by the beginning
// of a word of its name, without accents, in the language of the page or in English, by
// what it is called in short (Mỹ, США, UK), or by its code. Those chosen last stand there
// ready; only this script keeps them. What is pressed is chosen in the list, and the program
// hears of it from there.
(() => {
  const key = "postage.countries";
  const most = 4;
  const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\P{L}+/gu, " ").trim();
  const listAt = (place) => place.previousElementSibling.querySelector("select");
  const framed = window.parent !== window; // where nothing is kept of a visitor

  function last() {
    try {
      return framed ? [] : (localStorage.getItem(key) ?? "").split(" ");
    } catch {
      return []; // storage is shut
    }
  }

  // show offers what is found, or with nothing typed what was chosen last.
  function show(place) {
    const [label, none, before] = place.dataset.find.split("|");
    const [input, found] = place.querySelectorAll("input, div div + div");
    input.placeholder = input.ariaLabel = label;
    const typed = plain(input.value);
    const names = [["en", "long"], ["en", "short"], [document.documentElement.lang, "short"]]
      .map(([lang, style]) => new Intl.DisplayNames(lang, { type: "region", style }));
    const at = ({ value, text }) => {
      const called = [text, ...names.map((n) => n.of(value)), value === "US" ? "USA" : ""];
      if (called.includes(input.value.trim())) return 0.2; // Mỹ is not MY
      const folded = called.map(plain);
      return value.toLowerCase() === typed || folded.includes(typed) ? 0.5 : ` ${folded.join(" ")}`.indexOf(" " + typed) + 1;
    };
    const list = listAt(place);
    const options = [...list.options].filter((option) => option.value);
    const offered = typed
      ? options.filter(at).sort((a, b) => at(a) - at(b)).slice(0, most)
      : last().map((code) => options.find((option) => option.value === code && option.value !== list.value)).filter(Boolean);
    found.replaceChildren(typed ? offered.length ? "" : none : offered.length ? before : "", ...offered.map(({ value, text }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "press";
      button.textContent = `${text} (${value})`;
      button.toggleAttribute("data-begins", typed && at({ value, text }) <= 1);
      button.onclick = () => {
        list.value = value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
        input.focus(); // a button that goes away must not take the focus along
      };
      return button;
    }));
  }

  function fill(place) {
    const box = document.createElement("div");
    const input = document.createElement("input");
    const found = document.createElement("div");
    box.className = "input-box";
    input.className = "input";
    input.type = "search";
    input.autocomplete = "off";
    input.oninput = () => show(place);
    input.onkeydown = (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault(); // where there are many groups it stands in a form
      // Of two Koreas, of which neither begins with what was typed, one is chosen by hand.
      const [first, second] = found.querySelectorAll("button");
      if (input.value) first?.[second && !first.matches("[data-begins]") ? "focus" : "click"]();
    };
    found.className = "chips";
    found.role = "status";
    box.append(input);
    place.append(box, found);
  }

  document.addEventListener("change", ({ target }) => {
    const place = target.closest("div:has(> [data-find])")?.querySelector("[data-find]");
    if (!place || target !== listAt(place)) return;
    if (!framed) {
      try {
        localStorage.setItem(key, [target.value, ...last().filter((code) => code !== target.value)].slice(0, most).join(" "));
      } catch {
        // No room: the list is as long as ever.
      }
    }
    place.querySelector("input").value = "";
    document.querySelectorAll("[data-find]").forEach(show);
  });

  new MutationObserver(() => {
    for (const place of document.querySelectorAll("[data-find]")) {
      if (place.firstChild && place.dataset.find.startsWith(place.querySelector("input").placeholder + "|")) continue;
      if (!place.firstChild) fill(place);
      show(place);
    }
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-find"] });
})();

// A browser takes the title for the name of the file that it prints to.
(() => {
  let title = null;
  let unfolded = []; // what is a figure or belongs to one, folded on the screen
  window.addEventListener("beforeprint", () => {
    const briefs = document.querySelectorAll(".reasons .brief:not(.changes, [open])");
    for (const brief of briefs) brief.open = true;
    unfolded.push(...briefs);
    const sheet = document.querySelector("[data-title]");
    if (!sheet || title !== null) return;
    title = document.title;
    document.title = sheet.dataset.title;
  });
  window.addEventListener("afterprint", () => {
    if (title !== null) document.title = title;
    title = null;
    for (const brief of unfolded.splice(0)) brief.open = false;
  });
})();
