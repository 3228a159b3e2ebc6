/** An expected "no": listed in the contract, worded in the refusal catalogue, shown at the field or as a notice. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  /** What the command wrote so far stays (a counted failed sign-in). */
  readonly keep_writes: boolean;
  constructor(code: string, details: Record<string, unknown> = {}, keep_writes = false) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
    this.keep_writes = keep_writes;
  }
}
export function refuse(code: string, details: Record<string, unknown> = {}): never {
  throw new Refusal(code, details);
}
/** Refuses, yet commits what was written before: for counters and audit events of the refusal itself. */
export function refuseAndKeep(code: string, details: Record<string, unknown> = {}): never {
  throw new Refusal(code, details, true);
}
export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal;
/** Ends a switch over a closed set. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case ${String(value)}`);
}
