// @ts-check
/** Which functions a function calls directly: its operators read one by one, nothing understood but calls. */

import { Reader } from "./wasm_binary.mjs";

/** @typedef {(reader: Reader) => void} Operands */

/** @type {Operands} */
const none = () => {};
/** @type {Operands} */
const one = (reader) => void reader.unsigned();
/** @type {Operands} */
const two = (reader) => void (reader.unsigned(), reader.unsigned());
/** A signed number of any width. @type {Operands} */
const number = (reader) => {
    while (reader.byte() >= 0x80);
};

/** Operators without operands of their own: comparisons, arithmetic and conversions among them. */
const PLAIN = [
    ...[0x00, 0x01, 0x05, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1],
    ...Array.from({ length: 0xc5 - 0x45 }, (_, index) => 0x45 + index),
];

/** @type {Map<number, Operands>} */
const OPERANDS = new Map([
    ...PLAIN.map((operator) => /** @type {const} */ ([operator, none])),
    // block, loop, if and try, with the type of what they leave.
    ...[0x02, 0x03, 0x04, 0x06].map((operator) => /** @type {const} */ ([operator, number])),
    // catch, throw, rethrow, br, br_if, call, return_call, delegate; local, global and table accesses.
    ...[0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x18, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40].map(
        (operator) => /** @type {const} */ ([operator, one]),
    ),
    [0x0e, (reader) => void (reader.list(() => reader.unsigned()), reader.unsigned())], // br_table
    [0x11, two], // call_indirect
    [0x1c, (reader) => void reader.list(() => reader.byte())], // select with a type
    // Loads and stores.
    ...Array.from({ length: 0x3f - 0x28 }, (_, index) => /** @type {const} */ ([0x28 + index, two])),
    [0x41, number],
    [0x42, number],
    [0x43, (reader) => void reader.take(4)],
    [0x44, (reader) => void reader.take(8)],
    [0xd0, number], // ref.null
    [0xd2, one], // ref.func
    [
        0xfc,
        (reader) => {
            const which = reader.unsigned();
            if (which <= 7) return; // Conversions that saturate.
            const count = { 8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1 }[which];
            if (!count) throw new Error(`A function has operator 0xfc ${which}, which was not expected.`);
            for (let operand = 0; operand < count; operand += 1) reader.unsigned();
        },
    ],
]);

const CALLS = [0x10, 0x12, 0xd2];

/**
 * @param {Uint8Array} body A function's locals and operators.
 * @returns {Set<number>} The functions that it calls, or takes a reference of.
 */
export function called(body) {
    const reader = new Reader(body);
    skipLocals(reader);
    /** @type {Set<number>} */
    const found = new Set();
    while (!reader.isAtEnd) {
        const operator = reader.byte();
        if (CALLS.includes(operator)) found.add(reader.unsigned());
        else {
            const operands = OPERANDS.get(operator);
            if (!operands) throw new Error(`A function has operator ${operator}, which was not expected.`);
            operands(reader);
        }
    }
    return found;
}

/** @param {Reader} reader At the beginning of a body. */
export function skipLocals(reader) {
    reader.list(() => [reader.unsigned(), reader.byte()]);
}
