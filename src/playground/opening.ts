import type { Playground } from './index.js';

/** What a server's admin does first, done as they would do it: choose the channels, then train when they know what it takes. */
export async function openPlayground(
  { guild, person }: Playground,
  options: { admin: string; channel: string; minutes: number },
): Promise<void> {
  const { admin, channel, minutes } = options;
  const { command, click } = person(admin);
  const sources = [...guild.channels.values()].filter(({ last_message_id }) => last_message_id !== null);
  for (const { id, name } of sources.filter((source) => source.name !== channel)) {
    const answer = command(channel, 'corpus collect', { channel: id });
    const { content } = await answer.until((text) => text !== '' && !text.includes('…'));
    if (!content.includes(`<#${id}>`)) throw new Error(`#${name}: ${content}`);
  }
  const estimate = await command(channel, 'retrain', { minutes }).until((text) => text !== '');
  if (estimate.components.length === 0) throw new Error(estimate.content);
  click(channel, estimate.id, 'Start');
}
