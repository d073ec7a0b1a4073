import { type Client, Events } from 'discord.js';

/** Who wants to know whether events may be missing. */
export interface Following {
  lost(): void;
  /** The old connection is back, with all that happened meanwhile. */
  listening(): Promise<void>;
  /** A new one took its place. */
  renewed(): Promise<void>;
}

/** Tells how the connection to Discord fares from now on. @param fail is told what could not be dealt with */
export function followConnection(client: Client, following: Following, fail: (error: unknown) => void): void {
  client.on(Events.ShardReconnecting, () => following.lost());
  client.on(Events.ShardDisconnect, () => following.lost());
  client.on(Events.ShardResume, () => void following.listening().catch(fail));
  client.on(Events.ShardReady, () => void following.renewed().catch(fail));
}
