// A field above each long list of a form, which leaves in the list what holds the words typed. Safari hides no option by
// a style: what does not hold them is taken out, and put back. What is chosen stays in the list, so a list keeps its
// value whatever is typed.

/** Up to so many options, a list is read sooner than a word is typed. */
const LONG = 12;

/**
 * An option, the heading it stands under, and the words it is found by.
 *
 * @typedef {object} Entry
 * @property {HTMLOptionElement} option
 * @property {HTMLOptGroupElement | null} heading
 * @property {string} words
 */

/** Each long list as it was served. @type {WeakMap<HTMLSelectElement, Entry[]>} */
const whole = new WeakMap();

/** Put a field above each long list in a part of a form. @param {Element} part */
export function addFilters(part) {
    for (const select of part.querySelectorAll("select")) if (select.options.length > LONG) addFilter(select);
}

/** All options of a list, those that are filtered out among them. @param {HTMLSelectElement} select */
export function optionsOf(select) {
    return whole.get(select)?.map(({ option }) => option) ?? [...select.options];
}

/** Let a list hold all of its options again. @param {HTMLSelectElement} select */
export function showAll(select) {
    const field = filterOf(select);
    if (!field?.value) return;
    field.value = "";
    narrow(select, field);
}

/** @param {HTMLSelectElement} select @returns {HTMLInputElement | null} */
function filterOf(select) {
    return select.closest(".field")?.querySelector(".list-filter input") ?? null;
}

/** @param {HTMLSelectElement} select */
function addFilter(select) {
    const entries = [...select.options].map((option) => {
        const heading = option.closest("optgroup");
        return { option, heading, words: `${heading?.label ?? ""} ${option.text} ${option.value}`.toLowerCase() };
    });
    whole.set(select, entries);
    const box = document.createElement("div");
    box.className = "list-filter";
    const label = document.createElement("label");
    label.textContent = "Filter the list";
    const field = document.createElement("input");
    // Without a name, so that no form carries it.
    field.type = "text";
    field.id = label.htmlFor = `${select.id}-filter`;
    field.spellcheck = false;
    field.setAttribute("aria-label", `Filter the list: ${select.labels[0]?.textContent?.trim() ?? ""}`);
    field.setAttribute("aria-controls", select.id);
    const told = document.createElement("p");
    told.className = "list-filter__left";
    told.setAttribute("role", "status");
    box.append(label, field, told);
    select.closest(".field__box")?.before(box);

    field.addEventListener("input", () => narrow(select, field));
    field.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && field.value) {
            event.preventDefault();
            showAll(select);
        } else if (event.key === "Enter" || event.key === "ArrowDown") {
            // On to what is left; the form, which Enter would send, has no part in it.
            event.preventDefault();
            event.stopPropagation();
            select.focus();
        }
    });
}

/** Leave in a list what holds every word typed. @param {HTMLSelectElement} select @param {HTMLInputElement} field */
function narrow(select, field) {
    const { value } = select;
    const entries = whole.get(select) ?? [];
    const typed = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = entries.filter(({ words }) => typed.every((word) => words.includes(word)));
    const isThere = fitting.some(({ option }) => option.value === value);
    // What a link brought and no list has stays, too.
    const foreign = select.querySelectorAll("option[data-foreign]");
    for (const { heading } of entries) heading?.replaceChildren();
    select.replaceChildren();
    for (const entry of entries) {
        if (!fitting.includes(entry) && entry.option.value !== value) continue;
        if (entry.heading) select.append(entry.heading);
        (entry.heading ?? select).append(entry.option);
    }
    select.append(...foreign);
    // To take out what is chosen, if only to put it back, chooses something else.
    select.value = value;
    const told = /** @type {HTMLElement} */ (field.parentElement?.querySelector(".list-filter__left"));
    const left = `${fitting.length || "None"} of ${entries.length} left`;
    told.textContent = typed.length === 0 ? "" : isThere ? left : `${left}, and the one that is chosen`;
}
