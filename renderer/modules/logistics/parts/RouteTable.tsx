import { Checkbox, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { DOCUMENT_NAMES } from '../../../../preload/contract/document-data.ts';
import { LABEL_TYPES } from '../../../../preload/contract/labels.ts';
import type { PrinterRow, RouteRow } from '../../../../preload/contract/logistics.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { usePrintsName } from './use-prints-name.ts';

const PRINTS = [...LABEL_TYPES, ...DOCUMENT_NAMES];
type Prints = (typeof PRINTS)[number];

/** One line per label type and document: its printer, the one that steps in, its layout, whether it is scanned. */
export function RouteTable({ printers, routes }: { printers: PrinterRow[]; routes: RouteRow[] }) {
  const t = useTexts('logistics');
  const printsName = usePrintsName();
  const templates = useAsk('logistics.listTemplates', {}).data?.rows ?? [];
  const save = useCommand('logistics.saveRoute');
  const remove = useCommand('logistics.removeRoute');
  const isLabel = (prints: Prints) => LABEL_TYPES.some(type => type === prints);
  const usable = (prints: Prints) =>
    printers.filter(printer => (isLabel(prints) ? true : printer.printer_kind === 'SYSTEM'));
  const change = (prints: Prints, held: RouteRow | undefined, part: Partial<RouteRow>) => {
    const printer_id = part.printer_id ?? held?.printer_id;
    if (!printer_id) return;
    const fresh = { fallback_printer_id: null, template_code: null, copies: 1, is_verified: false };
    void save.run({ ...fresh, ...held, ...part, prints, printer_id }).catch(() => undefined);
  };
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('routes.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('routes.text')}
      </Text>
      <RefusalNotice failure={save.failure ?? remove.failure} />
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('routes.prints')}</Table.Th>
            <Table.Th w={210}>{t('routes.printer')}</Table.Th>
            <Table.Th w={210}>{t('routes.fallback')}</Table.Th>
            <Table.Th w={190}>{t('routes.template')}</Table.Th>
            <Table.Th w={150}>{t('routes.verify')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {PRINTS.map(prints => {
            const held = routes.find(route => route.prints === prints);
            const name = printsName(prints);
            const choices = usable(prints).map(({ printer_id, printer_name }) => ({
              value: printer_id as string,
              label: printer_name,
            }));
            const pick = (id: string) => printers.find(printer => printer.printer_id === id)?.printer_id;
            const codes = new Set(
              templates.flatMap(row =>
                row.label_type === prints && row.status === 'APPROVED' ? [row.template_code] : [],
              ),
            );
            return (
              <Table.Tr key={prints}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={`${t('routes.printer')}: ${name}`}
                    value={held?.printer_id ?? ''}
                    data={[{ value: '', label: t('none') }, ...choices]}
                    onChange={event => {
                      const printer_id = pick(event.currentTarget.value);
                      if (printer_id) change(prints, held, { printer_id });
                      else void remove.run({ prints }).catch(() => undefined);
                    }}
                  />
                </Table.Td>
                <Table.Td>
                  {held && (
                    <NativeSelect
                      size="xs"
                      aria-label={`${t('routes.fallback')}: ${name}`}
                      value={held.fallback_printer_id ?? ''}
                      data={[
                        { value: '', label: t('none') },
                        ...choices.filter(choice => choice.value !== held.printer_id),
                      ]}
                      onChange={event =>
                        change(prints, held, { fallback_printer_id: pick(event.currentTarget.value) ?? null })
                      }
                    />
                  )}
                </Table.Td>
                <Table.Td>
                  {held && codes.size > 0 && (
                    <NativeSelect
                      size="xs"
                      aria-label={`${t('routes.template')}: ${name}`}
                      value={held.template_code ?? ''}
                      data={[{ value: '', label: t('routes.usual') }, ...codes]}
                      onChange={event =>
                        change(prints, held, { template_code: event.currentTarget.value || null })
                      }
                    />
                  )}
                </Table.Td>
                <Table.Td>
                  {held && isLabel(prints) && prints !== 'COMMAND_SHEET' && (
                    <Checkbox
                      aria-label={`${t('routes.verify')}: ${name}`}
                      checked={held.is_verified}
                      onChange={event => change(prints, held, { is_verified: event.currentTarget.checked })}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
