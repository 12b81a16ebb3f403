import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';

/** The live client is most of our JavaScript. What it calls private begins with `_`, and short names there save a tenth of it. */
const shorterLiveClient: Plugin = {
  name: 'shorter-live-client',
  async renderChunk(code, chunk) {
    if (chunk.name !== 'centrifuge') {
      return null;
    }
    const result = await minify(code, { module: true, mangle: { properties: { regex: /^_/ } } });
    return { code: result.code ?? code, map: null };
  },
};

/** Builds the page into the jar's classes; `npm run dev` serves it beside a running Freshet on port 8080. */
export default defineConfig({
  build: {
    outDir: '../target/classes/web/page',
    emptyOutDir: true,
    target: 'es2022',
    // Imports that a click causes need no list of what to load before them.
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    manifest: 'chunks.json',
    rolldownOptions: {
      output: {
        // Changes seldom, so browsers keep it over many of our versions.
        codeSplitting: { groups: [{ name: 'preact', test: /node_modules\/@?preact/ }] },
      },
    },
  },
  plugins: [shorterLiveClient],
  server: {
    proxy: Object.fromEntries(
      ['/api', '/connection', '/media', '/openapi.yaml', '/docs'].map(path => [path, { target: 'http://localhost:8080', ws: true }]),
    ),
  },
});
