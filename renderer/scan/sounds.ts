import { storedSettings } from './scanner-settings.ts';

let context: AudioContext | undefined;

function tone(frequency_hz: number, start_s: number, length_s: number): void {
  if (!storedSettings().has_sound) return;
  context ??= new AudioContext();
  const sound = context.createOscillator();
  const volume = context.createGain();
  sound.frequency.value = frequency_hz;
  volume.gain.value = 0.15;
  sound.connect(volume).connect(context.destination);
  sound.start(context.currentTime + start_s);
  sound.stop(context.currentTime + start_s + length_s);
}
/** One high tone: done. */
export const beepGood = (): void => tone(1320, 0, 0.12);
/** Two low tones: refused or asked. */
export function beepBad(): void {
  tone(220, 0, 0.22);
  tone(196, 0.28, 0.3);
}
