import type { Situation } from '../../../preload/contract/fulfilment.ts';
import type { PlanType } from '../../../preload/contract/inspection.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import { ask, PASSWORD } from '../../support/station.ts';
import { oneBasin, submittedBuild } from '../orders/order-support.ts';
import { installWork } from '../production/work-support.ts';
import { attachDrawing, fillForm, signInput, thermometer } from '../quality/inspection-support.ts';

const SIGNER: Record<PlanType, string> = {
  PRE_QC: 'QC_INSPECTOR',
  IN_PROCESS: 'OPERATOR',
  TEST: 'OPERATOR',
  PACKAGING: 'OPERATOR',
  FINAL_QC: 'QC_INSPECTOR',
};

/** One build and its people, who bring it from step to step through the same procedures as the screens. */
export function lifeOf(
  configuration: Configuration = oneBasin,
  options: Parameters<typeof submittedBuild>[1] = {},
) {
  const made = submittedBuild(configuration, options);
  const { station, order_id } = made;
  installWork(station);
  attachDrawing(station, order_id);
  const sessions = new Map<string, string>();
  const as = (role: string): string => {
    const held = sessions.get(role) ?? station.session(role);
    sessions.set(role, held);
    return held;
  };
  const situation = (role = 'PLANNER'): Situation =>
    ask(station, as(role), 'fulfilment.situation', { order_id });
  const move = (role: string, transition_code: string, more: object = {}) =>
    ask(station, as(role), 'fulfilment.move', {
      order_id,
      transition_code,
      expected_version: situation().row_version,
      ...more,
    }).order_status;
  /** What stands against a step for whoever may take it. */
  const missing = (role: string, transition_code: string): string[] =>
    situation(role)
      .transitions.find(step => step.transition_code === transition_code)
      ?.missing.map(entry => entry.code) ?? ['no such step'];
  /** Forms of the queue of whoever builds that were signed and are to be filled again. */
  const repeats = () =>
    ask(station, as('OPERATOR'), 'quality.queue', {})
      .rows.filter(row => row.repeat !== null)
      .map(({ plan_type, last_result, repeat }) => ({ plan_type, last_result, repeat }));
  const claim = () =>
    ask(station, as('OPERATOR'), 'fulfilment.claim', {
      order_id,
      expected_version: situation().row_version,
    });
  const signed = (
    plan_type: PlanType,
    result: 'PASS' | 'FAIL' = 'PASS',
    changes = {},
    needs_rework = true,
  ) => {
    const role = SIGNER[plan_type];
    const log_id = fillForm(station, as(role), order_id, plan_type, changes);
    if (plan_type === 'TEST') chooseInstrument(log_id);
    const input = signInput(log_id, { username: role.toLowerCase(), password: PASSWORD }, result);
    return ask(station, as(role), 'quality.signForm', {
      ...input,
      failure: input.failure && { ...input.failure, needs_rework },
    });
  };
  function chooseInstrument(log_id: Parameters<typeof signInput>[0]): void {
    const { instruments } = ask(station, as('ORG_ADMIN'), 'quality.instruments', {});
    const instrument_id =
      instruments[0]?.instrument_id ??
      ask(station, as('ORG_ADMIN'), 'quality.saveInstrument', {
        instrument_id: null,
        row_version: null,
        instrument: thermometer,
      }).instrument_id;
    ask(station, as('OPERATOR'), 'quality.setHeader', { log_id, notes: '', instrument_ids: [instrument_id] });
  }
  const approveAndSend = () => {
    const bom = ask(station, as('PROCUREMENT'), 'bom.versions', { order_id }).versions[0];
    if (!bom) throw new Error('no BOM');
    ask(station, as('PROCUREMENT'), 'bom.approve', {
      bom_id: bom.bom_id,
      expected_version: bom.row_version,
    });
    const { rows } = ask(station, as('PROCUREMENT'), 'fulfilment.outsourced', { order_id });
    ask(station, as('PROCUREMENT'), 'fulfilment.sendParts', {
      order_id,
      shipment_item_ids: rows.map(line => line.shipment_item_id),
    });
  };
  const bodyArrived = () => ask(station, as('PROCUREMENT'), 'fulfilment.bodyArrived', { order_id });
  const workAllTasks = () => {
    const tasks = () => ask(station, as('OPERATOR'), 'production.work', { order_id }).tasks;
    if (tasks().length === 0) ask(station, as('OPERATOR'), 'production.generateTasks', { order_id });
    for (let ready = tasks().find(task => task.state === 'ready'); ready; ) {
      ask(station, as('OPERATOR'), 'production.completeTask', { task_id: ready.task_id });
      ready = tasks().find(task => task.state === 'ready');
    }
  };
  const captureSerials = () => {
    const { slots } = ask(station, as('OPERATOR'), 'traceability.serials', { order_id });
    for (const [at, slot] of slots.filter(entry => entry.serial === null).entries())
      ask(station, as('OPERATOR'), 'traceability.captureSerial', {
        order_id,
        material_number: slot.material_number,
        basin_index: slot.basin_index,
        serial_number: `SN-${slot.material_number}-${at}`,
      });
  };
  /** From the order entered to the build in production, with its pre-QC signed. */
  const toProduction = () => {
    approveAndSend();
    bodyArrived();
    signed('PRE_QC');
    move('QC_INSPECTOR', 'T4');
    claim();
  };
  const toTested = () => {
    workAllTasks();
    signed('IN_PROCESS');
    signed('TEST');
    captureSerials();
    return move('OPERATOR', 'T5');
  };
  const toFinalQc = () => {
    signed('PACKAGING');
    move('OPERATOR', 'T6');
    return move('OPERATOR', 'T7');
  };
  /** From final QC, passed, to the customer. */
  const toShipped = () => {
    signed('FINAL_QC');
    move('QC_INSPECTOR', 'T8');
    return move('PLANNER', 'T9', { carrier_name: 'Purolator', tracking_number: 'PX-77' });
  };
  return {
    ...made,
    as,
    situation,
    move,
    missing,
    repeats,
    claim,
    signed,
    approveAndSend,
    bodyArrived,
    workAllTasks,
    captureSerials,
    toProduction,
    toTested,
    toFinalQc,
    toShipped,
  };
}
