import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page is not compiled, so it stays in the sources: found from the package's root, wherever this code runs. */
const FOLDER = join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'src/playground/page');

/** A file of the page by its path, undefined when there is none. */
export async function pageFile(
  path: string,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[a-z-]+\.[a-z]+$/.test(name)) return undefined;
  const bytes = await readFile(join(FOLDER, name)).catch(() => undefined);
  return bytes && { type, bytes: new Uint8Array(bytes) };
}

function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
