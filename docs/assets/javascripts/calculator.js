// A calculator in a page. Python wrote its form and its first answer when the site was built; Python in a worker
// writes the next ones. This script carries a scenario string to it and puts the HTML that comes back in place:
// it knows no calculator and no number.

import { addFilters, optionsOf, showAll } from "./lists.js";
import { announce, beginEntry, copy, keep, keepEntry, parse, sectionsOf, visit, write } from "./links.js";
import { boxesOf, controlBehind, metOf, showTicks, takeTicks, wordsOf } from "./several.js";

/**
 * What Python answers to a scenario: all of it, or the first part.
 *
 * @typedef {object} Answer
 * @property {Record<string, string>} patches New HTML for the elements with these `data-slot`s.
 * @property {string[]} invalid Names of what was refused: fields, or the edition of the defaults.
 * @property {string} [query] The scenario as a link carries it; absent when something was refused.
 * @property {Record<string, string>} [values] Each field as Python writes it.
 * @property {string[]} [parts] What is still to come of it, in the order in which to ask for it.
 * @property {string} [says] The answer in one sentence, for a screen reader.
 */

/**
 * What is still to come of the answer that stands.
 *
 * @typedef {object} Coming
 * @property {string} scenario
 * @property {string[]} parts In the order in which they come.
 * @property {boolean} isPainted Whether the first part stands on the screen: the others wait for that.
 */

/** @typedef {import("./several.js").Control} Control */
/** @typedef {import("./runtime.js").Python} Python */

/** An answer that comes sooner than this replaces the old one without dimming it first. [milliseconds] */
const PATIENCE = 150;
/** How long Python may take before the page says what it is doing. [milliseconds] */
const SILENCE = 1000;
/** How long a reader rests before a half-typed number is called a mistake, or the answer is read out. [milliseconds] */
const REST = 1000;
/** How long an answer has stood before the address says the same. [milliseconds] */
const STANDS = 300;
/** When the address is tried again where a browser refused it, for having changed too often. [milliseconds] */
const LATER = 3000;
/** The part of an answer in which a row can be left out. */
const PICTURE = "running_total";
/** What somebody does who is there. A page that is only opened, in a tab behind others, fetches no Python. */
const SIGNS = ["pointermove", "pointerdown", "wheel", "scroll", "keydown"];
/** With less height than this left over by a screen keyboard, the answer bar would cover the field. [pixels] */
const LOWEST_BAR = 320;

export class FineTuningCalculator extends HTMLElement {
    /** @type {HTMLFormElement} */ #form;
    /** @type {HTMLElement} */ #status;
    /** What was served, as a link carries it. */
    #served = "";
    /** @type {Answer | undefined} What was served, kept before it is replaced. */ #first;
    /** @type {HTMLAnchorElement | null} The preset that was served. */ #servedPreset = null;
    /** @type {HTMLAnchorElement | null} The preset that the form started from. */ #preset = null;
    /**
     * All inputs, as a link carries them: the edition of the defaults, what differs from them, and what was typed. The
     * form lays its fields over it, and need not have one for each.
     *
     * @type {Map<string, string>}
     */
    #inputs = new Map();
    /** @type {string | null} The scenario that the reader started from, unless that was before a reload. */ #base = null;
    /** @type {Map<string, string>} Each input's text where the reader started, as far as it is known. */
    #start = new Map();
    /** @type {Map<string, string>} Texts of the inputs that the reader changed since. */ #edited = new Map();
    /** @type {Set<string>} Fields whose text is the reader's, not yet written back by Python. */ #typed = new Set();
    /** What the present entry of the history is about: the input that was changed last. */ #step = "";
    /** Whether the reader changed anything since the present entry of the history began. */ #acted = false;
    /** Whether folded groups are to open where the next answer differs from what was served. */ #opens = false;
    /** @type {Map<string, HTMLElement>} The places that Python fills; none lies within another. */ #slots = new Map();
    /** @type {WeakMap<Element, string>} HTML last put into a slot. */ #shown = new WeakMap();

    /** @type {string | undefined} A usage record that Python has not read yet. It enters no link. */ #record;
    /** @type {Answer | undefined} The newest answer. */ #answer;
    /** @type {Coming} */ #coming = { scenario: "", parts: [], isPainted: false };
    /** @type {Set<string>} Keys of rows that the reader has taken out of the picture: of this answer, and of the next. */
    #hidden = new Set();
    #scenario = "";
    #wanted = 0;
    #answered = 0;
    #askedAt = 0;
    #lastKey = -Infinity;
    #lastField = "";
    #focusMistakes = false;
    #mistakesHeld = false;

    /** @type {Python | undefined} */ #python;
    /** @type {"idle" | "fetching" | "ready" | "failed"} */ #phase = "idle";
    /** @type {Promise<typeof import("./runtime.js")> | undefined} */ #loading;
    #runtime = "./runtime.js";
    #reason = "";
    #fetched = 0;
    #toFetch = 0;
    /** @type {"nothing" | "answer" | "parts"} What is in the worker. */ #asked = "nothing";
    /** The question whose answer is being fetched as a file. */ #fetchedFor = 0;
    #attempt = 0;
    #quietUntil = 0;

    #addressing = 0;
    #dimming = 0;
    #revealing = 0;
    #speaking = 0;

    /** @type {Element | null} */ #verdict = null;
    /** @type {Set<Element>} Those of form and verdict that are in view. */ #inView = new Set();
    #barWatch = new IntersectionObserver((entries) => this.#look(entries));

    constructor() {
        super();
        this.#form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
        this.#status = /** @type {HTMLElement} */ (this.querySelector('[data-slot="status"]'));
    }

    get slug() {
        return this.dataset.slug ?? "";
    }

    /** The newest scenario: as typed, or as a link said it. */
    get scenario() {
        return this.#scenario;
    }

    /** Whether the reader has other numbers than the page was served with. */
    get changed() {
        return this.#scenario !== this.#served && this.query !== this.#first?.query;
    }

    /** What a link to the present scenario carries; null while Python refuses it. @returns {string | null} */
    get query() {
        if (this.#wanted === 0) return this.#served;
        // Not answered yet: a link may also carry what was typed as it was typed.
        if (this.#answered !== this.#wanted) return this.#scenario;
        return this.#answer?.query ?? null;
    }

    connectedCallback() {
        for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-slot]")))
            this.#slots.set(place.dataset.slot ?? "", place);
        // At the top of the page the answer stands in short.
        const inShort = `[data-teaser="${this.slug}"] [data-slot]`;
        for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(inShort)))
            this.#slots.set(place.dataset.slot ?? "", place);
        for (const control of this.#controls()) this.#start.set(control.name, asServed(control));
        this.#base = this.#served = this.#scenario = this.dataset.query ?? "";
        this.#inputs = inputsOf(this.#served);
        this.#coming = { scenario: this.#served, parts: [], isPainted: true };
        addFilters(this.#form);
        this.#preset = this.#servedPreset = this.querySelector("a[data-preset][aria-current]");

        this.#form.addEventListener("input", (event) => this.#onInput(/** @type {Control} */ (event.target)));
        this.#form.addEventListener("change", () => keepEntry(this.slug, this.#scenario));
        this.#form.addEventListener("focusout", (event) => this.#onLeave(/** @type {Control} */ (event.target)));
        this.#form.addEventListener("keydown", (event) => this.#onKey(event));
        this.#form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#submit();
        });
        for (const intent of ["focusin", "pointerdown"]) this.#form.addEventListener(intent, () => this.start());
        this.addEventListener("click", (event) => this.#onClick(event));
        for (const reach of ["pointerdown", "focusin"])
            this.addEventListener(reach, (event) => this.#aim(/** @type {Element} */ (event.target).closest("a")));
        this.addEventListener("change", (event) => this.#onAnswerChange(/** @type {Element} */ (event.target)));
        this.#load().catch(() => {}); // Asked for again when it is needed.
        this.#watchNearness();
        this.#watchBar();
        // On a slow line somebody may have typed before this ran.
        for (const control of this.#controls()) takeTicks(control);
        const early = this.#controls().filter((control) => control.value !== this.#start.get(control.name));
        for (const control of early) {
            // No step back leads to before that.
            this.#step = control.name;
            this.#onInput(control);
        }
    }

    /**
     * Put a scenario into the form and answer it.
     *
     * @param {string} query As in a link, or as it was asked before.
     * @param {{ fresh?: boolean, sent?: boolean }} [options] Not fresh: the reader's own changes, brought back after a
     *     reload. Sent: somebody else's, brought by a link.
     */
    restore(query, { fresh = true, sent = false } = {}) {
        this.#keepFirst();
        for (const select of this.#form.querySelectorAll("select")) showAll(select);
        this.#form.reset();
        for (const option of this.#form.querySelectorAll("option[data-foreign]")) option.remove();
        this.#inputs = inputsOf(query);
        this.#edited.clear();
        this.#base = fresh ? query : null;
        this.#opens = true;
        if (fresh) this.#start.clear();
        for (const [name, text] of this.#inputs) this.#write(name, text);
        for (const control of this.#controls()) {
            showTicks(control);
            this.#typed.add(control.name);
            if (fresh) this.#start.set(control.name, control.value);
        }
        const inAddress = parse(location.hash).query;
        this.#preset =
            this.#presetFor(query) ?? (inAddress === null ? this.#servedPreset : this.#presetFor(inAddress));
        this.leave();
        this.#lastField = "";
        this.classList.toggle("is-sent", sent);
        this.#ask(query);
        keepEntry(this.slug, query);
    }

    /** The reader went elsewhere in the page: the next change is a step of its own, and until then the address stays. */
    leave() {
        this.#step = "";
        this.#acted = false;
    }

    /** Bring the reader to something in here: a field, a figure's parts, or a place of the answer. @param {HTMLElement} target */
    reveal(target) {
        openAround(target, this);
        if (target instanceof HTMLDetailsElement) {
            target.open = true;
            target.querySelector("summary")?.focus();
        } else if (isControl(target)) metOf(target)[0].focus();
        else visit(target.id);
    }

    /** Fetch and start Python, unless that was done. */
    start() {
        if (this.#phase === "idle") this.#begin();
    }

    // The form.

    /** The scenario as it stands: the one that the reader started from, if every change was taken back. */
    #serialised() {
        const isBack = [...this.#edited].every(([name, text]) => this.#start.get(name) === text);
        if (this.#base === null || !isBack) return new URLSearchParams([...this.#inputs]).toString();
        this.#edited.clear();
        this.#inputs = inputsOf(this.#base);
        return this.#base;
    }

    /** Take over a text of the reader's. @param {string} name @param {string} text */
    #take(name, text) {
        this.#inputs.set(name, text);
        this.#edited.set(name, text);
        this.classList.remove("is-sent");
    }

    /** @returns {Control[]} */
    #controls() {
        return /** @type {Control[]} */ ([...this.#form.elements].filter((control) => isControl(control) && control.name));
    }

    /** @param {string} name @returns {Control | null} */
    #control(name) {
        const control = this.#form.elements.namedItem(name);
        return isControl(control) ? control : null;
    }

    /** @param {string} name @param {string} text */
    #write(name, text) {
        const control = this.#control(name);
        if (!control) return;
        if (control instanceof HTMLInputElement && isDay(control)) control.type = "date";
        if (control.value === text) return;
        if (control instanceof HTMLSelectElement) showAll(control);
        control.value = text;
        showTicks(control);
        if (control instanceof HTMLInputElement && isDay(control) && control.value !== text) {
            // A link may carry what is no day. It stays visible until Python refuses it and the reader mends it.
            control.type = "text";
            control.value = text;
        }
        if (control instanceof HTMLSelectElement && control.value !== text) {
            // A link may carry a choice that is none. It stays visible until Python refuses it and the reader chooses.
            const option = new Option(text, text, false, true);
            option.dataset.foreign = "";
            control.append(option);
        }
    }

    /** Set a field for the reader, as a box says. @param {string} name @param {string} text */
    #set(name, text) {
        this.#setAll([[name, text]]);
    }

    /** Set fields for the reader, as one button says. @param {[name: string, text: string][]} entries */
    #setAll(entries) {
        if (!entries.length) return;
        this.#goOn(entries.map(([name]) => name).join(" "));
        for (const [name, text] of entries) {
            this.#write(name, text);
            if (this.#control(name)) this.#typed.add(name);
            this.#take(name, text);
            this.#lastField = name;
        }
        this.#lastKey = -Infinity;
        this.#ask(this.#serialised());
        keepEntry(this.slug, this.#scenario);
    }

    /** @param {Control} element */
    #onInput(element) {
        if (!isControl(element)) return;
        const control = controlBehind(element);
        if (!control.name) return;
        this.#goOn(control.name);
        this.#typed.add(control.name);
        this.#take(control.name, control.value);
        this.#lastField = control.name;
        this.#lastKey = isText(element) ? performance.now() : -Infinity;
        this.#ask(this.#serialised());
    }

    /** @param {Control} control */
    #onLeave(control) {
        if (!isControl(control) || this.#answered !== this.#wanted) return;
        this.#writeBack(control);
        if (this.#mistakesHeld) this.#reveal();
        this.#noteChanges();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        // Without a submit button a browser does nothing on Enter; with one, it would leave the page.
        if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        keepEntry(this.slug, this.#scenario);
        this.#submit();
    }

    #submit() {
        this.start();
        this.#focusMistakes = true;
        if (this.#answered !== this.#wanted) return;
        this.#reveal();
    }

    /** What stands in the answer, and sets a field of the form. @param {Element} control */
    #onAnswerChange(control) {
        if (!(control instanceof HTMLInputElement)) return;
        if (control.dataset.shows) this.#draw(control.dataset.shows, control.checked);
        if (!control.dataset.sets) return;
        // Typed to its end: the answer may write it anew, with the focus in it.
        if (isText(control)) control.defaultValue = control.value;
        this.#set(control.dataset.sets, control.value);
    }

    /** Take a row into the picture of the answer that stands, or out of it. @param {string} key @param {boolean} isShown */
    #draw(key, isShown) {
        this.#keepFirst();
        if (isShown) this.#hidden.delete(key);
        else this.#hidden.add(key);
        // Also where the picture is on its way: it may be on its way as it was.
        this.#coming.parts.push(PICTURE);
        if (this.#phase === "failed" && this.#python) this.#phase = "ready";
        this.start();
        this.#send();
    }

    /** @param {MouseEvent} event */
    #onClick(event) {
        const target = /** @type {Element} */ (event.target);
        const pressed = /** @type {HTMLElement | null} */ (target.closest("a, button"));
        // A link pressed with one of these opens elsewhere, and each of ours works there.
        if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        const { starts, sets, value, asks, reads, copyLink } = pressed.dataset;
        if (starts !== undefined) {
            event.preventDefault();
            this.#choose(starts);
        } else if (sets !== undefined && value !== undefined) {
            event.preventDefault();
            const values = value.split(" ");
            this.#setAll(sets.split(" ").map((name, place) => [name, values[place] ?? ""]));
        } else if (asks !== undefined) {
            // The button goes with the summary that it stands in.
            this.#form.focus({ preventScroll: true });
            this.#ask(this.#serialised());
            keepEntry(this.slug, this.#scenario);
        } else if (reads !== undefined) {
            this.#read(/** @type {HTMLTextAreaElement} */ (document.getElementById(reads)).value);
        } else if (copyLink !== undefined) {
            const section = copyLink || this.#section;
            copy(/** @type {HTMLButtonElement} */ (pressed), this.query === null ? null : write(section, this.query));
        } else if (pressed instanceof HTMLAnchorElement) {
            const place = parse(pressed.hash);
            if (this.#aim(pressed)) return keep(this.slug, parse(pressed.hash).query ?? this.#scenario);
            const target = pressed.pathname === location.pathname ? document.getElementById(place.id) : null;
            if (!target || !this.contains(target)) return;
            // The address keeps the reader's numbers.
            event.preventDefault();
            this.reveal(target);
        }
    }

    /**
     * Have a link to what stands on the page with all inputs carry the scenario there.
     *
     * @param {HTMLAnchorElement | null} link
     * @returns {boolean} Whether it is such a link.
     */
    #aim(link) {
        const { everything } = this.dataset;
        if (!link || everything === undefined) return false;
        const whole = new URL(everything, document.baseURI);
        const { id } = parse(link.hash);
        const isHere = link.pathname === location.pathname;
        if (link.origin !== whole.origin) return false;
        if (isHere ? link.hash === "" || document.getElementById(id) : link.pathname !== whole.pathname) return false;
        whole.hash = this.changed ? `${id}?${this.query ?? this.#scenario}` : id;
        link.href = whole.href;
        return true;
    }

    // History and address.

    /** Before an input is changed: a change of another one is a step of its own. @param {string} step */
    #goOn(step) {
        if (step !== this.#step) {
            keepEntry(this.slug, this.#scenario);
            this.#writeAddress();
            beginEntry(this.slug, this.#scenario);
        }
        this.#step = step;
        this.#acted = true;
    }

    /** Have the address say what the answer that stands is an answer to; where nothing was changed, the section alone. */
    #writeAddress() {
        clearTimeout(this.#addressing);
        const isAnswered = this.#answered === this.#wanted && this.#answer?.query !== undefined;
        const query = this.changed ? this.query : null;
        const place = parse(location.hash);
        if (!isAnswered || place.query === query) return;
        const sections = sectionsOf(this);
        const isAt = sections.includes(place.id);
        const isHere = isAt || place.id === "" || this.contains(document.getElementById(place.id));
        // Whoever reads elsewhere in the page and changes nothing keeps that address.
        if (!isHere && !this.#acted) return;
        const href = write(isAt ? place.id : this.#section, query);
        if (!keepEntry(this.slug, this.#scenario, href))
            this.#addressing = setTimeout(() => this.#writeAddress(), LATER);
    }

    get #section() {
        return sectionsOf(this)[0] ?? this.id;
    }

    // Presets.

    /** @param {string | null | undefined} query @returns {HTMLAnchorElement | null} */
    #presetFor(query) {
        if (query === null || query === undefined) return null;
        const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (this.querySelectorAll("a[data-preset]"));
        return [...links].find((link) => link.dataset.starts === query) ?? null;
    }

    /** Start from a scenario: a step of its own. @param {string} query */
    #choose(query) {
        keepEntry(this.slug, this.#scenario);
        this.#writeAddress();
        const href = write(this.#section, query);
        if (href !== location.href) beginEntry(this.slug, query, href);
        this.restore(query);
        this.#acted = true;
    }

    /** @param {Answer} answer */
    #markPreset(answer) {
        const link = this.#presetFor(answer.query);
        this.#preset = link ?? this.#preset;
        for (const other of this.querySelectorAll("a[data-preset]")) {
            if (other === this.#preset) other.setAttribute("aria-current", "true");
            else other.removeAttribute("aria-current");
        }
        const note = this.querySelector(".presets__changed");
        if (link || !this.#preset) note?.remove();
        else if (note?.previousElementSibling !== this.#preset) {
            note?.remove();
            const base = this.#preset;
            this.#preset.after(
                madeNote("span", "presets__changed", ", changed · ", `undo: back to ${base.textContent?.trim()}`, () => {
                    base.focus();
                    this.#choose(base.dataset.starts ?? "");
                }),
            );
        }
    }

    // Question and answer.

    /** @param {string} query */
    #ask(query) {
        this.#keepFirst();
        this.#scenario = query;
        this.#wanted += 1;
        this.#askedAt = performance.now();
        this.#focusMistakes = false;
        clearTimeout(this.#speaking);
        clearTimeout(this.#addressing);
        keep(this.slug, query);
        const first = this.#first;
        if (first && query === this.#served && this.#controls().every(({ name }) => first.values?.[name] !== undefined))
            return this.#show(first);
        const preset = this.#presetFor(query)?.dataset.preset;
        const isRetried = this.#phase === "failed" && this.#python !== undefined;
        if (isRetried) this.#phase = "ready";
        if (this.#phase === "failed" && !preset) return this.#tell();
        if (!this.#dimming) {
            this.#dimming = setTimeout(() => this.classList.add("is-pending"), PATIENCE);
            this.#tellLater();
        }
        // What failed is no longer so.
        if (isRetried) this.#tell();
        if (preset) return this.#fetchAnswer(preset);
        this.start();
        this.#send();
    }

    /** Fetch a preset's answer, which needs no Python; without it Python is asked. @param {string} preset */
    async #fetchAnswer(preset) {
        const number = (this.#fetchedFor = this.#wanted);
        /** @type {Answer | undefined} */
        let answer;
        try {
            const response = await fetch(new URL(`../answers/${this.slug}/${preset}.json`, import.meta.url));
            if (response.ok) answer = await response.json();
        } catch {} // Python can tell.
        if (number !== this.#wanted || this.#answered === number) return;
        if (answer) return this.#show(answer);
        this.#fetchedFor = 0;
        if (this.#phase === "failed") return this.#tell();
        this.start();
        this.#send();
    }

    /** Have Python say what a usage record holds. @param {string} record */
    #read(record) {
        this.#record = record;
        if (this.#phase === "failed" && this.#python) this.#phase = "ready";
        this.#put("usage", this.#phase === "failed" ? text(this.#reason) : text("Reading …"));
        this.start();
        this.#send();
    }

    /** @param {Python} python @param {string} record */
    async #sendRecord(python, record) {
        this.#record = undefined;
        this.#asked = "answer";
        try {
            const { patches } = JSON.parse(await python.answer(`usage?${record}`));
            if (python !== this.#python) return;
            this.#asked = "nothing";
            for (const [slot, html] of Object.entries(patches)) this.#put(slot, html);
            this.#send();
        } catch (error) {
            if (python !== this.#python) return;
            this.#giveUp(reasonOf(error));
            this.#put("usage", text(this.#reason));
        }
    }

    /**
     * Ask for what a usage record holds, else for the newest scenario, else for what is still to come of its answer. An
     * answer is waited for; parts end for one.
     */
    async #send() {
        const python = this.#python;
        if (!python || this.#phase !== "ready" || this.#asked === "answer") return;
        if (this.#record !== undefined) return this.#sendRecord(python, this.#record);
        const number = this.#wanted;
        const coming = this.#coming;
        const isFirst = this.#answered !== number;
        const isDue = coming.isPainted && coming.parts.length > 0 && this.#asked === "nothing";
        if (isFirst ? this.#fetchedFor === number : !isDue) return;
        // What is late is dropped.
        const isWanted = () => python === this.#python && number === this.#wanted;
        this.#asked = isFirst ? "answer" : "parts";
        try {
            if (isFirst) {
                // What is asked stands behind all that a link may hold.
                const text = await python.answer(`${this.slug}?${this.#scenario}&part=answer`);
                if (isWanted()) this.#show(JSON.parse(text));
            } else {
                const without = [...this.#hidden].join(",");
                const parts = coming.parts.map((part) => (part === PICTURE && without ? `${part}:${without}` : part));
                await python.parts(`${this.slug}?${coming.scenario}`, parts, (text) => {
                    if (isWanted()) this.#add(JSON.parse(text));
                });
            }
        } catch (error) {
            // Python may have failed at this scenario only: it still runs, and the next one may fare better.
            if (isWanted()) return this.#giveUp(reasonOf(error));
        }
        if (python !== this.#python) return;
        this.#asked = "nothing";
        this.#send();
    }

    /** @param {Answer} answer */
    #show(answer) {
        this.#answer = answer;
        this.#answered = this.#wanted;
        this.#undim();
        const refused = answer.invalid.length > 0;
        // With a mistake in the form the last valid answer stands, and what is still to come of it comes.
        if (!refused) {
            const parts = [...(answer.parts ?? [])];
            // An answer that came whole came with every row.
            if (this.#hidden.size && !parts.includes(PICTURE)) {
                parts.push(PICTURE);
                this.start();
            }
            this.#coming = { scenario: this.#scenario, parts, isPainted: false };
        }
        // An edition that is not known stands in no field, and cannot be mended in one: from here on what the link names
        // holds, over what was served.
        const strange = answer.invalid.filter((name) => answer.patches[`error-${name}`] === undefined);
        for (const name of strange) this.#inputs.delete(name);
        if (strange.length) {
            this.#inputs = new Map([...inputsOf(this.#served), ...this.#inputs]);
            this.#base = null;
        }
        if (answer.query !== undefined) this.#inputs = inputsOf(answer.query);
        if (this.#scenario === this.#base)
            for (const [name, text] of Object.entries(answer.values ?? {}))
                if (!this.#control(name)) this.#start.set(name, text);
        this.classList.toggle("is-stale", refused);
        this.#standStill(() => {
            if (!refused) this.#keepRoom();
            for (const [slot, html] of Object.entries(answer.patches))
                if (!isMistake(slot) && !this.#isLater(slot)) this.#put(slot, html);
            for (const name of [...this.#typed]) {
                const control = this.#control(name);
                if (control) this.#writeBack(control);
            }
            if (!refused) this.#openWhatDiffers();
            this.#tellStale(refused);
            this.#markPreset(answer);
            this.#noteChanges();
            this.#revealInTime();
        });
        if (!refused) this.#addressing = setTimeout(() => this.#writeAddress(), STANDS);
        this.#tell();
        const says = answer.says;
        if (says) this.#speaking = setTimeout(() => announce(says), REST);
        const coming = this.#coming;
        const detail = { scenario: this.#scenario, asked: this.#askedAt };
        this.#whenPainted(() => {
            performance.mark("calculator:answer", { detail });
            // Python goes on while the rest is put in place.
            coming.isPainted = true;
            this.#send();
            this.#putLater();
            this.#settle();
        });
    }

    /** Put the next part in its places. @param {{ patches: Record<string, string> }} found */
    #add({ patches }) {
        const coming = this.#coming;
        const part = coming.parts.shift();
        const isLast = coming.parts.length === 0;
        this.#standStill(() => {
            for (const [slot, html] of Object.entries(patches)) {
                const place = this.#slots.get(slot);
                if (place) letGo(place);
                place?.removeAttribute("aria-busy");
                this.#put(slot, html);
            }
        });
        const detail = { part, scenario: coming.scenario, asked: this.#askedAt };
        this.#whenPainted(() => {
            performance.mark("calculator:part", { detail });
            if (isLast && coming === this.#coming) this.#settle();
        });
    }

    /** A part that is still to come says so in its place, which stays as high as it was. */
    #keepRoom() {
        const places = [...this.#slots.values()].filter(({ dataset }) => dataset.part !== undefined);
        const heights = places.map((place) => place.getBoundingClientRect().height);
        for (const [index, place] of places.entries()) {
            const isComing = this.#coming.parts.includes(place.dataset.part ?? "");
            place.ariaBusy = isComing ? "true" : null;
            if (isComing) place.style.minHeight = `${heights[index]}px`;
            else letGo(place);
        }
    }

    /** Mark the moment at which all parts of the newest answer stand on the screen. */
    #settle() {
        if (this.#answered !== this.#wanted || this.#coming.parts.length > 0) return;
        performance.mark("calculator:settled", { detail: { scenario: this.#scenario, asked: this.#askedAt } });
    }

    /** The text that Python would write, where the reader is done typing. @param {Control} control */
    #writeBack(control) {
        const { name } = control;
        const text = this.#answer?.values?.[name];
        if (text === undefined || !this.#typed.has(name)) return;
        // What stands under a caret is the reader's, unless a step back or a preset has put it there.
        if (isBeingTyped(control) && this.#edited.has(name)) return;
        const untouched = control.value === this.#start.get(name);
        this.#write(name, text);
        if (untouched) this.#start.set(name, control.value);
        this.#typed.delete(name);
    }

    /** What a preset or a link sets lies open, and so does what somebody was sent. */
    #openWhatDiffers() {
        if (!this.#opens) return;
        this.#opens = false;
        const served = inputsOf(this.#served);
        for (const [name, text] of this.#inputs) {
            const control = served.get(name) === text ? null : this.#control(name);
            if (control) openAround(control, this);
        }
        const differs = /** @type {HTMLDetailsElement | null} */ (this.querySelector("details[data-few]"));
        if (differs && this.classList.contains("is-sent")) differs.open = true;
    }

    #undim() {
        clearTimeout(this.#dimming);
        this.#dimming = 0;
        this.classList.remove("is-pending");
    }

    /** Under each changed field: what it was, and the way back. */
    #noteChanges() {
        for (const control of this.#controls()) {
            const was = this.#start.get(control.name);
            const field = control.closest(".field");
            if (!field || was === undefined) continue;
            const note = field.querySelector(".field__was");
            if (control.value === was) note?.remove();
            else if (!note && !isBeingTyped(control)) {
                const text = textOf(control, was) || "empty";
                field.append(
                    madeNote("p", "field__was", `was ${text} · `, `undo: ${labelOf(control)} back to ${text}`, () => {
                        metOf(control)[0].focus();
                        this.#set(control.name, was);
                        this.#noteChanges();
                    }),
                );
            }
        }
    }

    // Mistakes.

    /** A number may look wrong while it is half typed: then wait until the reader rests or leaves the field. */
    #revealInTime() {
        clearTimeout(this.#revealing);
        const wait = this.#lastKey + REST - performance.now();
        const focused = document.activeElement;
        this.#mistakesHeld =
            wait > 0 &&
            !this.#focusMistakes &&
            isControl(focused) &&
            this.#form.contains(focused) &&
            this.#answer?.invalid.includes(focused.name) === true;
        if (this.#mistakesHeld) this.#revealing = setTimeout(() => this.#standStill(() => this.#reveal()), wait);
        else this.#reveal();
    }

    #reveal() {
        clearTimeout(this.#revealing);
        this.#mistakesHeld = false;
        const { patches, invalid } = this.#answer ?? { patches: {}, invalid: [] };
        for (const slot of this.#slots.keys()) {
            if (isMistake(slot)) this.#put(slot, patches[slot] ?? "");
        }
        for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-error-for]")))
            this.#tellBeside(place, patches[`error-${place.dataset.errorFor}`] ?? "");
        for (const control of this.#controls()) {
            const wrong = invalid.includes(control.name);
            for (const element of metOf(control)) {
                if (wrong) element.setAttribute("aria-invalid", "true");
                else element.removeAttribute("aria-invalid");
            }
            if (wrong) openAround(control, this);
        }
        if (this.#focusMistakes && invalid.length > 0) {
            const summary = this.#slots.get("errors");
            const focusable = /** @type {HTMLElement | null} */ (summary?.querySelector("[tabindex]"));
            (focusable ?? summary)?.focus();
        }
        this.#focusMistakes = false;
    }

    /** Say at a field of the answer, too, what is wrong with what was entered there. @param {HTMLElement} place @param {string} html */
    #tellBeside(place, html) {
        place.innerHTML = html;
        place.hidden = html === "";
        const field = this.querySelector(`input[data-sets="${place.dataset.errorFor}"]`);
        if (html) field?.setAttribute("aria-invalid", "true");
        else field?.removeAttribute("aria-invalid");
    }

    /** @param {boolean} refused */
    #tellStale(refused) {
        const answer = this.#slots.get("answer");
        const note = this.querySelector(".calculator__stale");
        if (!refused) note?.remove();
        else if (answer && !note) {
            const made = document.createElement("p");
            made.className = "calculator__stale";
            made.textContent = "The last valid answer, from before the mistake in the form:";
            answer.prepend(made);
            // The answer must be put again, even if it comes back unchanged.
            this.#shown.delete(answer);
        }
    }

    // Putting HTML in place.

    /** @param {string} slot @param {string} html */
    #put(slot, html) {
        const place = this.#slots.get(slot);
        if (place?.dataset.fields !== undefined) return this.#layFields(place, html);
        if (!place || this.#shown.get(place) === html) return;
        const states = new Map([...detailsIn(place)].map((details) => [details.id, details.open]));
        const focused = document.activeElement;
        const typed = focused && place.contains(focused) ? typedIn(focused) : null;
        /** @type {string[]} */
        const path = [];
        if (focused !== place && place.contains(focused))
            for (let element = focused; element && element !== place; element = element.parentElement)
                if (element.id) path.push(element.id);

        place.innerHTML = this.#fromRoot(html);
        this.#shown.set(place, html);
        if (isMistake(slot)) place.hidden = html === "";
        for (const details of detailsIn(place)) details.open = states.get(details.id) ?? details.open;
        if (focused !== place && focused && !focused.isConnected) refocus(place, path);
        if (typed) retype(typed);
        if (slot === "answer") this.#watchVerdict();
        if (slot === "bar") this.#placeBar();
    }

    /** What Python writes leads from the site's root, where the guide's claims stand. @param {string} html */
    #fromRoot(html) {
        return html.replace(/href="(?=reference\/|#claim-)/g, `href="${this.dataset.root ?? ""}`);
    }

    /** Put fields into the form and take others out, but none that is in use or was changed. @param {HTMLElement} place @param {string} html */
    #layFields(place, html) {
        const made = document.createElement("template");
        made.innerHTML = this.#fromRoot(html);
        const fields = /** @type {HTMLElement[]} */ ([...made.content.children]);
        const names = fields.map(({ dataset }) => dataset.field);
        const isInUse = place.contains(document.activeElement);
        for (const field of /** @type {HTMLElement[]} */ ([...place.children])) {
            const name = field.dataset.field ?? "";
            if (names.includes(name) || this.#edited.has(name) || field.contains(document.activeElement)) continue;
            field.remove();
            this.#slots.delete(`error-${name}`);
            this.#slots.delete(`note-${name}`);
        }
        for (const field of fields) {
            const there = place.querySelector(`:scope > [data-field="${field.dataset.field}"]`);
            // What is moved loses the focus.
            if (!there || !isInUse) place.append(there ?? field);
            if (there) continue;
            addFilters(field);
            for (const slot of /** @type {NodeListOf<HTMLElement>} */ (field.querySelectorAll("[data-slot]")))
                this.#slots.set(slot.dataset.slot ?? "", slot);
            const control = this.#control(field.dataset.field ?? "");
            if (control && !this.#start.has(control.name)) this.#start.set(control.name, control.value);
        }
        this.#noteChanges();
    }

    /** What stands behind the answer waits until the answer is painted. @param {string} slot */
    #isLater(slot) {
        return this.#slots.get(slot)?.dataset.later !== undefined;
    }

    #putLater() {
        this.#standStill(() => {
            for (const [slot, html] of Object.entries(this.#answer?.patches ?? {}))
                if (this.#isLater(slot)) this.#put(slot, html);
        });
    }

    /** Change the page, and leave the field that the reader is in where it is on the screen. @param {() => void} change */
    #standStill(change) {
        const focused = document.activeElement;
        if (!focused || !this.#form.contains(focused)) return change();
        const before = focused.getBoundingClientRect().top;
        change();
        if (document.activeElement !== focused) return;
        const moved = focused.getBoundingClientRect().top - before;
        if (moved !== 0 && before >= 0 && before < innerHeight) scrollBy({ top: moved, behavior: "instant" });
    }

    /** Keep what was served, before the first change, so that going back to it needs no Python. */
    #keepFirst() {
        if (this.#first) return;
        /** @type {Record<string, string>} */
        const patches = {};
        // What a usage record was understood as belongs to no answer.
        for (const [slot, place] of this.#slots)
            if (place !== this.#status && slot !== "usage") patches[slot] = place.innerHTML;
        this.#first = { patches, invalid: [], query: this.#served, values: Object.fromEntries(this.#start) };
    }

    /** Do something as soon as what was put stands on the screen. @param {() => void} then */
    #whenPainted(then) {
        requestAnimationFrame(() => {
            // A message posted while a frame is made is handled after that frame was painted.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                port1.close();
                then();
            };
            port2.postMessage(null);
        });
    }

    // Python.

    async #begin() {
        const attempt = (this.#attempt += 1);
        // A start that was given up may still have something to say.
        const givenUp = () => attempt !== this.#attempt;
        this.#phase = "fetching";
        this.#fetched = this.#toFetch = 0;
        this.#tellLater();
        performance.mark("calculator:start");
        let startPython;
        try {
            ({ startPython } = await this.#load());
        } catch {
            return this.#fail(
                "The calculator could not start: a file of it did not arrive. Check the connection and try again.",
            );
        }
        this.#python = startPython({
            onProgress: (loaded, total) => {
                if (givenUp()) return;
                this.#fetched = loaded;
                this.#toFetch = total;
                this.#tell();
            },
            onReady: () => {
                if (givenUp()) return;
                performance.mark("calculator:ready");
                this.#phase = "ready";
                this.#tellLater();
                this.#tell();
                this.#send();
            },
            onFailed: (reason) => {
                if (!givenUp()) this.#fail(reason);
            },
        });
    }

    /** The script that starts Python. Small, and here before it is needed. */
    #load() {
        this.#loading ??= import(this.#runtime).catch((error) => {
            // A browser may remember that a module did not load; under another address it asks again.
            this.#runtime = `./runtime.js?again=${Math.round(performance.now())}`;
            this.#loading = undefined;
            throw error;
        });
        return this.#loading;
    }

    /** @param {string} reason In words. */
    #fail(reason) {
        this.#attempt += 1;
        this.#python?.stop();
        this.#python = undefined;
        this.#giveUp(reason);
    }

    /** @param {string} reason In words. */
    #giveUp(reason) {
        this.#phase = "failed";
        this.#reason = reason;
        this.#asked = "nothing";
        this.#undim();
        this.#tell();
    }

    /** From now on, say what takes longer than it should. */
    #tellLater() {
        this.#quietUntil = performance.now() + SILENCE;
        setTimeout(() => this.#tell(), SILENCE);
    }

    /** Say in the status region what is going on, where that takes long or failed. */
    #tell() {
        const waiting = this.#answered !== this.#wanted;
        if (this.#phase === "failed") {
            this.classList.toggle("is-stale", waiting || (this.#answer?.invalid.length ?? 0) > 0);
            this.#tellFailed(waiting);
        } else if (performance.now() < this.#quietUntil - 1) this.#status.replaceChildren();
        else if (this.#phase === "fetching") this.#tellProgress();
        else if (waiting) this.#status.replaceChildren(paragraph(`Working out the answer${this.#about()}…`));
        else this.#status.replaceChildren();
    }

    #about() {
        const control = this.#lastField && this.#control(this.#lastField);
        return control ? ` for ${labelOf(control)}: ${textOf(control, control.value)}` : "";
    }

    #tellProgress() {
        const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
        let bar = this.#status.querySelector("progress");
        if (!bar) {
            bar = document.createElement("progress");
            bar.className = "calculator__progress";
            bar.setAttribute("aria-label", "Fetching the calculator’s Python");
            // The running count is hidden from screen readers: the region would read every step of it aloud.
            const line = paragraph("Fetching the calculator’s Python");
            const count = document.createElement("span");
            count.ariaHidden = "true";
            line.append(count);
            this.#status.replaceChildren(line, bar);
        }
        if (this.#toFetch === 0) return;
        bar.max = this.#toFetch;
        bar.value = this.#fetched;
        /** @type {HTMLElement} */ (this.#status.querySelector("span")).textContent =
            `: ${megabytes(this.#fetched)} of ${megabytes(this.#toFetch)} MB`;
    }

    /** @param {boolean} waiting */
    #tellFailed(waiting) {
        const lead = document.createElement("strong");
        lead.textContent = `${this.#reason} `;
        const standing = !waiting
            ? "The answer below still holds for the numbers in the fields."
            : this.#answered === 0
              ? "The answer below is for the standard example, not for your numbers; what you typed is still in the fields."
              : "The answer below is from before your last change; what you typed is still in the fields.";
        const line = paragraph("");
        line.append(lead, standing);
        if (this.#status.querySelector(".calculator__failure p")?.textContent === line.textContent) return;
        const block = document.createElement("div");
        block.className = "calculator__failure";
        const again = document.createElement("button");
        again.type = "button";
        again.textContent = "Try again";
        again.addEventListener("click", () => {
            // The button goes; a reader of the keyboard must not be thrown back to the top of the page.
            this.#status.tabIndex = -1;
            this.#status.focus({ preventScroll: true });
            if (this.#python) return this.#ask(this.#scenario);
            this.#begin();
            this.#quietUntil = 0;
            this.#tell();
        });
        block.append(line, again);
        this.#status.replaceChildren(block);
    }

    #watchNearness() {
        const connection = /** @type {{ saveData?: boolean, effectiveType?: string } | undefined} */ (
            /** @type {any} */ (navigator).connection
        );
        // A reader who pays for each megabyte, or waits for it, is asked by their own hand first.
        if (connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? "")) return;
        const near = new IntersectionObserver(
            (entries) => {
                if (!entries.some((entry) => entry.isIntersecting)) return;
                near.disconnect();
                const isThere = new AbortController();
                const begin = () => {
                    isThere.abort();
                    this.start();
                };
                for (const sign of SIGNS) addEventListener(sign, begin, { passive: true, signal: isThere.signal });
            },
            { rootMargin: "200% 0px" },
        );
        near.observe(this);
    }

    // The bar with the answer, while the answer itself is out of sight.

    #watchBar() {
        this.#barWatch.observe(this.#form);
        this.#watchVerdict();
        visualViewport?.addEventListener("resize", () => this.#placeBar());
    }

    #watchVerdict() {
        if (this.#verdict) this.#barWatch.unobserve(this.#verdict);
        this.#verdict = this.querySelector("[data-verdict]");
        if (this.#verdict) this.#barWatch.observe(this.#verdict);
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #look(entries) {
        for (const { target, isIntersecting } of entries) {
            if (isIntersecting) this.#inView.add(target);
            else this.#inView.delete(target);
        }
        // A verdict that was replaced is out of sight for good, and nobody says so.
        for (const target of this.#inView) if (!target.isConnected) this.#inView.delete(target);
        this.#placeBar();
    }

    #placeBar() {
        const bar = this.#slots.get("bar");
        if (!bar || !this.#verdict) return;
        const low = (visualViewport?.height ?? innerHeight) < LOWEST_BAR;
        bar.hidden = low || bar.textContent?.trim() === "" || !this.#inView.has(this.#form) || this.#inView.size > 1;
        // What takes the focus must not scroll to a place under the bar.
        document.documentElement.classList.toggle("has-answer-bar", !bar.hidden);
    }
}

/** @param {unknown} element @returns {element is Control} */
function isControl(element) {
    return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

/** Inputs as a link carries them, the first of each name. @param {string} query @returns {Map<string, string>} */
function inputsOf(query) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const [name, text] of new URLSearchParams(query)) if (!found.has(name)) found.set(name, text);
    return found;
}

/** What a control holds in the page as served. @param {Control} control */
function asServed(control) {
    if (control instanceof HTMLInputElement) return control.defaultValue;
    return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
}

/** @param {Control} element */
function isText(element) {
    return element instanceof HTMLInputElement && (element.type === "text" || isDay(element));
}

/** A field for a day, whether the browser knows days or not. @param {HTMLInputElement} control */
function isDay(control) {
    return control.min !== "";
}

/** A caret is in it: its text is the reader's. @param {Control} control */
function isBeingTyped(control) {
    return isText(control) && control === document.activeElement;
}

/** @param {string} slot */
function isMistake(slot) {
    return slot === "errors" || slot.startsWith("error-");
}

/** Let a place be as high as what is in it. @param {HTMLElement} place */
function letGo(place) {
    place.style.minHeight = "";
    // Chromium leaves an empty attribute behind unless it was read.
    if (!place.getAttribute("style")) place.removeAttribute("style");
}

/** @param {Element} place */
function detailsIn(place) {
    return /** @type {NodeListOf<HTMLDetailsElement>} */ (place.querySelectorAll("details[id]"));
}

/** Open every folded group around an element. @param {Element} element @param {Element} limit */
function openAround(element, limit) {
    for (let details = element.closest("details"); details && limit.contains(details); ) {
        details.open = true;
        details = details.parentElement?.closest("details") ?? null;
    }
}

/** Give the focus back to what it was in, or to what is nearest. @param {HTMLElement} place @param {string[]} path */
function refocus(place, path) {
    for (const id of path) {
        const element = document.getElementById(id);
        if (!element || !place.contains(element)) continue;
        element.focus({ preventScroll: true });
        if (document.activeElement === element) return;
    }
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
}

/**
 * What somebody is typing into a field that is about to be written anew.
 *
 * @param {Element} field
 */
function typedIn(field) {
    if (!(field instanceof HTMLInputElement) || !isText(field) || field.value === field.defaultValue) return null;
    return { id: field.id, text: field.value, from: field.selectionStart, to: field.selectionEnd };
}

/** Put a half-typed text and its caret back. @param {NonNullable<ReturnType<typeof typedIn>>} typed */
function retype({ id, text, from, to }) {
    const field = document.getElementById(id);
    if (!(field instanceof HTMLInputElement) || field !== document.activeElement) return;
    field.value = text;
    field.setSelectionRange(from, to);
}

/** @param {HTMLSelectElement} select @param {string} value */
function optionText(select, value) {
    return optionsOf(select).find((option) => option.value === value)?.textContent?.trim() ?? value;
}

/** A day as a sentence says it; what is none, as it is. @param {string} value */
function dayText(value) {
    const day = new Date(`${value}T00:00Z`);
    if (isNaN(day.getTime())) return value.slice(0, 40);
    return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** What a form calls a control. @param {Control} control */
function labelOf(control) {
    const label = control.closest(".field")?.querySelector(".field__label, label");
    return label?.textContent?.trim().replace(/\s+/g, " ");
}

/** A value of a control as a reader sees it. @param {Control} control @param {string} value */
function textOf(control, value) {
    if (control instanceof HTMLSelectElement) return optionText(control, value);
    if (control instanceof HTMLInputElement && isDay(control)) return dayText(value);
    return boxesOf(control).length ? wordsOf(control, value) : value.slice(0, 40);
}

/** @param {unknown} error */
function reasonOf(error) {
    return `${error instanceof Error ? error.message : error}`.replace(/[.\s]*$/, ".");
}

/** A text as HTML. @param {string} words */
function text(words) {
    return paragraph(words).outerHTML;
}

/** @param {string} text */
function paragraph(text) {
    const made = document.createElement("p");
    made.textContent = text;
    return made;
}

/**
 * A line with a button that undoes something.
 *
 * @param {"p" | "span"} tag
 * @param {string} name The line's class.
 * @param {string} text
 * @param {string} label What the button does, in full.
 * @param {() => void} undo
 */
function madeNote(tag, name, text, label, undo) {
    const line = document.createElement(tag);
    line.className = name;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "undo";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", undo);
    line.append(text, button);
    return line;
}
