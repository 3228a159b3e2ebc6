import type { AppContract } from '../../preload/contract/index.ts';
import type { InputOf, OutputOf, Procedure, ProcedureKind } from '../../preload/contract/rpc.ts';

type PathIn<C> = {
  [M in keyof C & string]: { [P in keyof C[M] & string]: `${M}.${P}` }[keyof C[M] & string];
}[keyof C & string];
type At<P extends string> = P extends `${infer M}.${infer N}`
  ? M extends keyof AppContract
    ? N extends keyof AppContract[M]
      ? Extract<AppContract[M][N], Procedure>
      : never
    : never
  : never;

/** `module.procedure` of everything in the contract. */
export type Path = PathIn<AppContract>;
export type PathOf<K extends ProcedureKind> = { [P in Path]: At<P>['kind'] extends K ? P : never }[Path];
export type InputAt<P extends Path> = InputOf<At<P>>;
export type OutputAt<P extends Path> = OutputOf<At<P>>;
