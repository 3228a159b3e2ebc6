import type { quality } from '../../../preload/contract/quality.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { attachFile, detachFile, discardForm, openForm, saveAnswer, setHeader } from './filling.service.ts';
import { getForm } from './form.service.ts';
import { listInstruments, saveInstrument } from './instruments.service.ts';
import { listNcrs } from './ncrs.service.ts';
import { formsOfBuild, inspectionQueue } from './overview.service.ts';
import {
  clonePlan,
  getPlan,
  listPlans,
  previewPlan,
  publishPlan,
  removePlan,
  savePlan,
} from './plans.service.ts';
import { listResults } from './results.service.ts';
import { correctForm, prepareSigning, signForm } from './signing.service.ts';
import { verifySignatures } from './verify.service.ts';

export const qualityProcedures: Handlers<typeof quality> = {
  listNcrs,
  forBuild: formsOfBuild,
  queue: inspectionQueue,
  results: listResults,
  getForm,
  openForm,
  saveAnswer,
  attachFile,
  detachFile,
  setHeader,
  discardForm,
  prepareSigning,
  signForm,
  correctForm,
  verify: verifySignatures,
  plans: listPlans,
  getPlan,
  previewPlan,
  clonePlan,
  savePlan,
  publishPlan,
  removePlan,
  instruments: listInstruments,
  saveInstrument,
};
