// @ts-check
/**
 * CPython alone, started in Node from the WebAssembly module of the `pyodide` package.
 *
 * None of Pyodide's JavaScript runs, and none of the C code that talks to it: the module exports all
 * of CPython's C interface, and that is enough to start an interpreter. It is given a few files and
 * a clock that stands still, so that equal inputs leave equal memory behind.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { putDate } from "../../docs/assets/javascripts/worker.js";
import { ERROR } from "./files.mjs";
import * as wasm from "./wasm_binary.mjs";

/**
 * @typedef {import("./files.mjs").Files} Files
 *
 * @typedef {object} Layout Where things lie in the memory of this build of Pyodide.
 * @property {number} dataStart Static data begins here; below it there is nothing.
 * @property {number} stackEnd The stack begins above and grows down to here, where static data ends.
 * @property {number} stackTop The heap begins here.
 * @property {number} slots The table's size.
 *
 * @typedef {object} Engine
 * @property {Record<string, (...values: any[]) => any>} functions
 * @property {(name: string) => number} address Of an exported variable.
 * @property {WebAssembly.Memory} memory
 */

/** What the table begins with: slot 0 stays empty, so that a null pointer to a function traps. */
export const TABLE_BASE = 1;

export const WASM_PAGE = 65_536;

/**
 * Read the module, and what Pyodide's JavaScript knows about its memory.
 *
 * The numbers are found in one way and compared with what another part of the package says.
 *
 * @param {string} folder The `pyodide` package.
 */
export function readEngine(folder) {
    const binary = new Uint8Array(readFileSync(join(folder, "pyodide.asm.wasm")));
    const script = readFileSync(join(folder, "pyodide.asm.js"), "utf8");
    const number = (/** @type {RegExp} */ pattern) => {
        const found = [...script.matchAll(pattern)].map((match) => Number(match[1]));
        if (found.length === 0 || found.some((each) => each !== found[0])) {
            throw new Error(`pyodide.asm.js should say one number for ${pattern}, and says ${found.join(", ") || "none"}.`);
        }
        return found[0];
    };
    const layout = {
        dataStart: number(/___memory_base=new WebAssembly\.Global\(\{value:"i32",mutable:false\},(\d+)\)/g),
        stackEnd: number(/___stack_low=(\d+)/g),
        stackTop: number(/___stack_pointer=new WebAssembly\.Global\(\{value:"i32",mutable:true\},(\d+)\)/g),
        slots: number(/wasmTable=new WebAssembly\.Table\(\{initial:(\d+)/g),
    };
    const { memorySize, tableSize } = dynamicLinking(binary);
    const agree =
        layout.stackTop === number(/___stack_high=(\d+)/g) &&
        layout.stackTop === number(/___heap_base=(\d+)/g) &&
        layout.stackEnd >= layout.dataStart + memorySize &&
        layout.stackEnd < layout.dataStart + memorySize + 32 &&
        layout.slots === TABLE_BASE + tableSize;
    if (!agree) {
        throw new Error(
            `pyodide.asm.js and pyodide.asm.wasm disagree about the memory: ${JSON.stringify({ ...layout, memorySize, tableSize })}.`,
        );
    }
    return { binary, layout };
}

/**
 * What the module says of itself in its section for dynamic linking.
 *
 * @param {Uint8Array} binary
 */
function dynamicLinking(binary) {
    for (const { id, body } of wasm.sections(binary)) {
        const reader = new wasm.Reader(body);
        if (id !== wasm.SECTION.custom || reader.name() !== "dylink.0") continue;
        // Subsection 1 begins with the size of static data, its alignment, and the number of slots.
        if (reader.byte() !== 1) break;
        reader.unsigned();
        const memorySize = reader.unsigned();
        reader.unsigned();
        return { memorySize, tableSize: reader.unsigned() };
    }
    throw new Error("pyodide.asm.wasm is not a module for dynamic linking any more.");
}

/**
 * Instantiate the module and bring its static data into its final form. Python does not run yet.
 *
 * @param {Uint8Array} binary
 * @param {Layout} layout
 * @param {Files} files
 * @param {Record<string, string>} environment
 * @returns {Promise<Engine>}
 */
export async function instantiate(binary, layout, files, environment) {
    const parts = wasm.sections(binary);
    const module = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (binary));
    const asked = wasm.imports(parts);
    const pages = asked.find(({ kind }) => kind === "memory")?.minimum ?? 0;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: WASM_PAGE });
    const table = new WebAssembly.Table({ initial: layout.slots, element: "anyfunc" });
    const view = () => new DataView(/** @type {ArrayBuffer} */ (memory.buffer));
    /** @type {Record<string, any>} */
    const given = {
        memory,
        __indirect_function_table: table,
        __memory_base: layout.dataStart,
        __table_base: TABLE_BASE,
        __heap_base: layout.stackTop,
        __stack_high: layout.stackTop,
        __stack_low: layout.stackEnd,
        __stack_pointer: layout.stackTop,
        ...files.calls(view),
        ...environmentCalls(view, environment),
        ...stillCalls(memory),
        fd_write: (/** @type {number[]} */ ...values) => print(view(), values),
        emscripten_resize_heap: (/** @type {number} */ size) => {
            memory.grow(Math.ceil((size - memory.buffer.byteLength) / WASM_PAGE));
            return 1;
        },
        // How Python calls a C function that takes fewer arguments than it is given; as JavaScript
        // does not mind, this serves until the image has its own way. See host_module.mjs.
        _PyEM_InitTrampoline_js: () => {},
        _PyEM_GetCountArgsPtr: () => 0,
        // A map that a constructor of Pyodide's makes for its own use; it is never started.
        __hiwire_deduplicate_new: () => null,
        _PyEM_TrampolineCall_JS: (/** @type {number} */ slot, /** @type {number[]} */ ...values) =>
            table.get(slot)(...values),
    };
    /** @type {Record<string, Record<string, any>>} */
    const imports = {};
    for (const { module: from, name, kind, type, mutable } of asked) {
        imports[from] ??= {};
        if (kind === "global") {
            const value = wasm.VALUE_TYPE[type];
            imports[from][name] = new WebAssembly.Global({ value: /** @type {any} */ (value), mutable }, given[name] ?? 0);
        } else if (kind === "tag") {
            imports[from][name] = new /** @type {any} */ (WebAssembly).Tag({ parameters: ["i32"] });
        } else {
            imports[from][name] = given[name] ?? (() => missing(name));
        }
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    const functions = /** @type {Engine["functions"]} */ (/** @type {unknown} */ (exports));
    functions.__wasm_apply_data_relocs();
    functions.__wasm_call_ctors();
    return {
        functions,
        memory,
        address: (name) => {
            const found = /** @type {any} */ (exports)[name];
            if (!(found instanceof WebAssembly.Global)) throw new Error(`pyodide.asm.wasm does not export ${name}.`);
            return layout.dataStart + found.value;
        },
    };
}

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
    throw new Error(`While the image was made, Python called ${name}, which tools/image/engine.mjs does not have.`);
}

/**
 * @param {() => DataView<ArrayBuffer>} view
 * @param {Record<string, string>} environment
 */
function environmentCalls(view, environment) {
    const lines = Object.entries(environment).map(([name, value]) => new TextEncoder().encode(`${name}=${value}\0`));
    return {
        environ_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => {
            view().setUint32(count, lines.length, true);
            view().setUint32(size, lines.reduce((sum, { length }) => sum + length, 0), true);
            return 0;
        },
        environ_get: (/** @type {number} */ pointers, /** @type {number} */ at) => {
            for (const [index, line] of lines.entries()) {
                view().setUint32(pointers + 4 * index, at, true);
                new Uint8Array(view().buffer, at, line.length).set(line);
                at += line.length;
            }
            return 0;
        },
    };
}

/**
 * A clock that shows zero, and random numbers that are none. No answer depends on either.
 *
 * @param {WebAssembly.Memory} memory
 */
function stillCalls(memory) {
    const view = () => new DataView(/** @type {ArrayBuffer} */ (memory.buffer));
    const calendar = (/** @type {bigint} */ time, /** @type {number} */ at) => putDate(memory, Number(time), at);
    const zero = (/** @type {number} */ at) => {
        view().setBigInt64(at, 0n, true);
        return 0;
    };
    return {
        clock_time_get: (/** @type {number} */ _clock, /** @type {bigint} */ _precision, /** @type {number} */ at) => zero(at),
        clock_res_get: (/** @type {number} */ _clock, /** @type {number} */ at) => zero(at),
        emscripten_get_now: () => 0,
        emscripten_date_now: () => 0,
        random_get: (/** @type {number} */ at, /** @type {number} */ size) => {
            new Uint8Array(view().buffer, at, size).fill(0);
            return 0;
        },
        _tzset_js: () => {},
        _localtime_js: calendar,
        _gmtime_js: calendar,
        _emscripten_get_progname: () => {},
        emscripten_get_heap_max: () => WASM_PAGE * WASM_PAGE,
        _Py_emscripten_runtime: () => 0,
        _Py_CheckEmscriptenSignals_Helper: () => 0,
        __syscall_faccessat: () => -ERROR.noFile,
    };
}

/**
 * @param {DataView<ArrayBuffer>} memory
 * @param {number[]} values
 */
function print(memory, [descriptor, parts, count, written]) {
    let size = 0;
    for (let part = parts; part < parts + 8 * count; part += 8) {
        const [at, length] = [memory.getUint32(part, true), memory.getUint32(part + 4, true)];
        const stream = descriptor === 1 ? process.stdout : process.stderr;
        stream.write(new Uint8Array(memory.buffer, at, length).slice());
        size += length;
    }
    memory.setUint32(written, size, true);
    return 0;
}

/**
 * @param {Engine} engine
 * @param {string} text
 * @returns {number} The address of a copy in Python's memory, which its caller frees.
 */
export function copyText({ functions, memory }, text) {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const at = functions.malloc(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    return at;
}
