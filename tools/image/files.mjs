// @ts-check
/**
 * The files that Python sees while the image is made: a few folders, read only, in memory.
 *
 * Python asks for them through the system calls that Emscripten's C library makes. What it gets is a
 * stand-in for Emscripten's own file system: no clock, no inode and no descriptor differs from one
 * build to the next, and nothing of it has to be left out of the image later.
 */

/** Error numbers of WASI, which Emscripten's C library uses. */
export const ERROR = Object.freeze({ badDescriptor: 8, invalid: 28, noFile: 44, unsupported: 52, notTerminal: 59 });

const [FOLDER, FILE, DEVICE] = [0o040755, 0o100644, 0o020666];

/** The size of a folder's entry as the C library lays it out, and of its stat structure. */
const [ENTRY_SIZE, STAT_SIZE] = [280, 96];

/**
 * @typedef {{ number: number, mode: number, content: Uint8Array, names: string[] }} Node
 * @typedef {{ node: Node, at: number }} Open
 */

export class Files {
    /** @type {Map<string, Node>} */
    #nodes = new Map();
    /** @type {Map<number, Open>} */
    #open = new Map();

    constructor() {
        this.#add("/", FOLDER, new Uint8Array());
        const terminal = this.#add("/dev/terminal", DEVICE, new Uint8Array());
        for (const descriptor of [0, 1, 2]) this.#open.set(descriptor, { node: terminal, at: 0 });
    }

    /**
     * Add a file, and the folders it is in.
     *
     * @param {string} path
     * @param {Uint8Array} content
     */
    add(path, content) {
        this.#add(path, FILE, content);
    }

    /**
     * @param {string} path
     * @param {number} mode
     * @param {Uint8Array} content
     * @returns {Node}
     */
    #add(path, mode, content) {
        const node = { number: this.#nodes.size + 1, mode, content, names: [".", ".."] };
        if (path !== "/") {
            const cut = path.lastIndexOf("/");
            const parent = path.slice(0, cut) || "/";
            (this.#nodes.get(parent) ?? this.#add(parent, FOLDER, new Uint8Array())).names.push(path.slice(cut + 1));
        }
        this.#nodes.set(path, node);
        return node;
    }

    /**
     * The system calls about files, for a module to import.
     *
     * @param {() => DataView<ArrayBuffer>} memory
     * @returns {Record<string, (...values: any[]) => number>}
     */
    calls(memory) {
        const node = (/** @type {number} */ at) => this.#nodes.get(normal(text(memory(), at)));
        /** @type {(at: number, found: Node | undefined) => number} */
        const describe = (at, found) => (found ? writeStat(memory(), at, found) : -ERROR.noFile);
        return {
            __syscall_openat: (_folder, path) => {
                const found = node(path);
                if (!found) return -ERROR.noFile;
                let descriptor = 3;
                while (this.#open.has(descriptor)) descriptor += 1;
                this.#open.set(descriptor, { node: found, at: 0 });
                return descriptor;
            },
            __syscall_stat64: (path, at) => describe(at, node(path)),
            __syscall_lstat64: (path, at) => describe(at, node(path)),
            __syscall_newfstatat: (_folder, path, at) => describe(at, node(path)),
            __syscall_fstat64: (descriptor, at) => {
                const open = this.#open.get(descriptor);
                return open ? writeStat(memory(), at, open.node) : -ERROR.badDescriptor;
            },
            __syscall_getdents64: (descriptor, at, room) => this.#list(memory(), descriptor, at, room),
            __syscall_readlinkat: () => -ERROR.invalid,
            __syscall_getcwd: (at) => {
                memory().setUint16(at, 0x2f, true);
                return 2;
            },
            // 1, 2 and 3 read and set flags that mean nothing here.
            __syscall_fcntl64: (_descriptor, command) => (command <= 3 ? 0 : -ERROR.invalid),
            __syscall_ioctl: () => -ERROR.notTerminal,
            fd_fdstat_get: (descriptor, at) => {
                if (!this.#open.has(descriptor)) return ERROR.badDescriptor;
                new Uint8Array(memory().buffer, at, 24).fill(0);
                return 0;
            },
            fd_close: (descriptor) => (this.#open.delete(descriptor) ? 0 : ERROR.badDescriptor),
            fd_read: (descriptor, parts, count, read) => this.#read(memory(), descriptor, parts, count, read),
            fd_seek: (descriptor, offset, whence, at) => {
                const open = this.#open.get(descriptor);
                if (!open) return ERROR.badDescriptor;
                open.at = Number(offset) + [0, open.at, open.node.content.length][whence];
                memory().setBigInt64(at, BigInt(open.at), true);
                return 0;
            },
        };
    }

    /**
     * @param {DataView<ArrayBuffer>} memory
     * @param {number} descriptor
     * @param {number} parts
     * @param {number} count
     * @param {number} read
     */
    #read(memory, descriptor, parts, count, read) {
        const open = this.#open.get(descriptor);
        if (!open) return ERROR.badDescriptor;
        const before = open.at;
        for (let part = parts; part < parts + 8 * count; part += 8) {
            const [to, length] = [memory.getUint32(part, true), memory.getUint32(part + 4, true)];
            const piece = open.node.content.subarray(open.at, open.at + length);
            new Uint8Array(memory.buffer, to, piece.length).set(piece);
            open.at += piece.length;
        }
        memory.setUint32(read, open.at - before, true);
        return 0;
    }

    /**
     * @param {DataView<ArrayBuffer>} memory
     * @param {number} descriptor
     * @param {number} at
     * @param {number} room
     */
    #list(memory, descriptor, at, room) {
        const open = this.#open.get(descriptor);
        if (!open) return -ERROR.badDescriptor;
        const names = open.node.names.slice(open.at, open.at + Math.floor(room / ENTRY_SIZE));
        names.forEach((name, index) => {
            const entry = at + index * ENTRY_SIZE;
            memory.setBigInt64(entry, 1n, true);
            memory.setBigInt64(entry + 8, BigInt(open.at + index + 1), true);
            memory.setUint16(entry + 16, ENTRY_SIZE, true);
            memory.setUint8(entry + 18, 0); // Of an unknown type: Python then asks.
            const bytes = new TextEncoder().encode(`${name}\0`);
            new Uint8Array(memory.buffer, entry + 19, bytes.length).set(bytes);
        });
        open.at += names.length;
        return names.length * ENTRY_SIZE;
    }
}

/**
 * @param {DataView<ArrayBuffer>} memory
 * @param {number} at
 */
export function text(memory, at) {
    const bytes = new Uint8Array(memory.buffer, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

/** @param {string} path */
function normal(path) {
    return path.replace(/\/+(\.(?=\/|$))?/g, "/").replace(/(.)\/$/, "$1") || "/";
}

/**
 * @param {DataView<ArrayBuffer>} memory
 * @param {number} at
 * @param {Node} node
 */
function writeStat(memory, at, { number, mode, content }) {
    new Uint8Array(memory.buffer, at, STAT_SIZE).fill(0);
    memory.setUint32(at + 4, mode, true);
    memory.setUint32(at + 8, 1, true);
    memory.setBigInt64(at + 24, BigInt(content.length), true);
    memory.setUint32(at + 32, 4096, true);
    memory.setBigInt64(at + 88, BigInt(number), true);
    return 0;
}
