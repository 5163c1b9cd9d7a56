// @ts-check
/**
 * Part the image's code in two: what answers run, and the rest, which is fetched when first called.
 *
 * Nothing is guessed. Which functions an answer runs is counted; a function that was not counted is
 * still there, one call further away: in its place stands a stub that has the second module loaded
 * and then calls the function where that module has put it, in the table that both share. Both halves
 * number types, functions and globals as the whole does, so that no operator has to be changed.
 */

import * as wasm from "./wasm_binary.mjs";
import { called, skipLocals } from "./wasm_operators.mjs";

/**
 * @typedef {object} Code A module taken apart.
 * @property {wasm.Section[]} parts
 * @property {wasm.FunctionType[]} types
 * @property {number[]} functionTypes
 * @property {Uint8Array[]} bodies
 * @property {number} imported How many functions are imported; a body's function has its place plus this.
 */

/** What the first module exports for the second, besides its memory. */
export const SHARED = "shared";

/**
 * @param {Uint8Array} binary
 * @returns {Code}
 */
function takeApart(binary) {
    const parts = wasm.sections(binary);
    const functionTypes = wasm.functionTypes(parts);
    const bodies = wasm.bodies(parts);
    return { parts, types: wasm.types(parts), functionTypes, bodies, imported: functionTypes.length - bodies.length };
}

/**
 * Let each function leave a mark when it runs.
 *
 * @param {Uint8Array} binary
 * @param {number} at Where there is a byte to spare for each function.
 */
export function counting(binary, at) {
    const { parts, bodies } = takeApart(binary);
    const { i32Const, i32Store8 } = wasm.OPERATOR;
    const marked = bodies.map((body, place) => {
        const reader = new wasm.Reader(body);
        skipLocals(reader);
        const mark = [
            ...[i32Const, ...wasm.signed32(at + place)],
            ...[i32Const, 1],
            ...[i32Store8, 0, 0],
        ];
        return wasm.concatenate([body.subarray(0, reader.at), Uint8Array.from(mark), body.subarray(reader.at)]);
    });
    return wasm.assemble(wasm.replaced(parts, [wasm.codeSection(marked)]));
}

/** @param {Uint8Array} binary */
export function functionCount(binary) {
    return takeApart(binary).bodies.length;
}

/**
 * @param {Uint8Array} binary
 * @param {(place: number) => boolean} runs Whether the function with that body is to be in the first module.
 * @param {string} id In a name that both modules have to agree on, so that halves of two builds never join.
 * @returns {{ first: Uint8Array<ArrayBuffer>, second: Uint8Array<ArrayBuffer> }}
 */
export function split(binary, runs, id) {
    const code = takeApart(binary);
    const { parts, bodies, imported } = code;
    const loader = wasm.exports(parts).find(({ name }) => name === "ensure");
    if (!loader) throw new Error("The code does not export the function that loads the second module.");
    const isFirst = (/** @type {number} */ index) =>
        index < imported || index === loader.index || runs(index - imported);

    const slots = wasm.slots(parts, 0);
    /** @type {Map<number, number>} */
    const slotOf = new Map([...slots].map(([slot, index]) => [index, slot]));
    let free = tableDescriptions(parts)[0].minimum;
    for (const [place, body] of bodies.entries()) {
        for (const index of called(body)) {
            if (index >= imported && isFirst(index) !== isFirst(place + imported) && !slotOf.has(index)) {
                slotOf.set(index, free);
                slots.set(free, index);
                free += 1;
            }
        }
    }

    const halves = [true, false].map((first) =>
        wasm.codeSection(
            bodies.map((body, place) => {
                const index = place + imported;
                if (isFirst(index) === first) return body;
                const slot = slotOf.get(index);
                return slot === undefined ? UNREACHABLE : stub(code, index, slot, first ? loader.index : undefined);
            }),
        ),
    );
    const [{ type }, ...others] = tableDescriptions(parts);
    const tables = [[type, 1, ...wasm.unsigned(free), ...wasm.unsigned(free)], ...others.map(({ description }) => description)];
    const kept = wasm.exports(parts).filter(({ name }) => name !== "ensure");
    const shared = sharedThings(parts, tables, id);
    const first = wasm.replaced(parts, [
        { id: wasm.SECTION.table, body: wasm.list(tables) },
        halves[0],
        wasm.exportSection([...kept, ...shared]),
        elements(slots),
    ]);
    const { table, memory, global, tag, export: exported } = wasm.SECTION;
    const second = wasm.replaced(
        parts,
        [
            { id: wasm.SECTION.import, body: importsOf(parts, shared) },
            halves[1],
            elements(new Map([...slots].filter(([, index]) => !isFirst(index)))),
        ],
        [table, memory, global, tag, exported],
    );
    return { first: wasm.assemble(first), second: wasm.assemble(second) };
}

/** The body of a function that nothing in its module calls. */
const UNREACHABLE = Uint8Array.of(0, 0, wasm.OPERATOR.end);

/**
 * A body that passes its arguments on to the function in a slot.
 *
 * @param {Code} code
 * @param {number} index
 * @param {number} slot
 * @param {number | undefined} ensure A function that is given the slot and returns it when it is filled.
 */
function stub({ types, functionTypes }, index, slot, ensure) {
    const { localGet, i32Const, call, callIndirect, end } = wasm.OPERATOR;
    const type = functionTypes[index];
    return Uint8Array.from([
        0,
        ...types[type].parameters.flatMap((_, number) => [localGet, ...wasm.unsigned(number)]),
        ...[i32Const, ...wasm.signed32(slot)],
        ...(ensure === undefined ? [] : [call, ...wasm.unsigned(ensure)]),
        ...[callIndirect, ...wasm.unsigned(type), 0],
        end,
    ]);
}

/** @param {wasm.Section[]} parts */
function tableDescriptions(parts) {
    const reader = new wasm.Reader(wasm.body(parts, wasm.SECTION.table));
    return reader.list(() => {
        const begin = reader.at;
        const type = reader.byte();
        const { minimum } = reader.limits();
        return { type, minimum, description: reader.bytes.subarray(begin, reader.at) };
    });
}

/** @param {Map<number, number>} slots */
function elements(slots) {
    /** @type {{ begin: number, functions: number[] }[]} */
    const runs = [];
    for (const [slot, index] of [...slots].sort(([a], [b]) => a - b)) {
        const last = runs.at(-1);
        if (last && slot === last.begin + last.functions.length) last.functions.push(index);
        else runs.push({ begin: slot, functions: [index] });
    }
    const { i32Const, end } = wasm.OPERATOR;
    return {
        id: wasm.SECTION.element,
        body: wasm.list(
            runs.map(({ begin, functions }) => [
                ...[0, i32Const, ...wasm.signed32(begin), end],
                ...wasm.list(functions.map(wasm.unsigned)),
            ]),
        ),
    };
}

/**
 * What the first module has and the second uses: memory, tables, globals and tags.
 *
 * @param {wasm.Section[]} parts
 * @param {Iterable<number>[]} tables As the first module describes them.
 * @param {string} id
 * @returns {{ name: string, kind: typeof wasm.KIND[number], index: number, description: number[] }[]}
 */
function sharedThings(parts, tables, id) {
    if (wasm.imports(parts).some(({ kind }) => kind !== "function")) {
        throw new Error("The code imports something that is not a function.");
    }
    const globals = new wasm.Reader(wasm.body(parts, wasm.SECTION.global));
    const tags = new wasm.Reader(wasm.body(parts, wasm.SECTION.tag));
    /** @type {[typeof wasm.KIND[number], Iterable<number>[]][]} */
    const things = [
        ["memory", [[0, 0]]],
        ["table", tables],
        [
            "global",
            globals.list(() => {
                const description = [globals.byte(), globals.byte()];
                wasm.constant(globals);
                return description;
            }),
        ],
        ["tag", tags.list(() => [tags.byte(), ...wasm.unsigned(tags.unsigned())])],
    ];
    return things.flatMap(([kind, descriptions]) =>
        descriptions.map((description, index) => ({
            name: kind === "memory" ? `${kind}-${id}` : `${kind}${index}`,
            kind,
            index,
            description: [wasm.KIND.indexOf(kind), ...description],
        })),
    );
}

/**
 * @param {wasm.Section[]} parts
 * @param {{ name: string, description: number[] }[]} things
 */
function importsOf(parts, things) {
    return wasm.list([
        ...wasm.imports(parts).map((each) => [...wasm.name(each.module), ...wasm.name(each.name), ...each.description]),
        ...things.map(({ name, description }) => [...wasm.name(SHARED), ...wasm.name(name), ...description]),
    ]);
}
