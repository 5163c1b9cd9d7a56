// The button of the proof and of the worked plan: Python in this browser works out again what was worked out when the
// page was built. Which question it is asked stands in the page, as one of those that `calculators.browser` answers.
// What comes back is HTML by slot, as from a calculator; this script knows no calculation and no number.

/** @typedef {import("./runtime.js").Python} Python */

/** From here on, a time is said in seconds. [milliseconds] */
const SECOND = 1000;

/**
 * Offer to recompute the page's calculations.
 *
 * @param {HTMLElement} proof
 */
export function offer(proof) {
    const button = /** @type {HTMLButtonElement} */ (proof.querySelector("[data-proof-run]"));
    const status = /** @type {HTMLElement} */ (proof.querySelector("[data-proof-status]"));
    const slots = /** @type {HTMLElement[]} */ ([...proof.querySelectorAll("[data-slot]")]);
    /** What the build computed, before anything is replaced. */
    const built = new Map(slots.map((slot) => [slot, slot.innerHTML]));
    /** @type {Promise<Python> | undefined} */
    let python;
    let module = "./runtime.js";
    let running = false;

    button.hidden = false;
    button.addEventListener("click", async () => {
        if (running) return;
        running = true;
        // Not `disabled`, which would take the focus away from whoever pressed it.
        button.setAttribute("aria-disabled", "true");
        try {
            await recompute();
        } catch (error) {
            const failed = python;
            python = undefined;
            failed?.then(({ stop }) => stop(), () => {});
            tellFailure(error instanceof Error ? error.message : String(error));
        }
        button.removeAttribute("aria-disabled");
        running = false;
    });

    async function recompute() {
        python ??= start();
        const { answer } = await python;
        tell("Recomputing…");
        const asked = performance.now();
        const { patches, says } = JSON.parse(await answer(proof.dataset.proof ?? ""));
        const took = performance.now() - asked;
        let same = 0;
        let figures = 0;
        for (const slot of slots) {
            const html = patches[slot.dataset.slot ?? ""];
            if (html === undefined) continue;
            slot.innerHTML = html;
            if (!slot.querySelector("data")) continue;
            figures += 1;
            // Compared as the browser writes both, so that only a difference in the figure counts.
            same += Number(slot.innerHTML === built.get(slot));
        }
        const alike =
            same === figures
                ? "Every figure is the same to its last digit as when the page was built."
                : `${figures - same} of ${figures} figures differ from those of the build, be it in their last digit.`;
        tell(`${says}, computed by this browser in ${time(took)}. ${alike}`);
    }

    /** @returns {Promise<Python>} */
    async function start() {
        tellProgress(0, 0);
        let startPython;
        try {
            ({ startPython } = /** @type {typeof import("./runtime.js")} */ (await import(module)));
        } catch {
            // A browser may remember that a module did not load; under another address it asks again.
            module = `./runtime.js?again=${Math.round(performance.now())}`;
            throw new Error(
                "Python could not start: a file of it did not arrive. Check the connection and try again.",
            );
        }
        return new Promise((resolve, reject) => {
            const started = startPython({
                onProgress: tellProgress,
                onReady: () => resolve(started),
                onFailed: (reason) => {
                    // It may also stop later on, when nobody waits for the start any more.
                    python = undefined;
                    reject(new Error(reason));
                },
            });
        });
    }

    /** @param {string} words */
    function tell(words) {
        status.classList.remove("is-failed");
        const line = document.createElement("p");
        line.textContent = words;
        status.replaceChildren(line);
    }

    /** @param {string} reason In words. */
    function tellFailure(reason) {
        tell(`${reason} The figures below are still those that were computed when the page was built.`);
        status.classList.add("is-failed");
    }

    /**
     * @param {number} loaded
     * @param {number} total
     */
    function tellProgress(loaded, total) {
        let bar = status.querySelector("progress");
        if (!bar) {
            tell("Fetching Python");
            bar = document.createElement("progress");
            bar.setAttribute("aria-label", "Fetching Python");
            // The running count is hidden from screen readers: the region would read every step of it aloud.
            const count = document.createElement("span");
            count.ariaHidden = "true";
            status.firstElementChild?.append(count);
            status.append(bar);
        }
        if (total === 0) return;
        bar.max = total;
        bar.value = loaded;
        const count = /** @type {HTMLElement} */ (status.querySelector("span"));
        count.textContent = `: ${megabytes(loaded)} of ${megabytes(total)} MB`;
    }
}

/** @param {number} bytes */
function megabytes(bytes) {
    return (bytes / 1e6).toFixed(1);
}

/** @param {number} milliseconds */
function time(milliseconds) {
    if (milliseconds >= SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
    return `${Math.max(1, Math.round(milliseconds))} ms`;
}
