// @ts-check
/**
 * Python for the page: start it, ask it, stop it.
 *
 * Nothing is fetched until `startPython` is called. The usual start is the image: one WebAssembly module that is Python
 * with the calculators loaded (tools/image/), compiled here while it arrives, run in worker.js. Should it break, while
 * it starts or at a question, it is started once more; then Pyodide's own start takes over (stock-worker.js). Questions
 * that are open are asked again each time. Only when nothing is left to try is the page told, through `onFailed`.
 */

import { addressOf, Breakdown, compileImage, FOLDER, isKept, REST } from "./image.js";

/**
 * @typedef {import("./image.js").Files} Files
 * @typedef {import("./image.js").Cure} Cure
 * @typedef {"image" | "stock"} Start
 *
 * @typedef {object} Python
 * @property {(scenario: string) => Promise<string>} answer May be called before Python is ready.
 * @property {(scenario: string, names: string[], hear: (text: string) => void) => Promise<void>} parts Ask for parts of
 *   an answer; each is heard when it comes, in this order. Any question after this one ends it: nothing more is heard.
 * @property {() => void} stop End the worker. Questions that are open are never answered.
 *
 * @typedef {object} Ready
 * @property {Start} start How Python did start.
 * @property {string} because What broke before, or nothing.
 */

/**
 * A question that is open.
 *
 * @typedef {object} Question
 * @property {string} scenario
 * @property {string[]} [parts] If it is for parts: those that have not come.
 * @property {(text: string) => void} hear
 * @property {(error: Error) => void} reject
 */

/** What is tried, one after the other. */
const TRIED = /** @type {const} */ ({ image: ["image", "image", "stock"], stock: ["stock"] });

/** How long a start may go on without a sign of life, and an answer or a part of it without an end. [milliseconds] */
const START_LIMIT = 60_000;
const ANSWER_LIMIT = 20_000;

/** What a reader can do. @type {Record<Cure, string>} */
const CURES = {
    retry: "Check the connection and try again.",
    reload: "Reload the page; what you typed stays.",
    room: "Close other tabs or programs, then try again.",
    allow: "Allow it in the browser’s settings, or use another browser; a link to this page carries your numbers.",
};
/** Where nothing else would fare better. */
const FINAL = ["room", "allow"];

const NO_START = "The calculator could not start";
const STOPPED = "The calculator has stopped";

/** After a failure neither the browser's cache is trusted any more, nor the form that arrives sooner. */
let failedBefore = false;

/**
 * Start Python in a worker.
 *
 * @param {object} [options]
 * @param {Start} [options.start] Ask for the stock start, to test it.
 * @param {(loaded: number, total: number) => void} [options.onProgress] In bytes as transferred.
 * @param {(ready: Ready) => void} [options.onReady] Told again when another start took over.
 * @param {(reason: string, detail: string) => void} [options.onFailed] Told at most once, when the last worker is
 *   gone: why, in plain words for the reader, and exactly, for whoever mends it.
 * @returns {Python}
 */
export function startPython({
    start = "image",
    onProgress = () => {},
    onReady = () => {},
    onFailed = () => {},
} = {}) {
    /** @type {Map<number, Question>} */
    const open = new Map();
    /** @type {Start[]} */
    const ahead = [...TRIED[start]];
    let asked = 0;
    let isReady = false;
    let isOver = false;
    let because = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let limit;
    /** @type {Worker | undefined} */
    let worker;
    /** @type {WebAssembly.Module | undefined} A module that has started before. */
    let proven;

    // Whoever asked has what is returned before anything is told.
    queueMicrotask(launch);

    return {
        answer: (scenario) => new Promise((resolve, reject) => ask({ scenario, hear: resolve, reject })),
        parts: (scenario, names, hear) =>
            new Promise((resolve, reject) => {
                const parts = [...names];
                const heard = (/** @type {string} */ text) => {
                    try {
                        hear(text);
                        if (parts.length === 0) resolve();
                    } catch (error) {
                        reject(error);
                    }
                };
                ask({ scenario, parts, hear: heard, reject });
            }),
        stop,
    };

    /** @param {Question} question */
    function ask(question) {
        if (isOver) return question.reject(new Error("Python was stopped."));
        for (const [id, { parts }] of open) if (parts) open.delete(id);
        asked += 1;
        open.set(asked, question);
        if (!isReady) return;
        put(asked, question);
        watch();
    }

    /**
     * @param {number} id
     * @param {Question} question
     */
    function put(id, { scenario, parts }) {
        worker?.postMessage({ id, scenario, parts });
    }

    /** Try the next start. */
    async function launch() {
        const kind = ahead.shift() ?? start;
        const files = filesOf(kind);
        isReady = false;
        watch();
        /** @type {Worker | undefined} */
        let mine;
        const isMine = () => !isOver && worker === mine;
        const tell = (/** @type {number} */ received) => {
            if (!isMine() || isReady) return;
            watch();
            onProgress(Math.round(Math.min(1, received / files.bytes) * files.transferred), files.transferred);
        };
        try {
            mine = worker = makeWorker(kind === "image" ? "worker.js" : "stock-worker.js");
            worker.onmessage = ({ data }) => {
                if (!isMine()) return;
                if (data.type === "progress") tell(data.received);
                else hear(kind, data);
            };
            worker.onerror = (event) => {
                event.preventDefault();
                const detail = event.message || "the worker's script could not be loaded";
                if (isMine()) giveUp(new Breakdown(detail, isReady ? undefined : "a file of it did not arrive"));
            };
            if (kind === "stock") {
                worker.postMessage({ folder: FOLDER, wheel: files.id });
                return;
            }
            const module = proven ?? (await compileImage({ ...files, isPlain: failedBefore, tell }));
            if (!isMine()) return;
            proven = module;
            worker.postMessage({ module, rest: addressOf(REST, files.id) });
        } catch (error) {
            if (!isMine()) return;
            giveUp(error instanceof Breakdown ? error : new Breakdown(String(error)));
        }
    }

    /**
     * @param {Start} kind
     * @param {any} message As worker.js and stock-worker.js describe it.
     */
    function hear(kind, { type, id, answer, detail, reason, cure }) {
        if (type === "ready") {
            isReady = true;
            failedBefore = false;
            for (const [each, question] of open) put(each, question);
            watch();
            onReady({ start: kind, because });
        } else if (type === "answer") {
            const question = open.get(id);
            question?.parts?.shift();
            if (question?.parts?.length) watch();
            else settle(id);
            question?.hear(answer);
        } else if (type === "failed") {
            const words = "The calculator met an error of its own and has no answer for these numbers.";
            settle(id)?.reject(new Error(words, { cause: detail }));
        } else {
            giveUp(new Breakdown(detail, reason, cure));
        }
    }

    /** Begin the time limit of what is being waited for, or none. */
    function watch() {
        clearTimeout(limit);
        if (isOver || (isReady && open.size === 0)) return;
        limit = isReady
            ? setTimeout(() => fail("The calculator took too long and was stopped.", "time limit"), ANSWER_LIMIT)
            : setTimeout(() => fail(`${NO_START}: nothing came for a minute.`, "time limit"), START_LIMIT);
    }

    /** @param {number} id */
    function settle(id) {
        const question = open.get(id);
        open.delete(id);
        watch();
        return question;
    }

    /** @param {Breakdown} breakdown */
    function giveUp({ message, reason, cure }) {
        worker?.terminate();
        failedBefore = true;
        because = message;
        if (!isReady) proven = undefined;
        if (ahead.length > 0 && !FINAL.includes(cure)) launch();
        else fail(`${isReady ? STOPPED : NO_START}${reason ? `: ${reason}` : ""}.`, message, cure);
    }

    /**
     * @param {string} reason
     * @param {string} detail
     * @param {Cure} cure
     */
    function fail(reason, detail, cure = "retry") {
        failedBefore = true;
        const waiting = [...open.values()];
        stop();
        const words = `${reason} ${CURES[cure]}`;
        for (const { reject } of waiting) reject(new Error(words, { cause: detail }));
        onFailed(words, detail);
    }

    function stop() {
        isOver = true;
        clearTimeout(limit);
        open.clear();
        worker?.terminate();
    }
}

/**
 * @param {Start} kind
 * @returns {Files} Where a page was built without them: no build in particular, and nothing to measure progress by.
 */
function filesOf(kind) {
    const stated = document.querySelector("meta[name=python]")?.getAttribute("content");
    return (stated && JSON.parse(stated)[kind]) || { id: "", bytes: 1, transferred: 0, squeezed: 0 };
}

/**
 * @param {string} script
 * @returns {Worker}
 */
function makeWorker(script) {
    const address = new URL(script, import.meta.url).href;
    // A worker from a blob is bound by the page's content policy; one from an address is not, on a host that sends no
    // headers. Where the service worker gives the site (sw.js), it sends that policy with the file, and Firefox has it
    // serve nothing to a worker from a blob.
    const source = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
    const blob = isKept() ? "" : URL.createObjectURL(source);
    try {
        const worker = new Worker(blob || address, { type: "module", name: "calculator" });
        // It has read the blob by then.
        worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
        return worker;
    } catch (error) {
        throw new Breakdown(String(error), "this browser does not let it run in a worker", "allow");
    }
}
