import { type Checkpoint, CheckpointError, decodeCheckpoint } from '../rnn/checkpoint.js';
import type { Store } from '../store/open.js';

/** The guild's live language model; one that is damaged is as good as none. */
export async function readLiveModel(store: Store, guildId: string): Promise<Checkpoint | undefined> {
  const live = await store.models.live(guildId);
  const bytes = live && (await store.models.checkpoint(guildId, live.version));
  if (bytes === undefined) return undefined;
  try {
    return decodeCheckpoint(bytes);
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
