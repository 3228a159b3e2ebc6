import type { ChainFault } from '../../platform/audit-trail.ts';

export interface FaultPlace {
  kind: ChainFault['kind'];
  station_id: string;
  from_no: number;
  to_no: number;
  row_id: string | null;
}
export function placeOf(fault: ChainFault): FaultPlace {
  const { kind, station_id } = fault;
  if (fault.kind === 'removed')
    return { kind, station_id, from_no: fault.from_no, to_no: fault.to_no, row_id: null };
  return {
    kind,
    station_id,
    from_no: fault.chain_no,
    to_no: fault.chain_no,
    row_id: 'id' in fault ? fault.id : null,
  };
}
