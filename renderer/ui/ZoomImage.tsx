import { ActionIcon, Group, Text } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { formatNumber } from './formats.ts';
import { useTexts } from './texts.ts';

const STEPS = [1, 1.5, 2, 3, 4, 6];
interface Props {
  src: string;
  alt: string;
  height: string;
}
/** A picture that is looked at closely: keys + and - and 0, arrows move what does not fit. */
export function ZoomImage({ src, alt, height }: Props) {
  const t = useTexts('ui');
  const [step, setStep] = useState(0);
  const go = (by: number) => setStep(at => Math.min(STEPS.length - 1, Math.max(0, at + by)));
  const zoom = STEPS[step] ?? 1;
  const buttons = [
    { name: 'out', key: '-', Icon: IconMinus, is_off: step === 0, run: () => go(-1) },
    { name: 'in', key: '+', Icon: IconPlus, is_off: step === STEPS.length - 1, run: () => go(1) },
    { name: 'fit', key: '0', Icon: IconMaximize, is_off: step === 0, run: () => setStep(0) },
  ];
  const onKey = (event: KeyboardEvent) => {
    const pressed = event.key === '=' ? '+' : event.key;
    const button = buttons.find(({ key }) => key === pressed);
    if (!button) return;
    button.run();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work on everything of the picture
    <div onKeyDown={onKey}>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolled picture, not a form section */}
      <div
        role="group"
        aria-label={alt}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows scroll the picture
        tabIndex={0}
        style={{ height, overflow: 'auto', border: '1px solid var(--mw-hairline)', borderRadius: 6 }}
      >
        <img
          src={src}
          alt={alt}
          style={{
            width: `${zoom * 100}%`,
            height: `${zoom * 100}%`,
            objectFit: 'contain',
            display: 'block',
          }}
        />
      </div>
      <Group gap={4} mt={4}>
        {buttons.map(({ name, key, Icon, is_off, run }) => (
          <ActionIcon
            key={name}
            variant="default"
            size="lg"
            aria-label={t(`zoom.${name}`)}
            aria-keyshortcuts={key}
            disabled={is_off}
            onClick={run}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        ))}
        <Text size="sm" className="tabular" role="status">
          {t('zoom.now', { percent: formatNumber(zoom * 100, 0) })}
        </Text>
      </Group>
    </div>
  );
}
