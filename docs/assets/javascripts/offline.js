// Use without a network, as the page sees it: asks for the service worker (sw.js), says in the footer what is kept,
// and tells a page that has been overtaken by a newer build. Loaded when the page is done and the browser idle.

import { announce } from "./links.js";

/**
 * @typedef {object} Kept What a service worker says of itself.
 * @property {string} [build] Nothing from one that only removes what was kept.
 * @property {number} [bytes]
 *
 * @typedef {Kept & { type: "not kept", why: "room" | "line" | "file" | "saving" | "browser" }} NotKept
 */

const SCRIPT = new URL("../../sw.js", import.meta.url).href;
const SCOPE = new URL("./", SCRIPT).href;
/** Caches are shared by all sites of a host; ours begin with the address of this one (sw.js). */
const OURS = `offline ${SCOPE} `;
/** Where it is remembered that a reader wants nothing kept. */
const WISH = `offline ${SCOPE}`;
/** A tab that stays open asks for a newer build this often, when the reader comes back to it. [milliseconds] */
const HOUR = 3_600_000;

/** The build that this page is of. */
let build = "";

/**
 * Keep the site for use without a network, unless the reader does not want that.
 *
 * @param {string | undefined} own The page's build. None where the site is served while it is written: then what an
 *   earlier build kept under the same address is removed.
 */
export async function keepOffline(own) {
    const { serviceWorker } = navigator;
    if (own === undefined) return remove();
    offerChoice();
    build = own;
    if (isUnwanted()) return;
    serviceWorker.addEventListener("controllerchange", compare);
    addEventListener("pageshow", ({ persisted }) => persisted && compare());
    serviceWorker.addEventListener("message", ({ data }) => data.type === "not kept" && tellNotKept(data));
    addEventListener("click", download);
    compare();
    /** @type {ServiceWorkerRegistration} */
    let registration;
    try {
        registration = await serviceWorker.register(SCRIPT, { updateViaCache: "none" });
        follow(registration);
    } catch {
        // Switched off, or not to be had at present. What was kept before stays.
        return;
    }
    let looked = performance.now();
    document.addEventListener("visibilitychange", () => {
        if (document.hidden || performance.now() - looked < HOUR) return;
        looked = performance.now();
        registration.update().catch(() => {});
    });
}

/** @param {ServiceWorkerRegistration} registration */
function follow(registration) {
    const { active, waiting, installing } = registration;
    if (active) takePlace(active);
    if (waiting) offerNewer(waiting);
    if (installing) watch(installing);
    registration.addEventListener("updatefound", () => registration.installing && watch(registration.installing));

    /** @param {ServiceWorker} worker */
    function watch(worker) {
        worker.addEventListener("statechange", () => {
            if (worker.state === "installed" && registration.active) offerNewer(worker);
            if (worker.state === "activated") takePlace(worker);
        });
    }
}

/** Be served by a worker of the page's own build from now on. @param {ServiceWorker} worker */
async function takePlace(worker) {
    if (navigator.serviceWorker.controller) return;
    const kept = await ask(worker, { type: "take", build });
    // Deployed between this page and this moment. Opened again, the page comes from the worker.
    if (kept.build && kept.build !== build) tellNewer("A newer version is there.", () => location.reload());
}

/** Never stay with another build's files: what was typed is in the tab's storage and comes back. */
async function compare() {
    const { controller } = navigator.serviceWorker;
    if (!controller) return;
    const kept = await ask(controller, { type: "say" });
    if (kept.build === build) tellKept(kept);
    else location.reload();
}

/** @param {ServiceWorker} worker A worker that waits until no page of the older build is open. */
async function offerNewer(worker) {
    const kept = await ask(worker, { type: "say" });
    // A page fetched past the old worker may be of the new build already.
    if (kept.build === build) return;
    tellNewer("A newer version is there.", () => {
        // Every page that the old worker served, in this tab or another, then loads itself anew; one that was fetched
        // past it must do so here.
        if (!navigator.serviceWorker.controller) {
            worker.addEventListener("statechange", () => worker.state === "activated" && location.reload());
        }
        worker.postMessage({ type: "load" });
    });
}

/**
 * @param {ServiceWorker} worker
 * @param {{ type: "say" } | { type: "take", build: string }} question
 * @returns {Promise<Kept>}
 */
function ask(worker, question) {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
        worker.postMessage(question, [port2]);
    });
}

/**
 * Chromium asks the network, and never a service worker, for a link that is marked as a download.
 *
 * @param {MouseEvent} event
 */
async function download(event) {
    const link = /** @type {Element} */ (event.target).closest("a[download]");
    if (navigator.onLine || !(link instanceof HTMLAnchorElement) || !link.href.startsWith(SCOPE)) return;
    event.preventDefault();
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await (await fetch(link.href)).blob());
    file.download = link.download || (new URL(link.href).pathname.split("/").at(-1) ?? "");
    file.click();
    URL.revokeObjectURL(file.href);
}

// Removing.

async function remove() {
    for (const registration of await navigator.serviceWorker.getRegistrations())
        if (registration.scope === SCOPE) await registration.unregister();
    for (const name of await caches.keys()) if (name.startsWith(OURS)) await caches.delete(name);
}

function isUnwanted() {
    try {
        return localStorage.getItem(WISH) === "no";
    } catch {
        return false;
    }
}

/** The buttons on the page about this (docs/reference/offline.md). */
function offerChoice() {
    const place = document.querySelector("[data-offline-choice]");
    if (!place) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    const show = () => {
        button.textContent = isUnwanted() ? "Keep it again" : "Remove it, and keep nothing from now on";
    };
    button.addEventListener("click", async () => {
        try {
            if (isUnwanted()) localStorage.removeItem(WISH);
            else localStorage.setItem(WISH, "no");
        } catch {
            // Without storage the wish cannot be kept, but what is there can be removed.
        }
        if (!isUnwanted()) return location.reload();
        await remove();
        tell("Nothing is kept for use without a network.");
        announce("Removed");
        show();
    });
    show();
    place.replaceChildren(button);
}

// Words.

/** @param {Kept} kept */
function tellKept({ bytes }) {
    tell(`Works offline now: ${megabytes(bytes)} MB kept in this browser.`);
}

/** Why nothing is kept at the first visit. */
const NOT_KEPT = {
    line: "the connection broke off",
    file: "a file that arrived is of another version",
    browser: "this browser refuses",
};
/** Why the newer of two builds is not kept. */
const NEWER_NOT_KEPT = {
    room: "this browser has no room to keep both",
    file: "a file that arrived is not part of it",
    saving: "it was not fetched, since you save data",
    browser: "this browser refuses to keep it",
};

/** @param {NotKept} reason */
function tellNotKept({ why, build: other, bytes }) {
    if (other !== build && navigator.serviceWorker.controller) {
        // The older build stays whole. After a broken connection the browser tries again at the next page.
        if (why !== "line") tellNewer(`A newer version is there, but ${NEWER_NOT_KEPT[why]}.`, letGo);
    } else if (why === "room") {
        tell(`Not kept for use offline: this browser has no room for its ${megabytes(bytes)} MB.`);
    } else if (why !== "saving") {
        tell(`Not kept for use offline: ${NOT_KEPT[why]}. It is tried again at the next visit.`);
    }
}

/** Go on without what is kept, once it is sure that the network is there. */
async function letGo() {
    try {
        await fetch(SCRIPT, { cache: "no-store" });
    } catch {
        tellNewer("A newer version is there, but the connection is not. What is kept goes on working.", letGo);
        return;
    }
    await remove();
    location.reload();
}

/** @param {number} [bytes] */
function megabytes(bytes = 0) {
    return (bytes / 1e6).toFixed(1);
}

/** A soft line at the foot of the page. @param {string} words */
function tell(words) {
    for (const place of document.querySelectorAll("[data-offline]")) {
        const about = document.createElement("a");
        about.href = new URL("reference/offline/", SCOPE).href;
        about.textContent = "What that means";
        place.replaceChildren(`${words} `, about);
    }
}

/**
 * A line under the page's header, where it covers nothing and is seen wherever the reader is.
 *
 * @param {string} words
 * @param {() => void} load
 */
function tellNewer(words, load) {
    const line = document.querySelector(".newer") ?? document.createElement("p");
    line.className = "newer";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Load it";
    button.addEventListener("click", load);
    line.replaceChildren(`${words} `, button);
    document.querySelector(".md-header")?.append(line);
    announce(`${words} A button at the top of the page loads it.`);
}
