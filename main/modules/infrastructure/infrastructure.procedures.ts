import type { z } from 'zod';
import type { chainFault, infrastructure } from '../../../preload/contract/infrastructure.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import * as audit from './audit.service.ts';
import * as doctor from './doctor.service.ts';
import * as files from './files.service.ts';
import { healthOf } from './health.service.ts';
import * as notifications from './notifications.service.ts';
import * as preferences from './preferences.service.ts';
import * as views from './saved-views.service.ts';
import * as settings from './settings.service.ts';

interface Verified {
  rows: number;
  faults: z.output<typeof chainFault>[];
  checked_at_ms: number;
}

export const infrastructureProcedures: Handlers<typeof infrastructure> = {
  listSettings: settings.listSettings,
  saveSetting: settings.saveSetting,
  resetSetting: settings.resetSetting,

  listAudit: audit.listAudit,
  auditFacets: audit.auditFacets,
  verifyAudit: {
    work: 'infrastructure.verifyAudit',
    finish: (ctx, made: Verified) => {
      const metadata = { rows: made.rows, faults: made.faults.length };
      ctx.record({
        action: 'SYSTEM',
        category: 'audit',
        entity_type: 'audit_logs',
        metadata,
        severity: made.faults.length > 0 ? 'CRITICAL' : 'INFO',
        success: made.faults.length === 0,
      });
      return made;
    },
  },

  getLimits: files.getLimits,
  prepareUpload: files.prepareUpload,
  registerFile: files.registerFile,
  listFiles: files.listFiles,
  openFile: files.openFile,
  removeFile: files.removeFile,

  listNotifications: notifications.listNotifications,
  unreadCount: notifications.unreadCount,
  markRead: notifications.markRead,
  markAllRead: notifications.markAllRead,
  markUnread: notifications.markUnread,
  notificationPreferences: preferences.notificationPreferences,
  savePreferences: preferences.savePreferences,

  listSavedViews: views.listSavedViews,
  saveSavedView: views.saveSavedView,
  deleteSavedView: views.deleteSavedView,

  health: healthOf,
  doctor: { work: 'infrastructure.doctor', finish: (_ctx, report) => report },
  listBackups: doctor.listBackupFiles,
  makeBackup: {
    work: 'infrastructure.makeBackup',
    finish: (ctx, backup) => {
      ctx.record({
        action: 'SYSTEM',
        category: 'backup',
        entity_type: 'backups',
        entity_identifier: backup.file_name,
      });
      return backup;
    },
  },
  makeDiagnostics: {
    work: 'infrastructure.makeDiagnostics',
    finish: (ctx, made: { file: string; name: string }) => {
      ctx.record({
        action: 'EXPORT',
        category: 'diagnostics',
        entity_type: 'diagnostics',
        entity_identifier: made.name,
      });
      const mime_type = 'application/json';
      return {
        ticket: ctx.offerDownload({ path: made.file, name: made.name, mime_type }),
        name: made.name,
        mime_type,
      };
    },
  },
};
