// Speaks with row-server.mjs over kept connections.
import { Agent, get, request } from 'node:http';

export function rowClient(url) {
  const agent = new Agent({ keepAlive: true });
  const text = async response => {
    const parts = [];
    for await (const part of response) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString());
  };
  return {
    push: changes =>
      new Promise((resolve, reject) => {
        request(`${url}/rows`, { method: 'POST', agent }, response => text(response).then(resolve, reject))
          .on('error', reject)
          .end(JSON.stringify(changes));
      }),
    pull: (after, limit) =>
      new Promise((resolve, reject) => {
        get(`${url}/rows?after=${after}&limit=${limit}`, { agent }, response =>
          text(response).then(resolve, reject),
        ).on('error', reject);
      }),
    /** Resolves once the server sends its events. */
    listen: onRows =>
      new Promise((resolve, reject) => {
        const asked = get(`${url}/events`, response => {
          let rest = '';
          response.setEncoding('utf8').on('data', part => {
            const events = `${rest}${part}`.split('\n\n');
            rest = events.pop();
            for (const event of events) onRows(JSON.parse(event.slice('data: '.length)));
          });
          resolve(() => asked.destroy());
        }).on('error', reject);
      }),
    end: () => agent.destroy(),
  };
}
