// @ts-check
/**
 * Python for the page: start it, ask it, stop it.
 *
 * Nothing is fetched until `startPython` is called. A start that fails says so once, through
 * `onFailed`; another start may then be tried.
 */

import { BrokenFile, FOLDER, fetchParts } from "./python.js";

/**
 * @typedef {import("./python.js").Start} Start
 *
 * @typedef {object} Python
 * @property {(scenario: string) => Promise<string>} answer May be called before Python is ready.
 * @property {() => void} stop End the worker. Questions that are open are never answered.
 *
 * @typedef {object} Ready
 * @property {Start} start How Python did start.
 * @property {number} milliseconds From the worker's first line to readiness.
 * @property {string} because Why it did not start as asked, or nothing.
 */

/** How long a start may go on without a sign of life, and an answer without an end. */
const START_LIMIT = 60_000;
const ANSWER_LIMIT = 20_000;

const TRY_AGAIN = "Check the connection and try again.";

/** After a failure the browser's cache is not trusted any more. */
let failedBefore = false;

/**
 * Start Python in a worker.
 *
 * @param {object} options
 * @param {string} [options.base] The folder of Python's files.
 * @param {Start} [options.start] Ask for the stock start, to test it.
 * @param {(loaded: number, total: number) => void} [options.onProgress] In bytes as transferred.
 * @param {(ready: Ready) => void} [options.onReady]
 * @param {(reason: string, detail: string) => void} [options.onFailed] Told at most once, when the
 *   worker is gone: why, in plain words for the reader, and exactly, for whoever mends it.
 * @returns {Python}
 */
export function startPython({
    base = FOLDER,
    start = "snapshot",
    onProgress = () => {},
    onReady = () => {},
    onFailed = () => {},
} = {}) {
    /** @type {Map<number, { resolve: (text: string) => void, reject: (error: Error) => void }>} */
    const open = new Map();
    let asked = 0;
    let isReady = false;
    let isOver = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let limit;

    const address = new URL("worker.js", import.meta.url).href;
    const source = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
    const blob = URL.createObjectURL(source);
    // A worker from a blob is bound by the page's content policy. Where the service worker gives the site (sw.js), it
    // sends that policy with the file, and Firefox has it serve nothing to a worker from a blob.
    const isKept = Boolean(navigator.serviceWorker?.controller);
    const worker = new Worker(isKept ? address : blob, { type: "module", name: "calculator" });

    worker.onmessage = ({ data }) => {
        if (data.type === "ready") {
            isReady = true;
            failedBefore = false;
            watch();
            onReady({ start: data.start, milliseconds: data.milliseconds, because: data.because });
        } else if (data.type === "answer") {
            settle(data.id)?.resolve(data.answer);
        } else if (data.id !== undefined) {
            settle(data.id)?.reject(new Error(data.reason, { cause: data.detail }));
        } else {
            fail(data.reason, data.detail);
        }
    };
    worker.onerror = (event) => {
        event.preventDefault();
        const detail = event.message || `${address} could not be loaded`;
        fail(isReady ? "The calculator has stopped." : "The calculator could not start.", detail);
    };

    const parts = fetchParts({
        folder: base,
        start,
        fresh: failedBefore,
        onProgress: (loaded, total) => {
            if (isOver) return;
            watch();
            if (!isReady) onProgress(loaded, total);
        },
    });
    worker.postMessage({ type: "start", start, folder: base });
    hand("engine", parts.engine, () => []);
    hand("memory", parts.memory, (value) => [value]);
    watch();

    /**
     * @template T
     * @param {string} name
     * @param {Promise<T>} part
     * @param {(value: T) => any[]} transfer What changes hands instead of being copied.
     */
    async function hand(name, part, transfer) {
        try {
            const value = await part;
            worker.postMessage({ type: "part", name, value }, transfer(value));
        } catch (error) {
            const broken = error instanceof BrokenFile;
            const message = error instanceof Error ? error.message : String(error);
            worker.postMessage({ type: "part", name, error: { broken, message } });
        }
    }

    /** Begin the time limit of what is being waited for, or none. */
    function watch() {
        clearTimeout(limit);
        if (isOver) return;
        if (!isReady) {
            limit = setTimeout(
                () => fail("The calculator could not start: nothing came for a minute.", "time limit"),
                START_LIMIT,
            );
        } else if (open.size > 0) {
            limit = setTimeout(
                () => fail("The calculator took too long and was stopped.", "time limit"),
                ANSWER_LIMIT,
            );
        }
    }

    /** @param {number} id */
    function settle(id) {
        const question = open.get(id);
        open.delete(id);
        watch();
        return question;
    }

    /**
     * @param {string} reason
     * @param {string} detail
     */
    function fail(reason, detail) {
        if (isOver) return;
        failedBefore = true;
        const waiting = [...open.values()];
        stop();
        const words = `${reason} ${TRY_AGAIN}`;
        for (const { reject } of waiting) reject(new Error(words, { cause: detail }));
        onFailed(words, detail);
    }

    function stop() {
        isOver = true;
        clearTimeout(limit);
        open.clear();
        worker.terminate();
        URL.revokeObjectURL(blob);
    }

    return {
        answer: (scenario) =>
            new Promise((resolve, reject) => {
                if (isOver) {
                    reject(new Error("Python was stopped."));
                    return;
                }
                asked += 1;
                open.set(asked, { resolve, reject });
                worker.postMessage({ id: asked, scenario });
                if (isReady) watch();
            }),
        stop,
    };
}
