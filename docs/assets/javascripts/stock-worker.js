// @ts-check
/**
 * The worker for where the usual one (worker.js) broke: Pyodide starts as its authors meant it to, from the standard
 * library and the calculators' wheel. Slower, and as right.
 *
 * The page sends { folder, wheel }, the folder of Pyodide's files and the hash that the wheel must have, and questions
 * as to worker.js. It is sent the same messages as from there, and { type: "progress", received }: the bytes that have
 * come of all files.
 */

/**
 * @typedef {{ folder: string, wheel: string }} StartMessage
 * @typedef {import("./worker.js").QuestionMessage} QuestionMessage
 * @typedef {import("pyodide").PyodideInterface} Pyodide
 */

/** The module of the calculators whose function `answer` takes a scenario. */
const MODULE = "calculators.browser";

const OTHER = "the file pyodide-lock.json is of another version of this site than the page";

/** A file of the site is missing or wrong. The message is meant for the reader. */
class BrokenFile extends Error {
    /** @type {string | undefined} */
    cure;
}

/** @type {(answer: (scenario: string) => string) => void} */
let started;
/** @type {Promise<(scenario: string) => string>} */
const python = new Promise((resolve) => {
    started = resolve;
});

/** How many questions have come. */
let asked = 0;

globalThis.onmessage = async (/** @type {MessageEvent<StartMessage | QuestionMessage>} */ { data }) => {
    if ("folder" in data) {
        try {
            started(await start(data));
            globalThis.postMessage({ type: "ready" });
        } catch (error) {
            globalThis.postMessage({ type: "broken", detail: describe(error), ...told(error) });
        }
        return;
    }
    const number = (asked += 1);
    const { id, scenario, parts } = data;
    const answer = await python;
    const tell = (/** @type {string} */ found) => globalThis.postMessage({ type: "answer", id, answer: found });
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
        globalThis.postMessage({ type: "failed", id, detail: describe(error) });
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
 * @param {StartMessage} message
 * @returns {Promise<(scenario: string) => string>}
 */
async function start({ folder, wheel }) {
    const failed = watchFiles();
    const load = async () => {
        const lockfile = await (await fetch(`${folder}pyodide-lock.json`, { cache: "no-cache" })).json();
        const packages = /** @type {{ file_name: string, sha256: string }[]} */ (Object.values(lockfile.packages));
        if (wheel && packages.some(({ sha256 }) => sha256 !== wheel))
            throw Object.assign(new BrokenFile(OTHER), { cure: "reload" });
        const { loadPyodide } = await importFile(folder, "pyodide.mjs");
        return loadPyodide({
            indexURL: folder,
            lockFileContents: lockfile,
            packageBaseUrl: folder,
            packages: Object.keys(lockfile.packages),
        });
    };
    const pyodide = /** @type {Pyodide} */ (await Promise.race([failed, load()]));
    const { answer } = pyodide.pyimport(MODULE);
    return answer;
}

/**
 * @param {string} folder
 * @param {string} name
 */
async function importFile(folder, name) {
    try {
        return await import(`${folder}${name}`);
    } catch (error) {
        throw new BrokenFile(`the file ${name} could not be loaded`, { cause: error });
    }
}

/**
 * Tell the page how much has come, and say when a file is missing or damaged. Pyodide only logs that a wheel could not
 * be had or is not the locked one, and waits for ever for an engine that cannot be compiled.
 *
 * @returns {Promise<never>} Rejected when something is wrong.
 */
function watchFiles() {
    /** @type {(error: BrokenFile) => void} */
    let fail;
    /** @type {Promise<never>} */
    const failed = new Promise((_, reject) => {
        fail = reject;
    });
    let received = 0;
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        const name = pathname.slice(pathname.lastIndexOf("/") + 1);
        try {
            const response = await fetch(input, init);
            if (!response.ok) throw new Error(`the server answered ${response.status}`);
            count(response.clone()).catch(() => {}); // Whoever reads the file itself is told.
            // Some hosts do not know what a .wasm file is.
            const headers = { "content-type": "application/wasm" };
            return name.endsWith(".wasm") ? new Response(response.body, { headers }) : response;
        } catch (error) {
            // An integrity that does not hold comes here too.
            fail(new BrokenFile(`the file ${name} is missing or was changed`, { cause: error }));
            throw error;
        }
    };
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (source, imports) => {
        try {
            return await instantiateStreaming(source, imports);
        } catch (error) {
            fail(new BrokenFile("the file pyodide.asm.wasm is damaged or incomplete", { cause: error }));
            throw error;
        }
    };
    return failed;

    /** @param {Response} response */
    async function count({ body }) {
        const reader = body?.getReader();
        for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
            received += part.value.length;
            globalThis.postMessage({ type: "progress", received });
        }
    }
}

/** @param {any} error */
function told(error) {
    const isFull = error instanceof RangeError || error?.cause instanceof RangeError;
    if (isFull) return { reason: "this browser has no memory left for it", cure: "room" };
    return error instanceof BrokenFile ? { reason: error.message, cure: error.cure } : {};
}

/**
 * Pyodide throws a few things that are no errors, such as the status that Python ended with.
 *
 * @param {any} error
 */
function describe(error) {
    const cause = error?.cause ? ` (${error.cause.message ?? error.cause})` : "";
    return `${error?.message ?? error}${cause}`;
}
