import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIActionRowComponent, APIComponentInMessageActionRow } from 'discord.js';
import type { Reply } from './define-command.js';

/** A reply as a Discord message that pings nobody. */
export function toMessage(reply: Reply, command: string) {
  return {
    content: reply.content,
    allowedMentions: { parse: [] },
    components: reply.buttons === undefined ? [] : [buttonRow(reply.buttons, command)],
  };
}

/** What a button says of itself when it is pressed. */
export function parseButton(customId: string): { command: string; action: string; argument: string } {
  const [command = '', action = '', ...argument] = customId.split(':');
  return { command, action, argument: argument.join(':') };
}

function buttonRow(
  buttons: NonNullable<Reply['buttons']>,
  command: string,
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return {
    type: ComponentType.ActionRow,
    components: buttons.map(({ action, argument, label }) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      custom_id: `${command}:${action}:${argument}`,
      label,
    })),
  };
}
