import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The windows. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  server: { fs: { allow: [path.resolve(import.meta.dirname)] } },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: true,
    chunkSizeWarningLimit: 2500,
  },
});
