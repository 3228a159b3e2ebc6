import type { z } from 'zod';
import { type CentreLine, CentreUnreachable, type Connect } from '../../../main/replication/centre.ts';

/** A call on its way: nothing happens until the schedule says what becomes of it. */
export interface ParkedCall {
  login: string;
  name: string;
  params: readonly unknown[];
  answer(value: unknown): void;
  fail(error: unknown): void;
  /** The line is cut under the call. */
  lose(): void;
}
const lost = (): CentreUnreachable => new CentreUnreachable('centre_unreachable', 'the line was cut');

/** The lines of one running station; gone with it when it is killed. */
export function createNetwork(login: string, onParked: () => void) {
  let parked: ParkedCall | undefined;
  let lines = 0;
  let notice: () => void = () => undefined;
  const connect: Connect = async () => {
    const own = ++lines;
    let is_lost = false;
    const line: CentreLine = {
      get is_lost() {
        return is_lost || own !== lines;
      },
      call: (name, schema, params) =>
        new Promise<z.output<typeof schema>>((resolve, reject) => {
          const ended = (end: () => void) => (): void => {
            parked = undefined;
            end();
          };
          parked = {
            login,
            name,
            params,
            answer: value => ended(() => resolve(schema.parse(value)))(),
            fail: error => ended(() => reject(error))(),
            lose: ended(() => {
              is_lost = true;
              reject(lost());
            }),
          };
          onParked();
        }),
      sent: async () => undefined,
      run: async () => [],
      listen: async (_channel, onNotice) => {
        notice = onNotice;
      },
      end: async () => {
        is_lost = true;
      },
    };
    return line;
  };
  return {
    connect,
    get parked() {
      return parked;
    },
    /** The centre says that something is new. */
    notice: () => notice(),
  };
}
export type Network = ReturnType<typeof createNetwork>;
