import type { imports } from '../../../preload/contract/imports.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { offerWorkbook } from '../reporting/excel.service.ts';
import { allowedKinds, begin, discard, listImports, prepareUpload } from './import-files.service.ts';
import { failedApply, finishApply, finishCheck } from './imports.service.ts';

export const importsProcedures: Handlers<typeof imports> = {
  kinds: allowedKinds,
  template: { work: 'imports.template', finish: offerWorkbook },
  prepareUpload,
  begin,
  inspect: { work: 'imports.inspect', finish: (_ctx, made) => made },
  check: { work: 'imports.check', finish: finishCheck },
  apply: { work: 'imports.apply', finish: finishApply, failed: failedApply },
  discard,
  list: listImports,
};
