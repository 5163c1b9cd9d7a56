// @ts-check
/** Whether the image's Python is CPython's: its answers to scenarios, and what it says of itself. */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { startImage } from "../../docs/assets/javascripts/worker.js";
import { PLACE } from "./host_module.mjs";

/**
 * @typedef {object} Expectations
 * @property {{ name: string, scenario: string, answer: string }[]} answers
 * @property {{ scenario: string, lines: string[] }[]} faults Requests that break off, and the lines of our files on the way.
 * @property {string[]} explored Scenarios that are asked only to see what code they run.
 * @property {string} program That leaves the lines in `reply`.
 * @property {string[]} lines
 */

/** Uses something that clean_memory.py leaves out. */
const LEFT_OUT = `
import html
try:
    reply = html.unescape("&amp;")
except RuntimeError as fault:
    reply = str(fault)
`;

/**
 * @param {string} project
 * @param {string} python
 * @returns {Promise<Expectations>}
 */
export async function expectations(project, python) {
    const { stdout: reply } = await promisify(execFile)(python, [join(import.meta.dirname, "expectations.py")], {
        cwd: project,
        // The image knows no other time zone.
        env: { ...process.env, PYTHONPATH: project, TZ: "UTC" },
        encoding: "utf8",
        maxBuffer: 2 ** 28,
    });
    return { ...JSON.parse(reply), program: readFileSync(join(import.meta.dirname, "self_check.py"), "utf8") };
}

/**
 * @param {object} options
 * @param {Uint8Array<ArrayBuffer>} options.image
 * @param {Uint8Array} options.second
 * @param {number} options.answer
 * @param {number} options.examine
 * @param {Expectations} options.expected
 * @returns {Promise<string[]>} What differs, in words.
 */
export async function differences({ image, second, answer, examine, expected }) {
    const module = await WebAssembly.compile(image);
    let isSecondLoaded = false;
    const start = () =>
        startImage(module, () => {
            isSecondLoaded = true;
            return new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (second));
        });
    const python = await start();
    const wrong = [];
    const examineAnswers = (/** @type {string} */ when) => {
        for (const each of expected.answers) {
            if (python.answer(each.scenario) !== each.answer) wrong.push(`${each.name} has another answer, ${when}`);
        }
    };
    examineAnswers("first");
    for (const { scenario, lines } of expected.faults) {
        const found = linesOfOurs(python.answer, scenario);
        if (found.join() !== lines.join()) wrong.push(`${scenario} breaks off at ${found.join()}\n    not at ${lines.join()}`);
    }
    if (isSecondLoaded) wrong.push("an answer needed the second module");

    const entry = new DataView(python.image.memory.buffer).getInt32(PLACE.entry, true);
    if (entry !== answer) wrong.push("the image is not called where it should be");
    callThrough(python.image, examine);
    const lines = python.answer(expected.program).split("\n");
    expected.lines.forEach((line, index) => {
        if (lines[index] !== line) wrong.push(`expected ${line}\n     not ${lines[index]}`);
    });
    if (!python.answer(LEFT_OUT).startsWith("html.entities.html5 is left out")) {
        wrong.push("what is left out does not say so when it is used");
    }
    if (!isSecondLoaded) wrong.push("the self-check did not need the second module, so nothing tried it");
    callThrough(python.image, answer);
    examineAnswers("after the self-check");
    return wrong;
}

/**
 * Where our files stand in the traceback of a request that breaks off, the innermost last.
 *
 * @param {(request: string) => string} answer
 * @param {string} scenario
 */
function linesOfOurs(answer, scenario) {
    try {
        answer(scenario);
    } catch (error) {
        return /** @type {Error} */ (error).message.match(/File "calculators\/.*/g) ?? [];
    }
    return ["no place: it has an answer"];
}

/**
 * @param {import("../../docs/assets/javascripts/worker.js").Image} image
 * @param {number} function_ The Python function that texts go to from now on; see entry.py.
 */
export function callThrough({ memory }, function_) {
    new DataView(memory.buffer).setInt32(PLACE.entry, function_, true);
}
