import { useParams } from 'react-router';
import { form } from '../../../../preload/contract/inspection.ts';

/** The form named by the address, or null when the address names none. */
export function useFormId() {
  const { log_id = '' } = useParams();
  const parsed = form.shape.log_id.safeParse(log_id);
  return parsed.success ? parsed.data : null;
}
