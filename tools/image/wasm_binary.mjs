// @ts-check
/**
 * WebAssembly modules as bytes: taken apart into sections, and put together again.
 *
 * Only what the other files here need. Function bodies are opaque, but for the operators of the two
 * functions that nothing but straight lines may be expected of; whatever else turns up is an error.
 */

/** The numbers that the specification gives to sections. */
export const SECTION = Object.freeze({
    custom: 0,
    type: 1,
    import: 2,
    function: 3,
    table: 4,
    memory: 5,
    global: 6,
    export: 7,
    start: 8,
    element: 9,
    code: 10,
    data: 11,
    dataCount: 12,
    tag: 13,
});

/** The kinds of things that are imported and exported, as the binary format numbers them. */
export const KIND = /** @type {const} */ (["function", "table", "memory", "global", "tag"]);

export const VALUE_TYPE = /** @type {Record<number, string>} */ ({
    0x7f: "i32",
    0x7e: "i64",
    0x7d: "f32",
    0x7c: "f64",
    0x70: "funcref",
});

export const OPERATOR = Object.freeze({
    end: 0x0b,
    call: 0x10,
    callIndirect: 0x11,
    localGet: 0x20,
    globalGet: 0x23,
    globalSet: 0x24,
    i32Store8: 0x3a,
    i32Const: 0x41,
    i32Add: 0x6a,
    refNull: 0xd0,
    bulk: 0xfc,
});

/**
 * @typedef {{ id: number, body: Uint8Array }} Section
 * @typedef {{ parameters: number[], results: number[] }} FunctionType
 * @typedef {object} Import
 * @property {string} module
 * @property {string} name
 * @property {typeof KIND[number]} kind
 * @property {number} type An index for functions and tags, a value type for globals, else 0.
 * @property {boolean} mutable
 * @property {number} minimum Size of a memory, in pages, or of a table.
 * @property {Uint8Array} description All but the names, as it is encoded.
 *
 * @typedef {{ name: string, kind: typeof KIND[number], index: number }} Export
 */

/** Reads the numbers and names of the format, from front to back. */
export class Reader {
    /**
     * @param {Uint8Array} bytes
     * @param {number} [at]
     */
    constructor(bytes, at = 0) {
        this.bytes = bytes;
        this.at = at;
    }

    get isAtEnd() {
        return this.at >= this.bytes.length;
    }

    byte() {
        if (this.isAtEnd) throw new Error("A section of the module ends too early.");
        return this.bytes[this.at++];
    }

    unsigned() {
        let value = 0;
        for (let scale = 1; ; scale *= 128) {
            const byte = this.byte();
            value += (byte & 0x7f) * scale;
            if (byte < 0x80) return value;
        }
    }

    signed32() {
        let value = 0;
        let shift = 0;
        let byte;
        do {
            byte = this.byte();
            value |= (byte & 0x7f) << shift;
            shift += 7;
        } while (byte >= 0x80);
        return shift < 32 && byte & 0x40 ? value | (-1 << shift) : value;
    }

    /** @param {number} length */
    take(length) {
        if (this.at + length > this.bytes.length) throw new Error("A section of the module ends too early.");
        return this.bytes.subarray(this.at, (this.at += length));
    }

    name() {
        return new TextDecoder().decode(this.take(this.unsigned()));
    }

    /**
     * @template T
     * @param {() => T} item
     * @returns {T[]}
     */
    list(item) {
        return Array.from({ length: this.unsigned() }, item);
    }

    limits() {
        const flags = this.byte();
        const minimum = this.unsigned();
        return { minimum, maximum: flags & 1 ? this.unsigned() : undefined };
    }
}

/** @param {number} value */
export function unsigned(value) {
    const bytes = [];
    do {
        const low = value % 128;
        value = Math.floor(value / 128);
        bytes.push(value > 0 ? low | 0x80 : low);
    } while (value > 0);
    return bytes;
}

/** @param {number} value */
export function signed32(value) {
    const bytes = [];
    for (;;) {
        const low = value & 0x7f;
        value >>= 7;
        if ((value === 0 && !(low & 0x40)) || (value === -1 && low & 0x40)) return [...bytes, low];
        bytes.push(low | 0x80);
    }
}

/** @param {string} text */
export function name(text) {
    const bytes = new TextEncoder().encode(text);
    return [...unsigned(bytes.length), ...bytes];
}

/** @param {Iterable<number>[]} items Each of them encoded already. */
export function list(items) {
    return concatenate([Uint8Array.from(unsigned(items.length)), ...items.map((item) => Uint8Array.from(item))]);
}

/** @param {Uint8Array[]} parts */
export function concatenate(parts) {
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

const HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * @param {Uint8Array} binary
 * @returns {Section[]}
 */
export function sections(binary) {
    const reader = new Reader(binary, HEADER.length);
    if (HEADER.some((byte, index) => binary[index] !== byte)) throw new Error("This is not a WebAssembly module.");
    const found = [];
    while (!reader.isAtEnd) found.push({ id: reader.byte(), body: reader.take(reader.unsigned()) });
    return found;
}

/**
 * @param {Section[]} parts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function assemble(parts) {
    return concatenate([
        HEADER,
        ...parts.flatMap(({ id, body }) => [Uint8Array.from([id, ...unsigned(body.length)]), body]),
    ]);
}

/**
 * @param {Section[]} parts
 * @param {number} id
 */
export function body(parts, id) {
    const found = parts.filter((part) => part.id === id);
    if (found.length > 1) throw new Error(`The module has section ${id} more than once.`);
    return found.length ? found[0].body : Uint8Array.of(0);
}

/** @param {Section[]} parts */
export function types(parts) {
    const reader = new Reader(body(parts, SECTION.type));
    return reader.list(() => {
        if (reader.byte() !== 0x60) throw new Error("The module has a type that is not a function's.");
        return { parameters: reader.list(() => reader.byte()), results: reader.list(() => reader.byte()) };
    });
}

/**
 * @param {Section[]} parts
 * @returns {Import[]}
 */
export function imports(parts) {
    const reader = new Reader(body(parts, SECTION.import));
    return reader.list(() => {
        const [module, name] = [reader.name(), reader.name()];
        const begin = reader.at;
        const kind = KIND[reader.byte()];
        let [type, mutable, minimum] = [0, false, 0];
        if (kind === "function") type = reader.unsigned();
        else if (kind === "global") [type, mutable] = [reader.byte(), reader.byte() === 1];
        else if (kind === "tag") [, type] = [reader.byte(), reader.unsigned()];
        else {
            if (kind === "table") type = reader.byte();
            ({ minimum } = reader.limits());
        }
        const description = reader.bytes.subarray(begin, reader.at);
        return { module, name, kind, type, mutable, minimum, description };
    });
}

/** @param {Section[]} parts */
export function exports(parts) {
    const reader = new Reader(body(parts, SECTION.export));
    return reader.list(
        /** @returns {Export} */
        () => ({ name: reader.name(), kind: KIND[reader.byte()], index: reader.unsigned() }),
    );
}

/** @param {Export[]} entries */
export function exportSection(entries) {
    return {
        id: SECTION.export,
        body: list(entries.map((each) => [...name(each.name), KIND.indexOf(each.kind), ...unsigned(each.index)])),
    };
}

/**
 * The type, as an index, of each function: the imported ones first, then those with a body.
 *
 * @param {Section[]} parts
 */
export function functionTypes(parts) {
    const reader = new Reader(body(parts, SECTION.function));
    const imported = imports(parts).filter(({ kind }) => kind === "function");
    return [...imported.map(({ type }) => type), ...reader.list(() => reader.unsigned())];
}

/**
 * The body of each function that has one: its locals, then its operators.
 *
 * @param {Section[]} parts
 */
export function bodies(parts) {
    const reader = new Reader(body(parts, SECTION.code));
    return reader.list(() => reader.take(reader.unsigned()));
}

/** @param {Uint8Array[]} each */
export function codeSection(each) {
    return {
        id: SECTION.code,
        body: concatenate([
            Uint8Array.from(unsigned(each.length)),
            ...each.flatMap((content) => [Uint8Array.from(unsigned(content.length)), content]),
        ]),
    };
}

/**
 * The functions of a table's slots, as far as the module fills them itself.
 *
 * @param {Section[]} parts
 * @param {number} base Where a segment begins whose place is an imported global's.
 * @returns {Map<number, number>} From slot to function.
 */
export function slots(parts, base) {
    const reader = new Reader(body(parts, SECTION.element));
    const found = new Map();
    reader.list(() => {
        if (reader.unsigned() !== 0) throw new Error("The module has an element segment of an unexpected kind.");
        const offset = constant(reader) ?? base;
        reader.list(() => reader.unsigned()).forEach((index, number) => found.set(offset + number, index));
    });
    return found;
}

/**
 * @param {Reader} reader
 * @returns {number | undefined} The value, if it is an i32 and not another global's.
 */
export function constant(reader) {
    const operator = reader.byte();
    let value;
    if (operator === OPERATOR.i32Const) value = reader.signed32();
    else if (operator === OPERATOR.globalGet) reader.unsigned();
    else if (operator === OPERATOR.refNull) reader.byte();
    else throw new Error(`A constant begins with operator ${operator}, which was not expected.`);
    if (reader.byte() !== OPERATOR.end) throw new Error("A constant is not a single value.");
    return value;
}

/**
 * Put sections in the place of those with the same number, and leave others out.
 *
 * @param {Section[]} parts
 * @param {Section[]} replacing
 * @param {number[]} [without]
 */
export function replaced(parts, replacing, without = []) {
    const instead = new Map(replacing.map((part) => [part.id, part]));
    return parts.filter(({ id }) => !without.includes(id)).map((part) => instead.get(part.id) ?? part);
}
