import { Environment } from '@marcbachmann/cel-js';
import type { ReadAnswer, Scalar } from '../../../preload/contract/product-model.ts';

export type ValueType = 'int' | 'string' | 'bool';
export type Outcome =
  | { status: 'value'; value: unknown; reads: ReadAnswer[] }
  | { status: 'undecided'; reads: ReadAnswer[]; problem: string }
  | { status: 'failed'; reads: ReadAnswer[]; problem: string };

/** Where expressions find their values. `undefined` means: not answered yet. */
export type AnswerSource = {
  scalar(name: string): Scalar | undefined;
  rowCount(group: string): number;
  rowScalar(group: string, row: number, field: string): Scalar | undefined;
};

export type Declarations = {
  answers: { name: string; type: ValueType }[];
  groups: { name: string; fields: { name: string; type: ValueType }[] }[];
  /** Values from outside the build: settings, dates. Read without being recorded as answers. */
  inputs: { name: string; type: ValueType }[];
};

type Derived = (scope: object) => unknown;
type Collector = { reads: Map<string, Scalar>; is_missing: boolean };
type Memo = { value: unknown; error: unknown; collected: Collector };

export type Language = ReturnType<typeof createLanguage>;
export type Expression = { text: string; run(scope: object): Outcome };
export type Template = { text: string; run(scope: object): Outcome };

const freshCollector = (): Collector => ({ reads: new Map(), is_missing: false });
const messageOf = (error: unknown) =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);

/** Whole numbers are bigint inside CEL; anything else passes unchanged. */
export const toCel = (value: Scalar | undefined) =>
  typeof value === 'number' ? BigInt(Math.trunc(value)) : (value ?? undefined);

function daysBetween(from: string, to: string) {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
  if (!Number.isInteger(days)) throw new Error(`not two dates: ${from}, ${to}`);
  return BigInt(days);
}

/** A class whose properties are read through `readValue`, so every read of an answer is seen. */
function answerClass(names: string[]) {
  class Answers {
    readValue: (name: string) => unknown;
    constructor(readValue: (name: string) => unknown) {
      this.readValue = readValue;
    }
  }
  for (const name of names) {
    Object.defineProperty(Answers.prototype, name, {
      get(this: Answers) {
        return this.readValue(name);
      },
    });
  }
  return Answers;
}

/**
 * A typed CEL dialect for one product model. Expressions are parsed and type-checked when compiled,
 * so a misspelt field fails with the model and never during an order.
 */
export function createLanguage(declarations: Declarations) {
  const rowType = (group: string) => `${group}_row`;
  const environment = new Environment({ limits: { maxListElements: 2000 } })
    .registerFunction('list<int>.sum(): int', (values: bigint[]) =>
      values.reduce((sum, value) => sum + value, 0n),
    )
    .registerFunction('max(int, int): int', (a: bigint, b: bigint) => (a > b ? a : b))
    .registerFunction('min(int, int): int', (a: bigint, b: bigint) => (a < b ? a : b))
    .registerFunction('days_between(string, string): int', daysBetween);

  const rowClasses = new Map<string, ReturnType<typeof answerClass>>();
  for (const group of declarations.groups) {
    const ctor = answerClass(group.fields.map(field => field.name));
    rowClasses.set(group.name, ctor);
    environment.registerType(rowType(group.name), {
      ctor,
      fields: Object.fromEntries(group.fields.map(field => [field.name, field.type])),
    });
    environment.registerVariable(group.name, `list<${rowType(group.name)}>`);
  }
  // `build` exists for has(build.field): asking whether an optional answer was given.
  const buildClass = answerClass(declarations.answers.map(answer => answer.name));
  environment.registerType('build_answers', {
    ctor: buildClass,
    fields: Object.fromEntries(declarations.answers.map(answer => [answer.name, answer.type])),
  });
  environment.registerVariable('build', 'build_answers');
  for (const variable of [...declarations.answers, ...declarations.inputs]) {
    environment.registerVariable(variable.name, variable.type);
  }

  const derived = new Map<string, Derived>();
  const collectors: Collector[] = [];
  const record = (path: string, value: Scalar | undefined) => {
    const collector = collectors.at(-1);
    if (!collector) return;
    collector.reads.set(path, value ?? null);
    if (value === undefined || value === null) collector.is_missing = true;
  };

  function collect<T>(collector: Collector, work: () => T) {
    collectors.push(collector);
    try {
      return work();
    } finally {
      collectors.pop();
    }
  }

  /** The values of one build at one moment. Make a new one after the answers change. */
  function createScope(source: AnswerSource, inputs: Record<string, Scalar | undefined>): object {
    const memos = new Map<string, Memo>();
    const rows = new Map<string, object[]>();
    const groups = new Set(declarations.groups.map(group => group.name));
    const answers = new Set(declarations.answers.map(answer => answer.name));

    const readAnswerValue = (name: string) => {
      const value = source.scalar(name);
      record(name, value);
      return toCel(value);
    };
    const rowsOf = (group: string) => {
      const known = rows.get(group);
      if (known) return known;
      const made = Array.from({ length: source.rowCount(group) }, (_, row) => rowOf(group, row));
      rows.set(group, made);
      return made;
    };
    const rowOf = (group: string, row: number) => {
      const RowClass = rowClasses.get(group) ?? buildClass;
      return new RowClass(field => {
        const value = source.rowScalar(group, row, field);
        record(`${group}[${row}].${field}`, value);
        return toCel(value);
      });
    };
    const readDerived = (name: string, evaluate: Derived) => {
      let memo = memos.get(name);
      if (!memo) {
        memo = { value: undefined, error: undefined, collected: freshCollector() };
        try {
          memo.value = collect(memo.collected, () => evaluate(scope));
        } catch (error) {
          memo.error = error;
        }
        memos.set(name, memo);
      }
      for (const [path, value] of memo.collected.reads) record(path, value);
      if (memo.error !== undefined) throw memo.error;
      return memo.value;
    };
    const read = (name: string): unknown => {
      if (groups.has(name)) return rowsOf(name);
      if (answers.has(name)) return readAnswerValue(name);
      const evaluate = derived.get(name);
      if (evaluate) return readDerived(name, evaluate);
      const input = inputs[name];
      if (input === undefined || input === null) record(name, undefined);
      return toCel(input);
    };

    const scope = {};
    const names = [...groups, ...answers, ...derived.keys(), ...declarations.inputs.map(input => input.name)];
    for (const name of names) Object.defineProperty(scope, name, { get: () => read(name) });
    Object.defineProperty(scope, 'build', { value: new buildClass(readAnswerValue) });
    scopeRows.set(scope, rowOf);
    return scope;
  }
  const scopeRows = new WeakMap<object, (group: string, row: number) => object>();

  /** The same values plus `row` and `index` (from 1). A row beyond the last one is a blank row. */
  function rowScope(scope: object, group: string, row: number): object {
    const rowOf = scopeRows.get(scope);
    if (!rowOf) throw new Error('rowScope needs a scope made by createScope');
    return Object.create(scope, { row: { value: rowOf(group, row) }, index: { value: BigInt(row + 1) } });
  }

  const rowEnvironments = new Map<string, Environment>();
  const environmentFor = (group: string | undefined) => {
    if (!group) return environment;
    const known = rowEnvironments.get(group);
    if (known) return known;
    const made = environment.clone().registerVariable('row', rowType(group)).registerVariable('index', 'int');
    rowEnvironments.set(group, made);
    return made;
  };

  const compiled = new Map<string, (scope: object) => unknown>();
  function parse(text: string, type: ValueType | 'any', group: string | undefined) {
    const key = `${group ?? ''}|${type}|${text}`;
    const known = compiled.get(key);
    if (known) return known;
    const program = environmentFor(group).parse(text);
    const checked = program.check();
    if (!checked.valid) throw new Error(messageOf(checked.error));
    if (type !== 'any' && checked.type !== type)
      throw new Error(`expected ${type}, found ${checked.type ?? 'nothing'}`);
    compiled.set(key, program);
    return program;
  }

  function outcome(work: () => unknown): Outcome {
    const collector = freshCollector();
    const reads = () => [...collector.reads].map(([path, value]) => ({ path, value }));
    try {
      const value = collect(collector, work);
      return { status: 'value', value, reads: reads() };
    } catch (error) {
      const status = collector.is_missing ? 'undecided' : 'failed';
      return { status, reads: reads(), problem: messageOf(error) };
    }
  }

  return {
    createScope,
    rowScope,
    /** Named values must be defined in order, before the first row expression is compiled. */
    define(name: string, type: ValueType, evaluate: Derived) {
      derived.set(name, evaluate);
      environment.registerVariable(name, type);
    },
    parse,
    compile(text: string, type: ValueType | 'any', group?: string): Expression {
      const program = parse(text, type, group);
      return { text, run: scope => outcome(() => program(scope)) };
    },
    compileTemplate(text: string, group?: string): Template {
      const pieces = text.split(/\{([^{}]*)\}/);
      const programs = pieces.map((piece, i) => (i % 2 === 1 ? parse(piece, 'any', group) : undefined));
      const render = (scope: object) =>
        pieces.map((piece, i) => (programs[i] ? String(programs[i](scope)) : piece)).join('');
      return { text, run: scope => outcome(() => render(scope)) };
    },
  };
}
