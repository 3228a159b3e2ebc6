import { Alert, Button, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconWand } from '@tabler/icons-react';
import type { DraftDocument, Problem } from '../../../../preload/contract/orders.ts';
import { ask } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { problemText } from './problem-text.ts';

interface StepBuildsProps {
  draft: DraftDocument;
  problems: readonly Problem[];
  /** Fields whose emptiness is told; nobody is told off for a field not reached yet. */
  isTouched: (path: string) => boolean;
  onChange: (next: (draft: DraftDocument) => DraftDocument) => void;
}

const MAX_BUILDS = 10;

export function StepBuilds({ draft, problems, isTouched, onChange }: StepBuildsProps) {
  const t = useTexts('orders');
  const refusals = useTexts('refusals');
  const words = useLocalized();
  const families = useAsk('orders.families', {});
  const chosen = families.data?.families.find(({ family }) => family === draft.family);

  const noFamily = problems.find(({ path }) => path === 'family');

  const resize = (count: number) =>
    onChange(before => ({
      ...before,
      builds: Array.from(
        { length: count },
        (_, index) => before.builds[index] ?? { build_number: '', configuration: {} },
      ),
    }));
  const setCount = (count: number) => {
    if (!Number.isInteger(count) || count < 1 || count > MAX_BUILDS) return;
    const dropped = draft.builds
      .slice(count)
      .filter(({ configuration }) => Object.keys(configuration).length > 0);
    if (dropped.length === 0) return resize(count);
    modals.openConfirmModal({
      title: t('screens.drop_builds', { count: dropped.length }),
      children: <Text size="sm">{dropped.map(({ build_number }) => build_number || '—').join(', ')}</Text>,
      labels: { confirm: t('screens.drop'), cancel: t('screens.cancel') },
      confirmProps: { color: 'red' },
      cancelProps: { 'data-autofocus': true },
      onConfirm: () => resize(count),
    });
  };
  const suggest = async () => {
    const { builds, header } = draft;
    const taken = builds.map(({ build_number }) => build_number).filter(number => number !== '');
    const empty = builds.filter(({ build_number }) => build_number === '').length;
    if (empty === 0) return;
    const answer = await ask('orders.suggestBuildNumbers', {
      order_number: header.order_number,
      quantity: empty,
      taken,
    });
    onChange(before => {
      const next = [...answer.build_numbers];
      return {
        ...before,
        builds: before.builds.map(build =>
          build.build_number === '' ? { ...build, build_number: next.shift() ?? '' } : build,
        ),
      };
    });
  };
  return (
    <Stack gap="md" maw={860}>
      <Radio.Group
        label={t('screens.family')}
        withAsterisk
        value={draft.family}
        error={isTouched('family') && noFamily ? problemText(refusals, noFamily) : undefined}
        onChange={family =>
          onChange(before => ({
            ...before,
            family,
            builds: before.builds.length > 0 ? before.builds : [{ build_number: '', configuration: {} }],
          }))
        }
      >
        <SimpleGrid cols={{ base: 1, sm: 3 }} mt={4}>
          {families.data?.families.map((family, index) => (
            <Radio.Card
              key={family.family}
              value={family.family}
              p="sm"
              radius="sm"
              aria-label={words(family.name)}
              // The families arrive after the step has opened.
              autoFocus={index === 0 && draft.family === ''}
              style={{
                display: 'flex',
                alignItems: 'flex-start',
                ...(!family.released && { borderStyle: 'dashed' }),
              }}
            >
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Radio.Indicator size="xs" mt={3} />
                <div>
                  <Text size="sm" fw={600}>
                    {words(family.name)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {family.not_released_message
                      ? words(family.not_released_message)
                      : t('screens.model_version', { family: family.family, version: family.version })}
                  </Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {chosen && !chosen.released && chosen.not_released_message && (
        <Alert color="yellow" role="alert">
          {words(chosen.not_released_message)}
        </Alert>
      )}
      {chosen?.released && (
        <>
          <Group align="flex-start">
            <NumberField
              label={t('screens.quantity')}
              description={`1–${MAX_BUILDS}`}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w={120}
              min={1}
              max={MAX_BUILDS}
              allowDecimal={false}
              value={draft.builds.length}
              onChange={value => typeof value === 'number' && setCount(value)}
            />
            <Button variant="default" leftSection={<IconWand size={16} />} mt={24} onClick={suggest}>
              {t('screens.suggest_numbers')}
            </Button>
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
            {draft.builds.map((build, index) => {
              const found = problems.filter(
                ({ path }) => path.startsWith(`builds[${index}]`) && !path.includes('configuration'),
              );
              const error = found.find(({ kind }) => kind === 'error');
              const warning = found.find(({ kind }) => kind === 'warning');
              return (
                <TextInput
                  // biome-ignore lint/suspicious/noArrayIndexKey: a build is its place in the order
                  key={index}
                  label={t('screens.build_number', { index: index + 1 })}
                  withAsterisk
                  maxLength={50}
                  value={build.build_number}
                  error={
                    error && (build.build_number !== '' || isTouched(error.path))
                      ? problemText(refusals, error)
                      : undefined
                  }
                  description={warning ? problemText(refusals, warning) : undefined}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  onChange={event => {
                    const build_number = event.currentTarget.value;
                    onChange(before => ({
                      ...before,
                      builds: before.builds.map((entry, at) =>
                        at === index ? { ...entry, build_number } : entry,
                      ),
                    }));
                  }}
                />
              );
            })}
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
