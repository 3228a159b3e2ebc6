import { defineConfig } from 'vite';

/** The verifier of device history records as one file that an auditor runs with Node alone. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'main/cli/verify-record.ts',
    outDir: 'dist/verify',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'verify-record.mjs', codeSplitting: false } },
  },
});
