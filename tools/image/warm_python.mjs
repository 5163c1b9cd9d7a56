// @ts-check
/**
 * Start Python, let the calculators answer, throw out what no answer needs, and take the memory.
 */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { TABLE_BASE, copyText, instantiate } from "./engine.mjs";
import { Files } from "./files.mjs";
import { PLACE } from "./host_module.mjs";
import * as wasm from "./wasm_binary.mjs";

/**
 * @typedef {import("./engine.mjs").Layout} Layout
 * @typedef {import("./engine.mjs").Engine} Engine
 *
 * @typedef {object} Image
 * @property {Uint8Array} memory All of it, from address 0.
 * @property {number} answer The Python function that answers a scenario: where its object lies.
 * @property {number} examine The one that the build examines the image with.
 */

const LIBRARY = "/library.zip";
const PACKAGES = "/packages";

/** What CPython allows (`Py_C_RECURSION_LIMIT`), what the image allows, and how far to look for it. */
const [C_NESTING, NESTING, THREAD_STATE] = [10_000, 250, 128];

/** Blocks of freed memory: the largest to ask for, the largest that stays in use, and in which steps their sizes differ. */
const [LARGEST, SMALL, STEP] = [2 ** 16, 2 ** 11, 8];

/** Where the size and the code of an entry are in CPython's table of frozen modules, `struct _frozen`. */
const FROZEN = Object.freeze({ size: 16, code: 4, length: 8 });

/** What a marshalled code object begins with: its type, marked as one that may be referred to. */
const MARSHALLED_CODE = 0x63 | 0x80;

/** `Py_file_input`: a sequence of statements. */
const FILE_INPUT = 257;

/**
 * @param {object} options
 * @param {Uint8Array} options.binary
 * @param {Layout} options.layout
 * @param {Uint8Array} options.library The slim library, a zip file.
 * @param {string} options.packages The folder of the unpacked wheel.
 * @param {{ cleaner: string, entry: string }} options.programs Python sources: what makes the memory
 *   fit for an image, and the functions through which the image is called.
 * @param {string[]} options.scenarios Answered before the memory is taken.
 * @returns {Promise<Image>}
 */
export async function warmPython({ binary, layout, library, packages, programs, scenarios }) {
    const files = new Files();
    files.add(LIBRARY, library);
    addFolder(files, packages, PACKAGES);
    const engine = await instantiate(binary, layout, files, {
        PYTHONHOME: "/",
        PYTHONPATH: `${LIBRARY}:${PACKAGES}`,
        // Modules that are frozen into the engine come with docstrings; the slim library has them without.
        PYTHON_FROZEN_MODULES: "off",
        // Sets then have the same order in every build and for every reader.
        PYTHONHASHSEED: "0",
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUNBUFFERED: "1",
    });
    const { functions, memory, address } = engine;
    word(engine, address("Py_NoSiteFlag"), 1);
    functions.Py_InitializeEx(0);

    const cleaner = run(engine, programs.cleaner);
    call(engine, cleaner, "load", scenarios);
    const entry = run(engine, programs.entry);
    call(engine, cleaner, "clean", scenarios);
    // What stands where something is left out would hold on to the program that put it there.
    functions.PyDict_Clear(cleaner);
    functions.Py_DecRef(cleaner);
    // The names of that program are gone; so should be what only they held.
    functions.PyGC_Collect();
    functions.PyGC_Collect();
    const image = { answer: find(engine, entry, "answer"), examine: find(engine, entry, "examine") };

    const arities = functions.malloc(layout.slots);
    zeroFreedMemory(engine, layout);
    new Int8Array(memory.buffer).set(aritiesOfSlots(binary, layout), arities);
    // Where Python keeps the slot of the function that tells arities; see host_module.mjs.
    word(engine, address("_PyRuntime") + word(engine, address("_PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET")), layout.slots);
    limitNesting(engine);
    word(engine, PLACE.entry, image.answer);
    word(engine, PLACE.arities, arities);
    leaveOutFrozenModules(engine);
    if (functions.emscripten_stack_get_current() !== layout.stackTop) {
        throw new Error("Python has not given back all of its stack.");
    }
    return { ...image, memory: new Uint8Array(memory.buffer.slice(0)) };
}

/**
 * @param {Files} files
 * @param {string} from
 * @param {string} to
 */
function addFolder(files, from, to) {
    for (const entry of readdirSync(from, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
        if (entry.isDirectory()) addFolder(files, source, target);
        else files.add(target, readFileSync(source));
    }
}

/**
 * @param {Engine} engine
 * @param {number} at
 * @param {number} [value]
 * @returns {number} What stands there.
 */
function word({ memory }, at, value) {
    const view = new DataView(memory.buffer);
    if (value !== undefined) view.setInt32(at, value, true);
    return view.getInt32(at, true);
}

/**
 * @param {Engine} engine
 * @param {string} program
 * @returns {number} The dictionary of what it defines.
 */
function run(engine, program) {
    const { functions } = engine;
    const names = functions.PyDict_New();
    const builtins = copyText(engine, "__builtins__");
    check(engine, functions.PyDict_SetItemString(names, builtins, functions.PyEval_GetBuiltins()) === 0);
    functions.free(builtins);
    const source = copyText(engine, program);
    const done = functions.PyRun_StringFlags(source, FILE_INPUT, names, names, 0);
    check(engine, done !== 0);
    functions.Py_DecRef(done);
    functions.free(source);
    return names;
}

/**
 * @param {Engine} engine
 * @param {number} names
 * @param {string} name Of a function of one list of strings.
 * @param {string[]} texts
 */
function call(engine, names, name, texts) {
    const { functions } = engine;
    const list = functions.PyList_New(0);
    for (const each of texts) {
        const at = copyText(engine, each);
        const string = functions.PyUnicode_FromString(at);
        check(engine, functions.PyList_Append(list, string) === 0);
        functions.Py_DecRef(string);
        functions.free(at);
    }
    const done = functions.PyObject_CallOneArg(find(engine, names, name), list);
    check(engine, done !== 0);
    functions.Py_DecRef(done);
    functions.Py_DecRef(list);
}

/**
 * @param {Engine} engine
 * @param {number} names
 * @param {string} name
 * @returns {number} Borrowed.
 */
function find(engine, names, name) {
    const at = copyText(engine, name);
    const found = engine.functions.PyDict_GetItemString(names, at);
    engine.functions.free(at);
    check(engine, found !== 0);
    return found;
}

/**
 * @param {Engine} engine
 * @param {boolean} worked
 */
function check({ functions }, worked) {
    if (worked) return;
    functions.PyErr_Print();
    throw new Error("Python failed while the image was made; its traceback is above.");
}

/**
 * Overwrite with zeros what Python has freed, and the dead part of the stack. The freed blocks are
 * found in the one way that cannot be wrong: ask the allocator for memory until it has to take
 * more from the system, overwrite what it gives, and hand it back.
 *
 * Only the large blocks go back. In each free block the allocator notes which others are free, and in the twenty
 * thousand small ones between what is alive these notes weigh more than all else that is known of them. So those stay
 * in use, by nobody: a few megabytes of a reader's memory in which nothing is written.
 *
 * @param {Engine} engine
 * @param {Layout} layout
 */
function zeroFreedMemory(engine, { stackEnd }) {
    const { functions, memory } = engine;
    const take = (/** @type {number} */ size) => {
        const block = functions.PyMem_RawMalloc(size);
        if (block === 0) throw new Error("The engine has no memory left.");
        new Uint8Array(memory.buffer).fill(0, block, block + size);
        return block;
    };
    const large = [];
    for (let size = LARGEST; size > SMALL; size = Math.floor(size * 0.75)) {
        const top = functions.sbrk(0);
        while (functions.sbrk(0) === top) large.push(take(size));
    }
    // Nothing larger is free now but above this.
    const above = Math.max(...large);
    for (let size = SMALL; size > 0; size -= STEP) {
        let block = take(size);
        while (block < above) block = take(size);
        functions.PyMem_RawFree(block);
    }
    for (const block of large) functions.PyMem_RawFree(block);
    new Uint8Array(memory.buffer).fill(0, stackEnd, functions.emscripten_stack_get_current());
}

/**
 * How many arguments the C function in each slot of the table takes, or -1 for one that is no method:
 * what Pyodide's JavaScript asks the browser, and what is known as soon as the module is.
 *
 * @param {Uint8Array} binary
 * @param {Layout} layout
 */
function aritiesOfSlots(binary, { slots }) {
    const parts = wasm.sections(binary);
    const types = wasm.types(parts);
    const ofFunction = wasm.functionTypes(parts);
    const arities = new Int8Array(slots).fill(-1);
    for (const [slot, index] of wasm.slots(parts, TABLE_BASE)) {
        const { parameters, results } = types[ofFunction[index]];
        const isMethod = [...parameters, ...results].every((type) => wasm.VALUE_TYPE[type] === "i32");
        if (isMethod && results.length === 1 && parameters.length <= 3) arities[slot] = parameters.length;
    }
    return arities;
}

/**
 * Let Python raise a RecursionError before the browser runs out of room for calls inside each other.
 *
 * CPython counts how deep its C functions are nested, from a limit that suits a desktop's stack and is
 * compiled in; a browser's worker holds fewer. What is left of the count stands in the thread's state
 * beside two numbers that sys.getrecursionlimit() says.
 *
 * @param {Engine} engine
 */
function limitNesting(engine) {
    const { functions } = engine;
    const frames = functions.Py_GetRecursionLimit();
    const thread = functions.PyThreadState_Get();
    const found = [];
    for (let at = thread; at < thread + THREAD_STATE; at += 4) {
        const [remaining, limit, nesting] = [0, 4, 8].map((offset) => word(engine, at + offset));
        if (remaining === frames && limit === frames && nesting === C_NESTING) found.push(at + 8);
    }
    if (found.length !== 1) throw new Error("Python's thread state does not count nested calls where it was expected.");
    word(engine, found[0], NESTING);
}

/**
 * The engine brings the code of some modules along, of which Python has made modules by now, or the
 * slim library's took their place. Its table says exactly where that code lies. Without it, Python
 * says of such a module that it is left out.
 *
 * @param {Engine} engine
 */
function leaveOutFrozenModules(engine) {
    const { memory, address } = engine;
    for (const table of ["_PyImport_FrozenBootstrap", "_PyImport_FrozenStdlib", "_PyImport_FrozenTest"]) {
        let count = 0;
        for (let entry = word(engine, address(table)); word(engine, entry) !== 0; entry += FROZEN.size) {
            const code = word(engine, entry + FROZEN.code);
            const size = Math.abs(word(engine, entry + FROZEN.length));
            const first = new Uint8Array(memory.buffer)[code];
            // Zero: some modules are listed under two names.
            if (code !== 0 && first !== MARSHALLED_CODE && first !== 0) {
                throw new Error(`${table} does not list code where it was expected.`);
            }
            new Uint8Array(memory.buffer).fill(0, code, code + size);
            word(engine, entry + FROZEN.code, 0);
            word(engine, entry + FROZEN.length, 0);
            count += 1;
        }
        if (count === 0) throw new Error(`${table} lists no modules.`);
    }
}
