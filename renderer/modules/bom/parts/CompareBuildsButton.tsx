import { Button, Menu } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { ask } from '../../../rpc/client.ts';
import { useTexts } from '../../../ui/texts.ts';

interface Build {
  order_id: string;
  build_number: string;
}

/** The valid BOMs of two builds of an order side by side. */
export function CompareBuildsButton({ builds }: { builds: readonly Build[] }) {
  const t = useTexts('bom');
  const navigate = useNavigate();
  const pairs = builds.flatMap((a, index) => builds.slice(index + 1).map(b => ({ a, b })));
  const latest = async (order_id: string) => (await ask('bom.versions', { order_id })).versions[0]?.bom_id;
  const open = async ({ a, b }: { a: Build; b: Build }) => {
    const [left, right] = await Promise.all([latest(a.order_id), latest(b.order_id)]);
    if (left && right) navigate(`/boms/compare/${left}/${right}`);
  };
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconArrowsDiff size={16} />}>
          {t('screens.compare_builds')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {pairs.map(pair => (
          <Menu.Item key={`${pair.a.order_id} ${pair.b.order_id}`} onClick={() => void open(pair)}>
            {pair.a.build_number} ↔ {pair.b.build_number}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
