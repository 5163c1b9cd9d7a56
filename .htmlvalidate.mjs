// The rules the built pages are held to (tests/site/test_html.py).

/** @type {import("html-validate").ConfigData} */
export default {
    root: true,
    extends: ["html-validate:standard"],
    elements: [
        "html5",
        {
            // Ours: stands wherever a block may.
            "fine-tuning-calculator": { flow: true, phrasing: false },
        },
    ],
    rules: {
        // The theme's own ids begin with two underscores, which HTML has allowed since version 5.
        "valid-id": ["error", { relaxed: true }],
    },
};
