import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's root: what is not compiled from TypeScript is found from here, from source and from `dist` alike. */
export const ROOT = packageRoot(import.meta.dirname);

function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
