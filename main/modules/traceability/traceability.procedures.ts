import type { traceability } from '../../../preload/contract/traceability.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import {
  asBuilt,
  captureBatch,
  captureSerial,
  releaseSerial,
  removeBatch,
  serials,
} from './serials.service.ts';
import { partsThatFit } from './service-parts.service.ts';

export const traceabilityProcedures: Handlers<typeof traceability> = {
  serials,
  captureSerial,
  releaseSerial,
  captureBatch,
  removeBatch,
  asBuilt,
  partsThatFit,
};
