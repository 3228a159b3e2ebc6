import { useState } from 'react';
import {
  OLDER_MAY_BE_ABSENT,
  OLDER_TABLE_NAMES,
  type OlderTable,
} from '../../../../preload/contract/older-tracking.ts';
import { ask, failureFrom, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';

export type OlderFiles = Partial<Record<OlderTable, File>>;
/** The table a file is named after. */
const tableOf = (file: File): OlderTable | undefined =>
  OLDER_TABLE_NAMES.find(name => `${name}.csv` === file.name.toLowerCase());

/** The way of an older tracking database: files, check, takeover, and the same check again. */
export function useOlder() {
  const [files, setFiles] = useState<OlderFiles>({});
  const [unknown, setUnknown] = useState<string[]>([]);
  const [source_name, setName] = useState('');
  const [import_id, setImport] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const checking = useJob('tracking.checkOlder');
  const applying = useJob('tracking.applyOlder');
  const missing = OLDER_TABLE_NAMES.filter(name => !files[name] && !OLDER_MAY_BE_ABSENT.includes(name));

  function take(dropped: readonly File[]): void {
    const named = dropped.flatMap(file => {
      const table = tableOf(file);
      return table ? [[table, file] as const] : [];
    });
    setUnknown(dropped.filter(file => !tableOf(file)).map(file => file.name));
    setFiles(before => ({ ...before, ...Object.fromEntries(named) }));
  }
  async function send(): Promise<string> {
    const sent = [];
    for (const table of OLDER_TABLE_NAMES) {
      const file = files[table];
      if (!file) continue;
      const { ticket } = await ask('tracking.prepareOlderUpload', { size_bytes: file.size });
      await upload(ticket, file);
      sent.push({ table, ticket });
    }
    return (await ask('tracking.beginOlder', { files: sent })).import_id;
  }
  async function check(): Promise<void> {
    setFailure(null);
    setSending(true);
    try {
      const id = import_id ?? (await send());
      setImport(id);
      setSending(false);
      await checking.start({ import_id: id, source_name });
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setSending(false);
    }
  }
  async function apply(): Promise<void> {
    if (import_id === null) return;
    if (await applying.start({ import_id, source_name })) await checking.start({ import_id, source_name });
  }
  function restart(): void {
    if (import_id !== null) void ask('tracking.endOlder', { import_id }).catch(() => undefined);
    for (const job of [checking, applying]) job.reset();
    setFiles({});
    setUnknown([]);
    setImport(null);
    setFailure(null);
  }
  return {
    ...{ files, unknown, missing, source_name, setName, isSending, failure },
    ...{ checking, applying, take, check, apply, restart },
    isFixed: import_id !== null,
  };
}
export type OlderFlow = ReturnType<typeof useOlder>;
