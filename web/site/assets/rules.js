// The script of the pages without a program. They need it for their address and
// to warn that announced changes have come since the build. The page on the method
// offers to install the site; the Rules page can be searched, and filtered by a
// channel and a day on which facts are to be in force. Without this script that
// page has everything as of its build, in folds that open by themselves.
"use strict";

(() => {
  // The page may have come under another of its addresses, such as one without
  // the slash at the end; its links are relative to its own.
  const { base, path } = document.currentScript.dataset;
  const ownPath = base + path.slice(1);
  if (location.pathname !== ownPath) {
    history.replaceState(history.state, "", ownPath + location.search + location.hash);
  }

  // Today is the day in Vietnam, seven hours ahead all year, wherever the visitor is.
  const todayInVietnam = () => new Date(Date.now() + 7 * 60 * 60 * 1000).toISOString().slice(0, 10);
  function onNewDay(look) {
    look();
    // The page may stay open past midnight.
    for (const event of ["focus", "pageshow"]) window.addEventListener(event, look);
    document.addEventListener("visibilitychange", look);
  }
  onNewDay(() => {
    const today = todayInVietnam();
    const overdue = [...document.querySelectorAll("[data-due]")].find((warning) => warning.dataset.due <= today);
    if (overdue) overdue.hidden = false;
  });
  document.documentElement.dataset.ready = "true"; // as the pages with a program say it

  // The browser's own question whether to install waits until it is asked for.
  const install = document.getElementById("install-now");
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    if (!install) return;
    install.hidden = false;
    install.onclick = () => {
      install.hidden = true; // it can be asked once
      event.prompt();
    };
  });

  const filter = document.getElementById("filter");
  if (!filter) return;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const book = $("app");
  const [day, query, found] = [$("day"), $("words"), $("found")];

  // Folds: on a wide page the contents stand beside the rest, and paper has no folds.
  all(".toc > details")[0].open = matchMedia("(min-width: 64rem)").matches;
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });

  // Words are compared without accents, in small letters, đ as d.
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/[−–]/g, "-");
  // Russian words are found by what stands before their endings.
  const stem = (word) => /^\p{Script=Cyrillic}{5,}$/u.test(word) ? word.slice(0, 4) + word.slice(4).replace(/[аеиоуыьюя]{1,2}$/, "") : word;
  // What can be found: rules, notices, codes, prices, and types by their names. Each has
  // what it says, and where it stands: that may be said of it, but not alone. A price has
  // the names of its market and of the countries in it: with their accents, since "ảnh" is
  // not "Anh", and a long one without them too.
  const lower = (text) => text.toLowerCase().normalize("NFC").trim().replace(/\s+/g, " ");
  const countryNames = new Intl.DisplayNames(document.documentElement.lang, { type: "region" });
  const namesOf = ({ code, countries }) => [...code.split("/"), ...countries.split("/").map((one) => /^[A-Z]{2}$/.test(one) ? countryNames.of(one) : one)]
    .map(lower).filter(Boolean).flatMap((name) => name.length > 4 ? [name, plain(name)] : [name]);
  let entries;
  function readEntries() {
    if (entries) return;
    const text = (part) => part?.textContent ?? "";
    const entry = (fold, at, said) => {
      const part = fold.closest(".channel");
      const place = text(part.querySelector("h2")) + " " + (at ? text(fold.querySelector("h3")) : "");
      const names = at?.matches(".rate") && namesOf(at.dataset);
      return { fold, at, names, code: !names && at?.dataset.code && plain(at.dataset.code), said: plain(said), place: plain(place) };
    };
    entries = all(".rule, .rule-notices > li, .code, .rate").map((at) => {
      const said = at.cloneNode(true);
      for (const part of said.querySelectorAll(".sources, .code-links")) part.remove();
      const alone = at.matches(".rate") ? [...at.cells].map(text).join(" ") + " " + at.dataset.code : text(said) + " " + at.firstElementChild.id;
      return entry(at.closest(".fold"), at, alone);
    });
    for (const fold of all(".fold[data-type]")) {
      entries.push(entry(fold, null, text(fold.querySelector("summary")) + " " + text(fold.querySelector(".about")) + " " + fold.dataset.type));
    }
  }
  const same = query.dataset.same.split(";").map((group) => group.split(",").map((word) => plain(word.trim())).sort((a, b) => b.length - a.length));
  let opened = null; // the folds that were open before the search, while there is one

  // What is looked for with some text: words that mean the same to people find the same;
  // the longest is looked for first. A word is found where it begins one.
  function testsOf(text) {
    let typed = " " + plain(text) + " ";
    const wanted = [];
    for (const group of same) {
      if (!group.some((one) => typed.includes(" " + one))) continue;
      wanted.push(group.join("|"));
      for (const one of group) typed = typed.replace(new RegExp(" " + one + "\\S*", "g"), " ");
    }
    const meantSame = wanted.length;
    wanted.push(...typed.split(" ").filter(Boolean));
    return wanted.map((word, i) => ({
      word, test: new RegExp("(^|[^\\p{L}\\p{N}])(" + (i < meantSame ? word : stem(word).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")) + ")", "u"),
    }));
  }

  function search() {
    const typed = lower(query.value);
    const wanted = testsOf(typed);
    const searches = wanted.length > 0;
    if (!searches && !opened) return;
    readEntries();
    const folds = all(".folds > .fold");
    opened ??= folds.filter((fold) => fold.open);
    const finds = ({ said, place }, test) => test.test(said) || test.test(place);
    // Of a price that is asked for by a name, what is typed beside the name.
    const beside = new Map();
    for (const entry of entries) {
      const name = entry.names && entry.names.find((one) => ` ${typed} `.includes(` ${one} `));
      if (name) beside.set(entry, testsOf(` ${typed} `.replace(` ${name} `, " ").trim()));
    }
    const says = (entry) => beside.get(entry)?.every(({ test }) => finds(entry, test)) ||
      wanted.every(({ test }) => finds(entry, test)) && wanted.some(({ test }) => test.test(entry.said));
    // Who types a whole code, or one of its two parts, means that one, and reads it first;
    // who types the name of a market or a country means its prices.
    const isMeant = (entry) => {
      const { code, place } = entry;
      if (entry.names) return beside.get(entry)?.every(({ test }) => test.test(place));
      const [first, ...others] = code ? wanted.filter(({ test }) => !test.test(place)) : [];
      return first && others.length === 0 && ["-" + first.word, first.word].some((name) => ("/" + code + "/").includes("/" + name + "/"));
    };
    const meant = searches && entries.some(isMeant);
    const market = meant && Boolean(entries.find(isMeant).names);
    book.classList.toggle("code-first", meant && !market);
    book.classList.toggle("cards-first", market);
    const channel = chosenChannel();
    const matches = new Set(); // folds with a match in them, or by their own name
    let count = 0;
    for (const entry of entries) {
      const shown = !searches || (isOf(channel, entry.fold) && (meant && (market ? entry.names : entry.code || entry.names) ? isMeant(entry) : says(entry)));
      if (entry.at) entry.at.hidden = !shown;
      if (!searches || !shown) continue;
      count++;
      if (entry.at) {
        entry.fold.open = true;
      } else if (!matches.has(entry.fold)) { // the type is meant, so all of it
        entry.fold.open = false;
        for (const part of all(".rule, .rule-notices > li", entry.fold)) part.hidden = false;
      }
      matches.add(entry.fold);
    }
    for (const fold of folds) fold.hidden = searches && !matches.has(fold);
    for (const part of all(".also")) part.hidden = !part.querySelector("li:not([hidden])");
    for (const part of all("[data-aside]")) part.classList.toggle("aside", searches && ![...matches].some((fold) => part.contains(fold)));
    if (!searches) {
      for (const fold of folds) fold.open = opened.includes(fold);
      opened = null;
    }
    $("beyond").hidden = !searches || count > 0;
    found.textContent = !searches ? "" : count === 0 ? found.dataset.none
      : (found.dataset[new Intl.PluralRules(document.documentElement.lang).select(count)] ?? found.dataset.other).replace("{n}", count);
  }

  const chosenChannel = () => filter.querySelector('input[name="channel"]:checked').value;
  const isOf = (channel, part) => channel === "all" || part.closest("[data-channel]")?.dataset.channel === channel;

  // show hides what is of another channel or does not match.
  function show() {
    search();
    const channel = chosenChannel();
    for (const part of all("[data-channel]")) {
      if (!opened || !part.matches(".fold")) part.hidden = !isOf(channel, part);
    }
    for (const part of all(".channel:has(> .folds)")) {
      part.classList.toggle("empty", !part.querySelector(".fold:not([hidden])"));
    }
    for (const entry of all(".day")) entry.hidden = !entry.querySelector("li:not([hidden])");
    for (const list of all(".news .timeline")) list.nextElementSibling.hidden = list.querySelector(".day:not([hidden])") !== null;
  }

  // The chosen day: what is in force on it, what is new around it, and what is asked
  // of the calculator. Days are written 2006-01-02, which sorts as text.
  // A field takes years of six digits.
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);
  let shownDay = book.dataset.today;
  function showDay(on) {
    if (on === shownDay || !isDay(on)) return;
    shownDay = on;
    for (const fact of all(".fact")) {
      const { since, until } = fact.dataset;
      fact.classList.toggle("in-force", (!since || since <= on) && (!until || on <= until));
    }
    const news = all(".news")[0];
    const after = (days) => new Date(Date.parse(on) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const days = all(".all-changes .day");
    const between = (from, to) => days.filter(({ dataset }) => from <= dataset.on && dataset.on <= to);
    for (const entry of days) entry.classList.toggle("announced", entry.dataset.on > on);
    const span = Number(news.dataset.days);
    const copies = (list) => list.map((entry) => {
      const copy = entry.cloneNode(true);
      copy.querySelector("details").open = false;
      return copy;
    });
    $("coming").replaceChildren(...copies(between(after(1), after(span)).reverse()));
    $("recent").replaceChildren(...copies(between(after(-span), on)));
    $("counted").textContent = $("counted").dataset.chosen;
    for (const link of all("a[data-ask]")) {
      const [page, coded, own] = link.href.split(/#s=|(?=&)/);
      const scenario = JSON.parse(atob(coded.replaceAll("-", "+").replaceAll("_", "/")));
      scenario.on = on;
      link.href = page + "#s=" + btoa(JSON.stringify(scenario)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") + own;
    }
    show();
  }

  // sayDay says beside the field which day it holds, in the reader's language: the
  // browser writes it as its own does.
  function sayDay() {
    const said = $("day-said");
    const [year, month, date] = day.value.split("-");
    const { weekdays, months, two } = said.dataset;
    said.textContent = isDay(day.value) ? weekdays.split("|")[new Date(day.value).getUTCDay()] + " " +
      months.split("|")[month - 1].replace("28", two ? date : Number(date)).replace("2001", year) : "";
  }

  // Until a day is chosen it is today, on the visitor's side of midnight too.
  let follows = day.value === book.dataset.today;
  onNewDay(() => {
    if (!follows) return;
    day.value = todayInVietnam();
    sayDay();
    showDay(day.value);
  });
  day.addEventListener("input", () => {
    follows = false;
    sayDay();
    showDay(day.value);
  });
  filter.addEventListener("input", show);
  filter.addEventListener("submit", (event) => {
    event.preventDefault();
    // Enter goes on to what was found.
    if (!opened) return;
    const leads = (kind) => book.classList.contains(kind);
    const within = leads("code-first") ? ".code" : leads("cards-first") ? ".rate" : "summary";
    const fold = all(".folds > .fold:not([hidden])").find((one) => one.querySelector(within));
    const first = fold?.open && fold.querySelector(":is(.rule, .code):not([hidden]) .anchor");
    (first || fold?.querySelector("summary"))?.focus();
  });
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !query.value) return;
    event.preventDefault();
    query.value = "";
    show();
  });
  show();
  sayDay();
  showDay(day.value);

  // A link leads to what it names, also in a fold or where a filter hides it.
  function reveal() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = $(name);
    if (!target) {
      // A code may come without its sign, or as its subcode alone.
      const code = name.startsWith("code-") && name.slice(5);
      const meant = code && all(".code").find(({ dataset }) => dataset.code === "-" + code || dataset.code.endsWith("/" + code));
      if (meant) location.replace("#" + meant.id);
      return;
    }
    if (target.closest("[hidden], .aside, .empty")) {
      query.value = "";
      filter.querySelector('input[value="all"]').checked = true;
      show();
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.hash === location.hash) reveal(); // the address stays, so no event
  });
  if (location.hash) reveal();
})();
