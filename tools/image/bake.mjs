// @ts-check
/** Put a memory into a module, as the data that it starts with. */

import * as wasm from "./wasm_binary.mjs";
import { WASM_PAGE } from "./engine.mjs";

/**
 * So many zeros weigh more than the next segment: its few bytes differ from all others, while zeros are packed to nearly
 * nothing on their way. From 64 to 512 the file as sent weighs the same to a thousandth.
 */
const GAP = 64;

/**
 * @param {Uint8Array} code A module with a memory of its own and no data.
 * @param {Uint8Array} memory
 */
export function bake(code, memory) {
    const parts = wasm.sections(code);
    if (parts.some(({ id }) => id === wasm.SECTION.data)) throw new Error("The module has data already.");
    const reader = new wasm.Reader(wasm.body(parts, wasm.SECTION.memory));
    const [limits, ...others] = reader.list(() => reader.limits());
    if (!limits || others.length || memory.length % WASM_PAGE) throw new Error("The module should have one memory.");
    const { maximum } = limits;
    const size = memory.length / WASM_PAGE;
    const memories = wasm.list([maximum ? [1, ...wasm.unsigned(size), ...wasm.unsigned(maximum)] : [0, ...wasm.unsigned(size)]]);
    return withData(wasm.assemble(wasm.replaced(parts, [{ id: wasm.SECTION.memory, body: memories }])), memory);
}

/**
 * Part a memory in what is there from the start and what a second module brings.
 *
 * @param {Uint8Array} memory
 * @param {[number, number][]} ranges What the second module brings.
 */
export function parted(memory, ranges) {
    const [first, second] = [memory.slice(), new Uint8Array(memory.length)];
    for (const [begin, end] of ranges) {
        second.set(memory.subarray(begin, end), begin);
        first.fill(0, begin, end);
    }
    return { first, second };
}

/**
 * Let a module that uses another's memory write something there when it is instantiated.
 *
 * @param {Uint8Array} code
 * @param {Uint8Array} memory Zeros where nothing is written.
 */
export function withData(code, memory) {
    return wasm.assemble([
        ...wasm.sections(code),
        { id: wasm.SECTION.data, body: wasm.list([...stretches(memory)].map((each) => segment(memory, each))) },
    ]);
}

/**
 * The parts of a memory that are not zero, but for a few bytes in between.
 *
 * @param {Uint8Array} memory
 * @returns {Generator<[number, number]>} Where each begins and ends.
 */
function* stretches(memory) {
    let begin = -1;
    let end = 0;
    for (let at = 0; at < memory.length; at += 1) {
        if (memory[at] === 0) continue;
        if (begin < 0) begin = at;
        else if (at - end >= GAP) {
            yield [begin, end];
            begin = at;
        }
        end = at + 1;
    }
    if (begin >= 0) yield [begin, end];
}

/**
 * @param {Uint8Array} memory
 * @param {[number, number]} stretch
 */
function segment(memory, [begin, end]) {
    return wasm.concatenate([
        Uint8Array.from([0, wasm.OPERATOR.i32Const, ...wasm.signed32(begin), wasm.OPERATOR.end]),
        Uint8Array.from(wasm.unsigned(end - begin)),
        memory.subarray(begin, end),
    ]);
}
