import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents, webContents } from 'electron';
import type { PushEvent, Reply } from '../../preload/contract/rpc.ts';
import { callMessage, cancelMessage } from '../browser/call-message.ts';
import { type Audience, isFor } from '../rpc/audience.ts';
import { isOwnAddress } from './scheme.ts';
import type { DataProcess } from './supervisor.ts';

const refused = (code: string): Reply => ({ ok: false, error: { code, message: code } });

/** With which session each window last called. */
const acting = new WeakMap<WebContents, string | null>();

/** Calls of our own pages to the data process; a frame of any other origin, or an inner frame, is not heard. */
export function serveCalls(data: DataProcess): void {
  ipcMain.handle('rpc:call', (event, message: unknown) => {
    if (!isOwnPage(event)) return refused('not_allowed');
    const call = callMessage.safeParse(message);
    if (!call.success) return refused('invalid_input');
    acting.set(event.sender, call.data.session);
    return data.call(call.data);
  });
  ipcMain.on('rpc:cancel_job', (event, message: unknown) => {
    const cancel = cancelMessage.safeParse(message);
    if (isOwnPage(event) && cancel.success) data.cancelJob(cancel.data);
  });
}
function isOwnPage({ senderFrame, sender }: IpcMainInvokeEvent | IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url);
}

export function pushToWindows(event: PushEvent, to: Audience = 'everyone'): void {
  for (const contents of webContents.getAllWebContents())
    if (isOwnAddress(contents.getURL()) && isFor(to, acting.get(contents) ?? null))
      contents.send('rpc:push', event);
}
