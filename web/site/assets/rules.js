// The script of the pages without a program. They need it for their address and
// to warn that announced changes have come since the build. The page on the method
// offers to install the site; the Rules page has a filter: a channel, and a day on
// which facts are to be in force. Without this script that page shows everything
// as of its build.
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
  function warn() {
    const today = new Date(Date.now() + 7 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const overdue = [...document.querySelectorAll("[data-due]")].find((warning) => warning.dataset.due <= today);
    if (overdue) overdue.hidden = false;
  }
  warn();
  // The page may stay open past midnight.
  for (const event of ["focus", "pageshow"]) window.addEventListener(event, warn);
  document.addEventListener("visibilitychange", warn);
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
  const day = document.getElementById("day");
  if (!filter || !day) return;
  document.addEventListener("submit", (event) => event.preventDefault(), true);

  function apply() {
    const channel = filter.querySelector('input[name="channel"]:checked').value;
    for (const part of document.querySelectorAll("[data-channel]")) {
      part.hidden = channel !== "all" && part.dataset.channel !== channel;
    }
    for (const entry of document.querySelectorAll(".timeline > .day")) {
      entry.hidden = !entry.querySelector("li:not([hidden])");
    }
    const on = day.value;
    if (!on) return;
    // Days are written 2006-01-02, which sorts as text.
    for (const fact of document.querySelectorAll(".fact")) {
      const { since, until } = fact.dataset;
      fact.classList.toggle("in-force", (!since || since <= on) && (!until || on <= until));
    }
  }

  filter.addEventListener("input", apply);
  filter.addEventListener("change", apply);
  apply();
})();
