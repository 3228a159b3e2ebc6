import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog } from 'electron';
import { startRefusalText } from '../browser/start-refusal.ts';
import { dataFolder } from '../platform/data-folder.ts';
import { openLog } from '../platform/log.ts';
import { machineLocale } from '../platform/start-texts.ts';
import { StartRefusal } from '../platform/station-folder.ts';
import { offerBackup } from './backup-offer.ts';
import { setMenu } from './menu.ts';
import { printAnswers } from './printing.ts';
import { dataProcessFile, preloadFile } from './program-files.ts';
import { recoverGraphics, recoverPage, respectSoftwareDrawing } from './recovery.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { secretAnswers, shellSecrets } from './secrets.ts';
import { type DataProcess, superviseDataProcess } from './supervisor.ts';
import { pushToWindows, serveCalls } from './transport.ts';
import { updateNotice } from './update-notice.ts';
import { createUpdates, electronUpdater } from './updater.ts';
import { guardPages, openMainWindow } from './windows.ts';

/** The desktop program: one window, one data process that owns the database. */
const { values } = parseArgs({
  args: process.argv.slice(1),
  strict: false,
  options: { data: { type: 'string' }, 'no-demo': { type: 'boolean', default: false } },
});
const data_folder = dataFolder(typeof values.data === 'string' ? values.data : undefined);
const shell_folder = path.join(data_folder, 'shell');
registerScheme();
respectSoftwareDrawing(process.argv);

let window: BrowserWindow | undefined;
let data: DataProcess | undefined;
let isLeaving = false;
if (!claimFolder()) app.exit(1);
else if (app.requestSingleInstanceLock()) void start();
else app.quit();

/** One instance per data folder: Electron keeps its lock, and Chromium its caches, in this folder. */
function claimFolder(): boolean {
  try {
    mkdirSync(shell_folder, { recursive: true });
    app.setPath('userData', shell_folder);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const refusal = new StartRefusal('folder_not_writable', { folder: data_folder, reason });
    dialog.showErrorBox('Millwright', startRefusalText(refusal, machineLocale()) ?? reason);
    return false;
  }
}

async function start(): Promise<void> {
  app.on('second-instance', () => showWindow());
  app.on('window-all-closed', () => void leave());
  app.on('before-quit', event => {
    event.preventDefault();
    void leave();
  });
  await app.whenReady();
  const log = openLog(path.join(shell_folder, 'logs'), 'shell');
  log.info(
    { version: app.getVersion(), electron: process.versions.electron ?? null },
    'desktop shell starts',
  );
  guardPages();
  recoverGraphics(process.argv, log, args => void leave(args));

  const secrets = shellSecrets(path.join(shell_folder, 'secrets.key'), text => log.warn(text));
  data = superviseDataProcess({
    entry: dataProcessFile(),
    order: {
      kind: 'start',
      data_folder,
      with_demo_plant: values['no-demo'] !== true,
      restore: null,
      locale: app.getLocale(),
    },
    answers: { ...printAnswers, ...secretAnswers(() => secrets) },
    log,
    onPush: pushToWindows,
    onReady: isRestart => isRestart && pushToWindows({ kind: 'shell', action: 'data_restarted' }),
    offerBackup,
    onGivenUp: text => {
      isLeaving = true;
      dialog.showErrorBox('Millwright', text);
      app.exit(1);
    },
  });
  serveCalls(data);
  const started = data;
  const updates = createUpdates(() => started.ask('update_feed_url', null), electronUpdater, log);
  setMenu({
    tellPage: action => pushToWindows({ kind: 'shell', action }),
    checkForUpdates: () => void updates.check().then(updateNotice),
  });

  const ready = await started.ready().catch(() => undefined);
  if (!ready) return;
  serveScheme(started, ready.dist_folder, app.getPath('temp'), log);
  window = openMainWindow(preloadFile(ready.dist_folder), path.join(shell_folder, 'window.json'));
  recoverPage(window, log, () => void leave());
  updates.keepChecking();
}

function showWindow(): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Closes window and database, then ends; with arguments the program starts again with them. */
async function leave(restart_args?: string[]): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  if (restart_args) app.relaunch({ args: restart_args });
  if (window && !window.isDestroyed()) window.close();
  await data?.stop();
  app.exit(0);
}
