import { Box, ScrollArea } from '@mantine/core';
import type { DraftDocument } from '../../../../preload/contract/orders.ts';
import type { Configuration } from '../../../../preload/contract/product-model.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import type { OrderForm } from './answers.ts';
import { ConfigurationForm } from './ConfigurationForm.tsx';
import { CopyDialog } from './CopyDialog.tsx';
import { LivePanel } from './LivePanel.tsx';
import { StepAccessories } from './StepAccessories.tsx';
import { useConfigurator } from './use-configurator.ts';

interface BuildStepProps {
  draft: DraftDocument;
  index: number;
  form: OrderForm;
  view: 'configuration' | 'accessories';
  isCopying: boolean;
  onCopyClose: () => void;
  onConfiguration: (index: number, configuration: Configuration) => void;
  /** Goes to the step that holds the field of a check. */
  onShow: (path: string) => void;
}

/** One build in steps 3 and 4: its form, and what the rules make of it beside it. */
export function BuildStep(props: BuildStepProps) {
  const { draft, index, form, view } = props;
  const configurator = useConfigurator({
    family: draft.family,
    configuration: draft.builds[index]?.configuration ?? {},
    header: draft.header,
    onConfiguration: configuration => props.onConfiguration(index, configuration),
  });
  return (
    <Box style={{ display: 'flex', gap: 12, flex: 1, minWidth: 0, minHeight: 0 }}>
      {view === 'configuration' ? (
        <ScrollArea
          viewportProps={{ tabIndex: 0 }}
          style={{ flex: 1, minWidth: 0 }}
          type="auto"
          offsetScrollbars="y"
        >
          {configurator.problem !== null && <RefusalNotice failure={configurator.problem} />}
          <ConfigurationForm form={form} configurator={configurator} />
        </ScrollArea>
      ) : (
        <Box style={{ flex: 1, minWidth: 0, minHeight: 0 }}>
          <StepAccessories form={form} configurator={configurator} />
        </Box>
      )}
      <Box w={{ base: 250, lg: 300 }} style={{ flexShrink: 0, minHeight: 0 }}>
        <LivePanel form={form} configurator={configurator} onShow={props.onShow} />
      </Box>
      {props.isCopying && (
        <CopyDialog
          draft={draft}
          target={index}
          onClose={props.onCopyClose}
          onCopy={configuration => void configurator.replace(configuration)}
        />
      )}
    </Box>
  );
}
