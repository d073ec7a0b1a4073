import { type Checkpoint, CheckpointError, decodeCheckpoint } from '../rnn/checkpoint.js';
import type { Store } from '../store/open.js';

export interface LiveModel extends Checkpoint {
  readonly version: number;
}

/** A guild's live language model for an audience; one that is damaged is as good as none. */
export async function readLiveModel(
  store: Store,
  guildId: string,
  audience: string,
): Promise<LiveModel | undefined> {
  const live = await store.models.live(guildId, audience);
  const bytes = live && (await store.models.checkpoint(guildId, live.version));
  if (live === undefined || bytes === undefined) return undefined;
  try {
    return { ...decodeCheckpoint(bytes), version: live.version };
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
