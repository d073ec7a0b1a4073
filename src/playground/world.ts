/** A guild as plain data: who is there, where they talk, what was said so far. */
export interface World {
  guild: string;
  bot: string;
  /** The first person is the owner. */
  people: WorldPerson[];
  channels: WorldChannel[];
  /** In time order. */
  messages: WorldMessage[];
}

export interface WorldPerson {
  name: string;
  /** May do everything; others may read, write and use commands. */
  admin?: true;
  /** Whether the visitor of the page can speak as this person. */
  switchable?: true;
}

export interface WorldChannel {
  name: string;
  topic: string;
}

export interface WorldMessage {
  author: string;
  channel: string;
  content: string;
  /** Milliseconds since 1970. */
  at: number;
}
