// What the pages with a file have to do with their worker, and with files: for the
// program, which calls it as postageList. The program that reads is fetched when the
// page is live, before anybody has chosen a file, and kept for a worker that has to be
// started anew.
"use strict";

window.postageList = (() => {
  const { dataset: config } = document.currentScript;
  let worker = null;
  let told = () => {};
  let waiting = []; // for the worker to be ready
  let chosen = null; // the file
  let fetched = null;
  // A field is left on the way down of a press, and what is asked for then may be there
  // before the way up. It is told afterwards: drawn in between it would move the button away.
  let pressed = false;
  const held = [];
  const report = (text) => { if (pressed) held.push(text); else told("report", text); };
  addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) {
    addEventListener(end, (event) => {
      if (end === "blur" && event.target !== window) return; // a field's
      setTimeout(() => { // the click comes first
        pressed = false;
        for (const text of held.splice(0)) told("report", text);
      });
    }, true);
  }
  const files = new Map(); // by turn, what is to become of a file that is written

  async function fetchProgram(again) {
    const { response, packed } = await window.postageAsk(again, config);
    if (!response.ok) throw new Error(`${config.wasm}: ${response.status}`);
    const body = packed ? response.body.pipeThrough(new DecompressionStream("gzip")) : response.body;
    return new Response(body).arrayBuffer();
  }

  async function start(again = false) {
    fetched ??= again ? fetchProgram(true) : fetchProgram(false).catch(() => fetchProgram(true));
    let program;
    try {
      program = await fetched;
    } catch {
      fail();
      return;
    }
    const isHandedOver = program instanceof ArrayBuffer;
    if (isHandedOver) fetched = null; // until it is back, compiled
    const mine = new Worker(config.reader);
    worker = mine;
    let isReady = false;
    const gone = () => { if (isReady) end(mine); else fail(); };
    mine.onerror = gone;
    mine.onmessage = ({ data }) => {
      if (data.ended) {
        gone();
      } else if (data.broken) { // what the browser has kept may be what is wrong
        mine.terminate();
        if (again) fail(); else start(true);
      } else if (data.compiled) {
        fetched = Promise.resolve(data.compiled);
      } else if (data.ready) {
        isReady = true;
        for (const message of waiting) mine.postMessage(message);
        waiting = null;
        told("ready", "");
      } else {
        if (data.file) files.set(JSON.parse(data.report).turn, data.file);
        report(data.report);
      }
    };
    mine.postMessage({ program }, isHandedOver ? [program] : []);
  }

  // fail leaves it to the visitor to try again.
  function fail() {
    worker?.terminate();
    worker = fetched = null;
    told("failed", "");
  }

  // end starts another worker in the place of one that has come to an end, which has
  // lost the list.
  function end(ended) {
    if (worker !== ended) return;
    ended.terminate();
    worker = null;
    waiting = [];
    told("ended", "");
    start();
  }

  return {
    open(tell) {
      told = tell;
      start();
    },

    retry() {
      if (worker || fetched) return; // pressed twice
      waiting = [];
      start();
    },

    ask(request, withFile) {
      const message = { request, file: withFile ? chosen : undefined };
      if (waiting) waiting.push(message);
      else worker.postMessage(message);
    },

    // choose takes the file of an input, or what was pasted, and tells its name and size.
    choose(input, done) {
      if (!input.files[0]) return;
      chosen = input.files[0];
      input.value = ""; // so that the same file can be chosen again
      done(chosen.name, chosen.size);
    },

    paste(text) { chosen = new Blob([text], { type: "text/plain" }); },

    // onDrop takes files that are dropped anywhere on the page.
    onDrop(done, over) {
      const has = (event) => event.dataTransfer?.types.includes("Files");
      let inside = 0;
      addEventListener("dragenter", (event) => { if (has(event) && inside++ === 0) over(true); });
      addEventListener("dragleave", (event) => { if (has(event) && --inside === 0) over(false); });
      addEventListener("dragover", (event) => { if (has(event)) event.preventDefault(); });
      addEventListener("drop", (event) => {
        if (!has(event)) return;
        event.preventDefault();
        inside = 0;
        over(false);
        const [file] = event.dataTransfer.files;
        if (!file) return;
        chosen = file;
        done(file.name, file.size);
      });
    },

    // save gives the visitor the file that came with the report of a turn.
    save(turn, name) {
      const file = files.get(turn);
      files.delete(turn);
      if (!file) return false;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 600_000); // a large file takes its time
      return true;
    },
  };
})();
