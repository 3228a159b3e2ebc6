import type { Log } from '../platform/log.ts';

/** What the shell needs of an updater; electron-updater stays behind it. */
export interface Updater {
  /** Looks for a newer version at a feed, fetches it, and installs it when the program ends. */
  fetchFrom(feed_url: string): Promise<{ version: string } | null>;
}
export type UpdateResult =
  | { kind: 'off' }
  | { kind: 'none' }
  | { kind: 'fetched'; version: string }
  | { kind: 'failed'; reason: string };
const CHECK_EVERY_MS = 6 * 3_600_000;

export function createUpdates(feedUrl: () => Promise<string>, updater: Updater, log: Log) {
  async function check(): Promise<UpdateResult> {
    try {
      const url = await feedUrl();
      if (url === '') return { kind: 'off' };
      const found = await updater.fetchFrom(url);
      if (found) log.info({ version: found.version }, 'update fetched');
      return found ? { kind: 'fetched', version: found.version } : { kind: 'none' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason }, 'update check failed');
      return { kind: 'failed', reason };
    }
  }
  return {
    check,
    /** Now and every six hours; the feed is read again each time, so a changed setting needs no restart. */
    keepChecking(): void {
      void check();
      setInterval(() => void check(), CHECK_EVERY_MS).unref();
    },
  };
}

/** Loaded at the first check only: a station without a feed never touches it. */
export const electronUpdater: Updater = {
  async fetchFrom(feed_url) {
    const { default: module } = await import('electron-updater');
    const { autoUpdater } = module;
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.allowDowngrade = false;
    autoUpdater.setFeedURL({ provider: 'generic', url: feed_url });
    const found = await autoUpdater.checkForUpdates();
    if (!found?.isUpdateAvailable) return null;
    await autoUpdater.downloadUpdate();
    return { version: found.updateInfo.version };
  },
};
