import type { Context } from 'hono';
import type { UploadedFile } from './posting.js';

export interface Env {
  Variables: { body: Body };
}

export interface Body {
  json: unknown;
  fields: string[];
  files: UploadedFile[];
}

export function jsonOf(context: Context<Env>): unknown {
  return context.get('body').json ?? {};
}

/** JSON as it is; a form's payload_json with the files beside it. */
export async function readBody(request: Request): Promise<Body> {
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
        type: value.type || 'application/octet-stream',
        bytes: new Uint8Array(await value.arrayBuffer()),
      });
    }
  }
  return body;
}
