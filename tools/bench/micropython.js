// @ts-check
/**
 * MicroPython as its authors publish it: the npm package, in a worker of its own. Numbers in, what they cost out.
 */

const asked = start();

self.onmessage = async ({ data }) => {
    const cost = await asked;
    self.postMessage(cost(Number(data)));
};

/** @returns {Promise<(requestsPerMonth: number) => string>} */
async function start() {
    const [{ loadMicroPython }, calculator] = await Promise.all([
        import(new URL("/micropython/micropython.mjs", location.origin).href),
        fetch("cost.py").then((reply) => reply.text()),
    ]);
    const python = await loadMicroPython();
    python.runPython(calculator);
    return python.globals.get("cost");
}
