// Tables of records: buttons that sort them, a field and a list that filter them. The tables are whole without it.
// Nothing is fetched and nothing is kept: a reload shows every row in its first order.

import { addFilter, uncover } from "./filter.js";
import { announce, parse } from "./links.js";

const NAMES = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Give every table of the page what its attributes ask for, and see to it that a link's row can be seen. */
export function enhance() {
    for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table[data-records]"))) {
        for (const heading of /** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll("th[data-sort]"))) {
            addSorting(table, heading);
        }
        if (table.dataset.filter) filtered(table, table.dataset.filter);
    }
    addEventListener("hashchange", reveal);
    reveal();
}

/** @param {HTMLTableElement} table */
const rowsOf = (table) => [...(table.tBodies[0]?.rows ?? [])];

/**
 * What a row is sorted by in a column: its exact value, or the text of its name without the second line.
 *
 * @param {HTMLTableRowElement} row
 * @param {number} column
 */
function valueOf(row, column) {
    const cell = row.cells[column];
    return (cell?.dataset.value ?? cell?.firstChild?.textContent ?? "").trim();
}

/** @param {HTMLTableElement} table @param {HTMLTableCellElement} heading */
function addSorting(table, heading) {
    const title = heading.firstChild?.textContent ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
        const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        sort(table, heading.cellIndex, direction === "ascending" ? 1 : -1);
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", direction);
        announce(`Sorted by ${title}, ${direction}`);
    });
    heading.append(button);
}

/**
 * Put the rows in order of a column. Rows that are equal keep the order they have; rows without a value come last.
 *
 * @param {HTMLTableElement} table
 * @param {number} column
 * @param {1 | -1} sign
 */
function sort(table, column, sign) {
    const rows = rowsOf(table).map((row) => ({ row, value: valueOf(row, column) }));
    const numbers = rows.every(({ value }) => value === "" || Number.isFinite(Number(value)));
    rows.sort((one, other) => {
        if (one.value === "" || other.value === "") return Number(one.value === "") - Number(other.value === "");
        const difference = numbers
            ? Number(one.value) - Number(other.value)
            : NAMES.compare(one.value, other.value);
        return sign * difference;
    });
    table.tBodies[0]?.append(...rows.map(({ row }) => row));
}

/**
 * Put a field above a table that leaves only the rows with all of its words, and a list that leaves only one group.
 *
 * @param {HTMLTableElement} table
 * @param {string} noun What the rows are, in the plural.
 */
function filtered(table, noun) {
    const rows = rowsOf(table);
    const label = table.dataset.group;
    const more = label
        ? {
              label,
              list: listOf(rows.map((row) => row.dataset.group ?? "")),
              passes: (/** @type {HTMLElement} */ row, /** @type {string} */ chosen) =>
                  chosen === "" || row.dataset.group === chosen,
          }
        : undefined;
    addFilter(table.closest(".scroll-box") ?? table, noun, rows, { more });
}

/** A list of each of some values once, with all of them first. @param {string[]} values */
function listOf(values) {
    const list = document.createElement("select");
    list.autocomplete = "off";
    list.append(new Option("All", ""));
    for (const value of [...new Set(values)].sort(NAMES.compare)) list.append(new Option(value, value));
    return list;
}

/** Bring the reader to what the address names, if it stands in a table: neither filtered away nor folded up. */
function reveal() {
    const target = document.getElementById(parse(location.hash).id);
    if (!target?.closest(".records")) return;
    uncover(location.hash);
    for (let folded = target.closest("details"); folded; folded = folded.parentElement?.closest("details") ?? null) {
        folded.open = true;
    }
    target.scrollIntoView({ behavior: "instant" });
}
