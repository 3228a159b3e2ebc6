import type { Action, Step } from './world.ts';

const step = (action: Action, place: number, intent?: string): Step => ({ action, place, seed: 1, intent });
const command = (place: number, intent: string): Step => step('command', place, intent);
const deliver = (place: number, times: number): Step[] =>
  Array.from({ length: times }, () => step('deliver', place));
const [ONE, TWO, THREE, TWIN_OF_ONE] = [0, 1, 2, 3];

/** Stories of three stations that once broke a promise, as short as they get. */
export const FOUND: { defect: string; steps: Step[] }[] = [
  {
    defect:
      'what a copied file sent was taken for own work, and a change made after that was never shown again',
    steps: [
      ...deliver(ONE, 2),
      step('clone', ONE),
      ...deliver(ONE, 1),
      command(TWIN_OF_ONE, 'changeBomLine'),
      ...deliver(TWIN_OF_ONE, 2),
      ...deliver(ONE, 1),
      ...deliver(TWIN_OF_ONE, 1),
      step('exchange', ONE),
      ...deliver(ONE, 1),
      command(ONE, 'noteOnOrder'),
      command(TWIN_OF_ONE, 'noteOnOrder'),
    ],
  },
  {
    defect: 'a unit that waited was taken for the one that a copied file had sent under the same number',
    steps: [
      step('exchange', ONE),
      step('clone', ONE),
      command(TWIN_OF_ONE, 'newOrderWithBom'),
      ...deliver(ONE, 1),
      command(ONE, 'bookMovement'),
    ],
  },
  {
    defect: 'nothing that others had sent arrived as long as no own unit came through',
    steps: [
      command(ONE, 'renameMaterial'),
      command(TWO, 'newOrder'),
      ...deliver(TWO, 6),
      step('only_pull', ONE),
    ],
  },
  {
    defect: 'two copies said hello with one nonce, both were let in and met in their unit numbers',
    steps: [
      step('clone', ONE),
      command(ONE, 'renameMaterial'),
      command(TWIN_OF_ONE, 'changeLeadTime'),
      ...deliver(ONE, 2),
      ...deliver(TWIN_OF_ONE, 3),
      ...deliver(ONE, 3),
    ],
  },
  {
    defect: 'a copied file with a waiting deletion brought the deleted row back when it loaded the centre',
    steps: [
      command(ONE, 'saveView'),
      ...deliver(ONE, 7),
      command(ONE, 'removeView'),
      step('clone', ONE),
      ...deliver(ONE, 4),
    ],
  },
  {
    defect:
      'after a restore of the centre the answer on an older connection was taken for a copy of the station',
    steps: [
      step('back_up_centre', ONE),
      ...deliver(ONE, 7),
      command(ONE, 'noteOnOrder'),
      ...deliver(ONE, 5),
      command(ONE, 'noteOnOrder'),
      step('restore_centre', ONE),
      ...deliver(ONE, 3),
    ],
  },
  {
    defect:
      'a row that a restored centre took on the second sending counted one version too many while the answer was lost',
    steps: [
      command(THREE, 'configureOrder'),
      step('exchange', ONE),
      command(ONE, 'replaceItems'),
      ...deliver(ONE, 1),
      step('back_up_centre', TWO),
      step('exchange', THREE),
      ...deliver(ONE, 1),
      ...deliver(THREE, 4),
      step('restore_centre', ONE),
      ...deliver(THREE, 4),
      step('lose_answer', THREE),
    ],
  },
];
