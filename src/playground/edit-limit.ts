import type { MiddlewareHandler } from 'hono';
import { rateLimited } from './problems.js';

/** So many edits of one interaction's messages does Discord take in so much time. */
const EDITS = 5;
const WINDOW_MS = 5_000;

/** Refuses edits that come faster than Discord takes them, and says on every answer how many are left. */
export function editLimit(now: () => number): MiddlewareHandler {
  const windows = new Map<string, { opened: number; used: number }>();
  return async (context, next) => {
    const bucket = context.req.param('token') ?? '';
    for (const [past, { opened }] of windows) if (now() - opened >= WINDOW_MS) windows.delete(past);
    const window = windows.get(bucket) ?? { opened: now(), used: 0 };
    windows.set(bucket, window);
    window.used += 1;
    const resetAfter = (window.opened + WINDOW_MS - now()) / 1000;
    context.header('X-RateLimit-Bucket', 'webhook-edits');
    context.header('X-RateLimit-Limit', String(EDITS));
    context.header('X-RateLimit-Remaining', String(Math.max(0, EDITS - window.used)));
    context.header('X-RateLimit-Reset-After', resetAfter.toFixed(3));
    if (window.used > EDITS) {
      context.header('Retry-After', resetAfter.toFixed(3));
      context.header('X-RateLimit-Scope', 'user');
      throw rateLimited(resetAfter);
    }
    await next();
  };
}
