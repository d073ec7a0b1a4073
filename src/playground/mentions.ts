import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Member, Message, User } from './objects.js';

/** Whom a text mentions, by somebody with these permissions. */
export function mentionsIn(
  content: string,
  members: ReadonlyMap<string, Member>,
  permissions: PermissionsBitField,
): Pick<Message, 'mentions' | 'mention_roles' | 'mention_everyone'> {
  return {
    mentions: peopleIn(content, members),
    mention_roles: [...new Set([...content.matchAll(/<@&(\d+)>/g)].map(([, id]) => id))],
    mention_everyone:
      /@(everyone|here)\b/.test(content) && permissions.has(PermissionFlagsBits.MentionEveryone),
  };
}

export function peopleIn(content: string, members: ReadonlyMap<string, Member>): User[] {
  const ids = [...content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id);
  return [...new Set(ids)].flatMap((id) => members.get(id)?.user ?? []);
}
