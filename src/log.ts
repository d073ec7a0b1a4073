import { type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Config } from './config.js';

/** Log lines for people, on stderr. Whatever is in `secrets` never appears in a line, wherever it came from. */
export function createLog(level: Config['logLevel'], secrets: string[], write = writeToStderr): Logger {
  const prettify = prettyFactory({
    colorize: process.stderr.isTTY,
    singleLine: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
  });
  const guarded = {
    write(line: string) {
      write(secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), prettify(line)));
    },
  };
  return pino({ level }, guarded);
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}
