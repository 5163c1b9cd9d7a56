// @ts-check
/**
 * The worker: scenarios in, answers out. It knows neither a calculator nor how Python is started.
 *
 * The page sends
 *
 *     { type: "start", start, folder }        how to start, "snapshot" or "stock", and from where
 *     { type: "part", name, value | error }   a part that it has fetched, or why it could not
 *     { id, scenario }                        a question, at any time; answered once Python runs
 *
 * and is sent
 *
 *     { type: "ready", start, milliseconds, because }   how it did start, and why not as asked
 *     { type: "answer", id, answer }
 *     { type: "failed", reason, detail, id }   with an id: this question only
 *
 * The page makes this worker from a one-line blob that imports this file, so that the page's
 * content security policy binds it: a worker made from a URL has no policy on a host that sends no
 * headers.
 */

import { BrokenFile, importPyodide, startFromSnapshot, startStock } from "./python.js";

/**
 * @typedef {import("./python.js").Start} Start
 * @typedef {import("./python.js").Answer} Answer
 *
 * @typedef {{ type: "start", start: Start, folder: string }} StartMessage
 * @typedef {{ type: "part", name: "engine" | "memory", value?: any, error?: Failure }} PartMessage
 * @typedef {{ type?: undefined, id: number, scenario: string }} QuestionMessage
 * @typedef {{ broken: boolean, message: string }} Failure
 */

const began = performance.now();
const engine = expect();
const memory = expect();
/** @type {Promise<Answer> | undefined} */
let python;

self.onmessage = (/** @type {MessageEvent<StartMessage | PartMessage | QuestionMessage>} */ event) => {
    const { data } = event;
    if (data.type === "start") {
        python = boot(data.start, data.folder);
        python.catch((error) => self.postMessage({ type: "failed", ...explainStart(error) }));
    } else if (data.type === "part") {
        const part = data.name === "engine" ? engine : memory;
        if (data.error) part.reject(asError(data.error));
        else part.resolve(data.value);
    } else {
        python?.then(
            (answer) => reply(answer, data),
            () => {}, // The page was told why Python did not start.
        );
    }
};

/**
 * @param {Start} start
 * @param {string} folder
 * @returns {Promise<Answer>}
 */
async function boot(start, folder) {
    const loadPyodide = await importPyodide(folder);
    const parts = { engine: engine.promise, memory: memory.promise };
    let because = "";
    if (start === "snapshot") {
        try {
            return ready("snapshot", await startFromSnapshot(loadPyodide, parts, folder), because);
        } catch (error) {
            because = describe(error);
        }
    }
    return ready("stock", await startStock(loadPyodide, parts, folder), because);
}

/**
 * @param {Start} start
 * @param {Answer} answer
 * @param {string} because
 */
function ready(start, answer, because) {
    const milliseconds = performance.now() - began;
    self.postMessage({ type: "ready", start, milliseconds, because });
    return answer;
}

/**
 * @param {Answer} answer
 * @param {QuestionMessage} question
 */
function reply(answer, { id, scenario }) {
    try {
        self.postMessage({ type: "answer", id, answer: answer(scenario) });
    } catch (error) {
        const detail = describe(error);
        const reason = "The calculator met an error of its own and has no answer for these numbers.";
        self.postMessage({ type: "failed", id, reason, detail });
    }
}

/** @param {unknown} error */
function explainStart(error) {
    const why = error instanceof BrokenFile ? `: ${error.message.split(" (")[0]}` : " in this browser";
    return { reason: `The calculator could not start${why}.`, detail: describe(error) };
}

/**
 * Pyodide throws a few things that are no errors, such as the status that Python ended with.
 *
 * @param {any} error
 */
function describe(error) {
    return String(error?.message ?? error);
}

/** A promise that a message will settle. */
function expect() {
    /** @type {(value: any) => void} */
    let resolve = () => {};
    /** @type {(error: Error) => void} */
    let reject = () => {};
    const promise = new Promise((one, other) => {
        resolve = one;
        reject = other;
    });
    promise.catch(() => {}); // Told by whoever awaits it.
    return { promise, resolve, reject };
}

/** @param {Failure} failure */
function asError({ broken, message }) {
    const error = new Error(message);
    return broken ? Object.setPrototypeOf(error, BrokenFile.prototype) : error;
}
