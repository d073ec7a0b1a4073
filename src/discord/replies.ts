import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Button, Embed, Reply } from './define-command.js';

const STYLES = {
  plain: ButtonStyle.Secondary,
  good: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;
/** As many buttons as Discord puts in a row. */
const ROW = 5;

/** A reply as a Discord message that pings nobody; sent as an edit, it replaces cards, buttons and files too. */
export function toMessage({ content, embeds = [], buttons = [], files = [] }: Reply, command: string) {
  return {
    content,
    embeds: embeds.map(toEmbed),
    allowedMentions: { parse: [] },
    components: rows(buttons).map((row) => buttonRow(row, command)),
    files: files.map(({ name, bytes, alt }) => ({ name, attachment: Buffer.from(bytes), description: alt })),
    attachments: [],
  };
}

/** What a button says of itself when it is pressed. */
export function parseButton(customId: string): { command: string; action: string; argument: string } {
  const [command = '', action = '', ...argument] = customId.split(':');
  return { command, action, argument: argument.join(':') };
}

function toEmbed({ title, description, fields, picture }: Embed): APIEmbed {
  return {
    title,
    ...(description !== undefined && { description }),
    ...(fields !== undefined && { fields }),
    ...(picture !== undefined && { image: { url: `attachment://${picture}` } }),
  };
}

function rows(buttons: Button[]): Button[][] {
  return buttons.length === 0 ? [] : [buttons.slice(0, ROW), ...rows(buttons.slice(ROW))];
}

function buttonRow(
  buttons: Button[],
  command: string,
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return {
    type: ComponentType.ActionRow,
    components: buttons.map(({ action, argument, label, style = 'plain' }) => ({
      type: ComponentType.Button,
      style: STYLES[style],
      custom_id: `${command}:${action}:${argument}`,
      label,
    })),
  };
}
