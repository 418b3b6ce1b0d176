// The service worker keeps one whole version of the site and answers from it,
// online or off. The build puts a line before this file that says what there
// is to keep:
//   site = { base, version, programs, packed, files: { path: hash } }
// The hash is the file's SHA-256 in base64: what a host, a proxy or the login
// page of a hotel sends in a file's place is never kept. The programs are
// the paths of the browser's programs; packed says whether there are copies of
// them with .gz at the end.
"use strict";

const hashes = new Map(Object.entries(site.files));
const isProgram = (path) => site.programs.includes(path);
const isPage = (path) => path.endsWith("/") && hashes.has(path);
// A file whose name holds its hash is the same in every version that has it.
const isAsset = (path) => path.startsWith(site.base + "assets/");

const cachePrefix = `postage-${site.base}-`;
const cacheName = cachePrefix + site.version;
// Beside its files a version's cache has an entry for each open page of it.
const openPage = `${site.base}open-page/`;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => {
  // The page asks for this when its visitor does. Until then a new version
  // waits.
  if (event.data && event.data.type === "activate") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (url.origin !== self.location.origin || !url.pathname.startsWith(site.base)) return;
  event.respondWith(request.mode === "navigate" ? page(event, url) : file(event, url));
});

// ------------------------------------------------------------------ keeping

// keepAll fetches every file of this version that is not kept yet. If it fails
// it is tried again at a later visit, which goes on from there.
async function keepAll() {
  const cache = await caches.open(cacheName);
  try {
    // One after the other, which leaves the network to the page. The programs
    // come last, when it is known whether the host compresses.
    for (const path of hashes.keys()) {
      if (!isProgram(path)) await keep(cache, path);
    }
    for (const path of site.programs) await keep(cache, path);
  } catch (err) {
    // Half a version is of no use where there is no room for a whole one.
    if (err.name === "QuotaExceededError") await caches.delete(cacheName);
    throw err;
  }
}

async function keep(cache, path) {
  if (await cache.match(path)) return;
  for (let tries = 1; ; tries++) {
    try {
      const response = await fetchFile(cache, path, tries);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      const hash = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
      if (btoa(String.fromCharCode(...new Uint8Array(hash))) !== hashes.get(path)) throw new Error(`${path}: not the file of this version`);
      await cache.put(path, plain(response));
      return;
    } catch (err) {
      if (tries === 4 || err.name === "QuotaExceededError") throw err;
      await new Promise((resolve) => setTimeout(resolve, 500 * tries));
    }
  }
}

// sendsProgramsAsTheyAre is true once the host has sent one that is not compressed,
// though it compresses other files.
let sendsProgramsAsTheyAre = false;

// fetchFile fetches a file, at the first try from the browser's own cache if
// that can only have the right one.
async function fetchFile(cache, path, tries) {
  const from = { cache: isAsset(path) && tries === 1 ? "default" : "reload" };
  if (!isProgram(path) || !site.packed || tries > 1) return fetch(path, from);
  // A host that compresses nothing, or everything but the program, has a
  // packed copy.
  if (!sendsProgramsAsTheyAre && await compresses(cache)) {
    const stop = new AbortController();
    const response = await fetch(path, { ...from, signal: stop.signal });
    if (response.headers.has("Content-Encoding")) return response;
    sendsProgramsAsTheyAre = true;
    stop.abort();
  }
  const packed = await fetch(path + ".gz", from);
  if (!packed.ok || packed.headers.has("Content-Encoding")) return packed;
  return new Response(packed.body.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": "application/wasm" } });
}

// compresses tells whether any of the files kept so far came compressed.
async function compresses(cache) {
  const responses = await cache.matchAll();
  return responses.some((response) => response.headers.has("Content-Encoding"));
}

// plain returns a response that may answer a navigation even if the host
// redirected on the way to it.
function plain(response) {
  if (!response.redirected) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body, { status, statusText, headers });
}

// repair fetches what the browser has thrown away. What is missed while it does
// may be what it has passed already: then it goes through the files once more. A
// host that has a newer version by now sends files with other hashes, which are
// not taken; it is not asked again until this worker is started again.
let repairing = null;
let missed = false;

function repair() {
  missed = true;
  repairing ??= repairAll().then(() => { repairing = null; }, () => {});
  return repairing;
}

async function repairAll() {
  while (missed) {
    missed = false;
    await keepAll();
  }
}

// ----------------------------------------------------------------- versions

// versions lists the caches of this site, its own version's first. Sites under
// other bases of the same origin have caches of their own.
async function versions() {
  const names = await caches.keys();
  const ours = names.filter((name) => name.startsWith(cachePrefix) && !name.slice(cachePrefix.length).includes("/"));
  return ours.sort((a, b) => (b === cacheName) - (a === cacheName));
}

// takeOver makes this version answer the pages that are open. Those of the
// first visit came past any worker, and are taken to be of this version.
async function takeOver() {
  const first = (await versions()).length < 2;
  await self.clients.claim();
  if (first) {
    for (const client of await self.clients.matchAll({ type: "window" })) await remember(client.id, cacheName);
  }
  await tidy();
}

// remember notes that a page of a version is open.
async function remember(id, name) {
  if (!id) return;
  try {
    await (await caches.open(name)).put(openPage + id, new Response());
  } catch {
    // Without room for the note the page gets by with what is in the network.
  }
}

// tidy deletes the versions that no open page is of, so that a page never
// lacks a file of its own version.
async function tidy() {
  const { installing, waiting } = self.registration;
  if (installing || waiting) return; // a version that has no page yet
  for (const name of await versions()) {
    const cache = await caches.open(name);
    let used = name === cacheName;
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (!pathname.startsWith(openPage)) continue;
      if (await self.clients.get(pathname.slice(openPage.length))) used = true;
      else await cache.delete(url);
    }
    if (!used) await caches.delete(name);
  }
}

// ---------------------------------------------------------------- answering

// kept finds a file in this version or, if it is the same in all, in any other
// version that is still there. It returns null if there is none, and where the
// browser has no storage left to look into.
async function kept(path) {
  try {
    for (const name of await versions()) {
      if (name !== cacheName && !isAsset(path)) break;
      const response = await (await caches.open(name)).match(path, { ignoreVary: true });
      if (response) return { response, name };
    }
  } catch (err) {
    console.warn("what was kept cannot be read:", err);
  }
  return null;
}

// page answers a navigation. What follows the path in the address is the
// page's own business.
async function page(event, url) {
  let path = url.pathname.replace(/\/index\.html$/, "/");
  if (isPage(path + "/")) path += "/";
  if (isPage(path) && path !== url.pathname) return Response.redirect(path + url.search);
  // What is behind the ? can be what was shared into the installed app. It is for
  // the page, which has it in its address, and not for the host.
  if (hashes.has(path)) return keptOrFetched(event, path, () => fetch(path).then(plain));
  try {
    return await fetch(event.request);
  } catch (err) {
    const none = await kept(site.base + "404.html");
    if (!none) throw err;
    return new Response(none.response.body, { status: 404, headers: none.response.headers });
  }
}

async function file(event, url) {
  return url.search === "" ? keptOrFetched(event, url.pathname) : fetch(event.request);
}

async function keptOrFetched(event, path, fetched = () => fetch(event.request)) {
  const found = await kept(path);
  if (!found) {
    if (hashes.has(path)) event.waitUntil(repair());
    return fetched();
  }
  if (path.endsWith(".wasm")) event.waitUntil(remember(event.clientId, found.name).then(tidy));
  return found.response;
}
