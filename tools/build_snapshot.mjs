// @ts-check
/**
 * Make the memory snapshot that Python starts from in a reader's browser.
 *
 *     node tools/build_snapshot.mjs
 *
 * Run after tools/build_wheel.py. Starts the pinned Pyodide here, imports the calculators, lets them
 * answer, throws out what no answer needs, and writes the memory to docs/assets/python/ as
 * snapshot.bin.gz, with runtime.json beside it. Then starts Python from that file as a browser would
 * and compares its answers with CPython's: a snapshot that answers otherwise is not kept. Does
 * nothing when its inputs are those of the last time. `--sizes` only measures what each step saves.
 */

import { spawnSync } from "node:child_process";
import crypto, { createHash } from "node:crypto";
import { readFileSync, writeFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";

import { argumentCounter, checksum, overlay, startFromSnapshot } from "../docs/assets/javascripts/python.js";

const ROOT = resolve(import.meta.dirname, "..");
const PYODIDE = join(ROOT, "node_modules", "pyodide");

/** Answered before the snapshot is taken, and compared with CPython's answers afterwards. */
const SCENARIOS = [
    "cost-comparison?",
    "cost-comparison?requests_per_month=1234567",
    "cost-comparison?requests_per_month=5e4&no_such_name=1",
    "cost-comparison?requests_per_month=plenty",
    "proof?",
];

/** Where Pyodide's own part of a snapshot begins in ours: after four words. See python.js. */
const MARK = 0x31545446;
const HEAD = 16;

/** The Python that the slim library is compiled for, and whose stack and heap are cleaned below. */
const VERSION = "0.29.5";

const { values } = parseArgs({
    options: {
        output: { type: "string", default: ROOT },
        python: { type: "string", default: join(ROOT, ".venv", "bin", "python") },
        project: { type: "string", default: ROOT },
        // Only measure after each step. Measuring leaves traces in the memory, so nothing is written.
        sizes: { type: "boolean", default: false },
    },
});
const SERVED = join(values.output, "docs", "assets", "python");
const MADE = join(values.output, "build", "runtime");
const SNAPSHOT = join(SERVED, "snapshot.bin.gz");
const RUNTIME = join(SERVED, "runtime.json");

/** What most static hosts compress by themselves. */
const HOST_COMPRESSES = /\.(mjs|js|json|wasm)$/;

/** @param {Uint8Array | string} content */
function sha256(content) {
    return createHash("sha256").update(content).digest("hex");
}

/** @param {string} problem */
function stop(problem) {
    console.error(`runtime: ${problem}`);
    process.exit(1);
}

/** The files a snapshot depends on. */
function inputs() {
    const sources = [
        import.meta.filename,
        join(import.meta.dirname, "snapshot_memory.py"),
        join(ROOT, "docs", "assets", "javascripts", "python.js"),
        join(MADE, "library.zip"),
        join(PYODIDE, "pyodide.asm.wasm"),
        join(PYODIDE, "pyodide.asm.js"),
        join(SERVED, "pyodide-lock.json"), // It names the wheel's hash.
    ];
    const missing = sources.find((path) => !existsSync(path));
    if (missing) stop(`${missing} is missing. Run tools/build_wheel.py first.`);
    return sha256(sources.map((path) => sha256(readFileSync(path))).join());
}

/**
 * Let every build see the same clock and the same random numbers, so that equal inputs give an equal
 * snapshot: a reader's browser then keeps the one it has. No answer depends on either.
 */
function standStill() {
    Date.now = () => 0;
    performance.now = () => 0;
    crypto.randomFillSync = /** @type {any} */ ((/** @type {Uint8Array} */ view) => view.fill(0));
    syncBuiltinESMExports();
}

/**
 * Start Pyodide to take a snapshot of it, with the slim library and the unpacked wheel.
 *
 * @returns {Promise<{ pyodide: any, data: Uint32Array }>} Also the engine's untouched static data.
 */
async function startPyodide() {
    standStill();
    const { loadPyodide, version } = await import(join(PYODIDE, "pyodide.mjs"));
    if (version !== VERSION) {
        stop(`this snapshot is made for Pyodide ${VERSION}, and ${version} is installed. Read its notes`
            + ` on snapshots, then change VERSION in tools/build_snapshot.mjs.`);
    }
    const { instantiate } = WebAssembly;
    /** @type {Uint32Array | undefined} */
    let memory;
    WebAssembly.instantiate = /** @type {any} */ (
        async (/** @type {any} */ source, /** @type {any} */ imports) => {
            const made = /** @type {any} */ (await instantiate(source, imports));
            if (imports?.env?.memory) {
                made.instance.exports.__wasm_apply_data_relocs();
                memory = new Uint32Array(imports.env.memory.buffer.slice(0));
            }
            return made;
        }
    );
    const pyodide = await loadPyodide({
        _makeSnapshot: true,
        indexURL: PYODIDE,
        stdLibURL: join(MADE, "library.zip"),
        lockFileContents: JSON.parse(readFileSync(join(SERVED, "pyodide-lock.json"), "utf8")),
        packageBaseUrl: SERVED,
        // Modules that are frozen into the engine come with docstrings; the slim library has them without.
        args: ["-X", "frozen_modules=off"],
        // Else the snapshot would tell every reader where it was built.
        _sysExecutable: "/python",
        // Sets then have the same order in every build and for every reader.
        env: { PYTHONHASHSEED: "0", HOME: "/" },
        fsInit: (/** @type {any} */ FS, /** @type {{ sitePackages: string }} */ { sitePackages }) => {
            copyFolder(FS, join(MADE, "site-packages"), sitePackages);
        },
    });
    WebAssembly.instantiate = instantiate;
    if (!memory) throw new Error("Pyodide did not instantiate its engine as expected.");
    // Above static data lies the stack, which grows down to it.
    const staticEnd = pyodide._module._emscripten_stack_get_end();
    if (memory.subarray(staticEnd / 4).some((word) => word !== 0)) {
        throw new Error("Pyodide's static data does not end where the stack does.");
    }
    return { pyodide, data: memory.subarray(0, staticEnd / 4) };
}

/**
 * @param {any} FS Emscripten's file system, which is not part of a snapshot.
 * @param {string} from
 * @param {string} to
 */
function copyFolder(FS, from, to) {
    FS.mkdirTree(to);
    for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
        if (entry.isDirectory()) copyFolder(FS, source, target);
        else FS.writeFile(target, readFileSync(source));
    }
}

/**
 * Overwrite with zeros what Python has freed, and the dead part of the stack. The freed blocks are
 * found in the one way that cannot be wrong: ask the allocator for memory until it has to take
 * more from the system, overwrite what it gives, and hand it all back.
 *
 * @param {any} module Pyodide's Emscripten module.
 */
function zeroFreedMemory(module) {
    const small = { allocate: module._PyObject_Malloc, free: module._PyObject_Free };
    const large = { allocate: module._PyMem_RawMalloc, free: module._PyMem_RawFree };
    // pymalloc serves sizes up to 512 in steps of 16; malloc serves the rest.
    for (let size = 512; size >= 16; size -= 16) exhaust(module, small, [size]);
    const sizes = [];
    for (let size = 2 ** 16; size >= 12; size = Math.floor(size * 0.75)) sizes.push(size);
    exhaust(module, large, sizes);
    module.HEAPU8.fill(0, module._emscripten_stack_get_end(), module._emscripten_stack_get_current());
}

/**
 * @param {any} module
 * @param {{ allocate: (size: number) => number, free: (block: number) => void }} allocator
 * @param {number[]} sizes
 */
function exhaust(module, { allocate, free }, sizes) {
    const blocks = [];
    for (const size of sizes) {
        const top = module._sbrk(0);
        while (module._sbrk(0) === top) {
            const block = allocate(size);
            module.HEAPU8.fill(0, block, block + size);
            blocks.push(block);
        }
    }
    blocks.forEach(free);
}

/**
 * Take the snapshot, in the form that python.js restores.
 *
 * @param {any} pyodide
 * @param {Uint32Array} data The engine's static data.
 * @param {boolean} whole Leave the static data as it is, to see what overlaying it saves.
 */
function takeSnapshot(pyodide, data, whole = false) {
    const snapshot = pyodide.makeMemorySnapshot();
    if (!whole) overlay(snapshot, data);
    // The zeros after the last object need not travel.
    const end = snapshot.findLastIndex((/** @type {number} */ byte) => byte !== 0) + 1;
    const inflated = new Uint8Array(HEAD + end);
    new Uint32Array(inflated.buffer, 0, HEAD / 4).set([MARK, data.byteLength, checksum(data), 0]);
    inflated.set(snapshot.subarray(0, end), HEAD);
    return { inflated, room: HEAD + snapshot.length };
}

/**
 * Start Python from the snapshot in the way a browser does, with no file at hand, and compare.
 *
 * @param {Uint8Array} packed
 * @param {number} room
 */
async function check(packed, room) {
    const expected = answersOfCPython();
    const memory = new ArrayBuffer(room);
    new Uint8Array(memory).set(gunzipSync(packed));
    const { loadPyodide } = await import(join(PYODIDE, "pyodide.mjs"));
    const engine = await WebAssembly.compile(readFileSync(join(PYODIDE, "pyodide.asm.wasm")));
    const parts = { engine: Promise.resolve(engine), memory: Promise.resolve(memory) };
    const answer = await startFromSnapshot(loadPyodide, parts, PYODIDE);
    for (const [index, scenario] of SCENARIOS.entries()) {
        if (answer(scenario) !== expected[index]) {
            writeFileSync(join(MADE, "cpython.json"), expected[index]);
            writeFileSync(join(MADE, "snapshot.json"), answer(scenario));
            throw new Error(
                `a snapshot answers ${scenario} otherwise than CPython. Both answers are in ${MADE}.`,
            );
        }
    }
}

/** @returns {string[]} */
function answersOfCPython() {
    const program =
        "import json, sys; from calculators.browser import answer;" +
        " json.dump([answer(scenario) for scenario in json.load(sys.stdin)], sys.stdout)";
    const { status, stdout, stderr } = spawnSync(values.python, ["-c", program], {
        cwd: values.project,
        input: JSON.stringify(SCENARIOS),
        encoding: "utf8",
        maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`${values.python} could not answer:\n${stderr}`);
    return JSON.parse(stdout);
}
/**
 * @param {string} step
 * @param {any} pyodide
 * @param {Uint32Array} data
 */
function report(step, pyodide, data) {
    const { inflated } = takeSnapshot(pyodide, data, true);
    const overlaid = takeSnapshot(pyodide, data).inflated;
    const kilobytes = (/** @type {Uint8Array} */ bytes) =>
        (gzipSync(bytes, { level: 9 }).length / 1000).toFixed(0).padStart(6);
    const modules = pyodide.runPython("import sys; len(sys.modules)");
    console.log(
        `runtime: ${step.padEnd(32)}${String(modules).padStart(4)} modules` +
            `${(inflated.length / 1e6).toFixed(2).padStart(8)} MB${kilobytes(inflated)} kB gzipped` +
            `${kilobytes(overlaid)} kB overlaid`,
    );
}

async function build() {
    const stamp = join(MADE, "snapshot.stamp");
    const from = inputs();
    const made = [SNAPSHOT, RUNTIME].every((path) => existsSync(path));
    if (!values.sizes && made && existsSync(stamp) && readFileSync(stamp, "ascii") === from) {
        console.log("runtime: the snapshot is up to date");
        return;
    }
    console.log("runtime: making the memory snapshot");

    const { pyodide, data } = await startPyodide();
    if (values.sizes) report("started with the slim library", pyodide, data);
    const program = readFileSync(join(import.meta.dirname, "snapshot_memory.py"), "utf8");
    const names = pyodide.toPy({});
    const scenarios = pyodide.toPy(SCENARIOS);
    pyodide.globals.get("exec")(program, names);
    names.get("load")(scenarios);
    if (values.sizes) report("the calculators have answered", pyodide, data);
    names.get("clean")(scenarios);
    scenarios.destroy();
    names.destroy();
    if (values.sizes) report("what no answer needs is out", pyodide, data);
    zeroFreedMemory(pyodide._module);
    // The place depends on the browser; python.js fills it in. Until then Python goes a longer way.
    pyodide._module.HEAP32[argumentCounter(pyodide._module)] = 0;
    if (values.sizes) {
        report("freed memory is zeros", pyodide, data);
        return;
    }

    const { inflated, room } = takeSnapshot(pyodide, data);
    const packed = gzipSync(inflated, { level: 9 });
    await check(packed, room);

    // From here until the stamp is written, what lies there belongs to no stamp.
    rmSync(stamp, { force: true });
    writeFileSync(SNAPSHOT, packed);
    writeFileSync(RUNTIME, JSON.stringify(facts(inflated, room), null, 2) + "\n");
    writeFileSync(stamp, from, "ascii");
    console.log(
        `runtime: snapshot of ${(packed.length / 1e6).toFixed(2)} MB, its answers are CPython's`,
    );
}

/**
 * What python.js wants to know about the files.
 *
 * @param {Uint8Array} inflated The snapshot.
 * @param {number} room
 */
function facts(inflated, room) {
    /** @type {Record<string, object>} */
    const files = {};
    for (const name of readdirSync(SERVED).filter((each) => each !== "runtime.json").sort()) {
        const content = readFileSync(join(SERVED, name));
        const compressed = HOST_COMPRESSES.test(name) ? gzipSync(content, { level: 9 }) : content;
        files[name] = {
            bytes: content.length,
            transferred: compressed.length,
            sha256: sha256(content),
        };
    }
    Object.assign(files["snapshot.bin.gz"], {
        inflated: { bytes: inflated.length, sha256: sha256(inflated), room },
    });
    return { pyodide: VERSION, files };
}

try {
    await build();
} catch (error) {
    stop(/** @type {Error} */ (error).message);
}
