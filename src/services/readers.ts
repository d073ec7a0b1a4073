import { UserError } from '../errors.js';
import { PUBLIC } from '../store/messages.js';
import type { ModelRow } from '../store/schema.js';
import type { Store } from '../store/open.js';

export { PUBLIC };

/** Those of a guild who can read a channel: everyone, or a class of them. Each class may have a model of its own. */
export interface Readers {
  guildId: string;
  audience: string;
}

/** Whether a version may write what a class reads: it must have learned nothing that these could not read themselves. */
export function mayWriteFor(audience: string, model: Pick<ModelRow, 'audience'>): boolean {
  return model.audience === PUBLIC || model.audience === audience;
}

/** The version that writes for readers: of their own model, or else of the public one. @throws UserError no_model */
export async function versionFor(store: Store, { guildId, audience }: Readers): Promise<number> {
  const own = await store.models.live(guildId, audience);
  const live = own ?? (await store.models.live(guildId, PUBLIC));
  if (live === undefined) throw new UserError('no_model', {});
  return live.version;
}

/** @throws UserError version_not_here unless a version may write for these readers; no_model where it is unknown */
export async function checkVersion(
  store: Store,
  { guildId, audience }: Readers,
  version: number,
): Promise<void> {
  const model = await store.models.find(guildId, version);
  if (model === undefined) throw new UserError('no_model', {});
  if (!mayWriteFor(audience, model)) throw new UserError('version_not_here', { version });
}

/** Names readers, for maps. */
export function nameOf({ guildId, audience }: Readers): string {
  return `${guildId}/${audience}`;
}
