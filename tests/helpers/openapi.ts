import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Exchange } from '../../src/playground/index.js';

const FILE = fileURLToPath(new URL('../../../shared/discord-openapi.json', import.meta.url));

/** Whether Discord's own description of its API is at hand; without it nothing can be compared. */
export const hasOpenApi = existsSync(FILE);
if (!hasOpenApi) console.warn(`No ${FILE}: requests are not compared with Discord's description of its API.`);

type Json = Record<string, unknown>;

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

interface Operation {
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

/**
 * Compares requests and answers with Discord's OpenAPI description.
 * @returns one line for each difference
 */
export function violations(exchanges: Exchange[]): string[] {
  const description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;
  const requests = validator(description, adaptRequests);
  const answers = validator(description, () => {});
  return [...new Set(exchanges.flatMap((exchange) => differences(description, exchange, requests, answers)))];
}

type Validator = (pointer: string) => ValidateFunction;

function differences(
  description: Description,
  exchange: Exchange,
  requests: Validator,
  answers: Validator,
): string[] {
  const { method, path, status } = exchange;
  const where = `${method} ${path.replace(/\d{15,}/g, 'ID').replace(/[\w-]{32,}/g, 'TOKEN')} ${status}`;
  // Errors are the business of whoever provokes them.
  if (status >= 400) return [];
  const template = findTemplate(description, path, method);
  if (template === undefined) return [`${where}: no such route`];
  const pointer = `#/paths/${escapePointer(template)}/${method.toLowerCase()}`;
  const operation = description.paths[template][method.toLowerCase()];
  const found: string[] = [];

  if (exchange.requestBody !== undefined) {
    const content = operation.requestBody?.content ?? {};
    const kind = Object.keys(content).find((each) => each.startsWith('application/json'));
    if (kind === undefined) found.push(`${where}: no body is expected`);
    else
      found.push(
        ...check(
          requests(`${pointer}/requestBody/content/${escapePointer(kind)}/schema`),
          exchange.requestBody,
          `${where} request`,
        ),
      );
    found.push(...unmatchedFiles(exchange).map((field) => `${where}: ${field} has no attachment`));
  }
  const answer = operation.responses[status] === undefined ? undefined : status;
  if (answer === undefined) return [...found, `${where}: this status is not expected`];
  if (operation.responses[answer].content !== undefined) {
    found.push(
      ...check(
        answers(`${pointer}/responses/${answer}/content/application~1json/schema`),
        exchange.responseBody,
        `${where} answer`,
      ),
    );
  }
  return found;
}

function check(validate: ValidateFunction, value: unknown, where: string): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${where}: ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Every uploaded files[n] needs an attachment with the id n. */
function unmatchedFiles({ files, requestBody }: Exchange): string[] {
  const body = requestBody as { attachments?: { id: unknown }[]; data?: { attachments?: { id: unknown }[] } };
  const ids = (body.attachments ?? body.data?.attachments ?? []).map(({ id }) => `files[${String(id)}]`);
  return files.filter((field) => !ids.includes(field));
}

function findTemplate(description: Description, path: string, method: string): string | undefined {
  const matches = Object.keys(description.paths).filter((template) => {
    const pattern = template.replace(/\{[^}]+\}/g, '[^/]+').replaceAll('@', '@');
    return new RegExp(`^${pattern}$`).test(path) && method.toLowerCase() in description.paths[template];
  });
  // The literal path, such as @original, goes before one with a parameter in its place.
  return matches.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function validator(description: Description, adapt: (schema: Json) => void): Validator {
  const adapted = structuredClone(description);
  walk(adapted, adapt);
  tagUnions(adapted);
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'discord', ...adapted });
  return (pointer) => ajv.compile({ $ref: `discord${pointer}` });
}

/** Our own requests may hold only what Discord knows, with what libraries are known to send besides. */
function adaptRequests(schema: Json): void {
  const properties = schema['properties'] as Json | undefined;
  if (properties === undefined || schema['additionalProperties'] !== undefined) return;
  schema['additionalProperties'] = false;
  if ('default_member_permissions' in properties)
    properties['default_member_permissions'] = { type: ['string', 'integer', 'null'] };
  if ('content' in properties && 'embeds' in properties)
    Object.assign(properties, { enforce_nonce: {}, tts: {}, nonce: {} });
  if ('communication_disabled_until' in properties) properties['communicationDisabledUntil'] = {};
  if ('attachments' in properties) relaxAttachments(properties);
}

function relaxAttachments(properties: Json): void {
  properties['attachments'] = { type: ['array', 'null'], items: { type: 'object', required: ['id'] } };
}

/**
 * A union of objects told apart by their `type` gives hundreds of misleading errors when one of them is wrong:
 * as a chain of if and then it names the one that was meant.
 */
function tagUnions(description: Description): void {
  const typeOf = (reference: unknown): unknown => {
    const name = (reference as { $ref?: string }).$ref?.split('/').at(-1) ?? '';
    const type = (description.components.schemas[name]?.['properties'] as Json | undefined)?.['type'] as
      Json | undefined;
    return (type?.['enum'] as unknown[] | undefined)?.[0] ?? type?.['const'];
  };
  walk(description, (schema) => {
    const union = schema['oneOf'];
    if (!Array.isArray(union) || union.length < 2) return;
    const tags = union.map(typeOf);
    if (tags.includes(undefined) || new Set(tags).size !== tags.length) return;
    delete schema['oneOf'];
    schema['allOf'] = union.map((option, index) => ({
      if: { properties: { type: { const: tags[index] } }, required: ['type'] },
      then: option as Json,
    }));
    schema['properties'] = { type: { enum: tags } };
    schema['required'] = ['type'];
  });
}

function walk(node: unknown, visit: (schema: Json) => void): void {
  if (typeof node !== 'object' || node === null) return;
  for (const child of Object.values(node)) walk(child, visit);
  if (!Array.isArray(node)) visit(node as Json);
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
}
