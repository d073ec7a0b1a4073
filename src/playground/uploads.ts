import type { Guild } from './guild.js';
import type { Attachment } from './objects.js';
import { measures, type UploadedFile } from './posting.js';

export type Uploads = ReturnType<typeof createUploads>;

/** The files that the bot and people sent, for as long as the server runs. */
export function createUploads(guild: Guild, origin: () => string) {
  const kept = new Map<string, { file: UploadedFile; attachment: Attachment }>();
  return {
    /** Keeps a file and describes it as an attachment. */
    keep(file: UploadedFile, description?: string): Attachment {
      const id = guild.nextId();
      const { name: filename, type: content_type, bytes } = file;
      const url = `${origin()}/attachments/${id}/${encodeURIComponent(filename)}`;
      const about = { ...(description !== undefined && { description }), ...measures(bytes) };
      const attachment = { id, filename, size: bytes.length, url, proxy_url: url, content_type, ...about };
      kept.set(id, { file, attachment });
      return attachment;
    },
    file: (id: string) => kept.get(id)?.file,
    attachment: (id: string) => kept.get(id)?.attachment,
  };
}
