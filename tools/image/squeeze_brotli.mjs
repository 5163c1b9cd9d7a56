// @ts-check
/**
 * Write a file once more as brotli, as small as it goes. A program of its own, since it takes a core for a while.
 *
 *     node tools/image/squeeze_brotli.mjs FILE TARGET
 */

import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [file, target] = process.argv.slice(2);
const content = readFileSync(file);
const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_WINDOW_BITS } = constants;
const params = { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: content.length };
writeFileSync(target, brotliCompressSync(content, { params }));
