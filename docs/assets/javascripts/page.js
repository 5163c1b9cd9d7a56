// The page's script: the calculators in it, links to its sections, and the way back to a reader's numbers.

import { FineTuningCalculator } from "./calculator.js";
import { addCopyButtons, kept, keptEntry, parse, sectionsOf, visit, write } from "./links.js";

customElements.define("fine-tuning-calculator", FineTuningCalculator);

const calculators = /** @type {FineTuningCalculator[]} */ ([...document.querySelectorAll("fine-tuning-calculator")]);

/** @param {string} id */
const calculatorIn = (id) =>
    calculators.find((calculator) => sectionsOf(calculator).includes(id) || calculator.contains(document.getElementById(id)));

addCopyButtons((id) => {
    const calculator = calculatorIn(id);
    if (!calculator?.changed) return write(id);
    return calculator.query === null ? null : write(id, calculator.query);
});

// A browser finds no section under a fragment that carries a scenario: bring the reader there.
// A reload brings back what was typed last; so does a return from another page; a link brings its own numbers.
const here = parse(location.hash);
const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
const returning = navigation?.type === "reload" || navigation?.type === "back_forward";
for (const calculator of calculators) {
    const { slug } = calculator;
    const typed = (navigation?.type === "reload" ? kept(slug) : null) ?? keptEntry(history.state, slug);
    const linked = calculatorIn(here.id) === calculator ? here.query : null;
    // What this tab held already comes from another page of ours; anything else was sent.
    if (typed === null && linked !== null) calculator.restore(linked, { sent: linked !== kept(slug) });
    else {
        const query = typed ?? kept(slug);
        if (query !== null && query !== calculator.scenario) calculator.restore(query, { fresh: false });
    }
}
if (!returning) arrive(here);

addEventListener("popstate", (event) => {
    const place = parse(location.hash);
    for (const calculator of calculators) {
        const query = keptEntry(event.state, calculator.slug);
        // No entry of ours: a click in the table of contents, which changes no number, or a link opened in this page.
        if (query !== null) calculator.restore(query);
        else if (place.query !== null && calculatorIn(place.id) === calculator) calculator.restore(place.query);
        else calculator.leave();
    }
    if (event.state === null) arrive(place);
});

// On paper nothing can be copied or unfolded: there the link to the answer stands as text, and what was changed beside it.
addEventListener("beforeprint", () => {
    for (const calculator of calculators) {
        const [section] = sectionsOf(calculator);
        const differs = calculator.querySelector('[data-slot="differs"] details');
        if (differs) /** @type {HTMLDetailsElement} */ (differs).open = true;
        const place = calculator.querySelector("[data-printed-link]");
        if (place && section) place.textContent = calculator.query === null ? "" : write(section, calculator.query);
    }
});

/** Bring the reader to where a link leads, if the browser does not: to a field, or to a section. @param {import("./links.js").Place} place */
function arrive({ id, query }) {
    const target = document.getElementById(id);
    const holder = target && calculators.find((calculator) => calculator.contains(target));
    if (holder) holder.reveal(target);
    else if (query !== null) visit(id);
}

// The proof and the worked plan stand as they were built where this does not arrive.
const proof = /** @type {HTMLElement | null} */ (document.querySelector("[data-proof]"));
if (proof) import("./proof.js").then(({ offer }) => offer(proof)).catch(() => {});

// A table of records is whole where this does not arrive: it only cannot be sorted.
if (document.querySelector("table[data-records]")) import("./tables.js").then(({ enhance }) => enhance()).catch(() => {});

// So is a long list of anything else: it only cannot be searched.
if (document.querySelector("[data-entries]")) import("./filter.js").then(({ offer }) => offer()).catch(() => {});

// Kept for use without a network, where the browser can do that: it has service workers on https and localhost only.
// Nothing is asked of a reader who saves data; where the line is slow, or Python is on its way, Python comes first.
// Once it is kept, all that is from here on comes from the browser.
if (navigator.serviceWorker && (!savesData() || navigator.serviceWorker.controller)) {
    const build = document.querySelector("meta[name=build]")?.getAttribute("content") ?? undefined;
    whenQuiet()
        .then(() => import("./offline.js"))
        .then(({ keepOffline }) => keepOffline(build))
        .catch(() => {});
}

function connection() {
    const { connection = {} } = /** @type {{ connection?: { saveData?: boolean, effectiveType?: string } }} */ (navigator);
    return connection;
}

function savesData() {
    return connection().saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

async function whenQuiet() {
    if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
    await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
    if (navigator.serviceWorker.controller) return;
    const isSlow = /2g|3g/.test(connection().effectiveType ?? "");
    if (isSlow || performance.getEntriesByName("calculator:start").length > 0) await marked("calculator:ready");
}

/** @param {string} name A moment of a calculator, which may have come already. @returns {Promise<void>} */
function marked(name) {
    return new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
            if (list.getEntriesByName(name).length === 0) return;
            observer.disconnect();
            resolve();
        });
        observer.observe({ type: "mark", buffered: true });
    });
}
