// Bundles Mermaid into docs/assets/mermaid/ as ES modules that load one another as they are needed: a page
// with a flow chart fetches the flow chart's modules, not the single 3 MB file that Mermaid publishes.

import { rm, writeFile } from "node:fs/promises";

import { build } from "esbuild";

const folder = "docs/assets/mermaid";

await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
    stdin: { contents: 'export { default } from "mermaid";', resolveDir: ".", sourcefile: "mermaid.js" },
    entryNames: "mermaid",
    chunkNames: "chunks/[name]-[hash]",
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
    metafile: true,
});

// The page's script is checked against Mermaid's own types.
await writeFile(`${folder}/mermaid.d.ts`, 'export { default } from "mermaid";\n');

const bytes = Object.values(metafile.outputs).reduce((total, { bytes }) => total + bytes, 0);
const files = Object.keys(metafile.outputs).length;
console.log(`-- Mermaid: ${files} modules, ${(bytes / 1e6).toFixed(1)} MB, loaded one by one as needed, in ${folder}/`);
