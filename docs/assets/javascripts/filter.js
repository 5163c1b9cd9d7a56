// A field above a long list that leaves only what holds its words. The list is whole without it.
// Nothing is fetched and nothing is kept: a reload shows everything.

import { parse } from "./links.js";

/**
 * What more a list may ask of its entries, beside the words.
 *
 * @typedef {object} More
 * @property {HTMLSelectElement} list A list to choose from.
 * @property {string} label What it is called.
 * @property {(entry: HTMLElement, chosen: string) => boolean} passes Whether an entry stays.
 */

/** How to show all entries of a list again. @type {Map<HTMLElement, () => void>} */
const clearing = new Map();

/**
 * Put a field before a list.
 *
 * @param {HTMLElement} list
 * @param {string} noun What its entries are, in the plural.
 * @param {HTMLElement[]} entries
 * @param {{ more?: More, text?: (entry: HTMLElement) => string, shown?: (isWhole: boolean) => void }} [options] What
 *   else is asked; the words that an entry is found by; and what follows when other entries are shown.
 */
export function addFilter(list, noun, entries, { more, text = words, shown } = {}) {
    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    field.spellcheck = false;
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    const nothing = document.createElement("p");
    nothing.className = "filter__nothing";
    const said = document.createElement("span");
    const all = document.createElement("button");
    all.type = "button";
    all.className = "text-button";
    all.textContent = `Show all ${entries.length} ${noun}`;
    nothing.append(said, " ", all);

    const tools = document.createElement("div");
    tools.className = "filter";
    tools.append(labelled(`Filter ${noun}`, field), ...(more ? [labelled(more.label, more.list)] : []), count, nothing);
    list.before(tools);

    /** What each entry is found by, once somebody looks for something. @type {Map<HTMLElement, string>} */
    const found = new Map();
    const textOf = (/** @type {HTMLElement} */ entry) => {
        const known = found.get(entry) ?? plain(text(entry));
        found.set(entry, known);
        return known;
    };
    const show = () => {
        const wanted = plain(field.value).split(/\s+/).filter(Boolean);
        let left = 0;
        for (const entry of entries) {
            entry.hidden = !(more?.passes(entry, more.list.value) ?? true) || !wanted.every((word) => textOf(entry).includes(word));
            if (!entry.hidden) left += 1;
        }
        const isWhole = left === entries.length;
        tools.classList.toggle("is-filtered", !isWhole);
        count.textContent = isWhole ? `${left} ${noun}` : `${left} of ${entries.length} ${noun}`;
        said.textContent = `None of the ${noun} ${wanted.length > 1 ? "holds all of these words" : "says that"}.`;
        nothing.hidden = left > 0;
        shown?.(isWhole);
    };
    const clear = () => {
        field.value = "";
        if (more) more.list.value = "";
        show();
    };
    field.addEventListener("input", show);
    more?.list.addEventListener("change", show);
    field.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || field.value === "") return;
        event.preventDefault();
        clear();
    });
    all.addEventListener("click", () => {
        clear();
        field.focus();
    });
    clearing.set(list, clear);
    show();
}

/** Give every list of the page what its attribute asks for, and see to it that a link's entry can be seen. */
export function offer() {
    for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-entries]"))) {
        const groups = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-entry-group]")]);
        const ofAll = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-of-all]")]);
        const entries = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-entry]")]);
        addFilter(list, list.dataset.entries ?? "", entries, {
            text: (entry) => `${words(entry)} ${entry.closest("[data-entry-group]")?.querySelector("h2")?.textContent}`,
            shown: (isWhole) => {
                for (const group of groups) group.hidden = !group.querySelector("[data-entry]:not([hidden])");
                for (const element of ofAll) element.hidden = !isWhole;
            },
        });
    }
    // Before the browser follows a link it is shown where that leads; what an address names, once that has changed.
    addEventListener("click", (event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        if (link && link.pathname === location.pathname && link.hash) uncover(link.hash);
    });
    addEventListener("hashchange", () => uncover(location.hash)?.scrollIntoView({ behavior: "instant" }));
}

/**
 * Show what a fragment names, if a list has it filtered away. What somebody was sent to is never hidden from them.
 *
 * @param {string} hash
 * @returns {HTMLElement | null} What it names, where it was hidden.
 */
export function uncover(hash) {
    const target = document.getElementById(parse(hash).id);
    if (!target?.closest("[hidden]")) return null;
    for (const [list, clear] of clearing) if (list.contains(target)) clear();
    return target;
}

/** @param {HTMLElement} entry */
function words(entry) {
    return entry.textContent ?? "";
}

/** As it is compared: small letters, and one kind of apostrophe. @param {string} text */
function plain(text) {
    return text.toLowerCase().replaceAll("’", "'");
}

/** @param {string} words @param {HTMLElement} control */
function labelled(words, control) {
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = words;
    label.append(name, control);
    return label;
}
