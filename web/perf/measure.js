// Measures a page from within, from its very first moment. It types into the
// field as soon as there is one, again whenever a program has put a new one in
// its place, and notes when what should follow the field has done so on the
// screen. The command calls it with the selectors of the field and the answer,
// what to type, and the event that says so.
(watched) => {
  "use strict";
  if (window !== window.top) return;
  const seen = { fcp: 0, lcp: 0, cls: 0, shown: 0, usable: 0, keys: [], drawn: [] };
  window.perfSeen = seen;

  const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
  observe("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });

  // afterPaint calls back once the frame that is being made is on the screen.
  function afterPaint(callback) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = callback;
      channel.port2.postMessage(null);
    });
  }

  window.perfPainted = () => new Promise((done) => afterPaint(() => done()));

  // ------------------------------------------------------------- first answer
  const typedInto = new WeakSet();
  let before = null;

  function look() {
    const field = document.querySelector(watched.field);
    const answer = document.querySelector(watched.answer);
    if (answer && seen.shown === 0) {
      seen.shown = -1;
      afterPaint(() => { seen.shown = performance.now(); });
    }
    if (field && answer) {
      before ??= answer.textContent;
      if (answer.textContent !== before) {
        afterPaint(() => { seen.usable = performance.now(); });
        return;
      }
      if (!typedInto.has(field)) {
        typedInto.add(field);
        field.value = watched.typed;
        field.dispatchEvent(new Event(watched.event, { bubbles: true }));
      }
    }
    requestAnimationFrame(look);
  }
  if (watched.typed) requestAnimationFrame(look);

  // --------------------------------------------------------------- keystrokes
  // A keystroke lasts from the key until the answer that it changed is painted. The
  // last change of the page before the next one tells when all of it was drawn.
  window.perfKeys = () => {
    const answer = document.querySelector(watched.answer);
    let pressed = 0;
    let key = 0;
    let last = 0;
    addEventListener("keydown", (event) => {
      if (seen.keys.length > 0) seen.drawn.push(last - key);
      key = pressed = event.timeStamp;
    }, true);
    new MutationObserver(() => { last = performance.now(); })
      .observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
    new MutationObserver(() => {
      if (pressed === 0) return;
      const start = pressed;
      pressed = 0;
      afterPaint(() => seen.keys.push(performance.now() - start));
    }).observe(answer, { subtree: true, childList: true, characterData: true });
  };

  // ------------------------------------------------------------------- memory
  // The program's memory is not part of the heap that the browser reports.
  let memory = null;
  window.perfMemory = () => memory.buffer.byteLength;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original.apply(WebAssembly, args);
      memory = (made.instance ?? made).exports.mem;
      return made;
    };
  }
}
