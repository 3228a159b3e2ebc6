import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../ui/texts.ts';

/** Four letters to name the fault to support: the same fault has the same name. */
function incidentOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffff;
  return `W-${sum.toString(16).toUpperCase().padStart(4, '0')}`;
}

export function Fault({ error }: { error: unknown }) {
  const t = useTexts('app');
  return (
    <Stack align="center" justify="center" p="xl" gap="sm" role="alert" mih={300}>
      <Title order={1} size="h3">
        {t('fault.title', { incident: incidentOf(error) })}
      </Title>
      <Text c="dimmed" ta="center" maw={520}>
        {t('fault.text')}
      </Text>
      <Code>{error instanceof Error ? error.message.slice(0, 300) : String(error).slice(0, 300)}</Code>
      <Group gap="xs">
        <Button variant="default" component="a" href="#/">
          {t('fault.home')}
        </Button>
        <Button onClick={() => location.reload()}>{t('fault.reload')}</Button>
      </Group>
    </Stack>
  );
}

/** The last net under the whole window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} />;
  }
}
