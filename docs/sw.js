// The service worker: after one visit the site works without a network, and each page with the files of its own build.
//
// tools/offline.py writes one line before the first of these: which build this is, and every file of it with its
// hash. All of them are kept, in one cache, or none is; a page is answered from that cache alone. Only what nearly no
// reader needs is fetched when it is first asked for, and kept then. A newer build waits beside this one until no page
// of this one is open, or until a reader says that it be loaded.
//
// Without that line (`make serve`, or a build that leaves offline use out) this is the way back: it deletes what
// earlier builds kept, and itself.

/**
 * @typedef {object} Build
 * @property {string} id
 * @property {number} bytes What is kept, in all.
 * @property {string[]} later Addresses of the files that are fetched when they are asked for.
 * @property {string} policy The content policy of every page.
 * @property {Record<string, string[]>} files The address of each file, from the site's own, and the hashes it may have.
 *
 * @typedef {"room" | "line" | "file" | "saving" | "browser"} Why a build is not kept: no room in the browser, the
 *   connection broke off, a file is not the one of this build, the reader saves data, or the browser refuses.
 */

const worker = /** @type {ServiceWorkerGlobalScope & { build?: Build }} */ (/** @type {unknown} */ (self));
const { build } = worker;
const { scope } = worker.registration;

/** Caches are shared by all sites of a host; ours begin with the address of this one. */
const OURS = `offline ${scope} `;
const CACHE = `${OURS}${build?.id}`;
/** The list of what a cache holds. It is put in last: a cache without it is not whole. */
const LIST = `${scope}sw.js`;
/** So many files are fetched at a time: the page, and whatever the reader opens, come first. */
const HANDS = 4;

class NotKept extends Error {
    /** @param {Why} why */
    constructor(why) {
        super(`not kept: ${why}`);
        this.why = why;
    }
}

if (build) {
    worker.addEventListener("install", (event) => event.waitUntil(install(build)));
    worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
    worker.addEventListener("fetch", (event) => answer(build, event));
} else {
    worker.addEventListener("install", () => worker.skipWaiting());
    worker.addEventListener("activate", (event) => event.waitUntil(leave()));
}

worker.addEventListener("message", (event) => {
    if (event.data.type === "load") worker.skipWaiting();
    // A page that was there before this worker is taken over, unless it is of another build.
    if (event.data.type === "take" && event.data.build === build?.id) event.waitUntil(worker.clients.claim());
    event.ports[0]?.postMessage({ build: build?.id, bytes: build?.bytes });
});

// Keeping.

/** @param {Build} build */
async function install(build) {
    try {
        await keepAll(build);
    } catch (error) {
        await caches.delete(CACHE);
        const why = error instanceof NotKept ? error.why : isFull(error) ? "room" : "browser";
        const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
        for (const page of pages) page.postMessage({ type: "not kept", why, build: build.id, bytes: build.bytes });
        throw error;
    }
}

/** @param {unknown} error */
function isFull(error) {
    return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** @param {Build} build */
async function keepAll(build) {
    const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (worker.navigator);
    if (connection?.saveData) throw new NotKept("saving");

    /** @type {{ files: Record<string, string[]>, cache: Cache }[]} */
    const older = [];
    for (const name of await ours()) {
        const list = await listOf(name);
        if (list && name !== CACHE) older.push({ files: list, cache: await caches.open(name) });
        // Left by a browser that was closed while it kept this one or another.
        else await caches.delete(name);
    }
    // Not every browser tells.
    const { quota = Infinity, usage = 0 } = (await worker.navigator.storage?.estimate()) ?? {};
    if (quota - usage < build.bytes) throw new NotKept("room");

    const cache = await caches.open(CACHE);
    const left = Object.entries(build.files);
    const hand = async () => {
        for (let entry = left.pop(); entry; entry = left.pop()) {
            const [file, hashes] = entry;
            // What has not changed is not fetched again.
            const had = older.find(({ files }) => files[file]?.[0] === hashes[0]);
            const copy = await had?.cache.match(scope + file);
            if (copy) await cache.put(scope + file, copy);
            else if (!build.later.includes(file)) await cache.put(scope + file, await take(file, hashes, "no-cache"));
        }
    };
    try {
        await Promise.all(Array.from({ length: HANDS }, hand));
    } catch (error) {
        left.length = 0;
        throw error;
    }
    await cache.put(LIST, Response.json(build.files));
    // Another worker may have tidied up meanwhile.
    if (!(await listOf(CACHE))) throw new NotKept("line");
}

/**
 * Fetch a file, and see to it that it is this build's: in the middle of a deployment a host has files of two.
 *
 * @param {string} file
 * @param {string[]} hashes
 * @param {RequestCache} cache
 */
async function take(file, hashes, cache) {
    let answer;
    let bytes;
    try {
        // Many hosts lead from a page's file name to its folder.
        answer = await fetch(scope + file.replace(/(^|\/)index\.html$/, "$1"), { cache, priority: "low" });
        bytes = await answer.arrayBuffer();
    } catch {
        throw new NotKept("line");
    }
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    if (!hashes.includes(btoa(String.fromCharCode(...digest)))) throw new NotKept("file");
    const headers = new Headers(answer.headers);
    // They speak of the file as it travelled.
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    return new Response(bytes, { headers });
}

async function ours() {
    return (await caches.keys()).filter((name) => name.startsWith(OURS));
}

/** @param {string} name A cache. @returns {Promise<Record<string, string[]> | undefined>} Nothing if it is not whole. */
async function listOf(name) {
    return (await (await caches.open(name)).match(LIST))?.json();
}

async function forgetOthers() {
    for (const name of await ours()) if (name !== CACHE && (await listOf(name))) await caches.delete(name);
}

async function leave() {
    for (const name of await ours()) await caches.delete(name);
    await worker.registration.unregister();
}

// Answering.

/** @param {Build} build @param {FetchEvent} event */
function answer(build, event) {
    const { request } = event;
    const url = new URL(request.url);
    const address = url.origin + url.pathname;
    if (request.method !== "GET" || request.headers.has("range") || !address.startsWith(scope)) return;

    const path = address.slice(scope.length);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const hashes = build.files[file];
    if (hashes) event.respondWith(kept(build, file, request));
    else if (request.mode !== "navigate") return;
    else if (build.files[`${file}/index.html`]) event.respondWith(Response.redirect(`${address}/${url.search}`));
    else event.respondWith(unknown(build, request));
}

/** @param {Build} build @param {string} file @param {Request} request */
async function kept(build, file, request) {
    const cache = await caches.open(CACHE);
    const isLate = build.later.includes(file) && !(await cache.match(scope + file));
    if (isLate || request.cache === "reload") {
        // Reloaded: a script distrusts what it was given. There is no other without a network.
        const fresh = await take(file, build.files[file] ?? [], isLate ? "no-cache" : "reload").catch(() => null);
        if (fresh) await cache.put(scope + file, fresh);
        else if (isLate) return Response.error();
    }
    const found = await cache.match(scope + file);
    // If somebody emptied the cache, this build is no longer whole: step aside.
    if (!found) await leave();
    const given = found ?? (await fetch(request));
    if (request.destination !== "worker") return given;
    // A worker that is started from an address obeys the policy that comes with it, and no other.
    const headers = new Headers(given.headers);
    headers.set("content-security-policy", build.policy);
    return new Response(given.body, { status: given.status, headers });
}

/**
 * An address that this build has no page for. Another build may have one, and it must not be served with our files:
 * our own page for what is not found then stands in its place, and says that there is a newer version.
 *
 * @param {Build} build
 * @param {Request} request
 */
async function unknown(build, request) {
    try {
        const answer = await fetch(request);
        const html = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.clone().text() : "";
        const [, other = build.id] = /<meta name="build" content="(\w+)">/.exec(html) ?? [];
        if (other === build.id) return answer;
    } catch {
        // Without a network there are only the pages that are kept.
    }
    const page = await (await caches.open(CACHE)).match(`${scope}404.html`);
    return new Response(page?.body, { status: 404, headers: page?.headers });
}
