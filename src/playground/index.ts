import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { bodyLimit } from 'hono/body-limit';
import { createGateway } from './gateway.js';
import { createGuild, type Guild } from './guild.js';
import { createInteractions } from './interactions.js';
import { pageFile } from './page-files.js';
import { createPageSocket } from './page-socket.js';
import type { Message } from './objects.js';
import { createPeople, eventually, type Person } from './people.js';
import { createRest, type Exchange, type Rest } from './rest.js';
import { createUploads } from './uploads.js';
import type { World } from './world.js';

export { PersonError } from './checks.js';
export type { Choice } from './command-data.js';
export type { Answer, Person } from './people.js';
export { ApiProblem } from './problems.js';
export { openPlayground } from './opening.js';
export { sotuWorld } from './sotu.js';
export type { Exchange } from './rest.js';
export type { World } from './world.js';

export interface Playground {
  /** The chat page. */
  readonly url: string;
  /** What the bot takes for Discord's API. */
  readonly apiUrl: string;
  readonly token: string;
  readonly guild: Guild;
  person(name: string): Person;
  /** Resolves with the next message, new or edited, that is the right one. */
  until(isRight: (message: Message) => boolean): Promise<Message>;
  failNext: Rest['failNext'];
  /** Breaks the bot's gateway connection; it may resume, unless its session is forgotten. */
  disconnectBot(how?: { forgetting?: boolean }): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** A little more than any bot takes, so that one may say so. */
const MAX_UPLOAD_BYTES = 128 * 1_024 ** 2;
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * Opens a Discord-compatible server with a chat page on loopback.
 * @throws Error EADDRINUSE when the port is taken
 */
export async function startPlayground(options: {
  world: World;
  now: () => number;
  /** 0 takes any free one. */
  port?: number;
  token?: string;
  /** Whether the application may have the Message Content intent. */
  messageContentIntent?: boolean;
  onExchange?: (exchange: Exchange) => void;
  /** Whether edits that come faster than Discord takes them are refused; needs a clock that goes by itself. */
  limitsEdits?: boolean;
}): Promise<Playground> {
  const {
    world,
    now,
    port = 0,
    token = 'playground-token',
    messageContentIntent = true,
    onExchange,
    limitsEdits = false,
  } = options;
  let address = '';
  const guild = createGuild(world, now);
  const uploads = createUploads(guild, () => `http://${address}`);
  const interactions = createInteractions(guild, uploads, now);
  const gateway = createGateway(guild, {
    token,
    address: () => `ws://${address}/gateway`,
    messageContentIntent,
  });
  const rest = createRest({
    guild,
    interactions,
    uploads,
    token,
    address: () => `ws://${address}/gateway`,
    onCommands: () => page.tellCommands(),
    onExchange,
    limitsEdits,
    now,
  });
  const person = createPeople(guild, interactions, uploads, rest.commands);
  const page = createPageSocket({
    guild,
    gateway,
    person,
    commands: rest.commands,
    switchable: world.people.filter(({ switchable }) => switchable).map(({ name }) => person(name).id),
  });

  rest.app.get('/attachments/:id/:name', (context) => {
    const file = uploads.file(context.req.param('id'));
    return file === undefined
      ? context.notFound()
      : context.body(file.bytes, 200, {
          'Content-Type': file.type,
          'X-Content-Type-Options': 'nosniff',
          // Anything else could be a page that speaks for the visitor.
          ...(!PICTURES.includes(file.type) && { 'Content-Disposition': 'attachment' }),
        });
  });
  rest.app.post('/uploads/:name', bodyLimit({ maxSize: MAX_UPLOAD_BYTES }), async (context) => {
    if (!isOurs(context.req.header(), address)) return context.body(null, 403);
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const type = 'application/octet-stream';
    return context.json({ id: uploads.keep({ name: context.req.param('name'), type, bytes }).id });
  });
  rest.app.get('*', async (context) => {
    const file = await pageFile(context.req.path);
    return file === undefined
      ? context.notFound()
      : context.body(file.bytes, 200, { 'Content-Type': file.type });
  });

  const server = createAdaptorServer({ fetch: rest.app.fetch }) as Server;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = new URL(request.url ?? '/', `http://${address}`).pathname;
    const target = path.startsWith('/gateway') ? gateway.server : path === '/page' ? page.server : undefined;
    // Another site open in the same browser must not speak for the visitor.
    if (target === undefined || (path === '/page' && !isOurs(request.headers, address)))
      return socket.destroy();
    target.handleUpgrade(request, socket, head, (webSocket) => target.emit('connection', webSocket, request));
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  address = `${HOST}:${(server.address() as AddressInfo).port}`;

  return {
    url: `http://${address}/`,
    apiUrl: `http://${address}/api`,
    token,
    guild,
    person,
    until: (isRight) =>
      eventually(guild, (event) => (event?.message && isRight(event.message) ? event.message : undefined)),
    failNext: rest.failNext,
    disconnectBot: gateway.disconnect,
    async close() {
      gateway.close();
      page.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isOurs(
  { origin = '', host }: { origin?: string | undefined; host?: string | undefined },
  address: string,
): boolean {
  const port = address.split(':')[1];
  const ours = [`http://${address}`, `http://localhost:${port}`];
  return ours.includes(origin) && ours.includes(`http://${host}`);
}
