import { PUBLIC } from '../../src/services/readers.js';

export { PUBLIC };

/** Those who read what everyone in a guild can read. */
export const everyone = (guildId = '1') => ({ guildId, audience: PUBLIC });
