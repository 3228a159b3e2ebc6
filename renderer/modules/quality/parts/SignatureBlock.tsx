import { Text } from '@mantine/core';
import type { SignatureBlock as Block } from '../../../../preload/contract/inspection.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Quality.module.css';

/** The block as it prints: meaning, name, time with zone, hash. */
export function SignatureBlock({ block }: { block: Block }) {
  const t = useTexts('quality');
  return (
    <section className={classes.block} aria-label={t('signature')}>
      <Text fw={600}>{t(`meanings.${block.meaning}`)}</Text>
      <Text>{block.declaration}</Text>
      <Text mt={4}>{`${block.signer_name} (${block.signer_initials}) · ${block.signed_at}`}</Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {block.signed_text}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {`SHA-256 ${block.content_sha256}`}
      </Text>
    </section>
  );
}
