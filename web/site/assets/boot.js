// Starts the program in a prerendered page and looks after the page around it.
//
// The page is readable and can be typed into before the program runs. This
// script starts the program, which ask.js has asked for, remembers what was typed meanwhile, and, once
// the program has called postageReady(), keeps the site for use offline and
// watches for newer versions. Everything it needs to know about the site is
// in the attributes of its own script element.
//
// For the program it provides:
//   postageEarly        what was entered before the program ran: the name of
//                       a group of radio buttons gives the chosen value, the
//                       id of a check box "true" or "false", the id of any
//                       other field its value
//   postageTyped        what was typed since the program kept its draft, by the id
//                       of the field; the program fills and empties it
//   postageEarlyFocus   { id, start, end } of the field with the focus, or null
//   postageWords        the texts of each language fetched so far, by its code
//   postageLoadWords(code)
//                       fetches those of a language; a promise
//   postageForgets      true where nothing can be stored for longer than the page
//   postageStep         called with -1 or 1 for the keys that undo and redo
//   postageBreathe(done) calls back once the browser has done what waits
//   postageAfterPaint(done)
//                       calls back once the next frame is on the screen
//   postageReady()      to be called once the page is live
//   postageUpdateWaiting, postageOnUpdate, postageUpdate()
//                       a newer version is there; called when that becomes
//                       so; switches to it
//   postageCheck()      looks for a newer version; a promise of whether there
//                       is one, which fails without a network
//   goapp…              what go-app expects from its own script

(() => {
  "use strict";
  const { dataset: config } = document.currentScript;
  const framed = window.parent !== window;

  let root = null; // go-app puts its own in its place
  // It is a deferred script: the page is parsed and its styles are there.
  const parsed = Promise.resolve().then(() => {
    root = document.body.firstElementChild;
    document.getElementById("boot-late")?.remove(); // it stood in for this script
    showEarly();
    recordRestored();
    recordFocus();
    new MutationObserver(keepBelow).observe(document.body, { childList: true });
  });

  // keepBelow has what stood below the answer stay there when go-app puts its own
  // page in the place of this one, until the program has worked it out anew. Without
  // it the page would be shorter meanwhile and a reader's place in it gone.
  function keepBelow(_, observer) {
    if (root?.isConnected) return;
    observer.disconnect();
    document.querySelector(".below-before")?.append(...(root?.querySelector(".below")?.childNodes ?? []));
  }

  // ---------------------------------------------------------------- scripts
  // The policy of the page has the browser refuse text where it would become
  // markup or a script. Only the site's own scripts are let through.
  window.trustedTypes?.createPolicy("default", {
    createScriptURL(address) {
      const { origin, pathname, href } = new URL(address, location.href);
      const ours = pathname === config.worker || pathname.startsWith(config.base + "assets/");
      return origin === location.origin && ours ? href : null;
    },
  });

  // ---------------------------------------------------------------- address
  // A host may serve a page under more addresses than its own, such as with
  // index.html at the end. The program knows only the page's own.
  const ownPath = config.base + config.path.slice(1);
  if (location.pathname !== ownPath) {
    try {
      history.replaceState(history.state, "", ownPath + location.search + location.hash);
    } catch {
      // A document without an address of its own keeps the one it has.
    }
  }

  // An address that is no proper one, such as with a lone % behind the #, would
  // stop go-app. What is wrong with it is taken away before go-app sees it.
  function mendAddress(event) {
    if (!/%(?![0-9a-f]{2})/i.test(location.pathname + location.hash)) return;
    event?.stopImmediatePropagation();
    try {
      history.replaceState(history.state, "", ownPath + location.search);
    } catch {
      // As above.
    }
  }
  mendAddress();
  window.addEventListener("popstate", mendAddress);

  // ---------------------------------------------------------------- storage
  // In a frame without allow-same-origin, and where storage is switched off,
  // the mere look at it throws. The program then gets a storage that lasts as
  // long as the page.
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("");
    } catch {
      Object.defineProperty(window, name, { value: pageStorage(), configurable: true });
      window.postageForgets = true;
    }
  }

  function pageStorage() {
    const items = new Map();
    return {
      get length() { return items.size; },
      key: (i) => [...items.keys()][i] ?? null,
      getItem: (key) => items.get(String(key)) ?? null,
      setItem: (key, value) => { items.set(String(key), String(value)); },
      removeItem: (key) => { items.delete(String(key)); },
      clear: () => items.clear(),
    };
  }

  // ----------------------------------------------------------------- answer
  // On a phone the bar leads to the answer, and back up from where that is in view.
  window.addEventListener("scroll", () => {
    const answer = document.getElementById("answer");
    if (answer) document.documentElement.toggleAttribute("data-at-answer", answer.getBoundingClientRect().top < innerHeight / 2);
  }, { passive: true });

  // ------------------------------------------------------------ early input
  // It is kept for the next page of this tab if this one is left before the
  // program has taken it over, as is what the program has not kept itself yet.
  // Of the frames in a page nobody could tell afterwards whose it was, unless one
  // reloads itself.
  const earlyKey = "postage.early";
  let recording = true;
  let reloadsItself = false;
  window.postageEarly = earlyOfThisTab();
  window.postageEarlyFocus = null;
  window.postageTyped = {};

  function earlyOfThisTab() {
    try {
      const entries = Object.entries(JSON.parse(sessionStorage.getItem(earlyKey)) ?? {});
      sessionStorage.removeItem(earlyKey);
      return Object.fromEntries(entries.filter(([, value]) => typeof value === "string"));
    } catch {
      return {};
    }
  }

  window.addEventListener("pagehide", () => {
    const entered = recording ? window.postageEarly : window.postageTyped;
    if (framed && !reloadsItself || Object.keys(entered).length === 0) return;
    try {
      sessionStorage.setItem(earlyKey, JSON.stringify(entered));
    } catch {
      // No room: it is lost, as it is in every other page.
    }
  });

  // showEarly puts into the fields what was entered before a reload, unless there
  // is something newer.
  function showEarly() {
    if (!root) return;
    const fields = root.querySelectorAll("input, select, textarea");
    for (const field of fields) {
      const newer = changed(field) && entry(field);
      if (newer) delete window.postageEarly[newer[0]];
    }
    for (const field of fields) {
      const value = window.postageEarly[field.type === "radio" ? field.name : field.id];
      if (value === undefined) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value === "true";
      else field.value = value;
    }
  }

  // entry returns the key and value of a field, or null if it has none or is
  // a radio button that is not the chosen one.
  function entry(field) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return null;
    if (field.type === "radio") return field.checked && field.name ? [field.name, field.value] : null;
    if (field.type === "file" || !field.id) return null;
    if (field.type === "checkbox") return [field.id, String(field.checked)];
    return [field.id, field.value];
  }

  function changed(field) {
    if (field instanceof HTMLSelectElement) {
      const options = [...field.options];
      // Without a selected attribute the browser takes the first option.
      const byDefault = options.some((o) => o.defaultSelected) ? options.map((o) => o.defaultSelected) : options.map((o, i) => i === 0);
      return !field.multiple && options.some((o, i) => o.selected !== byDefault[i]);
    }
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }

  // recordRestored records what the browser itself filled in, which fires no
  // event: after a reload, on the way back, from a password manager.
  function recordRestored() {
    if (!root) return;
    for (const field of root.querySelectorAll("input, select, textarea")) {
      const found = changed(field) && entry(field);
      if (found && !(found[0] in window.postageEarly)) window.postageEarly[found[0]] = found[1];
    }
  }

  function recordInput(event) {
    if (!recording) return;
    const found = entry(event.target);
    if (found) {
      delete window.postageEarly[found[0]]; // so that the keys are in the order of the last answers
      window.postageEarly[found[0]] = found[1];
    }
    recordFocus();
  }

  // recordFocus keeps where the visitor was when go-app took the page's own
  // fields away; from then on the program moves the focus.
  function recordFocus() {
    const field = document.activeElement;
    if (!recording || !root || !root.isConnected || !field || !field.id || field === document.body) return;
    // Fields such as numbers and check boxes have no selection.
    let start = null;
    let end = null;
    try {
      start = field.selectionStart ?? null;
      end = field.selectionEnd ?? null;
    } catch {}
    window.postageEarlyFocus = { id: field.id, start, end };
  }

  function recordBlur(event) {
    // The focus is lost for good if the field is still there and nothing else
    // has it, or the page around a frame has it; a field that go-app takes away
    // loses it against the visitor's will.
    setTimeout(() => {
      const gone = event.target.isConnected && document.activeElement === document.body || framed && !document.hasFocus();
      if (recording && gone) window.postageEarlyFocus = null;
    });
  }

  document.addEventListener("input", recordInput, true);
  document.addEventListener("change", recordInput, true);
  document.addEventListener("focusin", recordFocus, true);
  document.addEventListener("focusout", recordBlur, true);
  document.addEventListener("selectionchange", recordFocus, true);

  // ------------------------------------------------------------------- back
  // On the way back a browser may show a page as it was left. Safari then
  // empties the fields that it is not to complete, and tells nobody.
  let left = [];
  window.addEventListener("pagehide", () => {
    left = [...document.querySelectorAll("input:not([type=file]), textarea")].map((field) => [field, field.value]);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    earlyOfThisTab(); // it was for another page, and this one still has it
    const fill = () => {
      for (const [field, value] of left) {
        if (field.value === "" && field !== document.activeElement) field.value = value;
      }
    };
    for (const wait of [0, 50, 200, 500]) setTimeout(fill, wait); // it does so in a task of its own
    setTimeout(() => { left = []; }, 500);
  });
  document.addEventListener("input", ({ target }) => { left = left.filter(([field]) => field !== target); }, true);

  // A form is never sent anywhere, before the program runs or after.
  document.addEventListener("submit", (event) => event.preventDefault(), true);

  // ------------------------------------------------------------------ links
  // go-app takes every click on a link. It may have those that lead to another
  // page of the site in this tab; the browser knows better what to do with
  // all others.
  const pages = config.pages.split(" ").map((path) => config.base + path.slice(1));

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement)) {
      // Were go-app to see the click, a change that waits to be drawn could be
      // drawn in the middle of it, and take the mark from the radio button that
      // is being pressed; the browser would then not report the press.
      event.stopPropagation();
      return;
    }
    const ours = link.origin === location.origin && pages.includes(link.pathname) &&
      !link.getAttribute("href").startsWith("#") && !link.target && !link.hasAttribute("download") &&
      event.button === 0 && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!ours) event.stopPropagation();
  });

  // ------------------------------------------------------------------- keys
  // In a text field these keys belong to the browser.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || !window.postageStep) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
    // On a keyboard of other letters the place of the key counts.
    const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(3).toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    window.postageStep(key === "y" || event.shiftKey ? 1 : -1);
  });

  // ---------------------------------------------------------- radio buttons
  // go-app turns one question's radio buttons into another's, an attribute at a
  // time and in any order. A button that still has its mark when it gets its new
  // name takes the mark from the right one. The program says in data-chosen
  // which is the right one; once a change is complete it gets its mark.
  function keepMarks() {
    for (const radio of document.querySelectorAll('input[type="radio"][data-chosen="true"]')) {
      if (!radio.checked) radio.checked = true;
    }
  }

  // ---------------------------------------------------------------- numbers
  // A tap into a number selects it, so that what is typed takes its place; a
  // second tap sets the caret, as ever. The Tab key selects by itself.
  let entering = null;
  document.addEventListener("pointerdown", ({ target }) => {
    entering = target instanceof HTMLInputElement && target.classList.contains("number") && target !== document.activeElement ? target : null;
  }, true);
  document.addEventListener("click", ({ target }) => {
    if (target === entering && target.selectionStart === target.selectionEnd) target.select();
    entering = null;
  }, true);

  // ----------------------------------------------------------------- go-app
  const env = {
    GOAPP_ROOT_PREFIX: config.base.slice(0, -1),
    GOAPP_STATIC_RESOURCES_URL: config.base.slice(0, -1),
    GOAPP_INTERNAL_URLS: "[]",
  };
  let installPrompt = null;

  window.goappGetenv = (name) => env[name] ?? "";
  window.goappNav = () => {}; // go-app sets these three
  window.goappOnUpdate = () => {};
  window.goappOnAppInstallChange = () => {};
  window.goappIsAppInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  window.goappIsAppInstallable = () => installPrompt !== null && !window.goappIsAppInstalled();
  window.goappShowInstallPrompt = async () => {
    if (!installPrompt) return;
    const prompt = installPrompt;
    installPrompt = null; // it can be shown once
    prompt.prompt();
    await prompt.userChoice;
    window.goappOnAppInstallChange();
  };
  window.goappKeepBodyClean = () => () => {};

  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt = event;
    window.goappOnAppInstallChange();
  });
  window.addEventListener("appinstalled", () => {
    installPrompt = null;
    window.goappOnAppInstallChange();
  });

  // --------------------------------------------------- progress and failure
  let bar = null;
  let message = null;

  function showBar() {
    bar = document.createElement("div");
    bar.id = "boot-bar";
    bar.className = "boot-bar";
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-label", config.loading);
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-valuemax", "100");
    const fill = document.createElement("span");
    fill.className = "boot-bar-fill";
    bar.append(fill);
    document.body.append(bar);
    showProgress(0);
  }

  function showProgress(share) {
    if (!bar) return;
    const percent = String(Math.min(100, Math.round(share * 100)));
    bar.setAttribute("aria-valuenow", percent);
    bar.firstElementChild.style.width = percent + "%";
  }

  function hideBar() {
    if (bar) bar.remove();
    bar = null;
  }

  // showMessage tells what went wrong. Each action is a label and what it does;
  // the link is the address to keep, if any.
  function showMessage(text, actions, link) {
    hideBar();
    if (message) message.remove();
    message = document.createElement("div");
    message.id = "boot-message";
    message.className = "boot-message";
    message.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    message.append(words);
    if (link) {
      const field = document.createElement("input");
      field.readOnly = true;
      field.value = link;
      field.setAttribute("aria-label", config.link);
      field.addEventListener("focus", () => field.select());
      message.append(field);
    }
    for (const [label, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        message.remove();
        message = null;
        act();
      });
      message.append(button);
    }
    document.body.append(message);
  }

  // stopped shows the way back once the program has come to an end. What was
  // entered is in the draft that the program keeps, and the last of it in
  // postageTyped, or, if it has not got so far, in postageEarly; what is entered
  // from now on is recorded as before it ran.
  let hasStopped = false;

  function stopped(err) {
    console.error("the program stopped:", err);
    if (hasStopped) return;
    hasStopped = true;
    if (!recording) window.postageEarly = window.postageTyped;
    recording = true;
    window.postageFrame?.stopped();
    const reload = [config.reload, () => {
      reloadsItself = true;
      location.reload();
    }];
    if (stopsInARow() < 2) showMessage(config.stopped, [reload]);
    else showMessage(config.stoppedAgain, [reload, [config.afresh, startAfresh]], location.href);
  }

  // stopsInARow counts how often the program has stopped in this tab without
  // having run for a minute in between.
  function stopsInARow() {
    const key = "postage.stops";
    try {
      const before = performance.now() < 60 * 1000 ? Number(sessionStorage.getItem(key)) : 0;
      sessionStorage.setItem(key, before + 1);
      return before + 1;
    } catch {
      return 2; // it cannot be ruled out
    }
  }

  // startAfresh loads the page without anything that was entered.
  function startAfresh() {
    recording = false;
    window.postageEarly = window.postageTyped = {};
    for (const key of ["postage.draft", "postage.stops", earlyKey]) {
      try {
        sessionStorage.removeItem(key);
      } catch {}
    }
    // In a frame the address also says what the partner has set.
    if (window.postageFrame) window.postageFrame.setLink("");
    else history.replaceState(null, "", ownPath);
    location.reload();
  }

  // ---------------------------------------------------------------- program
  // breathe calls back once the browser has done what was waiting.
  const breath = new MessageChannel();
  let breathed = null;
  breath.port1.onmessage = () => breathed();
  window.postageBreathe = (done) => {
    breathed = done;
    breath.port2.postMessage(null);
  };

  // afterPaint calls the last that asked once the next frame is on the screen, with
  // room for a key that waits, or in a page that nobody sees after a while.
  let nextFrame = 0;
  let nextTimer = 0;
  window.postageAfterPaint = (done) => {
    cancelAnimationFrame(nextFrame);
    clearTimeout(nextTimer);
    nextTimer = setTimeout(done, 200);
    nextFrame = requestAnimationFrame(() => {
      clearTimeout(nextTimer);
      nextTimer = setTimeout(done, 10);
    });
  };

  // make builds a piece of the page as the program describes it and returns the
  // nodes in their order; with the nodes of a piece that has begun it goes on with
  // that. A call of the program for each of them would take longer than all else
  // that it does at its start.
  window.goappMake = (plan, nodes = Object.assign([], { above: [] })) => {
    const words = plan.split("\0");
    const { above } = nodes; // the last one is what is being filled
    const add = (made) => {
      above.at(-1)?.append(made);
      nodes.push(made);
    };
    const enter = (made) => {
      add(made);
      above.push(made);
    };
    for (let i = 0; i < words.length; i++) {
      const word = words[i].slice(1);
      switch (words[i][0]) {
        case "<": enter(document.createElement(word)); break;
        case "{": enter(document.createElementNS(word, words[++i].slice(1))); break;
        case ">": above.pop(); break;
        case "@": above.at(-1).setAttribute(word, words[++i].slice(1)); break;
        case ".": above.at(-1)[word] = words[++i].slice(1); break;
        case "?": above.at(-1)[word] = words[++i] !== " "; break;
        case "'": add(document.createTextNode(word)); break;
      }
    }
    return nodes;
  };

  let failures = 0; // of fetching, since the page was last live
  let retried = false;

  async function start() {
    let instance;
    parsed.then(showBar);
    const go = new window.Go();
    // The program makes much that it needs for a moment only. Clearing up less
    // often costs a few megabytes and saves a slow phone a quarter of its work.
    go.env.GOGC = "300";
    try {
      const words = window.postageLoadWords(document.documentElement.lang);
      words.catch(() => {}); // if the program fails first, that is what is told
      const response = await fetchProgram();
      if (!workers()?.controller && !framed) await painted();
      const program = await compile(response);
      await new Promise(window.postageBreathe);
      instance = await WebAssembly.instantiate(program, go.importObject);
      await Promise.all([words, parsed]);
    } catch (err) {
      console.error("the program could not be loaded:", err);
      failures++;
      if (!retried) {
        retried = true;
        setTimeout(start, 1000);
        return;
      }
      // A host that no longer has the files has a newer page to go with others.
      showMessage(config.failed, [[config.retry, err instanceof Gone ? () => location.reload() : start]]);
      return;
    }

    // An exception that no part of the program catches leaves it in a state in
    // which it must not go on.
    const resume = go._resume;
    go._resume = () => {
      try {
        resume.call(go);
      } catch (err) {
        go.exited = true;
        stopped(err);
        throw err;
      }
    };
    try {
      await new Promise(window.postageBreathe);
      await go.run(instance); // ends only when the program does
      stopped("it has ended");
    } catch (err) {
      stopped(err);
    }
  }

  // painted waits until there is something to read on the screen. On a fast network
  // the program would take the processor before that. Nobody waits for a page that
  // nobody sees.
  function painted() {
    return new Promise((done) => {
      if (document.hidden || !window.PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
        done();
        return;
      }
      new PerformanceObserver(done).observe({ type: "paint", buffered: true });
      setTimeout(done, 2000);
    });
  }

  function compile(response) {
    if (WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
    return response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  }

  class Gone extends Error {}

  // fetchFile fetches a file of this version. After a failure it does not take
  // what the browser has kept of it, which may be what went wrong.
  async function fetchFile(address, options) {
    const response = await fetch(address, { cache: failures > 0 ? "reload" : "default", ...options });
    check(response);
    return response;
  }

  function check(response) {
    if (response.status === 404 || response.status === 410) throw new Gone(`${response.url}: ${response.status}`);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  }

  async function fetchProgram() {
    // What was asked for at the start can be taken once.
    const asked = failures === 0 ? window.postageAsked : window.postageAsk(true);
    const { response, packed, stop } = await asked;
    check(response);
    // From the worker it is here at once, and handing the response on as it is
    // lets the browser reuse what it compiled before.
    if (workers()?.controller && !packed && /^application\/wasm\b/.test(response.headers.get("Content-Type"))) return response;
    return counted(packed ? response.body.pipeThrough(new DecompressionStream("gzip")) : response.body, stop);
  }

  // counted shows how far the program has come, and gives up on a network that
  // has gone quiet. The length in the headers is that of the compressed file;
  // what is counted here is not compressed.
  function counted(body, stop) {
    const patience = 30 * 1000;
    let loaded = 0;
    let quiet = setTimeout(() => stop.abort(), patience);
    const counter = new TransformStream({
      async transform(chunk, controller) {
        clearTimeout(quiet);
        quiet = setTimeout(() => stop.abort(), patience);
        loaded += chunk.byteLength;
        showProgress(loaded / Number(config.wasmSize));
        // On a fast network all of it comes at once, and the browser would look
        // through it in one go.
        for (let i = 0; i < chunk.byteLength; i += 256 << 10) {
          controller.enqueue(chunk.subarray(i, i + (256 << 10)));
          await new Promise(window.postageBreathe);
        }
      },
      flush: () => clearTimeout(quiet),
    });
    return new Response(body.pipeThrough(counter), { headers: { "Content-Type": "application/wasm" } });
  }

  // ------------------------------------------------------------------ words
  // "vi=address,length en=…"; half a file of texts must not pass for a whole one.
  const wordFiles = new Map(config.words.split(" ").map((entry) => {
    const code = entry.slice(0, entry.indexOf("="));
    return [code, entry.slice(code.length + 1).split(",")];
  }));
  const wordsOnTheirWay = new Map();
  window.postageWords = {};

  window.postageLoadWords = (code) => {
    if (!wordsOnTheirWay.has(code)) {
      const words = fetchWords(code);
      words.catch(() => {
        wordsOnTheirWay.delete(code); // to be tried again
        failures++;
      });
      wordsOnTheirWay.set(code, words);
    }
    return wordsOnTheirWay.get(code);
  };

  async function fetchWords(code) {
    const [address, length] = wordFiles.get(code);
    const bytes = await (await fetchFile(address)).arrayBuffer();
    if (bytes.byteLength !== Number(length)) throw new Error(`${address}: ${bytes.byteLength} bytes, not ${length}`);
    window.postageWords[code] = new TextDecoder().decode(bytes);
  }

  window.postageReady = () => {
    if (!recording) return;
    recordRestored();
    recording = false;
    hideBar();
    failures = 0;
    keepMarks();
    new MutationObserver(keepMarks).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["name", "data-chosen"],
    });
    document.documentElement.dataset.ready = "true";
    keepOffline();
  };

  // ---------------------------------------------------- offline and updates
  const checkInterval = 60 * 60 * 1000;
  let registration = null;
  let reloading = false;
  window.postageUpdateWaiting = false;

  // workers returns the browser's service workers, or null where there are
  // none: without https, and in a sandbox, where the look at them throws.
  function workers() {
    try {
      return navigator.serviceWorker ?? null;
    } catch {
      return null;
    }
  }

  async function keepOffline() {
    if (framed || !/^https?:$/.test(location.protocol)) return;
    const container = workers();
    if (!container) return;
    for (let tries = 1; registration === null; tries++) {
      try {
        registration = await container.register(config.worker, { scope: config.base, updateViaCache: "none" });
      } catch (err) {
        console.warn("the page is not kept for use offline:", err);
        if (tries === 3 || err.name === "SecurityError") return;
        await new Promise((resolve) => setTimeout(resolve, 2000 * tries));
      }
    }
    // When another tab takes over a newer version, this one goes on with the
    // files of its own until its visitor wants the newer one too.
    let controlled = container.controller !== null;
    container.addEventListener("controllerchange", () => {
      if (controlled && !reloading) announce();
      controlled = true;
    });
    if (registration.waiting) announce();
    if (registration.installing) watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));

    let checked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || Date.now() - checked < checkInterval) return;
      checked = Date.now();
      registration.update().catch(() => {}); // offline; there is a next time
    });
  }

  function watch(worker) {
    worker.addEventListener("statechange", () => {
      // The very first worker does not wait for anything.
      if (worker.state === "installed" && registration.active) announce();
    });
  }

  window.postageCheck = async () => {
    if (registration) {
      await registration.update();
      return window.postageUpdateWaiting || registration.installing !== null || registration.waiting !== null;
    }
    const response = await fetchFile(ownPath, { cache: "no-store" });
    const page = await response.text();
    const newer = !page.includes(`data-built="${config.built}"`) || !page.includes(config.wasm);
    if (newer) announce();
    return newer;
  };

  function announce() {
    window.postageUpdateWaiting = true;
    if (window.postageOnUpdate) window.postageOnUpdate();
  }

  window.postageUpdate = () => {
    const waiting = registration && registration.waiting;
    const reload = () => {
      if (reloading) return;
      reloading = true;
      location.reload();
    };
    if (!waiting) {
      reload(); // another tab has switched already
      return;
    }
    workers().addEventListener("controllerchange", reload);
    // A page that came past the worker has no controller that could change.
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") reload();
    });
    // The browser can let the request rest while the older worker is at work. If
    // it rests for long, the page does without a worker until it is loaded anew.
    const ask = (tries) => {
      if (waiting.state !== "installed") return;
      if (tries === 6 && navigator.onLine) {
        registration.unregister().then(reload, reload);
        return;
      }
      waiting.postMessage({ type: "activate" });
      setTimeout(ask, 1000, tries + 1);
    };
    ask(0);
  };

  start();
})();
