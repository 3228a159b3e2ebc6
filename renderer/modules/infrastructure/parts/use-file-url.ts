import { useQuery } from '@tanstack/react-query';
import { ask, failureFrom, inlineUrl, type RpcFailure } from '../../../rpc/client.ts';
import type { InputAt } from '../../../rpc/paths.ts';

type FileId = InputAt<'infrastructure.openFile'>['file_upload_id'];
const TICKET_LIVES_MS = 9 * 60_000;

/** The address under which a stored file can be shown, or why it cannot be. An open file is not loaded anew by itself. */
export function useFileUrl(file_upload_id: FileId | null): {
  url: string | null;
  failure: RpcFailure | null;
} {
  const { data, error } = useQuery({
    queryKey: ['picture', file_upload_id],
    enabled: file_upload_id !== null,
    staleTime: TICKET_LIVES_MS,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      if (file_upload_id === null) return null;
      const { ticket } = await ask('infrastructure.openFile', { file_upload_id });
      return inlineUrl(ticket);
    },
  });
  return { url: data ?? null, failure: error ? failureFrom(error) : null };
}
