// Draws a diagram with Mermaid. Loaded by mermaid-stub.js when the first diagram comes near.

import mermaid from "../mermaid/mermaid.js";

// Colours are the stylesheet's own properties: they reach into the closed shadow root that the theme draws
// in, so a drawn diagram follows the palette, forced colours and print without being drawn again.
const themeCSS = `
    .node rect, .node circle, .node polygon, .node path { fill: var(--paper); stroke: var(--edge); stroke-width: 1.5px }
    .nodeLabel, .nodeLabel p { color: var(--ink); fill: var(--ink) }
    .edgeLabel, .edgeLabel p, .edgeLabel span { color: var(--soft); background-color: var(--paper) }
    .edgeLabel rect, .labelBkg { fill: var(--paper); background-color: var(--paper); opacity: 1 }
    .flowchart-link { stroke: var(--edge); stroke-width: 1.5px }
    .marker, .arrowMarkerPath { fill: var(--edge); stroke: var(--edge) }
    .cluster rect { fill: var(--panel); stroke: var(--rule) }
    .cluster-label span, .cluster-label p { color: var(--soft) }
    .node > rect { fill: var(--panel); stroke: var(--ink) }
`;

mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme: "base",
    themeCSS,
    // A name with quotes would end the style attribute that Mermaid writes it into.
    fontFamily: "system-ui, -apple-system, Roboto, sans-serif",
    flowchart: { curve: "basis", nodeSpacing: 16, rankSpacing: 32, padding: 16, wrappingWidth: 150 },
});

/** @type {(id: string, text: string) => Promise<{ svg: string }>} */
export const draw = (id, text) => mermaid.render(id, text);
