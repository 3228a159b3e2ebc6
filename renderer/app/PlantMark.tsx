import { Button, Menu, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useCommand } from '../rpc/hooks.ts';
import { useTexts } from '../ui/texts.ts';
import classes from './Shell.module.css';
import { useMe } from './session.tsx';

/** The plant one works in; a choice only for those with several. */
export function PlantMark() {
  const t = useTexts('app');
  const { plant_id, plant_name, plants, becomes } = useMe();
  const change = useCommand('identity.switchPlant');
  if (plants.length < 2)
    return (
      <Text size="sm" className={`${classes.name} ${classes.wide}`}>
        {plant_name}
      </Text>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} />}
          loading={change.pending}
        >
          <span className={classes.name}>{plant_name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('plant.switch')}</Menu.Label>
        {plants.map(plant => (
          <Menu.Item
            key={plant.plant_id}
            leftSection={
              plant.plant_id === plant_id ? <IconCheck size={15} /> : <span style={{ width: 15 }} />
            }
            onClick={() =>
              change.run({ plant_id: plant.plant_id }).then(
                me => becomes(me),
                () => undefined,
              )
            }
          >
            {plant.plant_name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
