import { type Context, Hono } from 'hono';
import type { Guild } from './guild.js';
import { type Interactions, type RegisteredCommand } from './interactions.js';
import type { Attachment, Message } from './objects.js';
import { botMessage, messageFields, type MessageBody, type UploadedFile } from './posting.js';
import { ApiProblem, notYours, unauthorized, unknownChannel, unknownMessage } from './problems.js';
import { byAge } from './snowflakes.js';

/** One request and its answer, for tests that compare both with Discord's own description of its API. */
export interface Exchange {
  method: string;
  /** From /api/v10 on, without the query. */
  path: string;
  query: Record<string, string>;
  /** JSON, or the payload_json of a multipart request. */
  requestBody: unknown;
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
  /** The bytes of an uploaded file. */
  file(attachmentId: string): UploadedFile | undefined;
}

/** Discord's REST API, version 10: the routes that the bot and its tests use. */
export function createRest(parts: {
  guild: Guild;
  interactions: Interactions;
  token: string;
  address: () => string;
  onCommands: () => void;
  onExchange: ((exchange: Exchange) => void) | undefined;
  now: () => number;
}): Rest {
  const { guild, interactions, token, address, onCommands, onExchange, now } = parts;
  const app = new Hono<Env>();
  const files = new Map<string, UploadedFile>();
  const failures: { path: string; problem: ApiProblem }[] = [];
  let commands: (RegisteredCommand & { version: string; application_id: string; type: number })[] = [];

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

  api.get('/applications/:application/commands', (context) => context.json(commands));
  api.put('/applications/:application/commands', (context) => {
    commands = (jsonOf(context) as RegisteredCommand[]).map((command) => ({
      type: 1,
      ...command,
      default_member_permissions: command.default_member_permissions ?? null,
      id: commands.find(({ name }) => name === command.name)?.id ?? guild.nextId(),
      application_id: guild.bot.id,
      version: guild.nextId(),
    }));
    onCommands();
    return context.json(commands);
  });

  const channelOf = (context: Context<Env>) => {
    const channel = guild.channels.get(context.req.param('channel') ?? '');
    if (channel === undefined) throw unknownChannel();
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

  api.get('/channels/:channel', (context) => context.json(channelOf(context)));
  api.get('/channels/:channel/messages', (context) => {
    const { limit = '50', before, after } = context.req.query();
    return context.json(page(guild.messagesIn(channelOf(context).id), Number(limit), before, after));
  });
  api.post('/channels/:channel/messages', (context) => {
    const { id } = channelOf(context);
    const message = botMessage(guild, id, jsonOf(context) as MessageBody, attachmentsOf(context));
    return context.json(guild.add(message));
  });
  api.get('/channels/:channel/messages/:message', (context) => context.json(messageOf(context)));
  api.patch('/channels/:channel/messages/:message', (context) => {
    const fields = messageFields(guild, jsonOf(context) as MessageBody, attachmentsOf(context));
    const edited_timestamp = new Date(now()).toISOString();
    return context.json(guild.edit(ownMessageOf(context), { ...fields, edited_timestamp }));
  });
  api.delete('/channels/:channel/messages/:message', (context) => {
    const { id, channel_id } = messageOf(context);
    guild.remove(channel_id, [id]);
    return context.body(null, 204);
  });

  api.post('/interactions/:id/:token/callback', (context) => {
    const { id, token } = context.req.param();
    const { type, data = {} } = jsonOf(context) as { type: number; data?: MessageBody };
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
    return context.get('body').files.map((file) => {
      const id = guild.nextId();
      files.set(id, file);
      const url = `${new URL(context.req.url).origin}/attachments/${id}/${encodeURIComponent(file.name)}`;
      const { name: filename, type: content_type, bytes } = file;
      return { id, filename, size: bytes.length, url, proxy_url: url, content_type };
    });
  }

  return {
    app,
    commands: () => commands,
    failNext: (path, problem) => void failures.push({ path, problem }),
    file: (attachmentId) => files.get(attachmentId),
  };
}

interface Env {
  Variables: { body: Body };
}

interface Body {
  json: unknown;
  fields: string[];
  files: UploadedFile[];
}

function jsonOf(context: Context<Env>): unknown {
  return context.get('body').json ?? {};
}

/** JSON as it is; a form's payload_json with the files beside it. */
async function readBody(request: Request): Promise<Body> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/')) {
    const text = await request.text();
    return { json: text === '' ? undefined : (JSON.parse(text) as unknown), fields: [], files: [] };
  }
  const body: Body = { json: undefined, fields: [], files: [] };
  for (const [field, value] of await request.formData()) {
    if (typeof value === 'string') {
      if (field === 'payload_json') body.json = JSON.parse(value) as unknown;
    } else {
      body.fields.push(field);
      body.files.push({
        name: value.name,
        type: value.type,
        bytes: new Uint8Array(await value.arrayBuffer()),
      });
    }
  }
  return body;
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
