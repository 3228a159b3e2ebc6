import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import {
  LABEL_FIELDS,
  type LabelElement,
  type LabelType,
  SYMBOLOGIES,
} from '../../../../preload/contract/labels.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LANGUAGES = ['en', 'fr', 'es'] as const;
const ALIGNS = ['left', 'center', 'right'] as const;
interface Props {
  element: LabelElement;
  type: LabelType;
  onChange: (element: LabelElement) => void;
}

/** Everything about one element as numbers and words. */
export function ElementForm({ element, type, onChange }: Props) {
  const t = useTexts('logistics');
  const number = (
    key:
      | 'x_mm'
      | 'y_mm'
      | 'width_mm'
      | 'height_mm'
      | 'font_mm'
      | 'min_font_mm'
      | 'thickness_mm'
      | 'module_mm',
    value: number | undefined,
    min = 0,
  ) => (
    <NumberField
      key={key}
      size="xs"
      label={t(`designer.parts.${key}`)}
      min={min}
      step={0.25}
      decimalScale={3}
      value={value ?? ''}
      onChange={given => {
        if (given !== '' && Number(given) >= min) onChange({ ...element, [key]: Number(given) });
      }}
    />
  );
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
      {number('x_mm', element.x_mm)}
      {number('y_mm', element.y_mm)}
      {number('width_mm', element.width_mm)}
      {number('height_mm', element.height_mm)}
      {(element.kind === 'text' || element.kind === 'field') && (
        <>
          {number('font_mm', element.font_mm, 1)}
          {number('min_font_mm', element.min_font_mm, 1)}
          <NumberField
            size="xs"
            label={t('designer.parts.max_lines')}
            min={1}
            max={20}
            allowDecimal={false}
            value={element.max_lines}
            onChange={given => {
              if (Number(given) >= 1) onChange({ ...element, max_lines: Number(given) });
            }}
          />
          <NativeSelect
            size="xs"
            label={t('designer.parts.align')}
            value={element.align}
            data={ALIGNS.map(value => ({ value, label: t(`designer.aligns.${value}`) }))}
            onChange={event =>
              onChange({ ...element, align: ALIGNS.find(one => one === event.currentTarget.value) ?? 'left' })
            }
          />
        </>
      )}
      {element.kind === 'text' &&
        LANGUAGES.map(language => (
          <TextInput
            key={language}
            size="xs"
            label={t(`designer.parts.text_${language}`)}
            value={element.text[language]}
            onChange={event =>
              onChange({ ...element, text: { ...element.text, [language]: event.currentTarget.value } })
            }
          />
        ))}
      {element.kind === 'field' && (
        <>
          <NativeSelect
            size="xs"
            label={t('designer.parts.field')}
            value={element.field}
            data={[...LABEL_FIELDS[type]]}
            onChange={event => onChange({ ...element, field: event.currentTarget.value })}
          />
          {LANGUAGES.map(language => (
            <TextInput
              key={language}
              size="xs"
              label={t(`designer.parts.caption_${language}`)}
              value={element.caption?.[language] ?? ''}
              onChange={event => {
                const caption = {
                  en: '',
                  fr: '',
                  es: '',
                  ...element.caption,
                  [language]: event.currentTarget.value,
                };
                onChange({ ...element, caption });
              }}
            />
          ))}
        </>
      )}
      {element.kind === 'box' && number('thickness_mm', element.thickness_mm, 0.1)}
      {element.kind === 'barcode' && (
        <>
          <NativeSelect
            size="xs"
            label={t('designer.parts.symbology')}
            value={element.symbology}
            data={SYMBOLOGIES.map(value => ({ value, label: value.replaceAll('_', ' ') }))}
            onChange={event =>
              onChange({
                ...element,
                symbology: SYMBOLOGIES.find(one => one === event.currentTarget.value) ?? 'CODE128',
              })
            }
          />
          {number('module_mm', element.module_mm, 0.1)}
          <TextInput
            size="xs"
            label={t('designer.parts.content')}
            value={element.content}
            onChange={event => {
              if (event.currentTarget.value !== '')
                onChange({ ...element, content: event.currentTarget.value });
            }}
          />
          <Checkbox
            size="xs"
            mt={24}
            label={t('designer.parts.has_text')}
            checked={element.has_text}
            onChange={event => onChange({ ...element, has_text: event.currentTarget.checked })}
          />
        </>
      )}
    </SimpleGrid>
  );
}
