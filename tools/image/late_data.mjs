// @ts-check
/**
 * Static data that travels with the second module: the tables of CPython's codecs for Chinese, Japanese and Korean.
 *
 * What makes this safe is C, not a search. Each such codec's tables are `static const` in the one file that is the
 * codec's module, so that no other file can name them; they are handed out, with the extent of each row, as capsules
 * in that module, and so can be read here exactly as the codec reads them (`struct dbcs_map` in CPython's
 * Modules/cjkcodecs/cjkcodecs.h). And no function of that file runs before the module's init function, which `lateData`
 * shows to be in the second module: when that is loaded, the tables are there.
 */

import { copyText, instantiate } from "./engine.mjs";
import { Files, text } from "./files.mjs";
import * as wasm from "./wasm_binary.mjs";

/**
 * @typedef {import("./engine.mjs").Layout} Layout
 * @typedef {import("./engine.mjs").Engine} Engine
 *
 * @typedef {object} Late
 * @property {[number, number][]} ranges Where each stretch of data begins and ends, in order.
 * @property {number[]} slots The table's slots that hold the modules' init functions.
 */

const CAPSULE = "multibytecodec.map";
const MAP_PREFIX = "__map_";
/** A map of another form, of pairs of characters; it stays where it is. */
const PAIRS = "_pair";

/** `struct dbcs_map` points to two of these: 256 rows, each with a pointer, a first and a last column. */
const [ROWS, ROW, FIRST, LAST, COLUMN] = [256, 8, 4, 5, 2];
const [ENCODING, DECODING] = [4, 8];

/**
 * @param {Uint8Array} binary CPython's module.
 * @param {Layout} layout
 * @param {Uint8Array} library
 * @returns {Promise<Late>}
 */
export async function lateData(binary, layout, library) {
    const files = new Files();
    files.add("/library.zip", library);
    const engine = await instantiate(binary, layout, files, { PYTHONHOME: "/", PYTHONPATH: "/library.zip" });
    const view = new DataView(engine.memory.buffer);
    const codecs = [...builtinModules(engine)].filter(({ name }) => name.startsWith("_codecs_"));
    if (codecs.length === 0) throw new Error("CPython has no codecs of the kind that lateData looks for.");
    view.setInt32(engine.address("Py_NoSiteFlag"), 1, true);
    engine.functions.Py_InitializeEx(0);

    /** @type {[number, number][]} */
    const ranges = [];
    for (const { name } of codecs) {
        for (const map of mapsOf(engine, name)) {
            for (const which of [ENCODING, DECODING]) ranges.push(...rows(engine, map + which));
        }
    }
    return { ranges: joined(ranges, layout), slots: codecs.map(({ slot }) => slot) };
}

/**
 * CPython's table of built-in modules, before it runs.
 *
 * @param {Engine} engine
 * @returns {Generator<{ name: string, slot: number }>}
 */
function* builtinModules({ memory, address }) {
    const view = new DataView(/** @type {ArrayBuffer} */ (memory.buffer));
    for (let entry = view.getUint32(address("PyImport_Inittab"), true); view.getUint32(entry, true); entry += 8) {
        yield { name: text(view, view.getUint32(entry, true)), slot: view.getUint32(entry + 4, true) };
    }
}

/**
 * @param {Engine} engine
 * @param {string} module
 * @returns {number[]} The addresses of its maps.
 */
function mapsOf(engine, module) {
    const { functions, memory } = engine;
    const [name, capsule] = [copyText(engine, module), copyText(engine, CAPSULE)];
    const imported = functions.PyImport_ImportModule(name);
    if (imported === 0) {
        functions.PyErr_Print();
        throw new Error(`CPython could not import ${module}.`);
    }
    const names = functions.PyDict_Keys(functions.PyModule_GetDict(imported));
    const maps = [];
    for (let index = 0; index < functions.PyList_Size(names); index += 1) {
        const key = functions.PyList_GetItem(names, index);
        const view = new DataView(/** @type {ArrayBuffer} */ (memory.buffer));
        const found = text(view, functions.PyUnicode_AsUTF8(key));
        if (!found.startsWith(MAP_PREFIX) || found.endsWith(PAIRS)) continue;
        const map = functions.PyCapsule_GetPointer(functions.PyObject_GetAttr(imported, key), capsule);
        if (map === 0) throw new Error(`${module} does not hand out its maps as it did.`);
        maps.push(map);
    }
    return maps;
}

/**
 * @param {Engine} engine
 * @param {number} pointer To a pointer to the rows; null where a map goes one way only.
 * @returns {[number, number][]}
 */
function rows({ memory }, pointer) {
    const view = new DataView(memory.buffer);
    const index = view.getUint32(pointer, true);
    if (index === 0) return [];
    /** @type {[number, number][]} */
    const found = [];
    for (let row = index; row < index + ROWS * ROW; row += ROW) {
        const begin = view.getUint32(row, true);
        const columns = view.getUint8(row + LAST) - view.getUint8(row + FIRST) + 1;
        if (begin === 0) continue;
        if (columns <= 0) throw new Error("A codec's table has a row that ends before it begins.");
        found.push([begin, begin + columns * COLUMN]);
    }
    return found;
}

/**
 * @param {[number, number][]} ranges
 * @param {Layout} layout
 * @returns {[number, number][]} In order, each byte once.
 */
function joined(ranges, { dataStart, stackEnd }) {
    /** @type {[number, number][]} */
    const found = [];
    for (const [begin, end] of ranges.sort(([a], [b]) => a - b)) {
        if (begin < dataStart || end > stackEnd) throw new Error("A codec's table is not in static data.");
        const last = found.at(-1);
        if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
        else found.push([begin, end]);
    }
    return found;
}

/**
 * Whether the functions in some slots are all in the second module.
 *
 * @param {Uint8Array} code
 * @param {Uint8Array} run By place, whether a function is in the first module.
 * @param {number[]} slots
 */
export function areInSecond(code, run, slots) {
    const parts = wasm.sections(code);
    const functions = wasm.slots(parts, 0);
    const imported = wasm.imports(parts).filter(({ kind }) => kind === "function").length;
    return slots.every((slot) => {
        const index = functions.get(slot);
        return index !== undefined && index >= imported && run[index - imported] === 0;
    });
}
