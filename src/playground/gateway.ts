import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Guild, GuildEvent } from './guild.js';
import type { Message } from './objects.js';

interface Session {
  id: string;
  intents: number;
  sequence: number;
  /** The latest payloads: what a resume replays. */
  sent: { s: number; t: string; d: object }[];
  socket: WebSocket | undefined;
}

interface Received {
  op: GatewayOpcodes;
  d: { token?: string; intents?: number; session_id?: string; seq?: number } | null;
}

const HEARTBEAT_MS = 41_250;
const REPLAYED = 1_000;

export type Gateway = ReturnType<typeof createGateway>;

/** Discord's gateway, version 10, JSON, without compression. */
export function createGateway(
  guild: Guild,
  options: { token: string; address: () => string; messageContentIntent: boolean },
) {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const watchers = new Set<(online: boolean) => void>();
  guild.listen((event) => {
    for (const session of sessions.values()) dispatchEvent(session, event);
  });

  server.on('connection', (socket) => {
    let session: Session | undefined;
    socket.send(
      JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_MS }, s: null, t: null }),
    );
    socket.on('message', (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString()) as Received;
      if (op === GatewayOpcodes.Heartbeat) {
        socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck, d: null, s: null, t: null }));
      } else if (op === GatewayOpcodes.Identify) {
        session = identify(socket, d?.token, d?.intents ?? 0);
      } else if (op === GatewayOpcodes.Resume) {
        session = resume(socket, d?.token, d?.session_id ?? '', d?.seq ?? 0);
      }
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      // Whoever says goodbye in order will not resume.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      tellWatchers();
    });
  });

  function identify(socket: WebSocket, token: string | undefined, intents: number): Session | undefined {
    if (token !== options.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    if ((intents & GatewayIntentBits.MessageContent) !== 0 && !options.messageContentIntent) {
      socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
      return undefined;
    }
    const session: Session = { id: guild.nextId(), intents, sequence: 0, sent: [], socket };
    sessions.set(session.id, session);
    send(session, 'READY', {
      v: 10,
      user: guild.bot,
      guilds: guild.hasBot() ? [{ id: guild.id, unavailable: true }] : [],
      session_id: session.id,
      resume_gateway_url: options.address(),
      application: { id: guild.bot.id, flags: 1 << 19 },
    });
    if (guild.hasBot()) send(session, 'GUILD_CREATE', guildObject(guild));
    tellWatchers();
    return session;
  }

  function resume(
    socket: WebSocket,
    token: string | undefined,
    sessionId: string,
    sequence: number,
  ): Session | undefined {
    const session = sessions.get(sessionId);
    if (session === undefined || token !== options.token) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false, s: null, t: null }));
      return undefined;
    }
    session.socket = socket;
    for (const missed of session.sent.filter(({ s }) => s > sequence)) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, ...missed }));
    }
    send(session, 'RESUMED', {});
    tellWatchers();
    return session;
  }

  function tellWatchers(): void {
    for (const watcher of watchers) watcher(isOnline());
  }

  function isOnline(): boolean {
    return [...sessions.values()].some(({ socket }) => socket !== undefined);
  }

  function dispatchEvent(session: Session, event: GuildEvent): void {
    if (event.onlyTo !== undefined || (event.direct === undefined && !guild.hasBot())) return;
    const needed = neededIntent(event);
    if (needed !== undefined && (session.intents & needed) === 0) return;
    // In direct messages everything is meant for the bot.
    const mayRead = event.direct !== undefined || (session.intents & GatewayIntentBits.MessageContent) !== 0;
    const hides = event.message !== undefined && !mayRead;
    if (event.name === 'GUILD_CREATE') return send(session, event.name, guildObject(guild));
    send(session, event.name, hides ? hidden(guild, event.data as Message) : event.data);
  }

  return {
    server,
    isOnline,
    watch: (watcher: (online: boolean) => void) => watchers.add(watcher),

    /** Breaks the bot's connection as a network would; it may resume, unless its session is forgotten. */
    disconnect(how: { forgetting?: boolean } = {}): void {
      const broken = [...sessions.values()];
      if (how.forgetting === true) sessions.clear();
      for (const { socket } of broken) socket?.terminate();
    },

    close(): void {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function send(session: Session, t: string, d: object): void {
  session.sequence += 1;
  const payload = { s: session.sequence, t, d: structuredClone(d) };
  session.sent.push(payload);
  if (session.sent.length > REPLAYED) session.sent.shift();
  session.socket?.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, ...payload }));
}

function neededIntent({ name, direct }: GuildEvent): GatewayIntentBits | undefined {
  if (name === 'INTERACTION_CREATE') return undefined;
  if (/^(CHANNEL|THREAD|GUILD_ROLE)_|^GUILD_(CREATE|DELETE)$/.test(name)) return GatewayIntentBits.Guilds;
  if (name.startsWith('GUILD_MEMBER_')) return GatewayIntentBits.GuildMembers;
  if (name === 'GUILD_BAN_ADD') return GatewayIntentBits.GuildModeration;
  if (name === 'TYPING_START') {
    return direct === undefined
      ? GatewayIntentBits.GuildMessageTyping
      : GatewayIntentBits.DirectMessageTyping;
  }
  return direct === undefined ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
}

/** A message, and the one that it answers, without the text that is not meant for the bot. */
function hidden(guild: Guild, message: Message): Message {
  const { referenced_message: answered } = message;
  return {
    ...message,
    ...(!isMeantFor(guild, message) && { content: '' }),
    ...(answered && { referenced_message: hidden(guild, answered) }),
  };
}

/** Without the intent, a bot reads what it wrote and what mentions it. */
function isMeantFor({ bot }: Guild, { author, mentions }: Message): boolean {
  return author.id === bot.id || mentions.some(({ id }) => id === bot.id);
}

function guildObject(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    unavailable: false,
    owner_id: guild.ownerId,
    roles: guild.roles.all,
    members: [...guild.members.values()],
    channels: [...guild.channels.values()],
    member_count: guild.members.size,
    joined_at: new Date(0).toISOString(),
    large: false,
    icon: null,
    features: [],
    emojis: [],
    stickers: [],
    threads: guild.threads.active().filter(({ id }) => guild.sees(guild.bot.id, id)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    afk_timeout: 300,
    afk_channel_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
  };
}
