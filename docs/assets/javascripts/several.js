// Questions that take several answers: boxes to tick, over a hidden text that the form carries. Neither knows what an
// answer means; a box only knows whether it goes with others.

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * The boxes that stand for a control; none where it is met itself.
 *
 * @param {Element} control
 * @returns {HTMLInputElement[]}
 */
export function boxesOf(control) {
    const several = control.closest(".several");
    return several ? [.../** @type {NodeListOf<HTMLInputElement>} */ (several.querySelectorAll("[type=checkbox]"))] : [];
}

/** What a reader meets of a control: its boxes, or itself. @param {Control} control @returns {[Control, ...Control[]]} */
export function metOf(control) {
    const [first, ...others] = boxesOf(control);
    return first ? [first, ...others] : [control];
}

/** Tick what a control's text names. @param {Control} control */
export function showTicks(control) {
    const chosen = control.value.split(",").map((key) => key.trim());
    for (const box of boxesOf(control)) box.checked = chosen.includes(box.value);
}

/** Write what is ticked into a control's text, in the order of the boxes. @param {Control} control */
export function takeTicks(control) {
    const boxes = boxesOf(control);
    if (boxes.length) control.value = boxes.filter((box) => box.checked).map((box) => box.value).join(",");
}

/**
 * The control that an element is, or that its box stands for; what does not go with a box just ticked is cleared.
 *
 * @param {Control} element
 * @returns {Control}
 */
export function controlBehind(element) {
    const control = /** @type {HTMLInputElement | null} */ (element.closest(".several")?.querySelector("input[name]"));
    if (!control || !(element instanceof HTMLInputElement)) return element;
    const isAlone = (/** @type {HTMLElement} */ box) => box.dataset.alone !== undefined;
    if (element.checked)
        for (const box of boxesOf(control)) if (box !== element && (isAlone(box) || isAlone(element))) box.checked = false;
    takeTicks(control);
    return control;
}

/** The words beside the boxes that a text names. @param {Control} control @param {string} text */
export function wordsOf(control, text) {
    const chosen = text.split(",");
    const named = boxesOf(control).filter((box) => chosen.includes(box.value));
    return named.map((box) => box.closest("label")?.textContent?.trim() ?? box.value).join("; ");
}
