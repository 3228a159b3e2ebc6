import { Anchor, List } from '@mantine/core';
import { Link } from 'react-router';
import type { Attempt } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { ResultBadge } from './ResultBadge.tsx';

/** Every attempt and correction, newest first; each stays readable. */
export function AttemptList({ attempts, current }: { attempts: readonly Attempt[]; current?: string }) {
  const t = useTexts('quality');
  const { timezone } = useMe();
  return (
    <List size="sm" spacing={4} listStyleType="none">
      {attempts.map(a => {
        const name = t(a.revision_no > 1 && a.correction_reason ? 'attempt_corrected' : 'attempt', {
          attempt: a.attempt_no,
          revision: a.revision_no,
        });
        return (
          <List.Item key={a.log_id}>
            {a.log_id === current ? (
              name
            ) : (
              <Anchor component={Link} to={`/quality/forms/${a.log_id}`}>
                {name}
              </Anchor>
            )}{' '}
            {a.status === 'SIGNED' ? <ResultBadge result={a.overall_result} /> : t(`log_states.${a.status}`)}
            {a.signed_at_ms !== null && ` · ${a.inspector_name} · ${formatInstant(a.signed_at_ms, timezone)}`}
            {a.correction_reason && ` · ${a.correction_reason}`}
          </List.Item>
        );
      })}
    </List>
  );
}
