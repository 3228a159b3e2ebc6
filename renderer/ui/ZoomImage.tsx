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
  const onKey = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') go(1);
    else if (event.key === '-') go(-1);
    else if (event.key === '0') setStep(0);
    else return;
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
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('zoom.out')}
          aria-keyshortcuts="-"
          disabled={step === 0}
          onClick={() => go(-1)}
        >
          <IconMinus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('zoom.in')}
          aria-keyshortcuts="+"
          disabled={step === STEPS.length - 1}
          onClick={() => go(1)}
        >
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('zoom.fit')}
          aria-keyshortcuts="0"
          disabled={step === 0}
          onClick={() => setStep(0)}
        >
          <IconMaximize size={18} aria-hidden />
        </ActionIcon>
        <Text size="sm" className="tabular" role="status">
          {t('zoom.now', { percent: formatNumber(zoom * 100, 0) })}
        </Text>
      </Group>
    </div>
  );
}
