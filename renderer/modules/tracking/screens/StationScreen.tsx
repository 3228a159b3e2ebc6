import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconMaximize, IconUsers, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { codeFor, readCode } from '../../../../preload/contract/codes.ts';
import { UNDO_MS } from '../../../../preload/contract/tracking.ts';
import { FullScreen } from '../../../app/FullScreen.tsx';
import { StatusMark } from '../../../app/StatusMark.tsx';
import { SwitchOperator } from '../../../app/SwitchOperator.tsx';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { useScanTarget } from '../../../scan/scan-targets.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount, formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { BalanceHint } from '../parts/BalanceHint.tsx';
import { quantityOf } from '../parts/entry-rows.ts';
import classes from '../parts/Station.module.css';
import { lookOf, StationVerdict } from '../parts/StationVerdict.tsx';
import { useOrderOfScan } from '../parts/use-order-of-scan.ts';
import { useStation } from '../parts/use-station.ts';

const TYPES = [
  { type: 'IN', icon: IconArrowDown, key: 'F1' },
  { type: 'OUT', icon: IconArrowUp, key: 'F2' },
] as const;

/** Full screen for one work centre: everything by scanner and number keys, readable at arm's length. */
export default function StationScreen() {
  const t = useTexts('tracking');
  const { full_name, timezone, user_id } = useMe();
  const navigate = useNavigate();
  const asked = useAsk('tracking.workCenters', {});
  const centers = (asked.data?.centers ?? []).filter(center => center.can_book);
  const [chosen, setChosen] = useLocalStorage({
    key: 'millwright.station_center',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const center = centers.find(c => c.work_center_id === chosen) ?? centers[0];
  const [pieces, setPieces] = useLocalStorage({
    key: 'millwright.station_pieces',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const station = useStation(center, quantityOf(pieces));
  const [text, setText] = useState('');
  const [isSwitching, setSwitching] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const now = useNow();
  const verdict = lookOf(station.verdict);
  const back = () => field.current?.focus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every step the scanner types into the field again
  useEffect(back, [
    station.verdict,
    station.order_number,
    station.type,
    station.pending,
    isSwitching,
    center?.work_center_id,
  ]);

  const orderOf = useOrderOfScan();
  useScanTarget(
    async scan => {
      setText('');
      if (scan.command) {
        await station.command(scan.command);
        return { kind: 'shown' };
      }
      const code = readCode(scan.text);
      if (code.kind === 'code' && code.of === 'work_center') {
        const sign = centers.find(c => codeFor('W', c.work_center_id) === scan.text.toUpperCase());
        if (sign) setChosen(sign.work_center_id);
        else return undefined;
        return { kind: 'good', title: sign.work_center_code, subtitle: sign.work_center_name };
      }
      if (code.kind === 'code' && code.of === 'user') {
        setSwitching(true);
        return { kind: 'shown' };
      }
      return orderOf(scan, order_number => station.takeOrder(order_number));
    },
    center !== undefined && !isSwitching,
  );

  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  onKey.current = event => {
    const type = TYPES.find(({ key }) => key === event.key)?.type;
    if (type) station.setType(type);
    else if (event.key === 'F9') void station.undo();
    else if (event.key === 'Escape') {
      setText('');
      station.drop();
    } else if (event.key === 'Enter' && event.target === field.current) {
      setText('');
      station.entered(text);
    } else return;
    event.preventDefault();
  };
  useEffect(() => {
    if (isSwitching) return;
    const listen = (event: KeyboardEvent) => onKey.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isSwitching]);
  const isQuantity = station.order_number !== null;
  return (
    <FullScreen className={classes.station} verdict={verdict}>
      <div className={classes.head}>
        <h1 style={{ margin: 0, fontSize: 26 }}>{t('nav.station')}</h1>
        {centers.length > 0 && (
          <NativeSelect
            size="lg"
            aria-label={t('columns.work_center')}
            value={center?.work_center_id ?? ''}
            data={centers.map(c => ({
              value: c.work_center_id,
              label: `${c.work_center_code} ${c.work_center_name}`,
            }))}
            onChange={event => setChosen(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          size="lg"
          aria-label={t('station.pieces')}
          value={pieces}
          data={['', '1'].map(value => ({ value, label: t(`station.pieces_${value || 'asked'}`) }))}
          onChange={event => setPieces(event.currentTarget.value)}
        />
        <span className={classes.grow} />
        <StatusMark />
        <Button
          size="lg"
          variant="default"
          leftSection={<IconUsers aria-hidden />}
          onClick={() => setSwitching(true)}
        >
          {full_name}
        </Button>
        <Button
          size="lg"
          variant="default"
          aria-label={t('station.full_screen')}
          onClick={() =>
            void (document.fullscreenElement
              ? document.exitFullscreen()
              : document.documentElement.requestFullscreen())
          }
        >
          <IconMaximize aria-hidden />
        </Button>
        <Button
          size="lg"
          variant="default"
          aria-label={t('station.leave')}
          onClick={() => navigate('/tracking')}
        >
          <IconX aria-hidden />
        </Button>
      </div>
      {asked.data?.missing ? (
        <EmptyState
          title={t(`missing.${asked.data.missing}`)}
          text={t(`missing.${asked.data.missing}_text`)}
        />
      ) : (
        <>
          <div className={classes.keys}>
            {TYPES.map(({ type, icon: Icon, key }) => (
              <button
                key={type}
                type="button"
                className={classes.key}
                aria-pressed={station.type === type}
                aria-keyshortcuts={key}
                onClick={() => station.setType(type)}
              >
                <Icon size={44} aria-hidden />
                {t(`types.${type}`)}
                <small style={{ fontSize: 18, fontWeight: 400 }}>{key}</small>
              </button>
            ))}
            <TextInput
              ref={field}
              className={classes.input}
              value={text}
              autoComplete="off"
              inputMode={isQuantity ? 'numeric' : 'text'}
              aria-label={isQuantity ? t('station.quantity') : t('station.scan')}
              placeholder={isQuantity ? t('station.quantity') : t('station.scan')}
              onChange={event => setText(event.currentTarget.value)}
            />
          </div>
          <div className={classes.body}>
            {station.order_number !== null && center && !station.verdict && (
              <div className={classes.verdict} aria-live="polite">
                <span>
                  {t(`types.${station.type}`)} · {station.order_number}
                </span>
                <BalanceHint
                  size="xl"
                  work_center_id={center.work_center_id}
                  order_number={station.order_number}
                  quantity={quantityOf(text)}
                  movement_type={station.type}
                />
              </div>
            )}
            {station.verdict && (
              <StationVerdict
                verdict={station.verdict}
                onYes={() => station.entered('')}
                onNo={station.drop}
              />
            )}
            {station.list.length === 0 ? (
              <div className={classes.hint}>
                <EmptyState title={t('station.nothing_yet')} text={t('station.how')} />
              </div>
            ) : (
              <table className={classes.list}>
                <tbody>
                  {station.list.map((booked, at) => {
                    const left_ms = Math.min(booked.occurred_at_ms + UNDO_MS - now, UNDO_MS);
                    const left_s = Math.ceil(left_ms / 1000);
                    return (
                      <tr key={booked.movement_id}>
                        <td>{formatInstant(booked.occurred_at_ms, timezone).slice(11)}</td>
                        <td>{booked.order_number}</td>
                        <td>{t(`types.${booked.movement_type}`)}</td>
                        <td className={classes.right}>{formatCount(booked.quantity)}</td>
                        <td className={classes.right}>
                          {t('station.balance', { balance: formatCount(booked.balance) })}
                        </td>
                        <td style={{ width: 220 }}>
                          {at === 0 &&
                            left_s > 0 &&
                            station.verdict?.kind === 'good' &&
                            !station.verdict.is_undo && (
                              <button
                                type="button"
                                className={`${classes.key} ${classes.undo}`}
                                aria-keyshortcuts="F9"
                                onClick={() => void station.undo(booked)}
                              >
                                {t('station.undo', { seconds: left_s })}
                              </button>
                            )}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            )}
          </div>
        </>
      )}
      <SwitchOperator key={user_id} opened={isSwitching} onClose={() => setSwitching(false)} />
    </FullScreen>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
