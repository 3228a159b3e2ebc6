import { ActionIcon, Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type PointerEvent, useRef, useState } from 'react';
import { failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { type Annotation, Picture } from './Picture.tsx';
import type { KeyedStep } from './use-instruction.ts';
import { storePicture, usePicture } from './use-picture.ts';

const SHAPES = ['arrow', 'box', 'circle', 'number', 'text'] as const;
interface Props {
  step: KeyedStep;
  number: number;
  onChange: (patch: Partial<KeyedStep>) => void;
}
/** The picture of a step and what is drawn over it: drag from the start to the end of a mark. */
export function PictureEditor({ step, number, onChange }: Props) {
  const t = useTexts('production');
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const src = usePicture(step.media_file_id);
  const add = async (file: File) => {
    setFailure(null);
    try {
      onChange({
        media_file_id: await storePicture(file, `${step.key}/${crypto.randomUUID()}`),
        annotations: [],
      });
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  if (step.media_file_id === null)
    return (
      <>
        <FileDrop
          label={t('editor.drop_picture')}
          accept={['image/png', 'image/jpeg', 'image/webp']}
          multiple={false}
          onFiles={([file]) => void (file && add(file))}
        />
        <RefusalNotice failure={failure} />
      </>
    );
  return (
    <Stack gap="xs">
      {src && (
        <Board
          src={src}
          alt={`${t('editor.step', { number })}: ${step.description.en}`}
          step={step}
          onChange={onChange}
        />
      )}
      <Group justify="end">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange({ media_file_id: null, annotations: [] })}
        >
          {t('editor.remove_picture')}
        </Button>
      </Group>
    </Stack>
  );
}

/** In thousandths of the picture. */
const SHORTEST_MARK = 15;
const thousandth = (share: number): number => Math.min(1000, Math.max(0, Math.round(share * 1000)));

/** A click is enough for a number or a text; the others need an extent. */
const isSeen = ({ shape, x1, y1, x2, y2 }: Annotation): boolean =>
  shape === 'number' || shape === 'text' || Math.hypot(x2 - x1, y2 - y1) >= SHORTEST_MARK;

function Board({ src, alt, step, onChange }: Omit<Props, 'number'> & { src: string; alt: string }) {
  const t = useTexts('production');
  const [shape, setShape] = useState<Annotation['shape']>('arrow');
  const [drawn, setDrawn] = useState<Annotation | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const placeOf = (event: PointerEvent) => {
    const { left, top, width, height } = board.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: thousandth((event.clientX - left) / width), y: thousandth((event.clientY - top) / height) };
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    const { x, y } = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawn({ shape, x1: x, y1: y, x2: x, y2: y, label: '' });
  };
  const draw = (event: PointerEvent) => {
    const { x, y } = placeOf(event);
    setDrawn(mark => mark && { ...mark, x2: x, y2: y });
  };
  const finish = () => {
    if (drawn && isSeen(drawn)) onChange({ annotations: [...step.annotations, drawn] });
    setDrawn(null);
  };
  const label = (at: number, text: string) =>
    onChange({
      annotations: step.annotations.map((mark, i) => (i === at ? { ...mark, label: text } : mark)),
    });
  /** Without a pointer: a mark in the middle, moved by nobody but still numbered and worded. */
  const place = () =>
    onChange({
      annotations: [...step.annotations, { shape, x1: 400, y1: 400, x2: 600, y2: 600, label: '' }],
    });
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('editor.mark')}
          data={SHAPES.map(value => ({ value, label: t(`editor.shapes.${value}`) }))}
          value={shape}
          onChange={value => setShape(SHAPES.find(known => known === value) ?? 'arrow')}
        />
        <Button size="compact-sm" variant="default" onClick={place}>
          {t('editor.mark')}
        </Button>
      </Group>
      <div
        ref={board}
        style={{ width: 'fit-content', maxWidth: 560, cursor: 'crosshair', touchAction: 'none' }}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={finish}
        onPointerCancel={() => setDrawn(null)}
        data-testid="drawing-board"
      >
        <Picture src={src} alt={alt} annotations={drawn ? [...step.annotations, drawn] : step.annotations} />
      </div>
      <Stack gap={4} role="group" aria-label={t('editor.marks_label')}>
        {step.annotations.map((mark, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the list
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              size="xs"
              w={320}
              aria-label={`${t(`editor.shapes.${mark.shape}`)} ${at + 1}: ${t('editor.mark_label')}`}
              value={mark.label}
              maxLength={80}
              onChange={event => label(at, event.currentTarget.value)}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('editor.remove_mark', { number: at + 1 })}
              onClick={() => onChange({ annotations: step.annotations.filter((_, i) => i !== at) })}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}
