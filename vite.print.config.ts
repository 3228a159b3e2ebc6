import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The printed documents as one file for Node: components to HTML, with styles and fonts inside. */
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'renderer/print/entry.tsx',
    outDir: 'dist/print',
    emptyOutDir: true,
    target: 'node20',
    assetsInlineLimit: 1_000_000,
    rollupOptions: { output: { entryFileNames: 'print.js', codeSplitting: false } },
  },
});
