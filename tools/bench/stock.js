// @ts-check
/**
 * Pyodide as its authors publish it: the npm package, its own lockfile and library. Computes one sum, or, where the
 * address names a wheel, the calculators' default answer.
 */

const { loadPyodide } = await import(new URL("/stock/pyodide.mjs", location.origin).href);
const wheel = new URLSearchParams(location.search).get("wheel");
const pyodide = await loadPyodide({ packages: wheel ? [new URL(wheel, location.origin).href] : [] });
const program = wheel
    ? "from calculators.browser import answer; answer('cost-comparison?')"
    : "f'{50_000 * 12 * 0.0025:,.2f}'";
self.postMessage(pyodide.runPython(program));
