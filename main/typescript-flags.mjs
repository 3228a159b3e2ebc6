/**
 * For a Node that runs TypeScript as it is. What strips the types is WebAssembly, and in V8 of Node 24 a thread that
 * optimizes its calls after the thousandth may free code of another thread, which ends the program (seen as SIGSEGV in
 * `Runtime_TierUpWasmToJSWrapper`). So they are never optimized. The built program strips nothing.
 */
export const TYPESCRIPT_FLAGS = ['--wasm-wrapper-tiering-budget=1000000000'];
