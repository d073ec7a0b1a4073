import { countCharacters } from '../corpus/clean.js';
import { END, PLACE, REPLY, SOMEONE, speakerTag, transcribe } from '../corpus/transcript.js';
import { buildVocabulary, type Vocabulary } from '../rnn/vocabulary.js';
import type { MessageRow } from '../store/schema.js';
import type { Store } from '../store/open.js';

export interface Corpus {
  vocabulary: Vocabulary;
  train: Int32Array;
  /** Code points of the messages and one line break each; marks of speakers and places cost, but do not count. */
  trainCharacters: number;
  /** The newest part, by time: what no training may see. */
  heldOut: Int32Array;
  heldOutText: string;
  heldOutCharacters: number;
  /** Authors with a tag of their own, in the order of their tags. */
  speakers: string[];
}

/** The newest share of the messages is held out, of a large corpus no more than about this many characters. */
const HELD_OUT = 0.1;
const MAX_HELD_OUT = 50_000;
/** Who wrote at least this many messages gets a speaker tag, the most talkative first. */
const MIN_MESSAGES_FOR_TAG = 50;
const MAX_TAGS = 64;
/** Every so many messages a frequent speaker's tag is left out, so that SOMEONE learns to speak like everybody. */
const UNTAGGED_EVERY = 8;
const NO_TAGS: ReadonlyMap<string, string> = new Map();

/**
 * Reads a guild's corpus up to a moment and splits it by time. The same messages give the same corpus.
 */
export async function readCorpus(store: Store, guildId: string, until: number): Promise<Corpus> {
  const { characters } = await store.messages.totals(guildId, until);
  const share = Math.min(HELD_OUT, MAX_HELD_OUT / Math.max(1, characters));
  const heldOutFrom = (await store.messages.timeAt(guildId, until, 1 - share)) ?? until;
  const speakers = await store.messages.frequentSpeakers(
    guildId,
    heldOutFrom - 1,
    MIN_MESSAGES_FOR_TAG,
    MAX_TAGS,
  );
  const tags = new Map(speakers.map((id, index) => [id, speakerTag(index)]));

  const train = transcriptWriter(tags);
  const heldOut = transcriptWriter(tags);
  for await (const row of store.messages.inOrder(guildId, until)) {
    (row.created_at < heldOutFrom ? train : heldOut).add(row);
  }
  // A corpus of a single moment has no time order to split by.
  const trained = train.pieces.length > 0 ? train : heldOut;
  const vocabulary = buildVocabulary([PLACE + END + REPLY + SOMEONE, ...trained.pieces]);
  const heldOutText = heldOut.pieces.join('');
  return {
    vocabulary,
    train: vocabulary.encode(trained.pieces.join('')),
    trainCharacters: trained.characters(),
    heldOut: vocabulary.encode(heldOutText),
    heldOutText,
    heldOutCharacters: heldOut.characters(),
    speakers,
  };
}

function transcriptWriter(tags: ReadonlyMap<string, string>) {
  const pieces: string[] = [];
  let characters = 0;
  let previousPlace: string | undefined;
  return {
    pieces,
    characters: () => characters,
    add(row: MessageRow) {
      const place = row.thread_id ?? row.channel_id;
      const message = {
        place,
        authorId: row.author_id,
        content: row.content,
        isReply: row.reply_to_id !== null,
      };
      const untagged = pieces.length % UNTAGGED_EVERY === 0;
      pieces.push(transcribe(message, previousPlace, untagged ? NO_TAGS : tags));
      characters += countCharacters(row.content) + 1;
      previousPlace = place;
    },
  };
}
