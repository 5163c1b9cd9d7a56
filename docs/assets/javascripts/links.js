// Links to a section that carry a scenario: `#section-id?input=value&input=value`. What a link leaves out, Python knows.
// The state stands in the fragment, which a browser never sends to a server.

/**
 * Where a link points to.
 *
 * @typedef {object} Place
 * @property {string} id The section's id.
 * @property {string | null} query The scenario's inputs, or null if the link carries none.
 */

const COPIED_FOR = 2000;
const CHAIN =
    '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false" fill="none"' +
    ' stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0' +
    '-6-6l-1.5 1.5"/><path d="M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 6 6l1.5-1.5"/></svg>';

/** @type {HTMLElement | undefined} */
let region;

/** Have a screen reader say a sentence, wherever the reader is. @param {string} sentence */
export function announce(sentence) {
    region ??= liveRegion();
    region.textContent = sentence;
}

function liveRegion() {
    const made = document.createElement("div");
    made.className = "announcements";
    made.setAttribute("aria-live", "polite");
    // Hidden from sight only. Written here, so that it holds on a page whose stylesheet did not arrive.
    made.style.cssText = "position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
    document.body.append(made);
    return made;
}

/**
 * Read a fragment.
 *
 * @param {string} hash With its leading `#`, as in `location.hash`.
 * @returns {Place}
 */
export function parse(hash) {
    let text = hash.slice(1);
    // Some mail programs escape the whole fragment.
    if (!text.includes("?") && /%3f/i.test(text)) text = decoded(text);
    const mark = text.indexOf("?");
    return mark < 0 ? { id: decoded(text), query: null } : { id: decoded(text.slice(0, mark)), query: text.slice(mark + 1) };
}

/** @param {string} text */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/**
 * Write a link to a section of this page.
 *
 * @param {string} id
 * @param {string | null} [query]
 */
export function write(id, query = null) {
    const page = location.href.slice(0, location.href.length - location.hash.length).replace(/#$/, "");
    return `${page}#${id}${query === null ? "" : `?${query}`}`;
}

/**
 * Ids of the sections that an element stands in, innermost first. The page's title counts only where
 * there is no other heading above: it would claim every calculator of the page.
 *
 * @param {Element} element
 * @returns {string[]}
 */
export function sectionsOf(element) {
    /** @type {Element[]} */
    const path = [];
    for (const heading of document.querySelectorAll("h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]")) {
        if (!(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
        while ((path.at(-1)?.tagName ?? "") >= heading.tagName) path.pop();
        path.push(heading);
    }
    if (path.length > 1 && path[0]?.tagName === "H1") path.shift();
    return path.reverse().map((heading) => heading.id);
}

/** Scroll to a section and put the focus on its heading, as a browser does for a plain fragment. @param {string} id */
export function visit(id) {
    const heading = document.getElementById(id);
    if (!heading) return;
    if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    heading.scrollIntoView({ behavior: "instant" });
    heading.focus({ preventScroll: true });
}

/**
 * Keep a scenario through a reload, a click in the table of contents, or a visit to another page.
 *
 * @param {string} slug
 * @param {string} query
 */
export function keep(slug, query) {
    try {
        sessionStorage.setItem(`scenario:${slug}`, query);
    } catch {
        // Storage may be switched off or full; then the page alone remembers.
    }
}

/** The scenario kept for this tab. @param {string} slug @returns {string | null} */
export function kept(slug) {
    try {
        return sessionStorage.getItem(`scenario:${slug}`);
    } catch {
        return null;
    }
}

/**
 * Keep a scenario in the present entry of the tab's history, so that back and forward return to it; and give the entry
 * an address that says the same.
 *
 * @param {string} slug
 * @param {string} query
 * @param {string} [href] The entry keeps its address without it.
 * @returns {boolean} Whether the entry has that address now.
 */
export function keepEntry(slug, query, href = location.href) {
    try {
        history.replaceState(entryOf(slug, query), "", href);
    } catch {
        // Browsers refuse when this happens too often, some in silence; the entry then keeps what it had.
    }
    return location.href === href;
}

/**
 * Begin a new entry of the tab's history: a step that a reader goes back by.
 *
 * @param {string} slug
 * @param {string} query
 * @param {string} [href] The address stays as it is without it.
 */
export function beginEntry(slug, query, href = location.href) {
    try {
        history.pushState(entryOf(slug, query), "", href);
    } catch {
        // As above: the step then belongs to the one before.
    }
}

/** @param {string} slug @param {string} query */
function entryOf(slug, query) {
    return { ...history.state, scenarios: { ...history.state?.scenarios, [slug]: query } };
}

/**
 * The scenario of a history entry.
 *
 * @param {unknown} state
 * @param {string} slug
 * @returns {string | null}
 */
export function keptEntry(state, slug) {
    return /** @type {{ scenarios?: Record<string, string> } | null} */ (state)?.scenarios?.[slug] ?? null;
}

/**
 * Copy a link, and say so on the button for two seconds.
 *
 * @param {HTMLButtonElement} button
 * @param {string | null} href The link, or null while the form holds a number that was refused.
 */
export async function copy(button, href) {
    if (href === null) return say(button, "Not copied: a number needs another look", false);
    try {
        await navigator.clipboard.writeText(href);
        say(button, "Copied", true);
    } catch {
        offer(button, href);
    }
}

/** @type {WeakMap<HTMLElement, { text: string | null, timer: number }>} */
const saying = new WeakMap();

/** @param {HTMLButtonElement} button @param {string} words @param {boolean} done */
function say(button, words, done) {
    const place = /** @type {HTMLElement} */ (button.querySelector("[data-words]") ?? button);
    const earlier = saying.get(place);
    clearTimeout(earlier?.timer);
    const text = earlier ? earlier.text : place.textContent;
    place.textContent = words;
    button.classList.toggle("is-copied", done);
    announce(done ? "Link copied" : words);
    const timer = setTimeout(() => {
        place.textContent = text;
        button.classList.remove("is-copied");
        saying.delete(place);
    }, COPIED_FOR);
    saying.set(place, { text, timer });
}

/** Where the clipboard is closed to scripts: show the link, selected. @param {HTMLButtonElement} button @param {string} href */
function offer(button, href) {
    document.querySelector(".copy-by-hand")?.remove();
    const box = document.createElement("p");
    box.className = "copy-by-hand";
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = href;
    label.append("The browser did not let us copy. Here is the link, selected: ", field);
    box.append(label);
    (button.closest("h1, h2, h3") ?? button).after(box);
    field.focus();
    field.select();
    field.addEventListener("keydown", (event) => {
        if (event.key === "Escape") button.focus();
    });
    field.addEventListener("blur", () => box.remove());
}

/**
 * Put a *Copy link* button at each heading of the article.
 *
 * @param {(id: string) => string | null} linkTo Writes the link to a section.
 */
export function addCopyButtons(linkTo) {
    for (const heading of document.querySelectorAll("article :is(h1, h2, h3)[id]")) {
        // Headings of an answer come and go with it, and the answer has a button of its own.
        if (heading.closest("[data-slot]")) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy-link";
        button.setAttribute("aria-label", "Copy link to this section");
        button.innerHTML = `${CHAIN}<span class="copy-link__words" data-words>Copy link</span>`;
        button.addEventListener("click", () => copy(button, linkTo(heading.id)));
        heading.append(button);
    }
}
