import { useState } from 'react';
import type { ImportKindName } from '../../../../preload/contract/imports.ts';
import { ask, failureFrom, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';

export type Inspected = OutputAt<'imports.inspect'>;
export type Checked = OutputAt<'imports.check'>;
export type Mapping = Inspected['mapping'];
export interface Edit {
  row: number;
  column: number;
  text: string;
}
type Step = 'file' | 'columns' | 'check' | 'done';

/** The way of one file: received, mapped, checked as often as needed, applied. */
export function useImport(kind: ImportKindName) {
  const [step, setStep] = useState<Step>('file');
  const [file, setFile] = useState<Inspected | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [edits, setEdits] = useState<Edit[]>([]);
  /** Stays on screen while the next check runs. */
  const [found, setFound] = useState<Checked | null>(null);
  const [isUploading, setUploading] = useState(false);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const inspecting = useJob('imports.inspect');
  const checking = useJob('imports.check');
  const applying = useJob('imports.apply');

  async function open(import_id: Inspected['import_id']): Promise<void> {
    const found = await inspecting.start({ import_id });
    if (!found) return;
    setFile(found);
    setMapping(found.mapping);
    setEdits(found.edits);
    setStep('columns');
  }
  async function take(dropped: File): Promise<void> {
    setFailure(null);
    inspecting.reset();
    setUploading(true);
    try {
      const file_name = dropped.name.slice(0, 255);
      const { ticket } = await ask('imports.prepareUpload', { kind, file_name, size_bytes: dropped.size });
      await upload(ticket, dropped);
      const { import_id } = await ask('imports.begin', { kind, ticket, file_name });
      setUploading(false);
      await open(import_id);
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setUploading(false);
    }
  }
  async function check(corrections: Edit[] = edits): Promise<void> {
    if (!file) return;
    setEdits(corrections);
    applying.reset();
    const checked = await checking.start({ import_id: file.import_id, mapping, edits: corrections });
    if (!checked) return;
    setFound(checked);
    setStep('check');
  }
  async function apply(): Promise<void> {
    if (!file || !found) return;
    const { fingerprint } = found;
    if (await applying.start({ import_id: file.import_id, fingerprint })) setStep('done');
  }
  function restart(): void {
    for (const job of [inspecting, checking, applying]) job.reset();
    setFile(null);
    setFound(null);
    setFailure(null);
    setStep('file');
  }
  async function giveUp(): Promise<void> {
    if (file) await ask('imports.discard', { import_id: file.import_id });
    restart();
  }
  return {
    ...{ step, setStep, file, mapping, setMapping, edits, found, isUploading, failure },
    ...{ inspecting, checking, applying, open, take, check, apply, restart, giveUp },
  };
}
export type ImportFlow = ReturnType<typeof useImport>;
