// The worker in which lists of contacts and bills are read. The page has fetched the program and
// hands it over; from then on this worker has no way out but to that page: what could
// send something elsewhere, or keep it, is taken away before anything of a file comes.
"use strict";

for (let scope = self; scope; scope = Object.getPrototypeOf(scope)) {
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel", "Worker", "SharedWorker", "importScripts", "indexedDB", "caches"]) {
    if (Object.hasOwn(scope, name)) Object.defineProperty(scope, name, { value: undefined });
  }
}

self.onmessage = async ({ data: { program } }) => {
  const ready = new Promise((resolve) => { self.postageReady = resolve; });
  let compiled;
  try {
    // Compiled here it does not keep the page from its visitor, which keeps it for the
    // worker after this one.
    compiled = program instanceof ArrayBuffer ? await WebAssembly.compile(program) : program;
  } catch {
    postMessage({ broken: true });
    return;
  }
  postMessage({ compiled });
  try {
    const go = new Go();
    const instance = await WebAssembly.instantiate(compiled, go.importObject);
    go.run(instance).then(() => postMessage({ ended: true }), () => postMessage({ ended: true }));
    await ready;
  } catch {
    postMessage({ ended: true });
    return;
  }
  self.onmessage = ({ data: { request, file } }) => self.postageAsk(request, file);
  postMessage({ ready: true });
};
