// Stands in for Mermaid until a diagram is within a screen of the reader. The theme calls initialize and
// render, nothing else. A classic script, since mermaid2 asks for one.
{
    const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

    /** @type {(text: string) => Promise<void>} */
    const near = (text) =>
        new Promise((resolve) => {
            const observer = new IntersectionObserver(
                (entries) => {
                    if (entries.some((entry) => entry.isIntersecting)) resolve(observer.disconnect());
                },
                { rootMargin: "100%" },
            );
            for (const place of document.querySelectorAll("pre.mermaid"))
                if (place.textContent === text) observer.observe(place);
        });

    Object.assign(globalThis, {
        mermaid: {
            initialize() {},
            /** @type {(id: string, text: string) => Promise<unknown>} */
            render: async (id, text) => {
                await near(text);
                return (await import(new URL("diagram.js", src).href)).draw(id, text);
            },
        },
    });
}
