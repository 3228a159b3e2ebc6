import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'chrome140',
    rolldownOptions: {
      input: 'preload/index.ts',
      external: ['electron'],
      // A sandboxed preload script is loaded as one CommonJS file.
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
