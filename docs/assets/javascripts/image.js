// @ts-check
/**
 * The image, fetched and compiled while it arrives (tools/image/ makes it).
 *
 * It comes as the host sends it, and the browser unpacks it: nothing is faster on a quick line. On a slow one the bytes
 * decide. Where the host sends gzip or nothing, a fifth of them and more can be saved by the file that lies beside it as
 * zstd, which a decoder in this page unpacks. Whether that is worth it shows after a moment, from what has come by then.
 */

/**
 * @typedef {"retry" | "reload" | "room" | "allow"} Cure What a reader can do about a breakdown (runtime.js has the words).
 *
 * @typedef {object} Files What the build wrote into the page about the files that a start takes.
 * @property {string} id The build that they must be of: the image says its own, the wheel has this hash.
 * @property {number} bytes In all, as a page receives them.
 * @property {number} transferred In all, from a host that compresses them.
 * @property {number} [squeezed] Of the image as zstd, which hosts rarely send by themselves.
 *
 * @typedef {Files & { isPlain: boolean, tell: (received: number) => void }} Wanted `isPlain`: past all caches, and as the
 *   host sends it; `tell` is told how many bytes have come, unpacked.
 */

export const FOLDER = new URL("../python/", import.meta.url).href;
export const REST = "calculators-rest.wasm";
const IMAGE = "calculators.wasm";
const SQUEEZED = "calculators.wasm.zst";
const DECODER = "fzstd.mjs";
/** The image's section that says which build it is of. */
const BUILD = "build";

/** When it is asked whether the squeezed form would be here sooner. [milliseconds] */
const LOOK_AFTER = 400;
/** What decoding it takes on a slow phone, beside the download that hides most of it. [milliseconds] */
const DECODING = 800;

/** A start that came to nothing, or an end before its time. The message is for whoever mends it. */
export class Breakdown extends Error {
    /**
     * @param {string} detail
     * @param {string} [reason] What is wrong, for the reader, where it is known.
     * @param {Cure} [cure]
     */
    constructor(detail, reason, cure = "retry") {
        super(detail);
        this.reason = reason;
        this.cure = cure;
    }
}

/** Whether this page's files are kept in the browser, and given by the service worker (sw.js). */
export function isKept() {
    return Boolean(navigator.serviceWorker?.controller);
}

/**
 * @param {string} name
 * @param {string} id Part of the address, so that no cache on the way gives an older build's file.
 */
export function addressOf(name, id) {
    return new URL(id ? `${name}?${id}` : name, FOLDER).href;
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<WebAssembly.Module>}
 * @throws {Breakdown}
 */
export async function compileImage({ id, bytes, transferred, squeezed = 0, isPlain, tell }) {
    const giveUp = new AbortController();
    const response = await fetchFile(IMAGE, id, { cache: isPlain ? "reload" : "default", signal: giveUp.signal });
    const began = performance.now();
    let received = 0;
    // Compiling takes the response as it came, so that the browser can keep the compiled code; the bytes are counted
    // on a copy.
    drain(response.clone(), (sum) => {
        received = sum;
        tell(sum);
    }).catch(() => {});
    const plain = compile(response, id);
    plain.catch(() => {}); // Told below, unless it was given up.

    const encoding = response.headers.get("content-encoding");
    // What is kept here comes as fast as this machine can read it; the squeezed form is not kept.
    if (isPlain || isKept() || squeezed === 0 || /br|zstd/.test(encoding ?? "")) return plain;
    const isThere = await Promise.race([plain.then(() => true), after(LOOK_AFTER)]);
    const onTheWay = encoding ? transferred : bytes;
    const come = (received / bytes) * onTheWay;
    const saved = onTheWay - come - squeezed;
    const perMillisecond = come / (performance.now() - began);
    if (isThere || saved < DECODING * perMillisecond) return plain;
    giveUp.abort();
    return compile(await fetchSqueezed(id, tell), id);
}

/**
 * @param {string} id
 * @param {(received: number) => void} tell Told how many bytes have been unpacked.
 */
async function fetchSqueezed(id, tell) {
    const [{ Decompress }, { body }] = await Promise.all([
        /** @type {Promise<typeof import("fzstd")>} */ (import(`${FOLDER}${DECODER}`)),
        fetchFile(SQUEEZED, id),
    ]);
    const decoder = new Decompress();
    let unpacked = 0;
    const unpacking = new TransformStream({
        start: (controller) => {
            decoder.ondata = (chunk) => {
                unpacked += chunk.length;
                controller.enqueue(chunk);
            };
        },
        transform: (/** @type {Uint8Array} */ chunk) => {
            decoder.push(chunk);
            tell(unpacked);
        },
    });
    return new Response(body?.pipeThrough(unpacking));
}

/**
 * @param {string} name
 * @param {string} id
 * @param {RequestInit} [options]
 */
async function fetchFile(name, id, options) {
    const reason = `the file ${name} could not be fetched`;
    const response = await fetch(addressOf(name, id), options).catch((error) => {
        throw new Breakdown(String(error), reason);
    });
    if (!response.ok) throw new Breakdown(`the server answered ${response.status}`, reason);
    return response;
}

/**
 * @param {Response} response
 * @param {string} id
 */
async function compile(response, id) {
    // Some hosts do not know what a .wasm file is, and browsers compile nothing else while it arrives.
    const isKnown = response.headers.get("content-type")?.startsWith("application/wasm");
    const typed = isKnown ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } });
    let module;
    try {
        module = await WebAssembly.compileStreaming(typed);
    } catch (error) {
        throw new Breakdown(String(error), `the file ${IMAGE} is damaged or incomplete`);
    }
    const [build] = WebAssembly.Module.customSections(module, BUILD);
    if (id && (!build || new TextDecoder().decode(build) !== id)) {
        const reason = `the file ${IMAGE} is of another version of this site than the page`;
        throw new Breakdown(`not of build ${id}`, reason, "reload");
    }
    return module;
}

/**
 * Read a response to its end.
 *
 * @param {Response} response
 * @param {(received: number) => void} tell Told how many bytes have come.
 */
async function drain({ body }, tell) {
    const reader = body?.getReader();
    let received = 0;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
        received += part.value.length;
        tell(received);
    }
}

/** @param {number} milliseconds @returns {Promise<false>} */
function after(milliseconds) {
    return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));
}
