import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTexts } from '../../../ui/texts.ts';

export type View = 'pages' | 'reading';
interface PreviewToolbarProps {
  view: View;
  onView: (view: View) => void;
  can_show_pages: boolean;
  paper: string;
  onPaper: (paper: string) => void;
  language: string;
  onLanguage: (language: string) => void;
  /** Empty where the print dialog of the browser chooses. */
  printers: { name: string; is_default: boolean }[];
  printer: string | null;
  onPrinter: (printer: string | null) => void;
  onPrint: () => void;
  onSave: () => void;
  can_save: boolean;
  busy: boolean;
}

/** Paper, language and printer of the document, with Print and PDF beside each other. */
export function PreviewToolbar(props: PreviewToolbarProps) {
  const t = useTexts('printing');
  const choices = (group: string, keys: string[]) =>
    keys.map(value => ({ value, label: t(`${group}.${value}`) }));
  return (
    <Group gap="xs" wrap="wrap" align="end">
      <SegmentedControl
        aria-label={t('view')}
        value={props.view}
        onChange={value => props.onView(value === 'pages' ? 'pages' : 'reading')}
        data={[
          { value: 'pages', label: t('views.pages'), disabled: !props.can_show_pages },
          { value: 'reading', label: t('views.reading') },
        ]}
      />
      <Select
        aria-label={t('paper')}
        w={120}
        allowDeselect={false}
        data={choices('papers', ['LETTER', 'A4'])}
        value={props.paper}
        onChange={value => value && props.onPaper(value)}
      />
      <Select
        aria-label={t('language')}
        w={130}
        allowDeselect={false}
        data={choices('languages', ['en', 'fr', 'es'])}
        value={props.language}
        onChange={value => value && props.onLanguage(value)}
      />
      {props.printers.length > 0 && (
        <Select
          aria-label={t('printer')}
          w={220}
          placeholder={t('printer_dialog')}
          clearable
          data={props.printers.map(p => ({
            value: p.name,
            label: p.is_default ? t('default_printer', { name: p.name }) : p.name,
          }))}
          value={props.printer}
          onChange={props.onPrinter}
        />
      )}
      <Button leftSection={<IconPrinter size={16} />} onClick={props.onPrint} disabled={props.busy}>
        {t('print')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        onClick={props.onSave}
        disabled={props.busy || !props.can_save}
        title={props.can_save ? undefined : t('no_engine')}
      >
        {t('save_pdf')}
      </Button>
    </Group>
  );
}
