import { Button } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import type { InstructionPage } from '../../../../preload/contract/production.ts';
import { useMe } from '../../../app/session.tsx';
import { useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** A draft is edited; a version in force gets a successor, or the draft that is there already is opened. */
export function InstructionActions({ page }: { page: InstructionPage }) {
  const t = useTexts('production');
  const { may } = useMe();
  const navigate = useNavigate();
  const make = useCommand('production.newInstructionVersion');
  const preview = (
    <Button variant="default" component={Link} to="/instructions/try">
      {t('editor.preview')}
    </Button>
  );
  if (!may('work_instructions:update')) return preview;
  const draft = page.versions.find(({ status }) => status === 'DRAFT');
  const editor = (id: string) => `/instructions/${id}/edit`;
  const start = async () => {
    const made = await make.run({ instruction_id: page.instruction_id });
    navigate(editor(made.instruction_id));
  };
  return (
    <>
      <RefusalNotice failure={make.failure} />
      {preview}
      {draft ? (
        <Button component={Link} to={editor(draft.instruction_id)}>
          {t('editor.edit')}
        </Button>
      ) : (
        <Button loading={make.pending} onClick={() => void start().catch(() => undefined)}>
          {t('editor.new_version')}
        </Button>
      )}
    </>
  );
}
