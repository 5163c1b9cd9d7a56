// @ts-check
/**
 * Python with the calculators already loaded, from one WebAssembly file: text in, text out.
 *
 * tools/image/ makes the file and says what is in it. It imports three functions and exports three
 * and its memory; everything else that Python ever asked of a system is inside, or left out.
 */

/** Python came to something that the image leaves out, or broke. The instance is not to be used again. */
export class ImageFailure extends Error {
    /**
     * @param {string} what
     * @param {unknown} [cause]
     */
    constructor(what, cause) {
        super(what, { cause });
        this.name = "ImageFailure";
    }
}

/** An error in Python that Python has described; the instance is as good as before. */
export class PythonError extends Error {
    /** @param {string} traceback */
    constructor(traceback) {
        super(traceback);
        this.name = "PythonError";
    }
}

/**
 * @typedef {object} Image What the file exports.
 * @property {WebAssembly.Memory} memory
 * @property {(size: number) => number} reserve
 * @property {(at: number, size: number) => number} answer
 * @property {() => number} size
 */

/**
 * @param {WebAssembly.Module} module
 * @param {() => WebAssembly.Module} second Gives, at once, the code that answers have not been seen to run.
 * @returns {Promise<{ answer: (scenario: string) => string, image: Image }>}
 */
export async function startImage(module, second) {
    const decoder = new TextDecoder();
    let line = "";
    const imports = {
        browser: {
            load: () => {
                const code = second();
                new WebAssembly.Instance(code, { ...imports, shared: exports });
            },
            now: () => Date.now(),
            missing: (/** @type {number} */ number) => {
                throw new ImageFailure(`Python asked for call ${number}, which the image leaves out`);
            },
            print: (/** @type {number} */ at, /** @type {number} */ size) => {
                const lines = (line + decoder.decode(new Uint8Array(image.memory.buffer, at, size))).split("\n");
                line = lines.pop() ?? "";
                for (const each of lines) console.log(each);
            },
        },
    };
    const { exports } = await WebAssembly.instantiate(module, imports);
    const image = /** @type {Image} */ (/** @type {unknown} */ (exports));
    /** @type {ImageFailure | undefined} */
    let failure;
    return { image, answer };

    /** @param {string} scenario */
    function answer(scenario) {
        if (failure) throw failure;
        try {
            const reply = ask(new TextEncoder().encode(scenario));
            if (reply.startsWith("=")) return reply.slice(1);
            throw new PythonError(reply.slice(1));
        } catch (error) {
            if (error instanceof PythonError) throw error;
            // A trap, or more calls inside each other than the browser has room for. What Python was
            // in the middle of stays half done.
            failure = error instanceof ImageFailure ? error : new ImageFailure(`Python broke off (${error})`, error);
            throw failure;
        }
    }

    /** @param {Uint8Array} text */
    function ask(text) {
        const at = image.reserve(text.length || 1);
        if (at === 0) throw new ImageFailure("there is no memory left");
        // Memory may grow whenever Python runs, and its old buffer is then empty.
        new Uint8Array(image.memory.buffer, at, text.length).set(text);
        const reply = image.answer(at, text.length);
        if (reply === 0) throw new ImageFailure("Python gave no answer");
        return decoder.decode(new Uint8Array(image.memory.buffer, reply, image.size()));
    }
}
