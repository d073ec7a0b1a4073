import { ArchiveError, parseArchiveLine } from '../corpus/archive.js';
import type { Found } from './found.js';

/** A message of JSON lines, such as `cli export` writes, by the same names that `cli train` takes. */
export function readArchived(at: number, text: string): Found {
  try {
    const line = parseArchiveLine(text);
    return {
      at,
      message: {
        id: given(line.id),
        channel: given(line.place),
        thread: given(line.thread),
        author: given(line.author),
        text: line.text,
        createdAt: line.timeMs,
        editedAt: line.editedMs,
        replyTo: given(line.reply),
        guild: given(line.guild),
        audience: given(line.audience),
      },
    };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { at, flaw: error.flaw };
  }
}

function given(name: string): string | undefined {
  return name === '' ? undefined : name;
}
