import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, webContents } from 'electron';
import type { PushEvent, Reply } from '../../preload/contract/rpc.ts';
import { callMessage } from '../browser/call-message.ts';
import { isOwnAddress } from './scheme.ts';
import type { DataProcess } from './supervisor.ts';

const refused = (code: string): Reply => ({ ok: false, error: { code, message: code } });

/** Calls of our own pages to the data process; a frame of any other origin, or an inner frame, is not heard. */
export function serveCalls(data: DataProcess): void {
  ipcMain.handle('rpc:call', (event, message: unknown) => {
    if (!isOwnPage(event)) return refused('not_allowed');
    const call = callMessage.safeParse(message);
    return call.success ? data.call(call.data) : refused('invalid_input');
  });
  ipcMain.on('rpc:cancel_job', (event, job_id: unknown) => {
    if (isOwnPage(event) && typeof job_id === 'string') data.cancelJob(job_id);
  });
}
function isOwnPage({ senderFrame, sender }: IpcMainInvokeEvent | IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url);
}

export function pushToWindows(event: PushEvent): void {
  for (const contents of webContents.getAllWebContents())
    if (isOwnAddress(contents.getURL())) contents.send('rpc:push', event);
}
