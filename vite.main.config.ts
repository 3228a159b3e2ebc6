import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
/** Packed beside the bundle, so not in it: native modules, and packages that load their own parts by name. */
const external = ['electron', ...Object.keys(dependencies)].map(name => new RegExp(`^${name}(/|$)`));

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        app: 'main/app/index.ts',
        browser: 'main/browser/index.ts',
        cli: 'main/cli/index.ts',
        'data-process': 'main/data-process.ts',
        worker: 'main/worker.ts',
        'checkpoint-thread': 'main/checkpoint-thread.ts',
      },
      external,
      // Flat: files beside the bundle are found from `import.meta.dirname`, whichever chunk asks.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true },
});
