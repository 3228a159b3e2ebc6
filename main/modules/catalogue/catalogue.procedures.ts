import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const catalogueProcedures: Handlers<typeof catalogue> = {};
