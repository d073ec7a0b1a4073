import { type WebSocket, WebSocketServer } from 'ws';
import { PersonError } from './checks.js';
import type { OptionValues, RegisteredCommand } from './command-data.js';
import type { Gateway } from './gateway.js';
import type { Guild } from './guild.js';
import type { Person } from './people.js';

/** What the page asks for on behalf of the person it speaks as. */
type Request = { nonce?: string } & (
  | { type: 'speakAs'; personId: string }
  | { type: 'history'; channelId: string; before?: string }
  | { type: 'setLocale'; locale: string }
  | { type: 'send'; channelId: string; content: string; reply?: { messageId: string; ping: boolean } }
  | { type: 'edit'; channelId: string; messageId: string; content: string }
  | { type: 'delete'; channelId: string; messageId: string }
  | { type: 'command'; channelId: string; name: string; subcommand?: string; options: OptionValues }
  | {
      type: 'suggest';
      channelId: string;
      name: string;
      subcommand?: string;
      options: OptionValues;
      focused: string;
    }
  | { type: 'use'; channelId: string; messageId: string; name: string }
  | { type: 'click'; channelId: string; messageId: string; customId: string }
);

const PAGE = 50;

/** The chat page's side of the playground: one WebSocket a page, small JSON messages both ways. */
export function createPageSocket(parts: {
  guild: Guild;
  gateway: Gateway;
  person: (name: string) => Person;
  commands: () => RegisteredCommand[];
  /** Ids of the people a visitor can speak as, the first one at the beginning. */
  switchable: string[];
}) {
  const { guild, gateway, person, commands, switchable } = parts;
  const server = new WebSocketServer({ noServer: true });

  const broadcast = (message: object) => {
    for (const socket of server.clients) socket.send(JSON.stringify(message));
  };
  gateway.watch((online) => broadcast({ type: 'bot', online }));

  server.on('connection', (socket) => {
    let you = switchable[0];
    const tell = (message: object) => socket.send(JSON.stringify(message));
    const fail = (nonce: string | undefined) => (error: unknown) => {
      if (!(error instanceof PersonError)) throw error;
      tell({ type: 'failed', text: error.message, nonce });
    };
    const stop = guild.listen(({ name, data, message, onlyTo, direct }) => {
      const isOthers = [onlyTo, direct].some((viewer) => viewer !== undefined && viewer !== you);
      // The page does not show threads.
      if (isOthers || guild.threads.all.has(message?.channel_id ?? '')) return;
      if (name.startsWith('GUILD_MEMBER_')) tell({ type: 'people', people: people() });
      else if (name === 'TYPING_START') {
        const typed = typing(data);
        if (guild.sees(you, typed.channelId)) tell({ type: 'typing', ...typed });
      } else if (message !== undefined && guild.sees(you, message.channel_id))
        tell({ type: 'message', message });
      else if (name === 'MESSAGE_DELETE' || name === 'MESSAGE_DELETE_BULK') {
        const { channel_id, id, ids } = data as { channel_id: string; id?: string; ids?: string[] };
        tell({ type: 'removed', channelId: channel_id, ids: ids ?? [id] });
      }
    });
    socket.on('close', stop);
    socket.on('message', (data: Buffer) => {
      const request = requestIn(data);
      // It was not this page: nothing that another program sends may end the playground.
      if (request === undefined) return socket.close();
      try {
        if (request.type === 'speakAs') {
          if (switchable.includes(request.personId)) you = request.personId;
          tell(hello(you));
        } else if (request.type === 'setLocale') {
          person(you).locale = request.locale;
          tell(hello(you));
        } else {
          const { nonce } = request;
          const answer = obey(request, you, socket);
          if (nonce !== undefined) {
            Promise.resolve(answer).then((result) => tell({ type: 'done', nonce, result }), fail(nonce));
          }
        }
      } catch (error) {
        fail(request.nonce)(error);
      }
    });
    tell(hello(you));
  });

  /** Undefined for what is no request, or is about a channel that there is not. */
  function requestIn(data: Buffer): Request | undefined {
    const request = parsed(data);
    if (request === undefined || !('channelId' in request)) return request;
    const { channelId } = request;
    const isKnown = guild.channels.has(channelId) || guild.directPerson(channelId) !== undefined;
    return isKnown ? request : undefined;
  }

  function obey(
    request: Exclude<Request, { type: 'speakAs' | 'setLocale' }>,
    you: string,
    socket: WebSocket,
  ): Promise<unknown> | undefined {
    const { channelId } = request;
    switch (request.type) {
      case 'history': {
        const all = guild.sees(you, channelId) ? guild.messagesIn(channelId, you) : [];
        const end =
          request.before === undefined ? all.length : all.findIndex(({ id }) => id === request.before);
        const start = Math.max(0, end - PAGE);
        const messages = all.slice(start, Math.max(0, end));
        socket.send(JSON.stringify({ type: 'history', channelId, messages, complete: start === 0 }));
        return;
      }
      case 'send':
        if (request.reply === undefined) person(you).send(channelId, request.content);
        else {
          const { messageId, ping } = request.reply;
          person(you).reply(channelId, messageId, request.content, { ping });
        }
        return;
      case 'edit':
        person(you).edit(channelId, request.messageId, request.content);
        return;
      case 'delete':
        person(you).remove(channelId, [request.messageId]);
        return;
      case 'command':
        return person(you).command(channelId, fullName(request), request.options).acknowledged;
      case 'suggest':
        return person(you).suggest(channelId, fullName(request), request.options, request.focused);
      case 'use':
        return person(you).use(request.name, channelId, request.messageId).acknowledged;
      case 'click':
        return person(you).click(channelId, request.messageId, request.customId).acknowledged;
    }
  }

  function hello(you: string): object {
    return {
      type: 'hello',
      guild: { id: guild.id, name: guild.name },
      you,
      locale: guild.localeOf(you),
      botId: guild.bot.id,
      botOnline: gateway.isOnline(),
      commands: commands(),
      channels: [...guild.channels.values()]
        .filter(({ id }) => guild.sees(you, id))
        .map(({ id, name, topic }) => ({ id, name, topic })),
      direct: { id: guild.directWith(you).id, name: guild.bot.username },
      roles: guild.roles.all.map(({ id, name }) => ({ id, name })),
      people: people(),
    };
  }

  function people(): object[] {
    return [...guild.members.values()].map(({ user, nick, communication_disabled_until: until }) => ({
      id: user.id,
      name: nick ?? user.global_name ?? user.username,
      bot: user.bot ?? false,
      permissions: guild.permissionsOf(user.id).bitfield.toString(),
      switchable: switchable.includes(user.id),
      timedOutUntil: guild.isTimedOut(user.id) ? until : null,
    }));
  }

  return {
    server,
    tellCommands: () => broadcast({ type: 'commands', commands: commands() }),
    close(): void {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function fullName({ name, subcommand }: { name: string; subcommand?: string }): string {
  return [name, subcommand].filter(Boolean).join(' ');
}

function typing(data: object): { channelId: string; userId: string } {
  const { channel_id: channelId, user_id: userId } = data as { channel_id: string; user_id: string };
  return { channelId, userId };
}

function parsed(data: Buffer): Request | undefined {
  try {
    const request: unknown = JSON.parse(data.toString());
    return typeof request === 'object' && request !== null ? (request as Request) : undefined;
  } catch {
    return undefined;
  }
}
