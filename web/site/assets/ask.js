// Asks for the program as soon as the browser reads the head of the page, in which
// this script stands. The script that starts the program comes later, and on a slow
// phone only runs once the page is laid out; until then the network would rest. A
// browser may run a script that is in a file as late as that, so this one is in the
// page. That script has a copy of it, should a host's policy not let this one run.
//
// For it, this one provides:
//   postageAsked       what postageAsk() has returned at the start
//   postageAsk(again, of)
//                      fetches the program, or another one, which is given by
//                      { wasm, packed }; a promise of { response, packed, stop }:
//                      the answer, whether it is still to be unpacked, and the
//                      AbortController that ends it. Asked again, it does not
//                      take what the browser has kept, which may be what went
//                      wrong.

(() => {
  "use strict";
  if (window.postageAsk) return;
  const { dataset: config } = document.currentScript;

  let unpacked = false; // the host sends programs as they are
  window.postageAsk = async (again, of = config) => {
    const program = () => ask(of.wasm, again);
    // The worker has the program unpacked.
    if (again || !of.packed || !window.DecompressionStream || hasWorker()) return program();
    if (unpacked) return (await askPacked(of.packed)) ?? program();
    const asked = await program();
    const { ok, type, headers } = asked.response;
    // The header of an answer to another origin is not shown to us.
    if (!ok || type !== "basic" || headers.has("Content-Encoding")) return asked;
    unpacked = true;
    asked.stop.abort();
    return (await askPacked(of.packed)) ?? program();
  };

  async function ask(address, again) {
    const stop = new AbortController();
    // What the page looks like comes first, where a host sends one after the other.
    const response = await fetch(address, { cache: again ? "reload" : "default", priority: "low", signal: stop.signal });
    return { response, packed: false, stop };
  }

  // askPacked asks for the packed copy of the program for a host that does not
  // compress, a quarter of the size. It returns null if there is none.
  async function askPacked(address) {
    try {
      const asked = await ask(address);
      if (!asked.response.ok) throw new Error(`${address}: ${asked.response.status}`);
      asked.packed = !asked.response.headers.has("Content-Encoding"); // else the browser unpacks it
      return asked;
    } catch (err) {
      console.warn("there is no packed program:", err);
      return null;
    }
  }

  function hasWorker() {
    try {
      return Boolean(navigator.serviceWorker?.controller);
    } catch {
      return false; // in a sandbox the look at it throws
    }
  }

  window.postageAsked = window.postageAsk(false);
  window.postageAsked.catch(() => {}); // the one who takes it over tells
})();
