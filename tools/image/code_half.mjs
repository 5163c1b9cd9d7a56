// @ts-check
/**
 * The image's code: CPython's module without what only serves to start it, joined with the host module.
 */

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { TABLE_BASE } from "./engine.mjs";
import { hostModule, hostName } from "./host_module.mjs";
import * as wasm from "./wasm_binary.mjs";

/** @typedef {import("./engine.mjs").Layout} Layout */

/** What the page uses of the image. */
export const EXPORTS = ["memory", "reserve", "answer", "size", "ensure"];

/** The number of `memory.fill` among the operators for whole stretches of memory. */
const MEMORY_FILL = 11;

/** What CPython is compiled with; binaryen is told, so that it neither refuses nor adds a feature. */
const FEATURES = [
    "bulk-memory",
    "sign-ext",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "exception-handling",
    "multivalue",
].map((name) => `--enable-${name}`);

/**
 * @param {Uint8Array} binary CPython's module.
 * @param {Layout} layout
 * @param {string} binaryen The folder of its programs.
 */
export async function joinWithHost(binary, layout, binaryen) {
    const engine = wasm.sections(binary);
    const { source, missing } = hostModule(engine, layout);
    return inFolder(async (path) => {
        writeFileSync(path("python.wasm"), withoutStart(engine, layout));
        writeFileSync(path("host.wat"), source);
        const run = (/** @type {string} */ program, /** @type {string[]} */ options) =>
            promisify(execFile)(process.execPath, [join(binaryen, program), ...options, ...FEATURES]);
        await run("wasm-as", [path("host.wat"), "-o", path("host.wasm")]);
        await run("wasm-merge", [path("host.wasm"), "host", path("python.wasm"), "python", "-o", path("joined.wasm")]);
        return { joined: withExports(readFileSync(path("joined.wasm")), EXPORTS), missing };
    });
}

/**
 * @param {Uint8Array} binary
 * @param {string[]} passes
 * @param {string} binaryen
 * @returns {Promise<Uint8Array>}
 */
export async function optimised(binary, passes, binaryen) {
    return inFolder(async (path) => {
        writeFileSync(path("before.wasm"), binary);
        await promisify(execFile)(process.execPath, [
            join(binaryen, "wasm-opt"),
            ...[path("before.wasm"), "-o", path("after.wasm")],
            ...passes,
            ...FEATURES,
        ]);
        return new Uint8Array(readFileSync(path("after.wasm")));
    });
}

/**
 * @template T
 * @param {(path: (name: string) => string) => Promise<T>} work
 */
async function inFolder(work) {
    const folder = mkdtempSync(join(tmpdir(), "image-"));
    try {
        return await work((name) => join(folder, name));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/**
 * CPython's module without data, which the image replaces, and without its start function, whose
 * effect becomes the globals' first value.
 *
 * @param {wasm.Section[]} engine
 * @param {Layout} layout
 */
function withoutStart(engine, layout) {
    const { start, data, dataCount, custom } = wasm.SECTION;
    return wasm.assemble(
        wasm.replaced(
            engine,
            [importsFromHost(engine), globalsAsStarted(engine, layout), elementsInPlace(engine)],
            [start, data, dataCount, custom],
        ),
    );
}

/** @param {wasm.Section[]} engine */
function importsFromHost(engine) {
    const entries = wasm.imports(engine).map((each) => [
        ...wasm.name("host"),
        ...wasm.name(hostName(each)),
        ...each.description,
    ]);
    return { id: wasm.SECTION.import, body: wasm.list(entries) };
}

/**
 * The start function of a module for dynamic linking does nothing but to add the place of its data, or
 * of its slots, to addresses, and to keep each sum in a global. Here both places are known.
 *
 * @param {wasm.Section[]} engine
 * @param {Layout} layout
 */
function globalsAsStarted(engine, { dataStart }) {
    const imported = wasm.imports(engine).filter(({ kind }) => kind === "global");
    const started = sumsOf(startBody(engine), (index) => {
        const { name } = imported[index] ?? {};
        if (name === "__memory_base") return dataStart;
        if (name === "__table_base") return TABLE_BASE;
        throw new Error(`The module's start function reads ${name ?? "a global"}, which was not expected.`);
    });
    const reader = new wasm.Reader(wasm.body(engine, wasm.SECTION.global));
    let index = imported.length;
    const globals = reader.list(() => {
        const begin = reader.at;
        const [type, mutable] = [reader.byte(), reader.byte()];
        wasm.constant(reader);
        const value = started.get(index++);
        if (value === undefined) return reader.bytes.subarray(begin, reader.at);
        started.delete(index - 1);
        if (wasm.VALUE_TYPE[type] !== "i32") throw new Error("The start function sets a global that is not an i32.");
        return [type, mutable, wasm.OPERATOR.i32Const, ...wasm.signed32(value), wasm.OPERATOR.end];
    });
    if (started.size) throw new Error("The start function sets a global that the module does not have.");
    return { id: wasm.SECTION.global, body: wasm.list(globals) };
}

/** @param {wasm.Section[]} engine */
function startBody(engine) {
    const index = new wasm.Reader(wasm.body(engine, wasm.SECTION.start)).unsigned();
    const imported = wasm.imports(engine).filter(({ kind }) => kind === "function").length;
    return wasm.bodies(engine)[index - imported];
}

/**
 * Read a function that only stores sums in globals.
 *
 * @param {Uint8Array} code
 * @param {(index: number) => number} valueOf The value of a global that it reads.
 * @returns {Map<number, number>} From a global to what it is set to.
 */
function sumsOf(code, valueOf) {
    const reader = new wasm.Reader(code);
    const { globalGet, globalSet, i32Const, i32Add, bulk, end } = wasm.OPERATOR;
    if (reader.unsigned() !== 0) throw new Error("The start function has local variables, which was not expected.");
    /** @type {Map<number, number>} */
    const sums = new Map();
    /** @type {number[]} */
    const stack = [];
    const pop = () => {
        const value = stack.pop();
        if (value === undefined) throw new Error("The start function does something that was not expected.");
        return value;
    };
    for (;;) {
        const operator = reader.byte();
        if (operator === globalGet) stack.push(valueOf(reader.unsigned()));
        else if (operator === i32Const) stack.push(reader.signed32());
        else if (operator === i32Add) stack.push((pop() + pop()) | 0);
        else if (operator === globalSet) sums.set(reader.unsigned(), pop());
        // What it does to memory is in the image's memory already: it zeroes variables.
        else if (operator === bulk && reader.unsigned() === MEMORY_FILL && reader.byte() === 0) pop(), pop(), pop();
        else if (operator === end && reader.isAtEnd) return sums;
        else throw new Error(`The start function has operator ${operator}, which was not expected.`);
    }
}

/** @param {wasm.Section[]} engine */
function elementsInPlace(engine) {
    const reader = new wasm.Reader(wasm.body(engine, wasm.SECTION.element));
    const segments = reader.list(() => {
        if (reader.unsigned() !== 0 || wasm.constant(reader) !== undefined) {
            throw new Error("The module has an element segment of an unexpected kind.");
        }
        const functions = reader.list(() => wasm.unsigned(reader.unsigned()));
        return [0, wasm.OPERATOR.i32Const, ...wasm.signed32(TABLE_BASE), wasm.OPERATOR.end, ...wasm.list(functions)];
    });
    if (segments.length !== 1) throw new Error("The module has more than one element segment.");
    return { id: wasm.SECTION.element, body: wasm.list(segments) };
}

/**
 * @param {Uint8Array} binary
 * @param {string[]} names
 */
function withExports(binary, names) {
    const parts = wasm.sections(binary);
    const kept = wasm.exports(parts).filter(({ name }) => names.includes(name));
    if (kept.length !== names.length) throw new Error(`The joined module does not export ${names.join(", ")}.`);
    return wasm.assemble(wasm.replaced(parts, [wasm.exportSection(kept)], [wasm.SECTION.custom]));
}
