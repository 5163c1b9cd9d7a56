// @ts-check
/** Whether the image's Python is CPython's: its answers to scenarios, and what it says of itself. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { startImage } from "../../docs/assets/javascripts/worker.js";
import { PLACE } from "./host_module.mjs";

/**
 * @typedef {object} Expectations
 * @property {{ name: string, scenario: string, answer: string }[]} answers
 * @property {string} program That leaves the lines in `reply`.
 * @property {string[]} lines
 */

/** The build's own Python says what is expected; it is the same minor version as the image's. */
const ASK = `
import json, sys
from urllib.parse import urlencode
from tests.golden.golden import GOLDENS
from calculators.browser import answer
MISTYPED = ["", "abc", "ünknown", "1e400", "-5", "12,5", "\u20ac 12", "12 %", "1\u202f000", "<b>", "🙂", "1/0", "99999999999999999999"]
names = {"__name__": "examination"}
exec(sys.stdin.read(), names)
kept = [{"name": each.name, "scenario": each.scenario, "answer": each.answer} for each in GOLDENS]
asked = {"proof": "proof?"}
for each in GOLDENS:
    slug, _, _ = each.scenario.partition("?")
    # As a page asks it: every field of the form, as it is written there.
    values = json.loads(each.answer).get("values")
    if values:
        asked[f"{each.name}, from the form"] = f"{slug}?{urlencode(values)}"
        for name in list(values)[:: len(values) // 3]:
            for typed in MISTYPED:
                asked[f"{each.name}, {name} as {typed}"] = f"{slug}?{urlencode(values | {name: typed})}"
now = [{"name": name, "scenario": scenario, "answer": answer(scenario)} for name, scenario in asked.items()]
json.dump({"answers": [*kept, *now], "lines": names["reply"].split("\\n")}, sys.stdout)
`;

/**
 * @param {string} project
 * @param {string} python
 * @returns {Promise<Expectations>}
 */
export async function expectations(project, python) {
    const program = readFileSync(join(import.meta.dirname, "self_check.py"), "utf8");
    const reply = execFileSync(python, ["-c", ASK], {
        cwd: project,
        // The image knows no other time zone.
        env: { ...process.env, TZ: "UTC" },
        input: program,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
    });
    return { ...JSON.parse(reply), program };
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
    if (isSecondLoaded) wrong.push("an answer needed the second module");

    const entry = new DataView(python.image.memory.buffer).getInt32(PLACE.entry, true);
    if (entry !== answer) wrong.push("the image is not called where it should be");
    const call = (/** @type {number} */ function_) =>
        new DataView(python.image.memory.buffer).setInt32(PLACE.entry, function_, true);
    call(examine);
    const lines = python.answer(expected.program).split("\n");
    expected.lines.forEach((line, index) => {
        if (lines[index] !== line) wrong.push(`expected ${line}\n     not ${lines[index]}`);
    });
    if (!isSecondLoaded) wrong.push("the self-check did not need the second module, so nothing tried it");
    call(answer);
    examineAnswers("after the self-check");
    return wrong;
}
