import { Anchor, Box, Button, Group, Loader, Stack, Stepper, Text } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { orders } from '../../../../preload/contract/orders.ts';
import type { OutputOf } from '../../../../preload/contract/rpc.ts';
import { ask, failureFrom } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { BuildList } from '../parts/BuildList.tsx';
import { BuildStep } from '../parts/BuildStep.tsx';
import { isAccessoryGroup } from '../parts/ConfigurationForm.tsx';
import { DraftStrip } from '../parts/DraftStrip.tsx';
import { focusAnswer } from '../parts/focus-answer.ts';
import { StepBuilds } from '../parts/StepBuilds.tsx';
import { StepCustomer } from '../parts/StepCustomer.tsx';
import { StepReview } from '../parts/StepReview.tsx';
import { Submitted } from '../parts/Submitted.tsx';
import { stillTrue } from '../parts/still-true.rules.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useStepFocus } from '../parts/use-step-focus.ts';

const LAST_STEP = 5;
const CHECK_DELAY_MS = 250;

/** A draft keeps its wizard when it gets its id; any other address opens a new one. */
export default function OrderWizard() {
  const { draft_id } = useParams();
  const { key } = useLocation();
  const created = useRef<string | null>(null);
  const shown = useRef({ draft_id, key });
  if (shown.current.draft_id !== draft_id) {
    const isOwn = draft_id !== undefined && draft_id === created.current;
    shown.current = { draft_id, key: isOwn ? shown.current.key : key };
  }
  return (
    <Wizard
      key={shown.current.key}
      draft_id={draft_id}
      onCreated={id => {
        created.current = id;
      }}
    />
  );
}

function Wizard({ draft_id, onCreated }: { draft_id: string | undefined; onCreated: (id: string) => void }) {
  const t = useTexts('orders');
  const { draft, change, flush, saveState, saveFailure, problem, draftId } = useDraft(draft_id, onCreated);
  const [build, setBuild] = useState(0);
  const [isCopying, setCopying] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState<OutputOf<typeof orders.submit> | null>(null);
  /** A submit that did not happen because the newest draft is not stored. */
  const [isUnsent, setUnsent] = useState(false);
  const submit = useCommand('orders.submit');
  const [settled] = useDebouncedValue(draft, CHECK_DELAY_MS);
  const check = useAsk(
    'orders.checkDraft',
    { draft: settled ?? draft ?? {} },
    // The buttons must not turn off and on again under the pointer while the same draft is checked once more.
    { enabled: Boolean(settled) && !submitted, keepPrevious: true },
  );
  const form = useAsk('orders.form', { family: draft?.family ?? '' }, { enabled: Boolean(draft?.family) });
  const problems = stillTrue(check.data?.problems ?? [], draft);
  const step = draft?.step ?? 1;
  const { place, aimAt, showFirstWrong } = useStepFocus(draft?.step, build);

  const isReleased = (form.data?.fields.length ?? 0) > 0;
  const mayReach = (target: number, found = problems, isChecked = check.isSuccess) => {
    const errorsOf = (prefix: string) =>
      found.filter(({ path, kind }) => kind === 'error' && path.startsWith(prefix)).length;
    const stepReady: Record<number, boolean> = {
      1: isChecked && errorsOf('header') === 0,
      2: isReleased && (draft?.builds.length ?? 0) > 0 && errorsOf('build') === 0,
    };
    return (
      target <= step ||
      Array.from({ length: target - 1 }, (_, index) => index + 1).every(at => stepReady[at] ?? true)
    );
  };
  const go = async (target: number, toBuild = build) => {
    if (target < 1 || target > LAST_STEP) return;
    if (target > step) {
      // The check on screen lags behind the last keystroke; what was just typed must count.
      const fresh = await ask('orders.checkDraft', { draft: draft ?? {} }).catch(() => null);
      const found = fresh?.problems ?? problems;
      if (!mayReach(target, found, fresh !== null)) {
        setTouched(new Set(found.map(({ path }) => path)));
        showFirstWrong();
        return;
      }
    }
    setBuild(toBuild);
    change(before => ({ ...before, step: target }));
  };
  const showAnswer = (path: string, toBuild = build) => {
    const groups = form.data?.groups.filter(isAccessoryGroup) ?? [];
    const target = groups.some(({ name }) => path.startsWith(`${name}[`)) ? 4 : 3;
    if (target === step && toBuild === build) focusAnswer(path);
    else {
      aimAt(path);
      void go(target, toBuild);
    }
  };
  const send = async () => {
    submit.reset();
    const id = await flush();
    setUnsent(!id);
    if (!id) return;
    const done = await submit.run({ draft_id: id }).catch(() => null);
    if (done) setSubmitted(done);
  };
  useHotkeys(
    [
      ['mod+S', () => void flush()],
      ['mod+Enter', () => (step === LAST_STEP ? void send() : void go(step + 1))],
      ['alt+ArrowRight', () => void go(step + 1)],
      ['alt+ArrowLeft', () => void go(step - 1)],
    ],
    [],
  );

  if (submitted) return <Submitted done={submitted} />;
  if (problem && failureFrom(problem).code === 'draft_unknown') return <DraftGone />;
  if (problem) return <RefusalNotice failure={failureFrom(problem)} />;
  if (!draft) return <Loader m="md" />;
  const current = Math.min(build, Math.max(0, draft.builds.length - 1));
  const isBuildStep = step === 3 || step === 4;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={draft.header.order_number.trim() || t('screens.new_order')}
        status={
          <Text size="sm" c="dimmed" truncate flex="1 1 160px" miw={0} title={draft.header.customer_name}>
            {draft.header.customer_name}
          </Text>
        }
        actions={
          <Group gap="xs">
            <Text size="xs" c={saveState === 'failed' ? 'red' : 'dimmed'} aria-live="polite">
              {t(`screens.save_states.${saveState}`)}
            </Text>
            {step > 1 && (
              <Button variant="default" onClick={() => void go(step - 1)} title="Alt+←">
                {t('screens.back')}
              </Button>
            )}
            {step < LAST_STEP ? (
              <Button onClick={() => void go(step + 1)} title="Ctrl+Enter">
                {t('screens.next')}
              </Button>
            ) : (
              <Button
                onClick={() => void send()}
                loading={submit.pending}
                disabled={!check.data?.submittable}
                title="Ctrl+Enter"
              >
                {t('screens.submit')}
              </Button>
            )}
          </Group>
        }
      />
      {!draft_id && <DraftStrip />}
      <Stepper
        active={step - 1}
        onStepClick={index => void go(index + 1)}
        size="xs"
        iconSize={26}
        allowNextStepsSelect
      >
        {[1, 2, 3, 4, 5].map(at => (
          <Stepper.Step key={at} label={t(`screens.steps.${at}`)} allowStepSelect={mayReach(at)} />
        ))}
      </Stepper>
      {submit.failure && <RefusalNotice failure={submit.failure} />}
      {saveState === 'failed' && (
        <Box>
          {isUnsent && (
            <Text size="sm" fw={600} role="alert">
              {t('screens.not_submitted_unsaved')}
            </Text>
          )}
          <RefusalNotice failure={saveFailure} />
        </Box>
      )}
      <Box
        ref={place}
        tabIndex={-1}
        style={{
          display: 'flex',
          gap: 12,
          flex: 1,
          outline: 'none',
          minHeight: 0,
          overflow: isBuildStep ? 'hidden' : 'auto',
        }}
      >
        {isBuildStep && (
          <BuildList
            builds={draft.builds.map(({ build_number }, index) => ({
              build_number,
              isReady: check.data?.builds[index]?.evaluation.submittable ?? false,
            }))}
            current={current}
            onChoose={setBuild}
            onAdd={() => void go(2)}
            onCopy={draft.builds.length > 1 ? () => setCopying(true) : undefined}
          />
        )}
        <Box style={{ flex: 1, minWidth: 0, minHeight: 0, display: isBuildStep ? 'flex' : 'block' }}>
          {step === 1 && (
            <StepCustomer
              draft={draft}
              problems={problems}
              draftId={draftId}
              ensureDraft={async () => {
                if (!draftId) change(before => ({ ...before }));
                return flush();
              }}
              isTouched={path => touched.has(path)}
              touch={path => setTouched(before => new Set(before).add(path))}
              onChange={change}
            />
          )}
          {step === 2 && (
            <StepBuilds
              draft={draft}
              problems={problems}
              isTouched={path => touched.has(path)}
              onChange={change}
            />
          )}
          {isBuildStep && form.data && (
            <BuildStep
              key={current}
              draft={draft}
              index={current}
              form={form.data}
              view={step === 3 ? 'configuration' : 'accessories'}
              isCopying={isCopying}
              onCopyClose={() => setCopying(false)}
              onShow={path => showAnswer(path)}
              onConfiguration={(index, configuration) =>
                change(before => ({
                  ...before,
                  builds: before.builds.map((entry, at) =>
                    at === index ? { ...entry, configuration } : entry,
                  ),
                }))
              }
            />
          )}
          {step === 5 && form.data && (
            <StepReview draft={draft} form={form.data} checked={check.data} onGo={go} onShow={showAnswer} />
          )}
          {step === 5 && !form.data && (
            <Anchor component={Link} to="/orders">
              {t('screens.orders')}
            </Anchor>
          )}
        </Box>
      </Box>
    </Stack>
  );
}

/** The address of a draft that was submitted or discarded, after a reload or a step back. */
function DraftGone() {
  const t = useTexts('orders');
  return (
    <EmptyState
      title={t('screens.draft_gone')}
      hint={t('screens.draft_gone_hint')}
      action={
        <Group mt="xs">
          <Button component={Link} to="/orders">
            {t('screens.orders')}
          </Button>
          <Button component={Link} to="/orders/new" variant="default">
            {t('screens.new_order')}
          </Button>
        </Group>
      }
    />
  );
}
