import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge } from '../renderer/rpc/transport.ts';
import type { Call, PushEvent } from './contract/rpc.ts';

/** All that a page of the desktop shell can reach: calls, their cancellation, pushed events. */
const bridge: Bridge = {
  shell: 'desktop',
  call: (message: Call) => ipcRenderer.invoke('rpc:call', message),
  cancelJob: (session, job_id) => ipcRenderer.send('rpc:cancel_job', { session, cancel_job: job_id }),
  on(listener) {
    const pass = (_event: IpcRendererEvent, event: PushEvent) => listener(event);
    ipcRenderer.on('rpc:push', pass);
    return () => ipcRenderer.off('rpc:push', pass);
  },
  transferUrl: ticket => `/transfer/${ticket}`,
};
contextBridge.exposeInMainWorld('millwright', bridge);
