// The service worker keeps one whole version of the site and answers from it,
// online or off. The build puts a line before this file that says what there
// is to keep:
//   site = { base, version, pages: [paths], files: [paths] }
"use strict";

const cachePrefix = `postage-${site.base}-`;
const cacheName = cachePrefix + site.version;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));

self.addEventListener("message", (event) => {
  // The page asks for this when its visitor does. Until then a new version
  // waits, so that a page never gets files of a version other than its own.
  if (event.data && event.data.type === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (url.origin !== self.location.origin || !url.pathname.startsWith(site.base)) return;
  event.respondWith(request.mode === "navigate" ? page(request, url) : file(request, url));
});

// keepAll fetches every file of this version, or fails and is tried again at
// a later visit.
async function keepAll() {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all([...site.pages, ...site.files].map(async (path) => {
      // A file whose name holds its hash is right wherever it comes from.
      const hashed = path.startsWith(site.base + "assets/");
      const response = await fetch(path, { cache: hashed ? "default" : "reload" });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, plain(response));
    }));
  } catch (err) {
    await caches.delete(cacheName);
    throw err;
  }
}

// plain returns a response that may answer a navigation even if the host
// redirected on the way to it.
function plain(response) {
  if (!response.redirected) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body, { status, statusText, headers });
}

// dropOlder deletes the other versions of the site under this base, and
// leaves sites under other bases of the same origin alone.
async function dropOlder() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(cachePrefix) || name === cacheName) continue;
    if (!name.slice(cachePrefix.length).includes("/")) await caches.delete(name);
  }
}

async function kept(path) {
  const cache = await caches.open(cacheName);
  return cache.match(path, { ignoreVary: true });
}

// page answers a navigation. What follows the path in the address is the
// page's own business.
async function page(request, url) {
  let path = url.pathname.replace(/\/index\.html$/, "/");
  if (!path.endsWith("/") && site.pages.includes(path + "/")) path += "/";
  if (site.pages.includes(path)) {
    if (path !== url.pathname) return Response.redirect(path + url.search);
    return (await kept(path)) || fetch(request);
  }
  const found = await kept(path);
  if (found) return found;
  try {
    return await fetch(request);
  } catch (err) {
    const none = await kept(site.base + "404.html");
    if (!none) throw err;
    return new Response(none.body, { status: 404, headers: none.headers });
  }
}

async function file(request, url) {
  return (url.search === "" && (await kept(url.pathname))) || fetch(request);
}
