// Loaded before the data process: `process.parentPort` of Electron's utility process over Node's own channel.
import { EventEmitter } from 'node:events';

const port = new EventEmitter();
port.postMessage = message => process.send(message);
// As in Electron, messages wait until somebody listens.
port.once('newListener', () => process.on('message', data => port.emit('message', { data, ports: [] })));
process.on('disconnect', () => process.exit(0));
process.parentPort = port;
