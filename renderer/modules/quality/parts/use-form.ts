import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Form, FormRow } from '../../../../preload/contract/inspection.ts';
import { ask, failureFrom, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';

type Saved = OutputAt<'quality.saveAnswer'>;
/** An answer that could not be kept: which row, and why. */
export interface RowFailure {
  measurement_id: string;
  failure: RpcFailure;
}
export const answerOf = (row: FormRow): Answer => ({
  measured_text: row.measured_text,
  measured_value_e6: row.measured_value_e6,
  is_na: row.is_na,
  other_text: row.other_text,
  note: row.note,
});

/** A form and its autosave: every answer is a command of its own, shown at once when it is kept. */
export function useForm(log_id: Form['log_id']) {
  const queries = useQueryClient();
  const { data: form, error } = useAsk('quality.getForm', { log_id });
  const [failed, setFailed] = useState<RowFailure | null>(null);
  const show = ({ row, progress }: Saved) =>
    queries.setQueryData<Form>(
      ['ask', 'quality.getForm', { log_id }],
      held =>
        held && {
          ...held,
          progress,
          sections: held.sections.map(section => ({
            ...section,
            rows: section.rows.map(r => (r.measurement_id === row.measurement_id ? row : r)),
          })),
        },
    );
  async function keep(
    measurement_id: FormRow['measurement_id'],
    work: () => Promise<Saved>,
  ): Promise<boolean> {
    try {
      show(await work());
      setFailed(null);
      return true;
    } catch (problem) {
      setFailed({ measurement_id, failure: failureFrom(problem) });
      return false;
    }
  }
  /** Changes part of an answer. Another kind of answer takes the place of the one before. */
  const answer = (row: FormRow, change: Partial<Answer>): Promise<boolean> =>
    keep(row.measurement_id, () =>
      ask('quality.saveAnswer', {
        measurement_id: row.measurement_id,
        answer: { ...answerOf(row), ...change },
      }),
    );
  const addPhoto = (row: FormRow, file: File): Promise<boolean> =>
    keep(row.measurement_id, async () => {
      const { ticket } = await ask('infrastructure.prepareUpload', {
        original_name: file.name,
        size_bytes: file.size,
      });
      await upload(ticket, file);
      const { file_upload_id } = await ask('infrastructure.registerFile', {
        ticket,
        original_name: file.name,
        links: [
          { entity_type: 'inspection_measurements', entity_id: row.measurement_id, link_role: 'PHOTO' },
        ],
      });
      return ask('quality.attachFile', { measurement_id: row.measurement_id, file_upload_id });
    });
  return { form, error: error ?? null, failed, answer, addPhoto };
}
export type FormHandle = ReturnType<typeof useForm>;
