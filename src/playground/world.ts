import type { PermissionsString } from 'discord.js';

/** A guild as plain data: who is there, where they talk, what was said so far. */
export interface World {
  guild: string;
  bot: string;
  /** The guild's preferred language, as Discord names it; en-US without one. */
  locale?: string;
  /** Beyond those of everyone; without it, those of a moderator. */
  botPermissions?: PermissionsString[];
  /** Beside those of moderators (position 10), the bot (20) and admins (30). */
  roles?: WorldRole[];
  /** The first person is the owner. */
  people: WorldPerson[];
  channels: WorldChannel[];
  /** In time order. */
  messages: WorldMessage[];
}

export interface WorldRole {
  name: string;
  position: number;
  permissions?: PermissionsString[];
}

export interface WorldPerson {
  name: string;
  /** What the guild calls them. */
  nick?: string;
  /** The language of their Discord, such as `ko`; en-US without one. */
  locale?: string;
  /** May do everything; others may read, write and use commands. */
  admin?: true;
  /** May also delete others' messages and time people out. */
  moderator?: true;
  /** Names of the world's roles. */
  roles?: string[];
  /** When the account came to be; long ago unless it says otherwise. */
  since?: number;
  /** Takes no direct messages from the bot. */
  closed?: true;
  /** Whether the visitor of the page can speak as this person. */
  switchable?: true;
}

export interface WorldChannel {
  name: string;
  topic: string;
  /** A text channel without it; a forum has only posts, which are threads. */
  kind?: 'forum' | 'voice';
  moderatorsOnly?: true;
}

export interface WorldMessage {
  author: string;
  channel: string;
  content: string;
  /** Milliseconds since 1970. */
  at: number;
}
