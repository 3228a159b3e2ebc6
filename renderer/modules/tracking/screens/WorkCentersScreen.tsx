import { Anchor, Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WorkCenterRow } from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ImportButton } from '../../imports/parts/ImportButton.tsx';
import { LabelButton } from '../../logistics/parts/LabelButton.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { WorkCenterForm } from '../parts/WorkCenterForm.tsx';

/** Work centres with what hangs on them: departments, people who may book, movements. */
export default function WorkCentersScreen() {
  const t = useTexts('tracking');
  const { may } = useMe();
  const mayEdit = may('work_centers:update');
  const asked = useAsk('tracking.listWorkCenters', {});
  const defaults = useCommand('tracking.createDefaultWorkCenters');
  const remove = useCommand('tracking.deleteWorkCenter');
  const [editing, setEditing] = useState<{ center: WorkCenterRow | null } | null>(null);
  const [removing, setRemoving] = useState<WorkCenterRow | null>(null);
  const rows = asked.data?.rows ?? [];
  const next_position = Math.max(0, ...rows.map(row => row.flow_position)) + 1;
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('nav.work_centers')}
        actions={
          <>
            <ExcelButton path="reporting.exportWorkCenters" input={{}} rows={rows.length} />
            <ImportButton kind="work_centers" />
            {mayEdit && <Button onClick={() => setEditing({ center: null })}>{t('centers.new')}</Button>}
          </>
        }
      />
      <RefusalNotice failure={asked.error ?? defaults.failure} />
      {asked.data && rows.length === 0 ? (
        <EmptyState
          title={t('missing.none_exist')}
          text={t('centers.none_text')}
          action={
            may('work_centers:create') && (
              <Button loading={defaults.pending} onClick={() => void defaults.run({}).catch(() => undefined)}>
                {t('centers.defaults')}
              </Button>
            )
          }
        />
      ) : (
        <Table verticalSpacing={6} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={60} ta="right">
                {t('centers.flow')}
              </Table.Th>
              <Table.Th w={100}>{t('centers.code')}</Table.Th>
              <Table.Th w={200}>{t('centers.name')}</Table.Th>
              <Table.Th w={130}>{t('centers.type')}</Table.Th>
              <Table.Th>{t('centers.departments')}</Table.Th>
              <Table.Th w={90} ta="right">
                {t('centers.people')}
              </Table.Th>
              <Table.Th w={110} ta="right">
                {t('nav.movements')}
              </Table.Th>
              <Table.Th w={280} aria-label={t('edit')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(row => (
              <Table.Tr key={row.work_center_id}>
                <Table.Td ta="right">{row.flow_position}</Table.Td>
                <Table.Td>{row.work_center_code}</Table.Td>
                <Table.Td>
                  {row.work_center_name} {!row.is_active && <StatusBadge label={t('inactive')} />}
                </Table.Td>
                <Table.Td>{t(`centers.types.${row.work_center_type}`)}</Table.Td>
                <Table.Td>{row.departments.map(d => d.dept_name).join(', ') || '-'}</Table.Td>
                <Table.Td ta="right">{formatCount(row.people)}</Table.Td>
                <Table.Td ta="right">{formatCount(row.movements)}</Table.Td>
                <Table.Td>
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    <LabelButton subject={{ work_center_id: row.work_center_id }} isCompact />
                    {mayEdit && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={`${t('edit')} ${row.work_center_name}`}
                        onClick={() => setEditing({ center: row })}
                      >
                        {t('edit')}
                      </Button>
                    )}
                    {may('work_centers:delete') && row.movements === 0 && (
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-sm"
                        aria-label={`${t('delete')} ${row.work_center_name}`}
                        onClick={() => setRemoving(row)}
                      >
                        {t('delete')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {may('order_movements:delete') && <Archive />}
      {may('settings:update') && (
        <Anchor component={Link} to="/admin/older-tracking" size="sm">
          {t('nav.older')}
        </Anchor>
      )}
      {editing && (
        <WorkCenterForm
          center={editing.center}
          next_position={next_position}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmPreview
        opened={removing !== null}
        title={t('centers.delete', { name: removing?.work_center_name ?? '' })}
        text={t('centers.delete_text')}
        confirmLabel={t('delete')}
        destructive
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={() => {
          if (removing)
            void remove.run({ work_center_id: removing.work_center_id }).then(
              () => setRemoving(null),
              () => undefined,
            );
        }}
        onClose={() => setRemoving(null)}
      />
    </Stack>
  );
}

/** Closes old groups with a zero balance; says first how many. */
function Archive() {
  const t = useTexts('tracking');
  const found = useAsk('tracking.archiveCandidates', {});
  const archive = useCommand('tracking.archive');
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<{ groups: number; movements: number } | null>(null);
  if (!found.data) return null;
  const { groups, movements, before_on } = found.data;
  return (
    <Card withBorder padding="sm" maw={760}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600}>{t('archive.title')}</Text>
          <Text size="sm" c="dimmed">
            {t('archive.text', {
              day: before_on,
              groups: formatCount(groups),
              movements: formatCount(movements),
            })}
          </Text>
          {done && (
            <Text size="sm" role="status">
              {t('archive.done', {
                groups: formatCount(done.groups),
                movements: formatCount(done.movements),
              })}
            </Text>
          )}
        </div>
        <Button variant="default" disabled={groups === 0} onClick={() => setAsking(true)}>
          {t('archive.start')}
        </Button>
      </Group>
      <ConfirmPreview
        opened={isAsking}
        title={t('archive.title')}
        text={t('archive.explain')}
        counts={[
          { label: t('archive.groups'), count: groups },
          { label: t('nav.movements'), count: movements },
        ]}
        confirmLabel={t('archive.start')}
        pending={archive.pending}
        failure={archive.failure}
        onConfirm={() =>
          void archive.run({}).then(
            counted => {
              setDone(counted);
              setAsking(false);
            },
            () => undefined,
          )
        }
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
