import { cleanMessage } from '../../corpus/clean.js';
import { learnedForm } from '../../corpus/learned-form.js';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { GenerationRow } from '../../store/schema.js';
import type { IncomingMessage } from '../collecting.js';
import { checkVersion, type Readers } from '../readers.js';
import type { Asked, Composed, Composing, Draft, Order } from './composing.js';
import { roomAfter } from './continuation-message.js';
import { styleOf, type StyleName } from './styles.js';

export interface ContinueRequest extends Asked {
  memberId: string;
  prompt: string;
  /** Characters to write. */
  length?: number | undefined;
  style?: StyleName | undefined;
  /** In place of the style's. */
  temperature?: number | undefined;
  topP?: number | undefined;
  /** Drawn by chance when absent. */
  seed?: number | undefined;
  /** The live one when absent. */
  version?: number | undefined;
}

export interface Continuation extends Composed {
  /** What was given; empty where the text goes on with an earlier one. */
  prompt: string;
}

/** What is written so far, after its prompt. */
export interface ContinuationDraft extends Draft {
  prompt: string;
}

export type OnDraft = (draft: ContinuationDraft) => void;

export type Continuing = ReturnType<typeof createContinuing>;

const DEFAULT_LENGTH = 200;
/** How much of a text More reads again before it goes on. */
const MORE_CONTEXT = 2_000;
/** Prompts of one person that are looked through for suggestions. */
const MAX_PROMPTS = 500;

/** Continues texts the way the guild talks. */
export function createContinuing(parts: { store: Store; composing: Composing }) {
  const { store, composing } = parts;

  async function write(
    asked: Asked,
    order: Pick<Order, 'kind' | 'prompt' | 'length' | 'style' | 'seed' | 'sourceId' | 'authorId'> & {
      version?: number | undefined;
    },
    onDraft: OnDraft = () => {},
  ): Promise<Continuation> {
    const version = order.version ?? (await composing.live(asked));
    const prompt = order.kind === 'more' ? '' : order.prompt;
    const composed = await composing.compose(
      asked,
      {
        ...order,
        version,
        versionGiven: order.version !== undefined,
        wanted: { kind: 'continuation', prompt: order.prompt, length: order.length },
        room: roomAfter(prompt),
      },
      (draft) => onDraft({ ...draft, prompt }),
    );
    return { ...composed, prompt };
  }

  /** @throws UserError version_gone unless this version can still write, version_not_here unless it may for these readers */
  async function usable(asked: Readers, version: number | undefined): Promise<number | undefined> {
    if (version === undefined) return undefined;
    const versions = await store.models.writable(asked.guildId, asked.audience);
    if (versions.includes(version)) return version;
    if (versions.length === 0) throw new UserError('no_model', {});
    const model = await store.models.find(asked.guildId, version);
    if (model !== undefined) await checkVersion(store, asked, version);
    throw new UserError('version_gone', { version, versions });
  }

  /** An earlier text, whose writer may write for these readers. @throws UserError generation_gone, version_not_here */
  async function remembered(id: string, asked: Asked): Promise<GenerationRow> {
    const earlier = await composing.remembered(id, asked.guildId);
    await checkVersion(store, asked, earlier.model_version);
    return earlier;
  }

  /** Goes on where an earlier text ended. @throws UserError imitation_ends, and as remembered and continueText */
  async function more(id: string, asked: Asked, onDraft?: OnDraft): Promise<Continuation> {
    const earlier = await remembered(id, asked);
    // Whose words these seem to be would not be said any more.
    if (earlier.kind === 'imitation') throw new UserError('imitation_ends', {});
    const prompt = [...(earlier.prompt + earlier.text)].slice(-MORE_CONTEXT).join('');
    return write(asked, { ...(await settingsOf(earlier, asked)), kind: 'more', prompt }, onDraft);
  }

  /** What a text was written with, but for its seed. */
  async function settingsOf({ length, temperature, top_p, ...earlier }: GenerationRow, asked: Asked) {
    const version = earlier.version_given === 1 ? earlier.model_version : undefined;
    return {
      length,
      style: { temperature, topP: top_p },
      sourceId: earlier.source_id ?? undefined,
      authorId: earlier.author_id ?? undefined,
      version: await usable(asked, version),
    };
  }

  return {
    /** @throws UserError no_model, version_gone, version_not_here, guard_refused, sampling_died, source_deleted */
    async continueText(request: ContinueRequest, onDraft?: OnDraft): Promise<Continuation> {
      const { prompt, length = DEFAULT_LENGTH, seed, ...asked } = request;
      const version = await usable(asked, request.version);
      const style = styleOf(request.style, request);
      const order = { kind: 'continue', prompt, length, style, seed, version } as const;
      return write(asked, { ...order, authorId: asked.memberId }, onDraft);
    },

    /** Goes on with what somebody, or the bot itself, wrote. @throws UserError nothing_to_continue, and as more */
    async continueMessage(message: IncomingMessage, asked: Asked, onDraft?: OnDraft): Promise<Continuation> {
      const [own] = await store.generations.inMessages([message.id]);
      if (own !== undefined) return more(own.id, asked, onDraft);
      const prompt = learnedForm(cleanMessage(message.content) ?? '');
      if (prompt === undefined) throw new UserError('nothing_to_continue', {});
      const order = { kind: 'message', prompt, length: DEFAULT_LENGTH, style: styleOf() } as const;
      return write(asked, { ...order, sourceId: message.id, authorId: message.authorId }, onDraft);
    },

    /** The same prompt and settings, with new dice. @throws UserError as remembered and continueText */
    async again(id: string, asked: Asked, onDraft?: OnDraft): Promise<Continuation> {
      const earlier = await remembered(id, asked);
      const { kind, prompt } = earlier;
      return write(asked, { ...(await settingsOf(earlier, asked)), kind, prompt }, onDraft);
    },

    more,

    /** A member's own recent prompts that have in them what is typed: first those that begin with it, then the newest. */
    async suggestions(guildId: string, memberId: string, typed: string): Promise<string[]> {
      const wanted = typed.trim().toLowerCase();
      const prompts = await store.generations.prompts(guildId, memberId, MAX_PROMPTS);
      const found = prompts.filter((prompt) => prompt.toLowerCase().includes(wanted));
      const begins = (prompt: string) => prompt.toLowerCase().startsWith(wanted);
      return [...found.filter(begins), ...found.filter((prompt) => !begins(prompt))];
    },
  };
}
