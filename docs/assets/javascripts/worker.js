// @ts-check
/**
 * The worker: Python with the calculators already loaded, from one WebAssembly module. Text in, text out.
 *
 * tools/image/ makes the module and says what is in it. It imports six functions, which are all that Python asks of
 * a browser, and exports three and its memory. This file is the whole of the worker, so that one request fetches it;
 * the build imports it too, to examine the module in the way in which it will be used.
 *
 * The page sends
 *
 *     { module, rest }          the compiled module, and the address of the code that answers have not been seen to run
 *     { id, scenario }          a question, at any time; answered once Python runs
 *     { id, scenario, parts }   a question for parts of an answer that were named; any question after it ends it
 *
 * and is sent
 *
 *     { type: "ready" }
 *     { type: "answer", id, answer, memory }   the answer, or each part as it is done, in the order of their names;
 *                                              `memory` is what Python has by now, in bytes
 *     { type: "failed", id, detail }           Python raised an error: this question has no answer, or no more parts
 *     { type: "broken", detail, reason, cure }   this worker is of no more use, and nothing is wrong with the
 *                                              question: exactly, and in words for the reader where that is known;
 *                                              `cure` names one of those that runtime.js knows
 */

const DAY = 86_400_000; // milliseconds

/** Python came to something that the module leaves out, or broke. The instance is not to be used again. */
export class ImageFailure extends Error {
    /**
     * @param {string} what
     * @param {unknown} [cause]
     */
    constructor(what, cause) {
        super(what, { cause });
        this.name = "ImageFailure";
    }
}

/** An error in Python that Python has described; the instance is as good as before. */
export class PythonError extends Error {
    /** @param {string} traceback */
    constructor(traceback) {
        super(traceback);
        this.name = "PythonError";
    }
}

/**
 * @typedef {object} Image What the module exports.
 * @property {WebAssembly.Memory} memory
 * @property {(size: number) => number} reserve Room for a text; 0 if there is none.
 * @property {(at: number, size: number) => number} answer Takes the text there, and gives the place of the reply.
 * @property {() => number} size Of the last reply.
 *
 * @typedef {{ module: WebAssembly.Module, rest: string }} StartMessage
 * @typedef {{ id: number, scenario: string, parts?: string[] }} QuestionMessage
 */

/**
 * @param {WebAssembly.Module} module
 * @param {() => WebAssembly.Module} second Gives, at once, the code that answers have not been seen to run.
 * @returns {Promise<{ answer: (scenario: string) => string, image: Image }>}
 */
export async function startImage(module, second) {
    const decoder = new TextDecoder();
    let line = "";
    const imports = {
        browser: {
            load: () => {
                new WebAssembly.Instance(second(), { ...imports, shared: exports });
            },
            now: () => Date.now(),
            calendar: (/** @type {number} */ seconds, /** @type {number} */ at) => putDate(image.memory, seconds, at),
            seconds: (/** @type {number} */ at) => secondsAt(image.memory, at),
            missing: (/** @type {number} */ number) => {
                throw new ImageFailure(`Python asked for call ${number}, which the image leaves out`);
            },
            print: (/** @type {number} */ at, /** @type {number} */ size) => {
                const lines = (line + decoder.decode(new Uint8Array(image.memory.buffer, at, size))).split("\n");
                line = lines.pop() ?? "";
                for (const each of lines) console.log(each);
            },
        },
    };
    const { exports } = await WebAssembly.instantiate(module, imports);
    const image = /** @type {Image} */ (/** @type {unknown} */ (exports));
    /** @type {ImageFailure | undefined} */
    let failure;
    return { image, answer };

    /** @param {string} scenario */
    function answer(scenario) {
        if (failure) throw failure;
        try {
            const reply = ask(new TextEncoder().encode(scenario));
            if (reply.startsWith("=")) return reply.slice(1);
            throw new PythonError(reply.slice(1));
        } catch (error) {
            if (error instanceof PythonError) throw error;
            // A trap, or more calls inside each other than the browser has room for. What Python was in the middle
            // of stays half done.
            failure = error instanceof ImageFailure ? error : new ImageFailure(`Python broke off (${error})`, error);
            throw failure;
        }
    }

    /** @param {Uint8Array} text */
    function ask(text) {
        const at = image.reserve(text.length || 1);
        if (at === 0) throw new ImageFailure("there is no memory left");
        // Memory may grow whenever Python runs, and its old buffer is then empty.
        new Uint8Array(image.memory.buffer, at, text.length).set(text);
        const reply = image.answer(at, text.length);
        if (reply === 0) throw new ImageFailure("Python gave no answer");
        return decoder.decode(new Uint8Array(image.memory.buffer, reply, image.size()));
    }
}

/**
 * Take a moment apart, in UTC: a calculator's answer is the same wherever it is read.
 *
 * @param {WebAssembly.Memory} memory
 * @param {number} seconds Since 1970.
 * @param {number} at Where C's `struct tm` is: eleven words.
 */
export function putDate(memory, seconds, at) {
    const date = new Date(seconds * 1000);
    const year = date.getUTCFullYear();
    const yearDay = Math.floor((date.getTime() - startOf(year).getTime()) / DAY);
    const time = [date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours()];
    const day = [date.getUTCDate(), date.getUTCMonth(), year - 1900, date.getUTCDay(), yearDay];
    new Int32Array(memory.buffer, at, 11).set([...time, ...day, 0, 0, 0]);
}

/**
 * The opposite. Like C's `mktime`, it also puts right what is there: the 32nd of a month.
 *
 * @param {WebAssembly.Memory} memory
 * @param {number} at
 */
export function secondsAt(memory, at) {
    const [second, minute, hour, day, month, year] = new Int32Array(memory.buffer, at, 6);
    const date = startOf(year + 1900);
    date.setUTCMonth(month, day);
    date.setUTCHours(hour, minute, second);
    const seconds = date.getTime() / 1000;
    putDate(memory, seconds, at);
    return seconds;
}

/** @param {number} year */
function startOf(year) {
    const date = new Date(0);
    // Date.UTC takes the year 50 for 1950.
    date.setUTCFullYear(year, 0, 1);
    return date;
}

// -------------------------------------------------------------------------------------------------- messages

/** @typedef {{ answer: (scenario: string) => string, image: Image }} Started */

/** @type {(python: Started) => void} */
let started;
/** @type {Promise<Started>} */
const python = new Promise((resolve) => {
    started = resolve;
});

/** How many questions have come. */
let asked = 0;

globalThis.onmessage = async (/** @type {MessageEvent<StartMessage | QuestionMessage>} */ { data }) => {
    if ("module" in data) {
        try {
            started(await startImage(data.module, () => fetchRest(data.rest)));
            globalThis.postMessage({ type: "ready" });
        } catch (error) {
            tellBroken(error);
        }
        return;
    }
    const number = (asked += 1);
    const { id, scenario, parts } = data;
    const { answer, image } = await python;
    const tell = (/** @type {string} */ found) =>
        globalThis.postMessage({ type: "answer", id, answer: found, memory: image.memory.buffer.byteLength });
    try {
        if (!parts) return tell(answer(scenario));
        for (const part of parts) {
            for (let from = 0; from !== undefined; ) {
                const request = `${scenario}&part=${part}&from=${from}`;
                await turn();
                if (number !== asked) return;
                const found = answer(request);
                ({ next: from } = JSON.parse(found));
                if (from === undefined) tell(found);
            }
        }
    } catch (error) {
        if (error instanceof PythonError) globalThis.postMessage({ type: "failed", id, detail: error.message });
        else tellBroken(error);
    }
};

/** End this task, so that what was asked during it comes first. */
function turn() {
    return new Promise((resolve) => {
        // A timer would wait longer.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve(undefined);
        };
        port2.postMessage(null);
    });
}

/**
 * Python stands in the middle of a call and waits, so only a request that waits as well will do. Workers may make one.
 *
 * @param {string} address
 */
function fetchRest(address) {
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new ImageFailure(`${address} could not be fetched (${request.status})`);
    return new WebAssembly.Module(request.response);
}

/** @param {unknown} error */
function tellBroken(error) {
    const isFull = error instanceof RangeError;
    const told = isFull ? { reason: "this browser has no memory left for it", cure: "room" } : {};
    globalThis.postMessage({ type: "broken", detail: String(error), ...told });
}
