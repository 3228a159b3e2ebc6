import { type AddressInfo, createServer, type Server } from 'node:net';

/** A label printer: takes what is sent and closes. Any free port where none is named. */
export async function labelPrinter(
  wanted_port = 0,
): Promise<{ server: Server; port: number; received: string[] }> {
  const received: string[] = [];
  const server = createServer({ allowHalfOpen: true }, socket => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', data => {
      text += data.toString();
    });
    socket.on('end', () => {
      received.push(text);
      socket.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted_port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port, received };
}
