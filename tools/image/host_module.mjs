// @ts-check
/**
 * The part of the image that stands where Emscripten's JavaScript stood, itself WebAssembly.
 *
 * CPython's module imports some three hundred functions from JavaScript. A page that only passes text
 * needs three; all others are defined here: as an error number, where C has a way to say that
 * something is not to be had, and as a trap that first says its number, where it has none.
 */

import * as wasm from "./wasm_binary.mjs";

/**
 * @typedef {import("./engine.mjs").Layout} Layout
 *
 * @typedef {object} HostModule
 * @property {string} source In WebAssembly's text format.
 * @property {string[]} missing By its number, the call that is left out.
 */

/** Words below static data, where Emscripten's programs have nothing, with addresses that the image needs. */
export const PLACE = Object.freeze({ entry: 16, arities: 20 });

/** WASI's numbers for: no such file, not implemented. */
const [NO_FILE, NOT_IMPLEMENTED] = [44, 52];

/** How much memory Python may take before it raises a MemoryError, in pages of 64 KiB: 512 MiB. */
const MOST_PAGES = 8192;

/** Calls that get an error number of their own; by what they return. */
const ANSWERED = new Map(
    Object.entries({
        __syscall_openat: -NO_FILE,
        __syscall_stat64: -NO_FILE,
        __syscall_lstat64: -NO_FILE,
        __syscall_newfstatat: -NO_FILE,
        __syscall_faccessat: -NO_FILE,
        _emscripten_system: -NOT_IMPLEMENTED,
        random_get: NOT_IMPLEMENTED,
        emscripten_get_heap_max: MOST_PAGES * 65_536,
        // No signals, and no JavaScript runtime to name.
        _Py_CheckEmscriptenSignals_Helper: 0,
        _Py_emscripten_runtime: 0,
    }),
);

/**
 * Calls with a body of their own. `$now` is the clock in milliseconds, `$print` shows bytes, `$calendar` and `$seconds`
 * go from seconds to a date and back. There is one time zone, UTC, as there was when Python started.
 */
const WRITTEN = new Map(
    Object.entries({
        emscripten_get_now: "(call $now)",
        emscripten_date_now: "(call $now)",
        clock_time_get: `
            (i64.store (local.get 2) (i64.trunc_f64_s (f64.mul (call $now) (f64.const 1e6))))
            (i32.const 0)`,
        clock_res_get: `
            (i64.store (local.get 1) (i64.const 1000000))
            (i32.const 0)`,
        _gmtime_js: "(call $calendar (f64.convert_i64_s (local.get 0)) (local.get 1))",
        _localtime_js: "(call $calendar (f64.convert_i64_s (local.get 0)) (local.get 1))",
        _timegm_js: "(i64.trunc_sat_f64_s (call $seconds (local.get 0)))",
        _mktime_js: "(i64.trunc_sat_f64_s (call $seconds (local.get 0)))",
        emscripten_resize_heap: `
            (i32.ne (i32.const -1)
                (memory.grow (i32.shr_u
                    (i32.add (i32.sub (local.get 0) (i32.shl (memory.size) (i32.const 16))) (i32.const 65535))
                    (i32.const 16))))`,
        fd_write: `
            (local $sum i32)
            (loop $next
                (if (local.get 2) (then
                    (call $print (i32.load (local.get 1)) (i32.load offset=4 (local.get 1)))
                    (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get 1))))
                    (local.set 1 (i32.add (local.get 1) (i32.const 8)))
                    (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                    (br $next))))
            (i32.store (local.get 3) (local.get $sum))
            (i32.const 0)`,
    }),
);

/**
 * @param {wasm.Section[]} engine CPython's module.
 * @param {Layout} layout
 * @returns {HostModule}
 */
export function hostModule(engine, layout) {
    const types = wasm.types(engine);
    /** @type {string[]} */
    const missing = [];
    const values = new Map(
        Object.entries({
            __memory_base: layout.dataStart,
            __table_base: 1,
            __heap_base: layout.stackTop,
            __stack_high: layout.stackTop,
            __stack_low: layout.stackEnd,
            __stack_pointer: layout.stackTop,
        }),
    );
    const given = wasm.imports(engine).map((each) => {
        const exported = `(export ${JSON.stringify(hostName(each))})`;
        switch (each.kind) {
            case "memory":
                return `(memory ${exported} (export "memory") ${each.minimum} ${MOST_PAGES})`;
            case "table":
                return `(table ${exported} ${layout.slots + 1} funcref)`;
            case "tag":
                return `(tag ${exported} ${signature(types[each.type])})`;
            case "global":
                return `(global ${exported} ${globalType(each)} (i32.const ${values.get(each.name) ?? 0}))`;
            case "function":
                return `(func ${exported} ${signature(types[each.type])} ${operators(each.name, types[each.type], missing)})`;
        }
    });
    const unknown = [...ANSWERED.keys(), ...WRITTEN.keys(), ...values.keys()].filter(
        (name) => !wasm.imports(engine).some((each) => each.name === name),
    );
    if (unknown.length) throw new Error(`CPython's module does not import ${unknown.join(", ")} any more.`);
    return { source: `(module ${FRONT} ${given.join("\n")} ${entry(layout)})`, missing };
}

/**
 * The name under which the host module exports what CPython's module imports.
 *
 * @param {{ module: string, name: string }} each
 */
export function hostName({ module, name }) {
    return `${module}.${name}`;
}

const FRONT = `
    (import "browser" "missing" (func $missing (param i32)))
    (import "browser" "now" (func $now (result f64)))
    (import "browser" "calendar" (func $calendar (param f64 i32)))
    (import "browser" "seconds" (func $seconds (param i32) (result f64)))
    (import "browser" "print" (func $print (param i32 i32)))
    (import "browser" "load" (func $load))
    (import "python" "malloc" (func $malloc (param i32) (result i32)))
    (import "python" "free" (func $free (param i32)))
    (import "python" "PyBytes_FromStringAndSize" (func $new_bytes (param i32 i32) (result i32)))
    (import "python" "PyBytes_AsString" (func $start_of_bytes (param i32) (result i32)))
    (import "python" "PyBytes_Size" (func $size_of_bytes (param i32) (result i32)))
    (import "python" "PyObject_CallOneArg" (func $call (param i32 i32) (result i32)))
    (import "python" "Py_DecRef" (func $release (param i32)))
`;

/**
 * What the page calls, and what Python calls to learn how many arguments a C function takes.
 *
 * @param {Layout} layout
 */
function entry({ slots }) {
    return `
        (global $reply (mut i32) (i32.const 0))
        (func (export "reserve") (param $size i32) (result i32)
            (call $malloc (local.get $size)))
        (func (export "answer") (param $at i32) (param $size i32) (result i32)
            (local $text i32)
            (call $release (global.get $reply)) ;; Null is let be.
            (local.set $text (call $new_bytes (local.get $at) (local.get $size)))
            (call $free (local.get $at))
            (global.set $reply (call $call (i32.load (i32.const ${PLACE.entry})) (local.get $text)))
            (call $release (local.get $text))
            (if (result i32) (global.get $reply)
                (then (call $start_of_bytes (global.get $reply)))
                (else (i32.const 0))))
        (func (export "size") (result i32)
            (call $size_of_bytes (global.get $reply)))
        ;; Called with a slot that the second module fills; see split.mjs.
        (global $loaded (mut i32) (i32.const 0))
        (func (export "ensure") (param $slot i32) (result i32)
            (if (i32.eqz (global.get $loaded))
                (then
                    (call $load)
                    (global.set $loaded (i32.const 1))))
            (local.get $slot))
        (func $arity (param $slot i32) (result i32)
            (if (i32.ge_u (local.get $slot) (i32.const ${slots})) (then unreachable))
            (i32.load8_s (i32.add (i32.load (i32.const ${PLACE.arities})) (local.get $slot))))
        (elem (i32.const ${slots}) $arity)
    `;
}

/** @param {wasm.FunctionType} type */
function signature({ parameters, results }) {
    const names = (/** @type {number[]} */ each) => each.map(typeName).join(" ");
    return `(param ${names(parameters)}) (result ${names(results)})`;
}

/** @param {number} type */
function typeName(type) {
    const found = { ...wasm.VALUE_TYPE, 0x6f: "externref" }[type];
    if (!found) throw new Error(`CPython's module uses a value of type ${type}, which was not expected.`);
    return found;
}

/** @param {wasm.Import} each */
function globalType({ type, mutable }) {
    if (typeName(type) !== "i32") throw new Error("CPython's module imports a global that is not an i32.");
    return mutable ? "(mut i32)" : "i32";
}

/**
 * @param {string} name
 * @param {wasm.FunctionType} type
 * @param {string[]} missing Its name is added where it is a trap.
 */
function operators(name, type, missing) {
    const written = WRITTEN.get(name);
    if (written) return written;
    const isErrorNumber = type.results.length === 1 && typeName(type.results[0]) === "i32";
    if (isErrorNumber) {
        const answer = ANSWERED.get(name);
        if (answer !== undefined) return `(i32.const ${answer})`;
        if (name.startsWith("__syscall_")) return `(i32.const ${-NOT_IMPLEMENTED})`;
        if (name.startsWith("fd_")) return `(i32.const ${NOT_IMPLEMENTED})`;
    }
    missing.push(name);
    return `(call $missing (i32.const ${missing.length - 1})) unreachable`;
}
