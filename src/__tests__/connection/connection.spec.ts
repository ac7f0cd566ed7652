import type { Server } from 'http';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { ServerConnection } from '@jupyterlab/services';
import { Connection } from '../../connection/connection';
import type { PanelMessage } from '../../protocol';
import type { ConnectionState } from '../../tokens/connection';
import { LIMITS, until } from '../reports';

/** What the tests use of the `ws` package, which comes without types. */
interface ISocket {
  on(event: 'message', listener: (data: Buffer) => void): void;
  send(text: string): void;
  close(): void;
  /** Read nothing more, not even that the other side closes. */
  pause(): void;
  terminate(): void;
}
interface ISocketServer {
  on(event: 'connection', listener: (socket: ISocket, request: { url: string }) => void): void;
  close(): void;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { WebSocketServer } = require('ws') as {
  WebSocketServer: new (options: { server: Server; path: string }) => ISocketServer;
};

const PATH = '/base/jupyter-namespace-viz/api/notebooks/ws';
const HELLO = { kind: 'hello', protocol_version: 1, limits: LIMITS, answers_pings: true };
const PING = { kind: 'ping' };
const PLAN = { kind: 'plan', request_id: 'r', targets: null, mode: 'imports' } as const;

let server: Server;
let sockets: ISocket[];
let requests: string[];
let received: unknown[];
let connection: Connection;
let states: ConnectionState[];
/** What the server does with ordinary requests; a WebSocket is refused where there is no path. */
let status: number;

interface IStart extends Connection.IOptions {
  hello?: unknown;
  hasExtension?: boolean;
}

async function start({ hasExtension = true, hello = HELLO, ...rest }: IStart = {}): Promise<void> {
  sockets = [];
  requests = [];
  const messages: unknown[] = (received = []); // of this server; one before may read its last later
  server = createServer((_, response) => {
    response.statusCode = status;
    response.end();
  });
  if (hasExtension) {
    new WebSocketServer({ server, path: PATH }).on('connection', (socket, request) => {
      sockets.push(socket);
      requests.push(request.url);
      socket.on('message', data => {
        const message = JSON.parse(data.toString()) as PanelMessage;
        messages.push(message);
        if (message.kind === 'ping') {
          socket.send('{"kind": "pong"}');
        }
      });
      socket.send(JSON.stringify(hello));
    });
  } else {
    server.on('upgrade', (_, socket) => socket.end(`HTTP/1.1 ${status} Refused\r\n\r\n`));
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: `http://127.0.0.1:${port}/base/`,
    wsUrl: `ws://127.0.0.1:${port}/base/`,
    token: 'a token',
    appendToken: true
  });
  connection = new Connection({ serverSettings, firstDelay: 10, longestDelay: 20, ...rest });
  states = [];
  connection.stateChanged.connect((_, state) => states.push(state));
}

beforeEach(() => {
  status = 400;
});

afterEach(async () => {
  jest.restoreAllMocks();
  connection.dispose();
  connection.dispose();
  sockets.forEach(socket => socket.terminate());
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

describe('the connection', () => {
  it('is open from the hello on, and carries messages both ways', async () => {
    await start();
    expect(connection.state).toBe('closed');
    connection.open();
    expect(connection.limits).toBeNull();
    expect(connection.send(PLAN)).toBe(false);
    await until(() => connection.state === 'open');
    expect(states).toEqual(['connecting', 'open']);
    expect(connection.limits).toEqual(LIMITS);
    expect(requests).toEqual([`${PATH}?token=a%20token`]);

    const messages: unknown[] = [];
    connection.messageReceived.connect((_, message) => messages.push(message));
    expect(connection.send(PLAN)).toBe(true);
    await until(() => received.length > 0);
    expect(received).toEqual([PLAN]);

    const planned = { kind: 'planned', request_id: 'r', generation: 1, steps: [], unresolved: [] };
    for (const text of ['no JSON', '[1]', '{"kind": "future"}', JSON.stringify(planned)]) {
      sockets[0]?.send(text);
    }
    await until(() => messages.length > 0);
    expect(messages).toEqual([planned]);
  });

  it('comes back by itself after it was lost', async () => {
    await start();
    connection.open();
    await until(() => connection.state === 'open');
    sockets[0]?.close();
    await until(() => connection.state === 'disconnected');
    expect(connection.limits).toBeNull();
    await until(() => connection.state === 'open');
    expect(sockets).toHaveLength(2);
    expect(states).toEqual(['connecting', 'open', 'disconnected', 'open']);
  });

  it('that breaks without a word is lost, and comes back by itself', async () => {
    await start({ longestQuiet: 10, pingDelay: 20 });
    connection.open();
    await until(() => connection.state === 'open');
    sockets[0]?.pause();
    await until(() => connection.state === 'disconnected');
    await until(() => connection.state === 'open');
    expect(sockets).toHaveLength(2);
    expect(states).toEqual(['connecting', 'open', 'disconnected', 'open']);
  });

  it('to a server that has nothing to say stays open while pings are answered', async () => {
    await start({ longestQuiet: 10, pingDelay: 20 });
    connection.open();
    await until(() => received.length === 6);
    expect(received).toEqual(Array(6).fill(PING));
    expect(states).toEqual(['connecting', 'open']);
  });

  it('is tried as soon as the machine wakes, and kept if it holds', async () => {
    await start({ longestQuiet: 60_000, pingDelay: 20 });
    connection.open();
    await until(() => connection.state === 'open');
    const wakesAt = Date.now() + 3_600_000;
    jest.spyOn(Date, 'now').mockImplementation(() => wakesAt);
    await until(() => received.length > 0);
    // The pong is on its way, and this is read after it.
    const refused = { kind: 'refused', field: '$', message: 'why', request_id: null };
    const messages: unknown[] = [];
    connection.messageReceived.connect((_, message) => messages.push(message));
    sockets[0]?.send(JSON.stringify(refused));
    await until(() => messages.length > 0);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('to a server that does not answer pings sends none', async () => {
    await start({ hello: { ...HELLO, answers_pings: undefined }, longestQuiet: 0, pingDelay: 0 });
    connection.open();
    await until(() => connection.state === 'open');
    for (let sent = 1; sent <= 5; sent++) {
      connection.send(PLAN);
      await until(() => received.length === sent);
    }
    expect(received).toEqual(Array(5).fill(PLAN));
    expect(states).toEqual(['connecting', 'open']);
  });

  it.each([
    [404, 'absent'],
    [403, 'forbidden'],
    [500, 'disconnected']
  ])('that is refused with %i is %s', async (code, state) => {
    status = code;
    await start({ hasExtension: false });
    connection.open();
    await until(() => connection.state === state);
    expect(states).toEqual(['connecting', state]);
  });

  it('to a server that is not there is disconnected, and is tried again', async () => {
    await start();
    const socketServer = server;
    socketServer.close();
    connection.open();
    await until(() => connection.state === 'disconnected');
    connection.close();
    expect(connection.state).toBe('closed');
  });

  it('to a server that does not even refuse is tried again', async () => {
    await start({ hasExtension: false, helloTimeout: 10 });
    let attempts = 0;
    let wasAsked = false;
    server.removeAllListeners('upgrade');
    server.on('upgrade', (_, socket) => {
      attempts += 1;
      socket.on('end', () => socket.end()).resume();
    });
    server.on('request', () => (wasAsked = true));
    connection.open();
    await until(() => attempts === 3);
    expect(states).toEqual(['connecting', 'disconnected']);
    expect(wasAsked).toBe(false);
  });

  it('to a server of another protocol version says so and stays closed', async () => {
    await start({ hello: { ...HELLO, protocol_version: 2 } });
    connection.open();
    await until(() => connection.state === 'incompatible');
    expect(sockets).toHaveLength(1);
  });

  it('says nothing more once it is closed or disposed', async () => {
    await start();
    connection.open();
    await until(() => connection.state === 'open');
    connection.close();
    expect(states).toEqual(['connecting', 'open', 'closed']);
    connection.reopen();
    await until(() => connection.state === 'open');
    connection.dispose();
    connection.open();
    connection.reopen();
    expect(states).toEqual(['connecting', 'open', 'closed', 'connecting', 'open']);
  });
});
