import { Button, TextInput } from '@mantine/core';
import { IconMapPin, IconNote, IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { WorkTask } from '../../../../preload/contract/assembly.ts';
import type { SerialSlot } from '../../../../preload/contract/traceability.ts';
import { formatDuration, formatInstant, formatQuantity } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { placeText } from '../../catalogue/parts/place-text.ts';
import classes from './Player.module.css';
import type { Player } from './use-player.ts';

interface Props {
  player: Player;
  task: WorkTask;
  may_work: boolean;
  now_ms: number;
  onNote: () => void;
}
/** What lies ready beside the work: time, serial numbers, parts and tools. */
export function PlayerReady({ player, task, may_work, now_ms, onNote }: Props) {
  const t = useTexts('production');
  const localized = useLocalized();
  const isOpen = may_work && task.state !== 'done';
  const onTimer = task.running ? Math.max(0, (now_ms - task.running.since_ms) / 1000) : 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too
    <aside className={classes.side} aria-label={t('work.ready_area')} tabIndex={0}>
      <div>
        <strong className="tabular">{formatDuration(task.worked_seconds + onTimer)}</strong>
        <span className={classes.muted}>
          {' '}
          {task.running ? t('work.running_by', { name: task.running.by_name }) : t('work.timer_off')}
        </span>
        {task.completed && (
          <div className={classes.muted}>
            {t('work.done_by', { name: task.completed.by_name, at: formatInstant(task.completed.at_ms) })}
          </div>
        )}
      </div>
      {player.slots.map(slot => (
        <Serial
          key={`${slot.material_number} ${slot.basin_index} ${slot.unit_no}`}
          slot={slot}
          isOpen={isOpen}
          onCapture={(number, replaces) => player.capture(slot, number, 'KEYS', replaces)}
        />
      ))}
      {task.parts.length > 0 && <h3>{t('parts')}</h3>}
      {task.parts.map(part => (
        <Tick
          key={part.part_id}
          isOn={part.is_confirmed}
          isOpen={isOpen}
          label={`${formatQuantity(part.quantity_e6)} ${part.uom_code}  ${part.material_number}`}
          more={part.material_name}
          place={placeText(part)}
          onToggle={() => player.confirm([part.part_id], !part.is_confirmed)}
        />
      ))}
      {task.tools.length > 0 && <h3>{t('tools')}</h3>}
      {task.tools.map(tool => (
        <Tick
          key={tool.row_id}
          isOn={tool.is_confirmed}
          isOpen={isOpen}
          label={localized(tool.names)}
          onToggle={() => player.confirm([tool.row_id], !tool.is_confirmed)}
        />
      ))}
      {isOpen && (
        <Button
          size="lg"
          variant="default"
          leftSection={<IconNote aria-hidden />}
          aria-keyshortcuts="F7"
          onClick={onNote}
        >
          {t('work.note')} <small>&nbsp;F7</small>
        </Button>
      )}
      {task.events
        .filter(event => event.note)
        .map(event => (
          <div key={`${event.at_ms} ${event.event_type}`}>
            <small className={classes.muted}>
              {event.by_name} · {formatInstant(event.at_ms)}
            </small>
            <div>{event.note}</div>
          </div>
        ))}
    </aside>
  );
}

interface TickProps {
  isOn: boolean;
  isOpen: boolean;
  label: string;
  more?: string;
  place?: string;
  onToggle: () => void;
}
function Tick({ isOn, isOpen, label, more, place, onToggle }: TickProps) {
  const t = useTexts('production');
  const Icon = isOn ? IconSquareCheckFilled : IconSquare;
  return (
    <button type="button" className={classes.tick} aria-pressed={isOn} disabled={!isOpen} onClick={onToggle}>
      <Icon size={30} aria-hidden color={isOn ? 'var(--mantine-color-green-filled)' : 'currentColor'} />
      <span>
        {label}
        {more && <small>{more}</small>}
        {place && (
          <small className={classes.place}>
            <IconMapPin size={16} aria-label={t('work.place')} /> {place}
          </small>
        )}
      </span>
    </button>
  );
}

type SerialId = NonNullable<SerialSlot['serial']>['serial_id'];
interface SerialProps {
  slot: SerialSlot;
  isOpen: boolean;
  onCapture: (number: string, replaces?: SerialId) => unknown;
}
/** The number on the part, by scanner or keys; a wrong one is put right by the next. */
function Serial({ slot, isOpen, onCapture }: SerialProps) {
  const t = useTexts('production');
  const [text, setText] = useState('');
  const label = t('work.serial_of', { number: slot.material_number });
  const enter = () => {
    if (text.trim() === '') return;
    onCapture(text, slot.serial?.serial_id);
    setText('');
  };
  return (
    <TextInput
      size="lg"
      label={label}
      description={slot.name}
      value={text}
      disabled={!isOpen}
      autoComplete="off"
      placeholder={slot.serial?.serial_number ?? t('work.scan_or_type')}
      rightSection={
        slot.serial && (
          <IconSquareCheckFilled color="var(--mantine-color-green-filled)" aria-label={t('work.captured')} />
        )
      }
      styles={{ input: { minHeight: 60 } }}
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.stopPropagation();
        enter();
      }}
      onBlur={enter}
    />
  );
}
