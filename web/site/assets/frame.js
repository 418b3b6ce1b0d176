// The frame in a partner's page: reads the options behind the # of its address,
// and speaks with the page around it. web/protocol says what the messages
// mean, /partners/ how a partner uses them.
//
// For the program it provides window.postageFrame:
//   options          the options in JSON, all of them checked
//   link()           the part of the fragment that holds a scenario, "s=…", or in
//                    the frame with the plan a plan, "p=…"
//   setLink(link)    puts another one there
//   live(), changed()
//                    to be called once the page is live, and after each change
//   refused(mistake) to be called with what is not taken of the link, as {"error":…}
//   stopped()        to be called when the program has come to an end
// The program in turn provides window.postage: answer, state, set, configure.
"use strict";

(() => {
  const { types, plan } = document.currentScript.dataset;
  const subject = plan === undefined ? "scenario" : "plan"; // what stands in the frame
  const root = document.documentElement;
  const version = 1;
  const maxSize = 1 << 18; // of a message, as JSON
  const burst = 60; // messages at once
  const pace = 30; // messages a second
  const changePace = 100; // ms between two changes that are told

  // ---------------------------------------------------------------- options
  const channels = new Map(types.split(" ").map((list) => {
    const [channel, names] = list.split("=");
    return [channel, names.split(",")];
  }));
  const allTypes = [...channels.values()].flat();

  const readers = {
    ...optionReaders, // options.js, which stands before this script
    types: (text) => {
      const chosen = text.split(/[\s,]+/).filter(Boolean).flatMap((name) => channels.get(name) ?? name);
      const unknown = chosen.filter((name) => !allTypes.includes(name));
      if (unknown.length > 0 || chosen.length === 0) fail(`channels (${[...channels.keys()].join(", ")}) or message types, not ${unknown.join(", ") || "nothing"}`);
      return allTypes.filter((name) => chosen.includes(name));
    },
  };
  const colours = ["paper", "card", "ink", "accent"];

  if (subject === "plan") delete readers.date; // each of its messages has its own

  // The program knows the additions to the price by their paths in a scenario.
  const presets = {
    date: "on", "markup-percent": "pricing.markupPercent", "markup-per-message": "pricing.markupPerMessage",
    "monthly-fee": "pricing.monthlyFee", "tax-percent": "pricing.taxPercent",
  };

  function fail(wanted) {
    throw new RangeError(wanted);
  }

  const maxComplaints = 50; // at once

  // read checks options and leaves out those that are wrong, which it reports.
  function read(given) {
    const options = {};
    let wrong = 0;
    for (const [name, text] of Object.entries(given)) {
      try {
        if (!Object.hasOwn(readers, name)) fail("no such option");
        options[name] = readers[name](text);
      } catch (err) {
        if (++wrong <= maxComplaints) complain(name, `${name}=${JSON.stringify(text)}: ${err.message}`);
      }
    }
    return options;
  }

  const complaints = []; // until there is somebody to tell
  const loneliness = 3000; // ms after which nobody is thought to be coming
  function complain(path, message, code = "bad-option") {
    const error = { type: "error", code, path, message };
    if (live && host) post(error);
    else if (complaints.length < maxComplaints) complaints.push(error);
  }

  // The parts of the fragment that hold a scenario or a plan and what its link says of it.
  const linkParts = [...(subject === "plan" ? ["p", "n"] : ["s"]), "b", "d", "a"];

  function fragmentParts(ofLink) {
    return location.hash.slice(1).split("&").filter((part) => part && linkParts.includes(part.split("=")[0]) === ofLink);
  }

  function splitFragment() {
    const given = {};
    for (const part of fragmentParts(false)) {
      const at = part.indexOf("=");
      const name = at < 0 ? part : part.slice(0, at);
      try {
        given[decodeURIComponent(name)] = at < 0 ? "" : decodeURIComponent(part.slice(at + 1).replaceAll("+", " "));
      } catch {
        complain(name, `${name}: not encoded as an address asks for`);
      }
    }
    return given;
  }

  let options = {};

  function use(given) {
    options = read(given);
    const preset = {};
    for (const [name, path] of Object.entries(presets)) {
      for (const [currency, number] of Array.isArray(options[name]) ? options[name] : []) preset[`${path}@${currency}`] = number;
      if (typeof options[name] === "string") preset[path] = options[name];
    }
    frame.options = JSON.stringify({
      types: options.types ?? [], preset, fixed: options.pricing === "fixed", readOnly: options.readonly ?? false,
      partner: options.partner ?? "", page: options.page ?? "", lead: options.lead ?? "", leadLabel: options["lead-label"] ?? "",
    });
    paint(true);
  }

  // ------------------------------------------------------------------ theme
  const fonts = {
    serif: 'Georgia, Cambria, "Times New Roman", "Noto Serif", serif',
    rounded: 'ui-rounded, "SF Pro Rounded", Nunito, Quicksand, system-ui, sans-serif',
  };
  // What must be readable on what.
  const pairs = [
    ["ink", "paper"], ["ink", "card"], ["soft", "paper"], ["soft", "card"], ["accent", "paper"], ["accent", "card"],
    ["good", "card"], ["warn", "card"], ["bad", "card"],
  ];
  const darkDevice = matchMedia("(prefers-color-scheme: dark)");

  function paint(report) {
    const theme = options.theme ?? "auto";
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const name of ["paper", "field", "card", "stamp", "ink", "accent", "accent-ink", "radius"]) root.style.removeProperty("--" + name);
    const dark = theme === "dark" || (theme === "auto" && darkDevice.matches);
    const own = getComputedStyle(root);
    const now = {};
    for (const name of [...colours, "soft", "good", "warn", "bad"]) now[name] = own.getPropertyValue("--" + name).trim();
    for (const name of colours) {
      const option = dark ? name + "-dark" : name;
      if (!(option in options)) continue;
      const before = now[name];
      now[name] = options[option];
      const pair = pairs.find((pair) => pair.includes(name) && contrast(now[pair[0]], now[pair[1]]) < 4.5);
      if (pair) {
        if (report) complain(option, `${option}=${now[name]}: the contrast of ${pair[0]} on ${pair[1]} would be ${contrast(now[pair[0]], now[pair[1]]).toFixed(1)}; it takes 4.5 to be readable`);
        now[name] = before;
        continue;
      }
      set(name, now[name]);
      if (name === "paper") set("field", now.paper);
      if (name === "card") set("stamp", now.card);
      if (name === "accent") set("accent-ink", contrast(now.accent, "#ffffff") >= 4.5 ? "#ffffff" : "#10151c");
    }
    if ("radius" in options) set("radius", options.radius + "px");
    document.body.style.fontFamily = fonts[options.font] ?? "";
  }

  function set(name, value) {
    root.style.setProperty("--" + name, value);
  }

  function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(hex) {
    const part = (at) => {
      const c = parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  }

  darkDevice.addEventListener("change", () => paint(false));

  // ------------------------------------------------------------ conversation
  // The page around the frame is its parent, and after hello the parent at the
  // origin that said so. A page without an origin of its own, such as one in a
  // sandbox, can only be answered at "*"; that is safe towards the parent, as
  // the frame ends with the page that it is in.
  let host = null; // the origin that answers go to
  let greeting = null; // hello, until the page is live
  let live = false;
  const waiting = []; // messages that came before

  function post(message, target = host) {
    window.parent.postMessage({ ns: "postage", v: version, ...message }, target === "null" ? "*" : target);
  }

  function refuse(message, code, text, target) {
    const id = goodID(message.id) ? { id: message.id } : {};
    post({ type: "error", ...id, code, message: text }, target);
  }

  function goodID(id) {
    return (typeof id === "string" && id.length <= 64) || (typeof id === "number" && Number.isFinite(id));
  }

  let tokens = burst;
  let refilled = performance.now();
  let toldTooMany = -Infinity;

  function tooMany(message, origin) {
    const now = performance.now();
    tokens = Math.min(burst, tokens + (now - refilled) / 1000 * pace);
    refilled = now;
    if (tokens >= 1) {
      tokens--;
      return false;
    }
    if (now - toldTooMany > 1000) {
      toldTooMany = now;
      refuse(message, "too-many", `more than ${pace} messages a second; some are dropped`, origin);
    }
    return true;
  }

  // weight is about how long a value is as JSON, as far as it is of interest. In
  // the bytes of a short message there can be a list of a billion gaps, a circle,
  // or a value a billion times over, which must not be written out.
  function weight(value) {
    const values = [value];
    let sum = 0;
    while (values.length > 0 && sum <= maxSize) {
      const next = values.pop();
      sum += typeof next === "string" ? next.length : 1;
      if (typeof next !== "object" || next === null) continue;
      if (ArrayBuffer.isView(next)) sum += next.byteLength;
      else if (Array.isArray(next) && next.length > maxSize) sum += next.length;
      else for (const [name, one] of Object.entries(next)) {
        sum += name.length;
        values.push(one);
      }
    }
    return sum;
  }

  window.addEventListener("message", (event) => {
    const message = event.data;
    if (window.parent === window || event.source !== window.parent) return;
    if (host !== null && event.origin !== host) return;
    if (typeof message !== "object" || message === null || message.ns !== "postage") return;
    if (host === null && message.type !== "hello") return;
    if (tooMany(message, event.origin)) return;
    if (typeof message.type !== "string" || typeof message.v !== "number" || ("id" in message && !goodID(message.id))) {
      refuse(message, "malformed", "a message has ns, v, a type and, if you like, an id of up to 64 characters", event.origin);
      return;
    }
    if (!Object.hasOwn(takers, message.type)) return;
    if (message.v !== version && message.type !== "hello") {
      refuse(message, "version", `this frame speaks version ${version}`, event.origin);
      return;
    }
    let size = weight(message);
    try {
      if (size <= maxSize) size = JSON.stringify(message).length;
    } catch {
      refuse(message, "malformed", "not JSON", event.origin);
      return;
    }
    if (size > maxSize) {
      refuse(message, "too-large", `at most ${maxSize} characters as JSON`, event.origin);
      return;
    }
    if (message.type !== "hello" && !live) {
      if (waiting.length < burst) waiting.push(message);
      else refuse(message, "too-many", "the frame is not ready yet", event.origin);
      return;
    }
    take(message, event.origin);
  });

  // Once the program has stopped it says so to its visitor, who can start it
  // anew; the page gets no answer but this one.
  let over = false;
  const asked = new Set(); // messages whose answer comes later

  function take(message, origin) {
    if (over && message.type !== "hello") refuseStopped(message);
    else takers[message.type](message, origin);
  }

  function refuseStopped(message) {
    refuse(message, "not-answered", "the calculator has stopped, and offers its visitor to start it again");
  }

  const takers = {
    hello(message, origin) {
      if (!Array.isArray(message.versions)) {
        refuse(message, "malformed", "hello names the versions that you speak, such as [1]", origin);
        return;
      }
      if (!message.versions.includes(version)) {
        refuse(message, "version", `this frame speaks version ${version}`, origin);
        return;
      }
      host = origin;
      greeting = message;
      if (message.resize === true) root.dataset.auto = "";
      else delete root.dataset.auto;
      lastHeight = 0;
      if (live && !over) greet();
    },
    set(message) {
      if (typeof message[subject] !== "object" || message[subject] === null) {
        refuse(message, "malformed", "set needs a " + subject);
        return;
      }
      asked.add(message);
      window.postage.set(JSON.stringify(message[subject]), (mistake) => {
        asked.delete(message);
        if (mistake) post({ type: "error", ...withID(message), ...JSON.parse(mistake).error });
        else {
          answer(message);
          tellChange(true);
        }
      });
    },
    "get-quote": answer,
    configure(message) {
      const given = message.options;
      if (typeof given !== "object" || given === null || Object.values(given).some((text) => typeof text !== "string")) {
        refuse(message, "malformed", "configure needs options, each a text");
        return;
      }
      use(given);
      const sound = Object.entries(given).filter(([name]) => Object.hasOwn(options, name));
      const fragment = sound.map(([name, text]) => encodeURIComponent(name) + "=" + encodeURIComponent(text));
      setFragment([...fragment, frame.link()]);
      window.postage.configure();
    },
  };

  function withID(message) {
    return "id" in message ? { id: message.id } : {};
  }

  function answer(message) {
    const now = state();
    if (now.mistakes) {
      refuse(message, "not-answered", "an input is missing or wrong: " + now.mistakes.map((m) => m.path).join(", "));
      return;
    }
    post({ type: "quote", ...withID(message), ...now });
  }

  // state is what stands on the screen: scenario or plan and quote, or the mistakes.
  function state() {
    const now = JSON.parse(window.postage.state());
    if (!now.mistakes) now.quote = JSON.parse(window.postage.answer(JSON.stringify(now[subject])));
    return now;
  }

  let told = ""; // by the last change
  let changeTimer = 0;

  function greet() {
    root.removeAttribute("data-pending");
    post({ type: "ready", ...withID(greeting), version, versions: [version], lang: root.lang });
    for (const error of complaints.splice(0)) post(error);
    tellChange(true);
    tellHeight();
    for (const message of waiting.splice(0)) take(message, host);
  }

  // tellChange tells what stands on the screen where it is something else than was
  // told last, or anyway.
  function tellChange(anyway = false) {
    clearTimeout(changeTimer);
    changeTimer = 0;
    const now = state();
    if (host === null || (!anyway && JSON.stringify(now) === told)) return;
    told = JSON.stringify(now);
    post({ type: "change", ...now });
  }

  // ----------------------------------------------------------------- height
  let lastHeight = 0;

  function tellHeight() {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (!live || host === null || height === lastHeight) return;
    lastHeight = height;
    post({ type: "resize", height });
  }
  new ResizeObserver(tellHeight).observe(document.body);

  // ------------------------------------------------------------------- lead
  // The quote goes along only when the visitor presses the link or the button.
  function prepareLead(event) {
    const lead = event.target instanceof Element && event.target.closest("[data-lead]");
    if (!lead || !live || over) return;
    const now = state();
    if (now.mistakes) {
      event.preventDefault();
      return;
    }
    const { lead: to = "" } = options;
    if (to.startsWith("https:")) lead.href = `${to}#postage=${base64(JSON.stringify({ v: version, ...now }))}`;
    if (to.startsWith("mailto:")) {
      const outside = options.page ?? new URL(subject === "plan" ? "../../plan/" : "../", location.href.split("#")[0]).href;
      const page = `${outside}#${linkParts[0]}=${base64(JSON.stringify(now[subject]))}`;
      const body = lead.dataset.summary + (page.length < 1500 ? "\r\n\r\n" + page : "");
      lead.href = `${to}?subject=${encodeURIComponent(lead.dataset.subject)}&body=${encodeURIComponent(body)}`;
    }
    if (event.type === "click" && host !== null) post({ type: "lead", ...now });
  }
  for (const type of ["click", "auxclick", "contextmenu"]) document.addEventListener(type, prepareLead, true);

  // Other pages of the site open beside the portal: they may not be framed.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.pathname === location.pathname || !/^https?:$/.test(link.protocol)) return;
    link.target = "_blank";
    link.rel = "noopener";
  }, true);

  function base64(text) {
    const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
    return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  // ---------------------------------------------------------------- program
  function setFragment(parts) {
    try {
      const fragment = parts.filter(Boolean).join("&");
      history.replaceState(history.state, "", location.pathname + location.search + (fragment && "#" + fragment));
    } catch {
      // Safari refuses too many changes; what is on the screen counts.
    }
  }

  const frame = window.postageFrame = {
    options: "{}",
    link: () => fragmentParts(true).join("&"),
    setLink: (link) => {
      setFragment([...fragmentParts(false), link]);
    },
    live: () => {
      live = true;
      root.removeAttribute("data-pending");
      if (greeting) greet();
      else setTimeout(() => { // a page that does not speak with the frame has no other way to know
        if (!greeting && complaints.length > 0) console.info("Postage:", complaints.map(({ message }) => message).join("\n"));
      }, loneliness);
    },
    refused: (mistake) => {
      const { path, message, code } = JSON.parse(mistake).error;
      complain(path, message, code);
    },
    stopped: () => {
      over = true;
      for (const message of asked) refuseStopped(message);
      asked.clear();
    },
    changed: () => {
      if (live && !changeTimer) changeTimer = setTimeout(() => tellChange(), changePace);
    },
  };

  // Where there is nothing behind the #, or the name of a place in here, the
  // browser and the program would move there, and the page around with it. With a
  // "=" it is the name of nothing.
  function keepStill() {
    if (!location.hash.includes("=")) setFragment(location.hash.slice(1).split("&").map((part) => part && part + "="));
  }

  window.addEventListener("popstate", keepStill); // before the program hears of it
  window.addEventListener("hashchange", () => {
    use(splitFragment());
    if (live) window.postage.configure();
  });

  // On the way to another fragment the browser would move before anybody hears
  // of it. So it does not go; the address changes as if it had. A browser that
  // does not ask, as none does in a frame without an origin, goes where it is sent.
  window.navigation?.addEventListener("navigate", (event) => {
    if (!event.hashChange || !event.cancelable) return;
    event.preventDefault();
    setFragment(new URL(event.destination.url).hash.slice(1).split("&"));
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });

  keepStill();
  use(splitFragment());
  // What the page says before the program runs is for no options; better
  // nothing than another answer.
  if (frame.link() || Object.keys(options).some((name) => name in presets || ["types", "pricing", "readonly", "lead", "partner", "page"].includes(name))) root.dataset.pending = "";
})();
