// @ts-check
/**
 * Make the file that Python starts from in a reader's browser, with the calculators already loaded.
 *
 *     node tools/image/build_image.mjs
 *
 *     node tools/image/build_image.mjs --draft     for who is writing: quick, neither examined nor compressed
 *
 * Run after tools/build_wheel.py. Writes to docs/assets/python/:
 *
 *     calculators.wasm        CPython's code, as far as answers run it, and Python's memory
 *     calculators-rest.wasm   all other code of CPython, fetched when it is first called
 *     calculators.wasm.br     the first once more, for hosts that send brotli
 *     calculators.wasm.zst    and for slow lines from hosts that do not, with the decoder that a page then loads
 *
 * to overrides/python.html what a page wants to know of these files, and to build/image/ what tests want to know. An image whose Python says something else than
 * CPython, about itself or about a scenario in tests/golden/, is not kept. Steps whose inputs are those
 * of the last time are not repeated.
 */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { bake, parted, withData } from "./bake.mjs";
import { joinWithHost, optimised } from "./code_half.mjs";
import { readEngine } from "./engine.mjs";
import { callThrough, differences, expectations } from "./gate.mjs";
import { areInSecond, lateData } from "./late_data.mjs";
import { counting, functionCount, split } from "./split.mjs";
import { warmPython } from "./warm_python.mjs";
import * as wasm from "./wasm_binary.mjs";
import { startImage } from "../../docs/assets/javascripts/worker.js";

const ROOT = resolve(import.meta.dirname, "..", "..");
const PYODIDE = join(ROOT, "node_modules", "pyodide");
const SCENARIOS_ASKED = join(ROOT, "tests", "golden", "scenarios.toml");
const DECODER = join(ROOT, "node_modules", "fzstd", "esm", "index.mjs");
const BINARYEN = join(ROOT, "node_modules", "binaryen", "bin");
const LIBRARY = join(ROOT, "build", "runtime", "library.zip");
const PACKAGES = join(ROOT, "build", "runtime", "site-packages");
const SERVED = join(ROOT, "docs", "assets", "python");
const MADE = join(ROOT, "build", "image");
const FIRST = join(SERVED, "calculators.wasm");
/** Which functions ran when that was last counted. */
const RUN = join(MADE, "run.bin");
const SECOND = join(SERVED, "calculators-rest.wasm");
/** The forms that arrive sooner. */
const FORMS = [".br", ".zst"];
const PAGE = join(ROOT, "overrides", "python.html");

/** The section in which the first module says which build it is of; runtime.js compares it with the page's. */
const BUILD = "build";

/** Answered before the memory is taken, so that all data is read and all caches are filled. */
const SCENARIOS = [
    "cost-comparison?",
    ...["robust", "tips", "dial"].map((part) => `cost-comparison?&part=${part}`),
    "cost-comparison?requests_per_month=plenty&no_such_name=1",
    "proof?",
];

/** The module's behaviour never rests on how it is made smaller. */
const WHOLE = ["--strip-debug", "--strip-producers", "--remove-unused-module-elements"];
const FIRST_HALF = ["--remove-unused-module-elements", "-Oz"];
const SECOND_HALF = ["--remove-unused-module-elements"];

/** What most static hosts compress by themselves. */
const COMPRESSED = /\.(mjs|js|json|wasm)$/;

const { values } = parseArgs({
    options: {
        draft: { type: "boolean", default: false },
        python: { type: "string", default: join(ROOT, ".venv", "bin", "python") },
    },
});

/** @param {(Uint8Array | string)[]} contents */
function digest(...contents) {
    const hash = createHash("sha256");
    for (const content of contents) hash.update(createHash("sha256").update(content).digest());
    return hash.digest("hex");
}

/**
 * The contents of a folder's files, in the order of their names.
 *
 * @param {string} folder
 * @returns {Uint8Array[]}
 */
function contents(folder) {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.includes("__pycache__"))
        .sort()
        .flatMap((path) => [Buffer.from(path.slice(folder.length)), readFileSync(path)]);
}

/** @param {string[]} names Files of this folder. */
function steps(...names) {
    return names.map((name) => readFileSync(join(import.meta.dirname, name)));
}

/**
 * What a step made of the same inputs before, or else now. Only the last result is kept.
 *
 * @param {string} name
 * @param {string} inputs
 * @param {() => Promise<Record<string, Uint8Array>>} make
 * @returns {Promise<Record<string, Uint8Array>>} By file name.
 */
async function once(name, inputs, make) {
    const stamp = join(MADE, `${name}.stamp`);
    const [made, ...files] = existsSync(stamp) ? readFileSync(stamp, "utf8").split("\n") : [""];
    if (made === inputs && files.every((file) => existsSync(join(MADE, file)))) {
        return Object.fromEntries(files.map((file) => [file, new Uint8Array(readFileSync(join(MADE, file)))]));
    }
    rmSync(stamp, { force: true });
    const begin = performance.now();
    const results = await make();
    for (const [file, content] of Object.entries(results)) writeFileSync(join(MADE, file), content);
    writeFileSync(stamp, [inputs, ...Object.keys(results)].join("\n"));
    console.log(`image: ${name}, ${seconds(begin)}`);
    return results;
}

/**
 * @param {string} build
 * @param {Uint8Array} module
 */
function saying(build, module) {
    const body = Uint8Array.from([...wasm.name(BUILD), ...new TextEncoder().encode(build)]);
    return wasm.assemble([...wasm.sections(module), { id: wasm.SECTION.custom, body }]);
}

/** @param {number} begin */
function seconds(begin) {
    return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}

/** Has the garbage collector run so often that it meets whatever is alive in the middle of an answer. */
const COLLECT_OFTEN = "import gc; gc.set_threshold(20, 5, 5); reply = ''";

/**
 * Which functions of the code run while scenarios are answered.
 *
 * @param {Uint8Array} code
 * @param {import("./warm_python.mjs").Image} image
 * @param {number} spare Where the memory has room that nothing uses.
 * @param {string[]} scenarios
 */
async function functionsRun(code, { memory, answer, examine }, spare, scenarios) {
    const module = await WebAssembly.compile(bake(counting(code, spare), memory));
    const python = await startImage(module, () => {
        throw new Error("the whole code is here");
    });
    const marks = () => new Uint8Array(python.image.memory.buffer, spare, functionCount(code));
    callThrough(python.image, examine);
    python.answer(COLLECT_OFTEN);
    callThrough(python.image, answer);
    marks().fill(0);
    for (const scenario of scenarios) {
        try {
            answerWhole(python.answer, scenario);
        } catch (error) {
            if (/** @type {Error} */ (error).name !== "PythonError") throw error;
        }
    }
    return marks().slice();
}

/**
 * Ask for all parts of an answer, as a page does.
 *
 * @param {(request: string) => string} answer
 * @param {string} scenario
 */
function answerWhole(answer, scenario) {
    const { parts = [] } = JSON.parse(answer(scenario));
    for (const part of parts) {
        for (let from = 0; from !== undefined; ) {
            ({ next: from } = JSON.parse(answer(`${scenario}&part=${part}&from=${from}`)));
        }
    }
}

async function build() {
    mkdirSync(MADE, { recursive: true });
    for (const path of [LIBRARY, PACKAGES]) {
        if (!existsSync(path)) throw new Error(`${path} is missing. Run tools/build_wheel.py first.`);
    }
    const stamp = join(MADE, "image.stamp");
    const inputs = digest(
        ...contents(import.meta.dirname),
        ...contents(PACKAGES),
        ...[SCENARIOS_ASKED, LIBRARY, DECODER, join(PYODIDE, "pyodide.asm.wasm"), join(PYODIDE, "pyodide.asm.js")].map((path) => readFileSync(path)),
    );
    const isKept = [FIRST, SECOND, ...FORMS.map((form) => `${FIRST}${form}`), PAGE, stamp].every((path) => existsSync(path));
    if (isKept && readFileSync(stamp, "ascii") === inputs) {
        console.log("image: up to date");
        return;
    }

    // A function that newly runs is then in the second file.
    const isDraft = values.draft && existsSync(RUN);
    // CPython answers beside all that follows.
    const expecting = isDraft ? undefined : expectations(ROOT, values.python);
    expecting?.catch(() => {}); // Told when it is waited for.
    const { binary, layout } = readEngine(PYODIDE);
    const { "code.wasm": code, "missing.json": missing } = await once(
        "code",
        digest(binary, ...steps("code_half.mjs", "host_module.mjs", "wasm_binary.mjs"), JSON.stringify([WHOLE, layout])),
        async () => {
            const { joined, missing } = await joinWithHost(binary, layout, BINARYEN);
            return {
                "code.wasm": await optimised(joined, WHOLE, BINARYEN),
                "missing.json": Buffer.from(JSON.stringify(missing)),
            };
        },
    );

    let begin = performance.now();
    const library = new Uint8Array(readFileSync(LIBRARY));
    const late = await lateData(binary, layout, library);
    const warm = await warmPython({
        binary,
        layout,
        library,
        packages: PACKAGES,
        programs: {
            cleaner: readFileSync(join(import.meta.dirname, "clean_memory.py"), "utf8"),
            entry: readFileSync(join(import.meta.dirname, "entry.py"), "utf8"),
        },
        scenarios: SCENARIOS,
    });
    console.log(`image: memory, ${seconds(begin)}`);

    const expected = await expecting;
    const run = expected ? await counted(code, warm, layout.stackEnd, expected) : new Uint8Array(readFileSync(RUN));
    rmSync(stamp, { force: true });
    if (!areInSecond(code, run, late.slots)) throw new Error("an answer starts a codec whose tables come later");
    const parting = digest(code, run, JSON.stringify(late.ranges)).slice(0, 12);
    const { "first.wasm": first, "second.wasm": rest } = await once("halves", digest(parting, ...steps("split.mjs")), async () => {
        const halves = split(code, (place) => run[place] !== 0, parting);
        const [first, second] = await Promise.all([
            optimised(halves.first, FIRST_HALF, BINARYEN),
            optimised(halves.second, SECOND_HALF, BINARYEN),
        ]);
        return { "first.wasm": first, "second.wasm": second };
    });
    const parts = parted(warm.memory, late.ranges);
    const id = inputs.slice(0, 12);
    const [image, second] = [saying(id, bake(first, parts.first)), withData(rest, parts.second)];

    const made = join(MADE, basename(FIRST));
    writeFileSync(made, image);
    for (const form of FORMS) rmSync(`${FIRST}${form}`, { force: true });
    if (expected) {
        // Compressed while it is examined: both take a while, and each a core.
        const squeezing = squeeze(made);
        squeezing.catch(() => {}); // Told when it is waited for.
        await examine({ image, second, ...warm, expected });
        await squeezing;
        for (const form of FORMS) copyFileSync(`${made}${form}`, `${FIRST}${form}`);
    }
    copyFileSync(made, FIRST);
    writeFileSync(SECOND, second);
    copyFileSync(DECODER, join(SERVED, "fzstd.mjs"));
    for (const path of [FIRST, ...FORMS.map((form) => `${FIRST}${form}`), SECOND]) {
        if (existsSync(path)) console.log(`image: ${sizes(path)}`);
    }
    const facts = { examine: warm.examine, lines: expected?.lines, missing: JSON.parse(Buffer.from(missing).toString()) };
    writeFileSync(join(MADE, "facts.json"), JSON.stringify(facts, null, 2));
    const stated = JSON.stringify(filesOfStarts(id)).replaceAll('"', "&quot;");
    writeFileSync(PAGE, `<meta name="python" content="${stated}">\n`);
    if (!isDraft) writeFileSync(stamp, inputs, "ascii");
}

/**
 * @param {Uint8Array} code
 * @param {import("./warm_python.mjs").Image} warm
 * @param {number} spare
 * @param {import("./gate.mjs").Expectations} expected
 */
async function counted(code, warm, spare, { answers, explored, faults }) {
    const begin = performance.now();
    const run = await functionsRun(code, warm, spare, [
        ...answers.map(({ scenario }) => scenario),
        ...explored,
        ...faults.map(({ scenario }) => scenario), // A traceback is to be written without the second module.
    ]);
    console.log(`image: ${run.filter((each) => each).length} of ${run.length} functions run, ${seconds(begin)}`);
    writeFileSync(RUN, run);
    return run;
}

/** @param {Parameters<typeof differences>[0]} options */
async function examine(options) {
    const begin = performance.now();
    const found = await differences(options);
    if (found.length) throw new Error(`the image differs from CPython:\n${found.join("\n")}`);
    const { answers, lines } = options.expected;
    console.log(`image: ${answers.length} answers and ${lines.length} lines are CPython's, ${seconds(begin)}`);
}

/** @param {string} path */
function sizes(path) {
    const size = `${basename(path)} ${kilobytes(sizeOf(path))}`;
    return path.endsWith(".wasm") ? `${size}, gzip ${kilobytes(transferred(path, readFileSync(path)))}` : size;
}

/** @param {string} path */
function sizeOf(path) {
    return existsSync(path) ? statSync(path).size : 0;
}

/** @param {number} bytes */
function kilobytes(bytes) {
    return `${(bytes / 1000).toFixed(0)} kB`;
}

/**
 * What runtime.js wants to know of the files of either start: which build they must be of, and their sizes.
 *
 * @param {string} build
 */
function filesOfStarts(build) {
    const lockfile = JSON.parse(readFileSync(join(SERVED, "pyodide-lock.json"), "utf8"));
    const [wheel] = /** @type {{ sha256: string, file_name: string }[]} */ (Object.values(lockfile.packages));
    const sum = (/** @type {string[]} */ names) => {
        const files = names.map((name) => readFileSync(join(SERVED, name)));
        const total = (/** @type {number[]} */ sizes) => sizes.reduce((one, other) => one + other, 0);
        return {
            bytes: total(files.map(({ length }) => length)),
            transferred: total(files.map((content, index) => transferred(names[index], content))),
        };
    };
    return {
        image: { id: build, ...sum(["calculators.wasm"]), squeezed: sizeOf(`${FIRST}.zst`) },
        stock: { id: wheel.sha256, ...sum(["pyodide-lock.json", "pyodide.asm.wasm", "python_stdlib.zip", wheel.file_name]) },
    };
}

/**
 * @param {string} name
 * @param {Uint8Array} content
 */
function transferred(name, content) {
    return COMPRESSED.test(name) ? gzipSync(content, { level: 9 }).length : content.length;
}

/**
 * Write a file in the forms that arrive sooner.
 *
 * @param {string} file
 */
function squeeze(file) {
    const run = promisify(execFile);
    return Promise.all([
        run(process.execPath, [join(import.meta.dirname, "squeeze_brotli.mjs"), file, `${file}.br`]),
        run(values.python, [join(import.meta.dirname, "squeeze_zstd.py"), file, `${file}.zst`]),
    ]);
}

try {
    await build();
} catch (error) {
    console.error(`image: ${/** @type {Error} */ (error).message}`);
    process.exit(1);
}
