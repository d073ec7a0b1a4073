import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import corpus from '../../commands/corpus.js';
import { download } from '../../src/discord/download.js';
import { placeFinder } from '../../src/discord/guild-places.js';
import { ingestStarter } from '../../src/ingest/ingest-client.js';
import { createImporting } from '../../src/services/importing.js';
import type { Services } from '../../src/services/index.js';
import { answeringClient, silent } from '../helpers/client.js';
import { exported, idAt, stored } from '../helpers/importing.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';

const worker = resolve('dist/src/ingest/ingest-worker.js');
const isCounted = (content: string) => content.includes('Rows read') || content.includes('cannot');

// The whole way: a file that a person uploads in the playground, over its server, into the database.
describe.runIf(existsSync(worker))('/corpus import', { timeout: 60_000 }, () => {
  it('says what would come in, imports on a press of a button, and keeps no file', async () => {
    const { ada, general, folder, store, guildId, ask, exchanges } = await set();
    const file = exported([{}, {}, { content: '' }], { guild: { id: guildId }, channel: { id: general } });
    const said = await ask({ file: ada.upload('general.json', file) });
    expect(said.content).toBe(
      'This would add 2 messages.\nRows read: 3, of which known already: 0, with newer text: 0.\n' +
        '- left out: 1 with nothing to learn in them',
    );
    expect(await stored(store, guildId)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(1);
    const done = await ada
      .click('lounge', said.id, 'Import')
      .until((content) => content.startsWith('2 messages imported.'));
    expect(done.components).toEqual([]);
    expect((await stored(store, guildId)).map(({ id }) => id)).toEqual([idAt(0), idAt(1)]);
    expect(readdirSync(folder)).toEqual([]);

    const again = await ask({ file: ada.upload('general.json', file) });
    expect(again.content).toContain('This would add 0 messages.');
    expect(again.components).toEqual([]);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('takes nothing from channels that not everyone can read, or that are not there', async () => {
    const { ada, guildId, moderators, general, store, ask } = await set();
    const lines = [moderators, general, '77'].map((channel, minute) =>
      JSON.stringify({ id: idAt(minute), text: 'x', author: ada.id, channel, time: 1 }),
    );
    const said = await ask({ file: ada.upload('a.jsonl', lines.join('\n')) });
    expect(said.content).toContain('- left out: 1 from channels that not everyone can read');
    expect(said.content).toContain('- left out: 1 from channels that are not in this server');
    await ada
      .click('lounge', said.id, 'Import')
      .until((content) => content.startsWith('1 message imported.'));
    expect((await stored(store, guildId)).map(({ channel_id }) => channel_id)).toEqual([general]);

    const text = ada.upload('notes.txt', 'one\ntwo');
    expect((await ask({ file: text, channel: moderators })).content).toContain('This would add 0 messages.');
    expect((await ask({ file: text, author: ada.id })).content).toContain('This would add 2 messages.');
  });

  it('only counts if asked to, and forgets a file that is not wanted', async () => {
    const { ada, folder, ask, playground } = await set();
    const file = ada.upload('notes.txt', 'one\ntwo');
    expect((await ask({ file, dry_run: true })).components).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    const first = await ask({ file });
    const second = await ask({ file });
    expect(readdirSync(folder)).toHaveLength(1);
    const refusal = playground.until(({ content }) => content.includes('upload'));
    ada.click('lounge', first.id, 'Import');
    expect((await refusal).content).toBe('I no longer have this file. Please upload it again.');
    await ada.click('lounge', second.id, 'Not now').until((content) => content === 'Nothing was imported.');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses what cannot be read, and keeps nothing of it', async () => {
    const { ada, folder, ask } = await set();
    const hostile = ada.upload('a`b.bin', Buffer.from([0xff, 0xfe, 0x41, 0]));
    expect((await ask({ file: hostile }, (content) => content.includes('UTF-8'))).content).toBe(
      '`a\\u{60}b.bin` is not UTF-8: it begins like UTF-16. Save it as UTF-8 and try again.',
    );
    const large = ada.upload('large.txt', Buffer.alloc(100_000_001, 'x'));
    expect((await ask({ file: large }, (content) => content.includes('MB'))).content).toContain(
      'I take up to 100 MB here',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a download', () => {
  it('ends where it becomes larger than is taken, whatever size was said', async () => {
    const { playground } = await answeringClient([]);
    const id = playground.person('Ada').upload('large.txt', Buffer.alloc(300_000, 'x'));
    const path = `${temporaryDatabase()}-upload`;
    const url = `${playground.url}attachments/${id}/large.txt`;
    await expect(download({ url, path, maxBytes: 1_000 })).rejects.toMatchObject({ key: 'import_too_large' });
    const missing = { url: `${playground.url}attachments/1/x`, path, maxBytes: 1_000 };
    await expect(download(missing)).rejects.toMatchObject({ key: 'import_download_failed' });
  });
});

async function set() {
  const databasePath = temporaryDatabase();
  const store = await temporaryStore(databasePath);
  const services = {} as Services;
  const client = await answeringClient([corpus], services);
  const folder = `${databasePath}-imports`;
  const importing = await createImporting({
    store,
    startIngest: ingestStarter({ databasePath }, pathToFileURL(worker)),
    download,
    findPlaces: placeFinder(client.client),
    folder,
    now: () => Date.UTC(2026, 0, 1),
    log: silent,
  });
  onTestFinished(() => importing.stop());
  services.importing = importing;
  const { guild, person } = client.playground;
  const ada = person('Ada');
  const ask = (options: Record<string, string | boolean>, isReady = isCounted) =>
    ada.command('lounge', 'corpus import', options).until(isReady);
  const [general, moderators] = ['general', 'moderators'].map((name) => guild.channelNamed(name).id);
  return { ...client, store, folder, ada, ask, guildId: guild.id, general, moderators };
}
