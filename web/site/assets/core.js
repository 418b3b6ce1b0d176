// The rules of Postage without a page: for pages, workers and Node 20 and later.
//
//   import { load } from "https://…/core/v1/postage.js";
//   const { answer, questions, plan, most } = await load();
//   answer({ on: "2026-11-21", message: { type: "zalo.zns", … }, audience: [ … ] });
//
// questions takes a scenario that may still be incomplete and tells which fields can
// change its answer, for a form of your own or a chatbot. plan answers several
// messages of a month. most tells how many people a budget is enough for.
//
// The build puts `program` in front, which names the WebAssembly file beside
// this one, and `Go`, the script of the Go distribution that runs it.

/** No scenario needs more characters: one of 100 segments takes 60,000. A plan has at most 50 of them. */
const longest = 1 << 20;
const longestPlan = 4 * longest;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Fetches the rules and starts them.
 * @param {{ wasm?: string | URL | BufferSource | WebAssembly.Module }} [options]
 *   wasm: the program, where it is not beside this file. An address must lead to
 *   the very file that this version was published with.
 */
export async function load(options = {}) {
  const module = await compile(options.wasm ?? new URL(program.file, import.meta.url));
  const go = new Go();
  let rules = run(go, await WebAssembly.instantiate(module, go.importObject));
  if (rules.stopped()) {
    throw new Error("the rules did not start");
  }

  function restart() {
    const go = new Go();
    return run(go, new WebAssembly.Instance(module, go.importObject));
  }

  /**
   * Answers a scenario or a plan in JSON: work "answer" is the same as rules.Answer in Go,
   * "questions" as rules.AnswerQuestions, "plan" as rules.AnswerPlan, "most" as rules.AnswerMost.
   */
  function ask(work, scenario) {
    const most = work === "plan" ? longestPlan : longest;
    if (scenario.length > most) {
      return mistake("out-of-range", `at most ${most} characters`);
    }
    try {
      rules ??= restart();
      const text = rules.ask(work, scenario);
      if (!rules.stopped()) {
        return text;
      }
    } catch {
      // The program ran out of memory or stack. The next call gets a new one.
    }
    rules = null;
    return mistake("internal", "the rules stopped at this scenario");
  }

  const taking = (work, behind = () => "") => (scenario, more) => {
    if (typeof scenario === "string") {
      return ask(work, scenario + behind(more));
    }
    let text;
    try {
      text = JSON.stringify(scenario);
    } catch {
      // A circle, a BigInt, or a getter that throws.
    }
    return JSON.parse(typeof text === "string" ? ask(work, text + behind(more)) : mistake("syntax", "the scenario has no form in JSON"));
  };
  // The budget stands on a line of its own; what is no text is no amount.
  const most = taking("most", (budget) => "\n" + (typeof budget === "string" ? budget.replaceAll("\n", " ") : ""));

  return Object.freeze({ answer: taking("answer"), questions: taking("questions"), plan: taking("plan"), most, built: program.built, version: program.version });
}

/** Runs an instance up to where it waits for questions. */
function run(go, instance) {
  go.exit = () => {};
  go.run(instance).catch(() => {}); // settles only when the program ends
  const { room, answered, mem } = instance.exports;
  return {
    stopped: () => go.exited,
    ask(work, text) {
      const bytes = encoder.encode(text);
      const place = room(bytes.length) >>> 0;
      new Uint8Array(mem.buffer, place, bytes.length).set(bytes);
      const length = instance.exports[work](bytes.length);
      return decoder.decode(new Uint8Array(mem.buffer, answered() >>> 0, length));
    },
  };
}

function mistake(code, message) {
  return JSON.stringify({ error: { path: "", code, message } });
}

async function compile(wasm) {
  if (wasm instanceof WebAssembly.Module) {
    return wasm;
  }
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) {
    return WebAssembly.compile(wasm);
  }
  const address = new URL(wasm, import.meta.url);
  if (address.protocol === "file:") {
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ "node:fs/promises");
    const bytes = await readFile(address);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
    if ("sha384-" + btoa(String.fromCharCode(...hash)) !== program.integrity) {
      throw new Error(`${address} is not the program that this version was published with`);
    }
    return WebAssembly.compile(bytes);
  }
  const response = await fetch(address, { integrity: program.integrity, credentials: "omit" });
  if (!response.ok) {
    throw new Error(`${address} was answered with ${response.status}`);
  }
  if (response.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
