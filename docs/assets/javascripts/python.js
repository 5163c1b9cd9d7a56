// @ts-check
/**
 * How Python is started. No other file of the page knows.
 *
 * The first half runs in the page and fetches the parts, so that they travel while the worker is
 * still being made; the second half runs in the worker and puts them together. Both ways to start
 * end in one function from text to text, and nothing but text crosses that border.
 *
 * The usual way is a snapshot: Python's memory as it was just after the calculators had answered
 * for the first time, written when the site was built. Where that cannot be had, Pyodide starts as
 * its authors meant it to, from the standard library and the calculators' wheel.
 * tools/build_snapshot.mjs makes the snapshot and says what is in it.
 */

/**
 * @typedef {"snapshot" | "stock"} Start
 * @typedef {(scenario: string) => string} Answer
 *
 * @typedef {object} Parts What the page fetches and the worker puts together.
 * @property {Promise<WebAssembly.Module>} engine Python itself.
 * @property {Promise<ArrayBuffer>} memory The snapshot, inflated; rejected for a stock start.
 *
 * @typedef {object} FileFacts What runtime.json says about a file.
 * @property {number} bytes
 * @property {number} transferred Its size on the way, from a host that compresses the usual types.
 * @property {string} sha256
 * @property {{ bytes: number, sha256: string, room: number }} [inflated]
 *   For a gzip file: size and hash of what is in it, and the room that it needs once it is used.
 *
 * @typedef {{ files: Record<string, FileFacts> }} Runtime runtime.json
 *
 * @callback Count
 * @param {string} name A file.
 * @param {number} received Its bytes so far, as the page sees them.
 * @param {boolean} [packed] Whether the page sees a gzip file as it is, not what is in it.
 * @returns {void}
 */

/** Where Pyodide's files and the ones made from ours are, as long as nobody says otherwise. */
export const FOLDER = new URL("../python/", import.meta.url).href;

const ENGINE = "pyodide.asm.wasm";
const MEMORY = "snapshot.bin.gz";

/** The module of the calculators whose function `answer` takes a scenario. */
const MODULE = "calculators.browser";

/** The binary interface of this Pyodide, which it wants to read in a lockfile, an empty one too. */
const ABI = "2025_0";

/**
 * An inflated snapshot begins with four words: this mark ("FTT1"), the end of Python's static data,
 * a checksum of that data as `checksum` computes it, and a zero.
 */
const MARK = 0x31545446;
const HEAD = 16;

/** A file of the site is missing or wrong. The message is meant for the reader. */
export class BrokenFile extends Error {
    /**
     * @param {string} name
     * @param {string} what
     */
    constructor(name, what) {
        super(`the file ${name} ${what}`);
        this.name = "BrokenFile";
    }
}

// ---------------------------------------------------------------------------------- in the page

/**
 * Fetch the parts of a start.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {Start} options.start
 * @param {boolean} options.fresh Go past the browser's cache, which may hold a broken file.
 * @param {(loaded: number, total: number) => void} options.onProgress In bytes as transferred.
 * @returns {Parts}
 */
export function fetchParts({ folder, start, fresh, onProgress }) {
    const cache = fresh ? "reload" : "default";
    const runtime = fetchRuntime(folder);
    const count = counter(runtime, start === "snapshot" ? [ENGINE, MEMORY] : [ENGINE], onProgress);
    const engine = fetchEngine(folder, cache, count);
    const memory =
        start === "snapshot"
            ? fetchMemory(folder, cache, runtime, count)
            : Promise.reject(new Error("a stock start was asked for"));
    // The worker is told of a failure by whoever posts the part; until then it is not unhandled.
    engine.catch(() => {});
    memory.catch(() => {});
    return { engine, memory };
}

/**
 * @param {string} folder
 * @returns {Promise<Runtime>}
 */
async function fetchRuntime(folder) {
    // Asked for anew each time: it says what the other files have to be.
    const { response } = await fetchFile(folder, "runtime.json", "no-cache");
    return response.json();
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {RequestCache} cache
 */
async function fetchFile(folder, name, cache) {
    let response;
    try {
        response = await fetch(new URL(name, folder), { cache });
    } catch (error) {
        throw new BrokenFile(name, `could not be fetched (${error})`);
    }
    if (!response.ok || !response.body) {
        throw new BrokenFile(name, `could not be fetched (the server answered ${response.status})`);
    }
    return { response, body: response.body };
}

/**
 * @param {string} folder
 * @param {RequestCache} cache
 * @param {Count} count
 */
async function fetchEngine(folder, cache, count) {
    const { response } = await fetchFile(folder, ENGINE, cache);
    // Compiling takes the response as it came, so that the browser can keep the compiled code; the
    // bytes are counted on a copy.
    const { body } = response.clone();
    if (body) drain(body, (received) => count(ENGINE, received)).catch(() => {});
    try {
        return await WebAssembly.compileStreaming(response);
    } catch (error) {
        throw new BrokenFile(ENGINE, `is damaged or incomplete (${error})`);
    }
}

/**
 * @param {string} folder
 * @param {RequestCache} cache
 * @param {Promise<Runtime>} runtime
 * @param {Count} count
 */
async function fetchMemory(folder, cache, runtime, count) {
    try {
        return await fetchMemoryOnce(folder, cache, runtime, count);
    } catch (error) {
        if (cache === "reload" || !(error instanceof BrokenFile)) throw error;
        // The browser's cache may hold the snapshot of an earlier version of the site.
        return fetchMemoryOnce(folder, "reload", runtime, count);
    }
}

/**
 * @param {string} folder
 * @param {RequestCache} cache
 * @param {Promise<Runtime>} runtime
 * @param {Count} count
 */
async function fetchMemoryOnce(folder, cache, runtime, count) {
    const { body } = await fetchFile(folder, MEMORY, cache);
    const facts = (await runtime).files[MEMORY];
    if (!facts?.inflated) throw new BrokenFile("runtime.json", "does not list the snapshot");
    const { room, sha256 } = facts.inflated;

    const reader = body.getReader();
    const first = await reader.read();
    if (first.done) throw new BrokenFile(MEMORY, "is empty");
    // Some hosts declare a .gz file as compressed content, and the browser then inflates it.
    const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
    const inflating = packed ? new DecompressionStream("gzip") : new TransformStream();

    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    const pass = async () => {
        const writer = inflating.writable.getWriter();
        let received = 0;
        /** @type {ReadableStreamReadResult<Uint8Array<ArrayBuffer>>} */
        let part = first;
        for (; !part.done; part = await reader.read()) {
            chunks.push(part.value);
            received += part.value.length;
            count(MEMORY, received, packed);
            await writer.write(part.value);
        }
        await writer.close();
    };
    const memory = new Uint8Array(room);
    const fill = async () => {
        let filled = 0;
        await drain(inflating.readable, (received, chunk) => {
            memory.set(chunk, filled);
            filled = received;
        });
    };
    try {
        await Promise.all([pass(), fill()]);
    } catch (error) {
        throw new BrokenFile(MEMORY, `is damaged or incomplete (${error})`);
    }
    if (!(await hasHash(chunks, packed ? facts.sha256 : sha256))) {
        throw new BrokenFile(MEMORY, "is not the one that belongs to this version of the site");
    }
    return memory.buffer;
}

/**
 * Read a stream to its end.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(received: number, chunk: Uint8Array) => void} each Called with the bytes so far.
 */
async function drain(stream, each) {
    const reader = stream.getReader();
    let received = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        received += part.value.length;
        each(received, part.value);
    }
}

/**
 * Whether the chunks are the file that the build made. Without a secure context a browser offers
 * no hashes; the checksum in every gzip file then has to do.
 *
 * @param {Uint8Array<ArrayBuffer>[]} chunks
 * @param {string} expected
 */
async function hasHash(chunks, expected) {
    if (!globalThis.crypto?.subtle) return true;
    const whole = await new Blob(chunks).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
    return expected === Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Add up what has arrived of several files.
 *
 * @param {Promise<Runtime>} runtime
 * @param {string[]} names
 * @param {(loaded: number, total: number) => void} onProgress
 * @returns {Count}
 */
function counter(runtime, names, onProgress) {
    /** @type {Map<string, FileFacts>} */
    const files = new Map();
    /** @type {Map<string, number>} */
    const shares = new Map();
    runtime.then(
        (facts) => names.forEach((name) => files.set(name, facts.files[name])),
        () => {}, // Told by whoever needs the facts; without them there is no progress to show.
    );
    return (name, received, packed = false) => {
        const facts = files.get(name);
        if (!facts) return;
        const size = packed ? facts.bytes : (facts.inflated?.bytes ?? facts.bytes);
        shares.set(name, Math.min(1, received / size));
        let loaded = 0;
        let total = 0;
        for (const [each, { transferred }] of files) {
            loaded += (shares.get(each) ?? 0) * transferred;
            total += transferred;
        }
        onProgress(Math.round(loaded), total);
    };
}

// -------------------------------------------------------------------------------- in the worker

/**
 * @typedef {import("pyodide").PyodideInterface} Pyodide
 * @typedef {(options: object) => Promise<Pyodide>} LoadPyodide
 */

/**
 * Import Pyodide's two scripts. Called first of all, since they travel and are compiled while the
 * parts are still on their way.
 *
 * @param {string} folder
 * @returns {Promise<LoadPyodide>}
 */
export async function importPyodide(folder) {
    const [{ loadPyodide }] = await Promise.all([
        importFile(folder, "pyodide.mjs"),
        importFile(folder, "pyodide.asm.js"),
    ]);
    return loadPyodide;
}

/**
 * @param {string} folder
 * @param {string} name
 */
async function importFile(folder, name) {
    try {
        return await import(`${folder}${name}`);
    } catch (error) {
        throw new BrokenFile(name, `could not be loaded (${error})`);
    }
}

/**
 * Start Python from a snapshot.
 *
 * @param {LoadPyodide} loadPyodide
 * @param {Parts} parts
 * @param {string} folder
 * @returns {Promise<Answer>}
 */
export async function startFromSnapshot(loadPyodide, parts, folder) {
    const [engine, memory] = await Promise.all([parts.engine, parts.memory]);
    const [mark, staticEnd, expected] = new Uint32Array(memory, 0, HEAD / 4);
    if (mark !== MARK) throw new BrokenFile(MEMORY, "is not a snapshot");
    const snapshot = new Uint8Array(memory, HEAD);

    const pyodide = await withEngine(
        engine,
        (untouched) => overlay(snapshot, untouched.subarray(0, staticEnd / 4), expected),
        // The library is in the snapshot, and so is the wheel.
        async () => new Response(),
        () =>
            loadPyodide({
                indexURL: folder,
                lockFileContents: { info: { abi_version: ABI }, packages: {} },
                packageBaseUrl: folder,
                _loadSnapshot: snapshot,
            }),
    );
    countArguments(pyodide);
    return answerOf(pyodide);
}

/**
 * Start Python as Pyodide does by itself, from the standard library and the calculators' wheel.
 *
 * @param {LoadPyodide} loadPyodide
 * @param {Pick<Parts, "engine">} parts
 * @param {string} folder
 * @returns {Promise<Answer>}
 */
export async function startStock(loadPyodide, parts, folder) {
    const [engine, lockfile] = await Promise.all([
        parts.engine,
        fetchFile(folder, "pyodide-lock.json", "no-cache").then(({ response }) => response.json()),
    ]);
    const packages = Object.keys(lockfile.packages);
    /** @type {BrokenFile | undefined} */
    let broken;
    const pyodide = await withEngine(
        engine,
        () => {},
        async (name, get) => {
            try {
                const response = await get();
                if (!response.ok) throw new Error(`the server answered ${response.status}`);
                return response;
            } catch (error) {
                // Pyodide only logs that a file is missing, or that a wheel's hash is not the locked one.
                broken = new BrokenFile(name, `is missing or was changed (${error})`);
                throw error;
            }
        },
        () =>
            loadPyodide({
                indexURL: folder,
                lockFileContents: lockfile,
                packageBaseUrl: folder,
                packages,
            }),
    ).catch((error) => {
        throw broken ?? error;
    });
    if (broken) throw broken;
    return answerOf(pyodide);
}

/**
 * @param {Pyodide} pyodide
 * @returns {Answer}
 */
function answerOf(pyodide) {
    const { answer } = pyodide.pyimport(MODULE);
    return (scenario) => {
        const text = answer(scenario);
        if (typeof text !== "string") throw new TypeError(`${MODULE}.answer did not return text`);
        return text;
    };
}

/**
 * Run Pyodide with an engine that is compiled already and with a say in all that it fetches. It has
 * an option for neither.
 *
 * @template T
 * @param {WebAssembly.Module} engine
 * @param {(untouched: Uint32Array) => void} onMemory Given the memory before Python writes to it.
 * @param {(name: string, get: () => Promise<Response>) => Promise<Response>} answerFetch
 *   Answers for every other file.
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
async function withEngine(engine, onMemory, answerFetch, run) {
    const { fetch } = globalThis;
    const { instantiate, instantiateStreaming } = WebAssembly;
    // Pyodide would only log a failure to instantiate, and wait for ever.
    /** @type {(error: unknown) => void} */
    let fail = () => {};
    /** @type {Promise<never>} */
    const failed = new Promise((_, reject) => {
        fail = reject;
    });
    /** @type {(source: any, imports: any) => Promise<any>} */
    const instantiateEngine = async (source, imports) => {
        // Pyodide also makes two tiny modules of its own, which import no memory.
        if (!imports?.env?.memory) return instantiate(source, imports);
        try {
            const instance = await instantiate(engine, imports);
            const { __wasm_apply_data_relocs: relocate } = instance.exports;
            // Static data is complete once its addresses are filled in. Filling them in twice, as
            // Pyodide will, changes nothing.
            /** @type {() => void} */ (relocate)();
            onMemory(new Uint32Array(imports.env.memory.buffer));
            return { instance, module: engine };
        } catch (error) {
            fail(error);
            throw error;
        }
    };
    try {
        globalThis.fetch = async (input, init) => {
            const { pathname } = new URL(input instanceof Request ? input.url : input);
            const name = pathname.slice(pathname.lastIndexOf("/") + 1);
            return name === ENGINE ? new Response() : answerFetch(name, () => fetch(input, init));
        };
        WebAssembly.instantiate = instantiateEngine;
        WebAssembly.instantiateStreaming = instantiateEngine;
        return await Promise.race([failed, run()]);
    } finally {
        globalThis.fetch = fetch;
        WebAssembly.instantiate = instantiate;
        WebAssembly.instantiateStreaming = instantiateStreaming;
    }
}

/**
 * Complete a snapshot. Most of Python's static data never changes and is in the engine as well, so
 * the snapshot holds it XORed with the engine's: nearly all zeros, which weigh nothing on the way.
 * The operation is its own inverse; the build uses this same function.
 *
 * @param {Uint8Array<ArrayBuffer>} snapshot As Pyodide makes it; changed in place.
 * @param {Uint32Array} data The engine's static data, before Python ran.
 * @param {number} [expected] Its checksum when the snapshot was made.
 */
export function overlay(snapshot, data, expected = checksum(data)) {
    if (checksum(data) !== expected) throw new BrokenFile(ENGINE, "is not the snapshot’s");
    // Pyodide's second word says where the memory begins, after a head of its own.
    const [, start] = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 2);
    const words = new Uint32Array(snapshot.buffer, snapshot.byteOffset + start, data.length);
    for (let index = 0; index < data.length; index += 1) words[index] ^= data[index];
}

/**
 * FNV-1a over words: enough to tell one build of the engine from another.
 *
 * @param {Uint32Array} data
 */
export function checksum(data) {
    let sum = 0x811c9dc5;
    for (let index = 0; index < data.length; index += 1) {
        sum = Math.imul(sum ^ data[index], 0x01000193);
    }
    return sum >>> 0;
}

/**
 * Tell a restored Python how this browser counts a function's arguments. CPython notes the place of
 * a helper function when it starts; the snapshot holds none, since the place depends on the
 * browser, and on an iPhone there is no such helper. The module's fields are Emscripten's names.
 *
 * @param {Pyodide} pyodide
 */
function countArguments(pyodide) {
    const { _module: module } = /** @type {any} */ (pyodide);
    const place = argumentCounter(module);
    module.HEAP32[place] = module._PyEM_CountArgsPtr;
}

/**
 * Where Python keeps the place of that helper, as an index of 32-bit words.
 *
 * @param {any} module
 * @returns {number}
 */
export function argumentCounter(module) {
    const offset = module.HEAP32[module.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET >>> 2];
    return (module.__PyRuntime + offset) >>> 2;
}
