import {
  Anchor,
  Badge,
  Button,
  Group,
  Pagination,
  Progress,
  SegmentedControl,
  Stack,
  Table,
  Text,
} from '@mantine/core';
import { IconAlertTriangle, IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import { type WorkBuild, workOrderStatus } from '../../../../preload/contract/assembly.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from '../../orders/parts/OrderStatusBadge.tsx';
import { WorkOrderBadge } from '../parts/WorkOrderBadge.tsx';

const PER_PAGE = 50;
const ALL = 'all';
const pageNumber = z.coerce.number().int().min(1).catch(1);

/** Builds on the floor, page by page: rework first, then one's own, then by the day they are wanted. */
export default function Floor() {
  const t = useTexts('production');
  const [params, setParams] = useSearchParams();
  const work_order_status = workOrderStatus.nullable().catch(null).parse(params.get('status'));
  const page = pageNumber.parse(params.get('page'));
  const { data, error } = useAsk(
    'production.workBuilds',
    { work_order_status, offset: (page - 1) * PER_PAGE, limit: PER_PAGE },
    { keepPrevious: true },
  );
  const choose = (status: string) => setParams(status === ALL ? {} : { status }, { replace: true });
  const turn = (next: number) => {
    params.set('page', String(next));
    setParams(params);
  };
  if (error) return <RefusalNotice failure={error} />;
  if (!data) return null;
  const pages = Math.ceil(data.total / PER_PAGE);
  return (
    <Stack gap="sm">
      <PageHeader title={t('work.title')} subtitle={t('work.subtitle')} />
      <Group justify="space-between" gap="xs">
        <StatusFilter statuses={data.statuses} chosen={work_order_status} onChoose={choose} />
        <Text size="sm" c="dimmed" aria-live="polite" className="tabular">
          {t('work.count', { count: data.total })}
        </Text>
      </Group>
      {data.builds.length === 0 && <EmptyState title={t('work.none')} text={t('work.none_text')} />}
      {data.builds.length > 0 && (
        <Table highlightOnHover verticalSpacing="sm" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{`${t('work.build')} · ${t('work.customer')}`}</Table.Th>
              <Table.Th w={105}>{t('work.want_on')}</Table.Th>
              <Table.Th w={180}>{t('status')}</Table.Th>
              <Table.Th w={110}>{t('work.assignee')}</Table.Th>
              <Table.Th w={160}>{t('work.progress_label')}</Table.Th>
              <Table.Th w={145} aria-label={t('work.open_player')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.builds.map(build => (
              <Row key={build.order_id} build={build} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {pages > 1 && (
        <Pagination
          value={page}
          total={pages}
          onChange={turn}
          getItemProps={number => ({ 'aria-label': t('work.page', { number }) })}
          getControlProps={control => ({ 'aria-label': t(`work.pages.${control}`) })}
        />
      )}
    </Stack>
  );
}

type Counted = OutputAt<'production.workBuilds'>['statuses'];
interface FilterProps {
  statuses: Counted;
  chosen: WorkBuild['work_order_status'];
  onChoose: (status: string) => void;
}
/** Where the work orders stand, with how many of them; a chosen status stays choosable when it has none left. */
function StatusFilter({ statuses, chosen, onChoose }: FilterProps) {
  const t = useTexts('production');
  const counts = new Map(statuses.map(({ status, builds }) => [status, builds]));
  const shown = workOrderStatus.options.filter(status => counts.has(status) || status === chosen);
  return (
    <SegmentedControl
      aria-label={t('work_order.filter')}
      value={chosen ?? ALL}
      data={[
        { value: ALL, label: t('work_order.all') },
        ...shown.map(status => ({
          value: status,
          label: `${t(`work_order.statuses.${status}`)} · ${formatCount(counts.get(status) ?? 0)}`,
        })),
      ]}
      onChange={onChoose}
    />
  );
}

function Row({ build }: { build: WorkBuild }) {
  const t = useTexts('production');
  const { progress } = build;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/orders/${build.order_id}?tab=work`}
          fw={600}
          style={{ overflowWrap: 'anywhere' }}
        >
          {build.order_number} / {build.build_number}
        </Anchor>
        <Text size="sm" c="dimmed" truncate title={build.customer_name}>
          {build.customer_name}
        </Text>
        <Group gap={4}>
          {build.has_rework && <StatusBadge tone="bad" label={t('work.rework')} />}
          {build.open_issues > 0 && (
            <Badge
              color="red"
              variant="light"
              className="status-badge"
              leftSection={<IconAlertTriangle size={12} />}
            >
              {t('work.issues', { count: build.open_issues })}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <span className="tabular">{build.want_on}</span>{' '}
        {build.is_urgent && <StatusBadge tone="warning" label={t('work.urgent')} />}
      </Table.Td>
      <Table.Td>
        <Stack gap={2} align="flex-start">
          <OrderStatusBadge status={build.order_status} />
          {build.work_order_status && <WorkOrderBadge status={build.work_order_status} />}
          <Text size="xs" c="dimmed" className="tabular">
            {build.work_order_number}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td>{build.is_mine ? t('work.mine') : (build.assignee_name ?? '—')}</Table.Td>
      <Table.Td>
        {progress.has_list ? (
          <>
            <Progress value={(100 * progress.done) / progress.total} aria-label={t('work.progress_label')} />
            <Text size="xs" className="tabular">
              {t('work.progress', {
                done: formatCount(progress.done),
                total: formatCount(progress.total),
                minutes: formatCount(progress.minutes_left),
              })}
            </Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {t('work.no_list')}
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {build.can_claim && <ClaimButton build={build} />}
        <Button
          fullWidth
          component={Link}
          to={`/floor/${build.order_id}`}
          variant={build.is_mine ? 'filled' : 'default'}
          leftSection={<IconPlayerPlay size={16} />}
        >
          {t('work.open')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

/** The build is one's own from now on; its task list is made with it. */
function ClaimButton({ build }: { build: WorkBuild }) {
  const t = useTexts('production');
  const navigate = useNavigate();
  const claiming = useCommand('fulfilment.claim');
  const claim = () =>
    claiming.run({ order_id: build.order_id, expected_version: build.row_version }).then(
      () => navigate(`/floor/${build.order_id}`),
      () => undefined,
    );
  return (
    <>
      <Button
        mb={6}
        fullWidth
        leftSection={<IconHandStop size={16} />}
        loading={claiming.pending}
        onClick={() => void claim()}
      >
        {t('work.claim')}
      </Button>
      <RefusalNotice failure={claiming.failure} onClose={claiming.reset} />
    </>
  );
}
