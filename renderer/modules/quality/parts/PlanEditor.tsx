import {
  ActionIcon,
  Button,
  Group,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { PlanCheck, PlanDocument } from '../../../../preload/contract/inspection-plan.ts';
import { useMe } from '../../../app/session.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { CheckDialog } from './CheckDialog.tsx';
import { moved, newCheck } from './plan-edits.rules.ts';

interface Props {
  document: PlanDocument;
  isOpen: boolean;
  onChange: (document: PlanDocument) => void;
}
interface Place {
  section: number;
  check: number;
}
/** Sections and checks of a form; a draft is edited, anything else is read. */
export function PlanEditor({ document, isOpen, onChange }: Props) {
  const t = useTexts('quality');
  const [edited, setEdited] = useState<Place | null>(null);
  const withChecks = (section: number, checks: PlanCheck[]) =>
    onChange({
      ...document,
      sections: document.sections.map((s, at) => (at === section ? { ...s, checks } : s)),
    });
  const checks = edited ? document.sections[edited.section]?.checks : undefined;
  const check = edited && checks?.[edited.check];
  return (
    <Stack gap="sm">
      {isOpen && <Head document={document} onChange={onChange} />}
      {document.sections.map((section, at) => (
        <SectionCard
          key={section.code}
          section={section}
          isOpen={isOpen}
          onName={name =>
            onChange({
              ...document,
              sections: document.sections.map((s, i) => (i === at ? { ...s, name } : s)),
            })
          }
          onEdit={index => setEdited({ section: at, check: index })}
          onChecks={next => withChecks(at, next)}
        />
      ))}
      {isOpen && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() =>
              onChange({
                ...document,
                sections: [
                  ...document.sections,
                  {
                    code: `S${document.sections.length + 1}`,
                    name: { en: t('plan.new_section'), fr: t('plan.new_section'), es: t('plan.new_section') },
                    checks: [],
                  },
                ],
              })
            }
          >
            {t('plan.add_section')}
          </Button>
        </Group>
      )}
      {edited && check && (
        <CheckDialog
          check={check}
          isOpen={isOpen}
          onClose={() => setEdited(null)}
          onSave={next => {
            withChecks(
              edited.section,
              (checks ?? []).map((c, i) => (i === edited.check ? next : c)),
            );
            setEdited(null);
          }}
        />
      )}
    </Stack>
  );
}

function Head({ document, onChange }: Omit<Props, 'isOpen'>) {
  const t = useTexts('quality');
  return (
    <Group grow align="start">
      {(['en', 'fr', 'es'] as const).map(language => (
        <Stack key={language} gap={4}>
          <TextInput
            label={`${t('plan.name')} (${language.toUpperCase()})`}
            maxLength={200}
            value={document.plan_name[language]}
            onChange={event =>
              onChange({
                ...document,
                plan_name: { ...document.plan_name, [language]: event.currentTarget.value },
              })
            }
          />
          <TextInput
            label={`${t('plan.declaration')} (${language.toUpperCase()})`}
            maxLength={1000}
            value={document.declaration[language]}
            onChange={event =>
              onChange({
                ...document,
                declaration: { ...document.declaration, [language]: event.currentTarget.value },
              })
            }
          />
        </Stack>
      ))}
    </Group>
  );
}

type Section = PlanDocument['sections'][number];
function SectionCard({
  section,
  isOpen,
  onName,
  onEdit,
  onChecks,
}: {
  section: Section;
  isOpen: boolean;
  onName: (name: Section['name']) => void;
  onEdit: (index: number) => void;
  onChecks: (checks: PlanCheck[]) => void;
}) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const { checks } = section;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" mb={4}>
        {isOpen ? (
          <TextInput
            aria-label={t('plan.section_name')}
            value={section.name[locale]}
            maxLength={200}
            onChange={event => onName({ ...section.name, [locale]: event.currentTarget.value })}
          />
        ) : (
          <Title order={2} size="h5">
            {section.name[locale]}
          </Title>
        )}
        {isOpen && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChecks([...checks, newCheck(section.code, checks)])}
          >
            {t('plan.add_check')}
          </Button>
        )}
      </Group>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {checks.map((check, at) => (
            <Table.Tr key={check.code}>
              <Table.Td w={110}>{check.code}</Table.Td>
              <Table.Td>
                {check.name[locale]}
                {check.applies_when !== 'true' && (
                  <Text size="xs" c="dimmed" ff="monospace">
                    {check.applies_when}
                  </Text>
                )}
              </Table.Td>
              <Table.Td w={130}>{t(`data_types.${check.data_type}`)}</Table.Td>
              <Table.Td w={110}>{check.is_repeated_per && t(`plan.per.${check.is_repeated_per}`)}</Table.Td>
              <Table.Td w={160}>
                <Group gap={2} wrap="nowrap" justify="flex-end">
                  {isOpen && (
                    <>
                      <Act
                        label={t('plan.up', { code: check.code })}
                        onClick={() => onChecks(moved(checks, at, -1))}
                      >
                        <IconArrowUp size={16} />
                      </Act>
                      <Act
                        label={t('plan.down', { code: check.code })}
                        onClick={() => onChecks(moved(checks, at, 1))}
                      >
                        <IconArrowDown size={16} />
                      </Act>
                      <Act
                        label={t('plan.take_out', { code: check.code })}
                        onClick={() => onChecks(checks.filter((_, i) => i !== at))}
                      >
                        <IconTrash size={16} />
                      </Act>
                    </>
                  )}
                  <Act
                    label={t(isOpen ? 'plan.edit' : 'plan.look', { code: check.code })}
                    onClick={() => onEdit(at)}
                  >
                    <IconPencil size={16} />
                  </Act>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
function Act({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
