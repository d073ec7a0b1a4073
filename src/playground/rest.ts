import type { PermissionFlagsBits } from 'discord.js';
import { type Context, Hono } from 'hono';
import type { Choice, RegisteredCommand } from './command-data.js';
import { editLimit } from './edit-limit.js';
import type { Guild } from './guild.js';
import type { Interactions } from './interactions.js';
import type { Attachment, Message } from './objects.js';
import { botMessage, messageFields, type MessageBody } from './posting.js';
import {
  ApiProblem,
  cannotTell,
  missingAccess,
  missingPermissions,
  notYours,
  unauthorized,
  unknownChannel,
  unknownMessage,
} from './problems.js';
import { type Env, jsonOf, readBody } from './rest-body.js';
import { commandRoutes } from './rest-commands.js';
import { memberRoutes } from './rest-members.js';
import { threadRoutes } from './rest-threads.js';
import { byAge } from './snowflakes.js';
import type { Uploads } from './uploads.js';

/** One request and its answer, for tests that compare both with Discord's own description of its API. */
export interface Exchange {
  method: string;
  /** From /api/v10 on, without the query. */
  path: string;
  query: Record<string, string>;
  /** JSON, or the payload_json of a multipart request. */
  requestBody: unknown;
  /** What the audit log is told. */
  reason: string | undefined;
  /** Form names of the uploaded files, such as files[0]. */
  files: string[];
  status: number;
  responseBody: unknown;
}

export interface Rest {
  app: Hono<Env>;
  commands: () => RegisteredCommand[];
  /** Answers the next request to a path that contains `path` with this problem. */
  failNext(path: string, problem: ApiProblem): void;
}

/** Discord's REST API, version 10: the routes that the bot and its tests use. */
export function createRest(parts: {
  guild: Guild;
  interactions: Interactions;
  uploads: Uploads;
  token: string;
  address: () => string;
  onCommands: () => void;
  onExchange: ((exchange: Exchange) => void) | undefined;
  /** Whether edits that come faster than Discord takes them are refused. */
  limitsEdits: boolean;
  now: () => number;
}): Rest {
  const { guild, interactions, uploads, token, address, onCommands, onExchange, limitsEdits, now } = parts;
  const app = new Hono<Env>();
  const failures: { path: string; problem: ApiProblem }[] = [];

  app.use('/api/v10/*', async (context, next) => {
    const body = await readBody(context.req.raw);
    context.set('body', body);
    await next();
    if (onExchange === undefined) return;
    const text = await context.res.clone().text();
    onExchange({
      method: context.req.method,
      path: decodeURIComponent(new URL(context.req.url).pathname).replace('/api/v10', ''),
      query: context.req.query(),
      requestBody: body.json,
      reason: reasonOf(context.req.raw.headers),
      files: body.fields,
      status: context.res.status,
      responseBody: text === '' ? undefined : (JSON.parse(text) as unknown),
    });
  });
  app.use('/api/v10/*', async (context, next) => {
    const failure = failures.findIndex(({ path }) => context.req.path.includes(path));
    if (failure >= 0) {
      const [{ problem }] = failures.splice(failure, 1);
      if (problem.status === 429) context.header('Retry-After', '0');
      throw problem;
    }
    // Whoever has an interaction's token needs no other.
    const hasOwnToken = /\/(webhooks|interactions)\//.test(context.req.path);
    if (!hasOwnToken && context.req.header('authorization') !== `Bot ${token}`) throw unauthorized();
    await next();
  });
  app.onError((error, context) => {
    if (error instanceof ApiProblem) return context.json(error.body(), error.status);
    throw error;
  });

  const api = app.basePath('/api/v10');
  api.get('/gateway/bot', (context) =>
    context.json({
      url: address(),
      shards: 1,
      session_start_limit: { total: 1_000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
    }),
  );

  const commands = commandRoutes(api, guild, onCommands);

  /** A channel of the guild that the bot sees, or a direct one. */
  const channelOf = (context: Context<Env>) => {
    const id = context.req.param('channel') ?? '';
    const person = guild.directPerson(id);
    const place = guild.channels.get(id) ?? guild.threads.all.get(id);
    const channel = person === undefined ? place : guild.directWith(person);
    if (channel === undefined) throw unknownChannel();
    if (person === undefined && !guild.hasBot()) throw missingAccess();
    if (person === undefined && !guild.sees(guild.bot.id, id)) throw missingAccess();
    return channel;
  };
  const messageOf = (context: Context<Env>) => {
    const message = guild
      .messagesIn(channelOf(context).id)
      .find(({ id }) => id === context.req.param('message'));
    if (message === undefined) throw unknownMessage();
    return message;
  };
  const ownMessageOf = (context: Context<Env>) => {
    const message = messageOf(context);
    if (message.author.id !== guild.bot.id) throw notYours();
    return message;
  };

  const botMay = (permission: keyof typeof PermissionFlagsBits, channelId: string) =>
    guild.permissionsOf(guild.bot.id, channelId).has(permission);

  api.get('/channels/:channel', (context) => context.json(channelOf(context)));
  api.get('/channels/:channel/messages', (context) => {
    const { limit = '50', before, after } = context.req.query();
    return context.json(page(guild.messagesIn(channelOf(context).id), Number(limit), before, after));
  });
  api.post('/channels/:channel/messages', (context) => {
    const { id } = channelOf(context);
    const person = guild.directPerson(id);
    if (person !== undefined && guild.closed.has(person)) throw cannotTell();
    if (person === undefined && !botMay('SendMessages', id)) throw missingPermissions();
    const message = botMessage(guild, id, jsonOf(context) as MessageBody, attachmentsOf(context));
    return context.json(guild.add(message));
  });
  api.post('/channels/:channel/typing', (context) => {
    guild.startTyping(channelOf(context).id, guild.bot.id);
    return context.body(null, 204);
  });
  api.get('/channels/:channel/messages/:message', (context) => context.json(messageOf(context)));
  api.patch('/channels/:channel/messages/:message', (context) => {
    const message = ownMessageOf(context);
    const body = jsonOf(context) as MessageBody;
    const fields = messageFields(guild, body, attachmentsOf(context), message.attachments);
    return context.json(guild.edit(message, { ...fields, edited_timestamp: new Date(now()).toISOString() }));
  });
  api.delete('/channels/:channel/messages/:message', (context) => {
    const { id, channel_id, author } = messageOf(context);
    if (author.id !== guild.bot.id && !botMay('ManageMessages', channel_id)) throw missingPermissions();
    guild.remove(channel_id, [id]);
    return context.body(null, 204);
  });
  memberRoutes(api, guild, now);
  threadRoutes(api, guild);

  api.post('/interactions/:id/:token/callback', (context) => {
    const { id, token } = context.req.param();
    const { type, data = {} } = jsonOf(context) as {
      type: number;
      data?: MessageBody & { choices?: Choice[] };
    };
    const { response, kind } = interactions.callback(id, token, type, data, attachmentsOf(context));
    if (context.req.query('with_response') !== 'true') return context.body(null, 204);
    const interaction = { id, type: kind, response_message_id: response?.id };
    return context.json({ interaction, resource: { type, message: response } });
  });
  api.post('/webhooks/:application/:token', (context) =>
    context.json(
      interactions.followUp(
        context.req.param('token'),
        jsonOf(context) as MessageBody,
        attachmentsOf(context),
      ),
    ),
  );
  api.get('/webhooks/:application/:token/messages/:message', (context) =>
    context.json(interactions.message(context.req.param('token'), context.req.param('message'))),
  );
  if (limitsEdits) api.patch('/webhooks/:application/:token/messages/:message', editLimit(now));
  api.patch('/webhooks/:application/:token/messages/:message', (context) => {
    const { token, message } = context.req.param();
    return context.json(
      interactions.edit(token, message, jsonOf(context) as MessageBody, attachmentsOf(context)),
    );
  });
  api.delete('/webhooks/:application/:token/messages/:message', (context) => {
    const { token, message } = context.req.param();
    const { id, channel_id } = interactions.message(token, message);
    guild.remove(channel_id, [id]);
    return context.body(null, 204);
  });
  api.all('*', () => {
    throw new ApiProblem(404, 0, '404: Not Found');
  });

  /** Keeps the uploaded files of a request and describes them as attachments. */
  function attachmentsOf(context: Context<Env>): Attachment[] {
    const { json, files } = context.get('body');
    const body = json as (MessageBody & { data?: MessageBody }) | undefined;
    const said = body?.attachments ?? body?.data?.attachments ?? [];
    return files.map((file, index) =>
      uploads.keep(file, said.find((each) => String(each.id) === String(index))?.description),
    );
  }

  return {
    app,
    commands,
    failNext: (path, problem) => void failures.push({ path, problem }),
  };
}

/** Discord pages messages newest first: those before or after an id, or the latest. */
function page(messages: Message[], limit: number, before?: string, after?: string): Message[] {
  const within = messages.filter(
    ({ id }) =>
      (before === undefined || byAge(id, before) < 0) && (after === undefined || byAge(id, after) > 0),
  );
  const part = after === undefined ? within.slice(-limit) : within.slice(0, limit);
  return part.reverse();
}

function reasonOf(headers: Headers): string | undefined {
  const reason = headers.get('x-audit-log-reason');
  return reason === null ? undefined : decodeURIComponent(reason);
}
