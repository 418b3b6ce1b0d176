// Asks for the program as soon as the head of the page is read. The script that
// starts it comes later, and on a slow phone only runs once the page is laid out;
// until then the network would rest. That script has a copy of this one, should it
// come first.
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
  const { src: source, dataset: config } = document.currentScript;

  window.postageAsk = async (again, of = config) => {
    const program = () => ask(of.wasm, again);
    // The worker has the program unpacked.
    if (again || !of.packed || !window.DecompressionStream || hasWorker()) return program();
    if (sendsScriptsAsTheyAre()) return (await askPacked(of.packed)) ?? program();
    const asked = await program();
    const { ok, type, headers } = asked.response;
    // The header of an answer to another origin is not shown to us.
    if (!ok || type !== "basic" || headers.has("Content-Encoding")) return asked;
    asked.stop.abort();
    return (await askPacked(of.packed)) ?? program();
  };

  async function ask(address, again) {
    const stop = new AbortController();
    const response = await fetch(address, { cache: again ? "reload" : "default", signal: stop.signal });
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

  // sendsScriptsAsTheyAre tells whether the host has sent this very script
  // without compressing it.
  function sendsScriptsAsTheyAre() {
    const [timing] = performance.getEntriesByName(source);
    return timing !== undefined && timing.encodedBodySize > 0 && timing.encodedBodySize === timing.decodedBodySize;
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
