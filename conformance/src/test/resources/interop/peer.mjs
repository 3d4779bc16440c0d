// The ws library as a client or a server. Each line of standard input is a command in JSON, each line of
// standard output an event.
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const connections = new Map();
let accepted = 0;

function tell(event) {
  process.stdout.write(JSON.stringify(event) + '\n');
}

function adopt(id, ws) {
  connections.set(id, ws);
  ws.on('message', (data, isBinary) =>
    tell(isBinary ? { on: 'binary', id, data: data.toString('base64') } : { on: 'text', id, text: data.toString() }));
  ws.on('pong', (data) => tell({ on: 'pong', id, data: data.toString('base64') }));
  ws.on('close', (code, reason) => tell({ on: 'close', id, code, reason: reason.toString() }));
  // The event 'close' follows.
  ws.on('error', () => {});
}

function connect({ id, address, protocols, headers }) {
  const ws = new WebSocket(address, protocols, { headers });
  let response;
  ws.on('upgrade', (upgrade) => { response = upgrade; });
  ws.on('open', () => tell({ on: 'open', id, protocol: ws.protocol, headers: response.headers }));
  ws.on('unexpected-response', async (request, refusal) => {
    refusal.setEncoding('utf8');
    const body = (await refusal.toArray()).join('');
    tell({ on: 'refused', id, status: refusal.statusCode, body });
  });
  adopt(id, ws);
}

function listen({ protocols, refusedPath, status, body }) {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: true,
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
    verifyClient: ({ req }, decide) => (req.url === refusedPath ? decide(false, status, body) : decide(true)),
  });
  server.on('connection', (ws, request) => {
    const id = ++accepted;
    adopt(id, ws);
    tell({ on: 'open', id, protocol: ws.protocol, headers: request.headers });
  });
  server.on('listening', () => tell({ on: 'listening', port: server.address().port }));
}

function sendFragments(ws, texts) {
  texts.forEach((text, i) => ws.send(text, { fin: i === texts.length - 1 }));
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line);
    const ws = connections.get(command.id);
    switch (command.do) {
      case 'connect': return connect(command);
      case 'listen': return listen(command);
      case 'text': return ws.send(command.text);
      case 'binary': return ws.send(Buffer.from(command.data, 'base64'));
      case 'fragments': return sendFragments(ws, command.texts);
      case 'ping': return ws.ping(Buffer.from(command.data, 'base64'));
      case 'close': return ws.close(command.code, command.reason);
      case 'terminate': return ws.terminate();
      default: throw new Error(`unknown command ${command.do}`);
    }
  })
  .on('close', () => process.exit());
