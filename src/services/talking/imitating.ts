import { defuse } from '../../corpus/guard.js';
import { readable } from '../../corpus/transcript.js';
import { UserError } from '../../errors.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Asked, Composed, Composing, Draft } from './composing.js';
import { shownName } from './imitation-message.js';
import type { Choices } from '../privacy/choices.js';
import { styleOf, type StyleName } from './styles.js';

export interface ImitateRequest extends Asked {
  memberId: string;
  /** Who is imitated. */
  member: { id: string; name: string; isBot: boolean };
  /** How the message begins. */
  opening: string;
  style?: StyleName | undefined;
}

export interface Imitation extends Composed {
  name: string;
  /** As it was written: with nothing in it that pings or links. */
  opening: string;
}

export interface ImitationDraft extends Draft {
  name: string;
  opening: string;
  version: number;
}

export type Imitating = ReturnType<typeof createImitating>;

const MAX_LENGTH = 400;
/** In UTF-16 units: of a message's 2,000, what a label, and the marks of a quotation, leave. */
const ROOM = 1_500;

/** Writes as a member would, if that member allows it. */
export function createImitating(parts: {
  composing: Composing;
  privacy: Pick<Choices, 'allowsImitation'>;
  sampler: Pick<Sampler, 'speakers'>;
}) {
  const { composing, privacy, sampler } = parts;

  /** @throws UserError imitates_no_bots, imitation_not_allowed, own_imitation_not_allowed, imitation_unknown, no_model */
  async function versionFor(request: ImitateRequest): Promise<number> {
    const { guildId, memberId, member } = request;
    const { id, isBot } = member;
    const name = shownName(member.name);
    if (isBot) throw new UserError('imitates_no_bots', {});
    if (!(await privacy.allowsImitation(guildId, id))) {
      throw id === memberId
        ? new UserError('own_imitation_not_allowed', {})
        : new UserError('imitation_not_allowed', { name });
    }
    const version = await composing.live(request);
    const known = await sampler.speakers(guildId, version);
    if (!known.includes(id)) throw new UserError('imitation_unknown', { name });
    return version;
  }

  return {
    /** @throws UserError as versionFor, and guard_refused, sampling_died */
    async imitate(
      request: ImitateRequest,
      onDraft: (draft: ImitationDraft) => void = () => {},
    ): Promise<Imitation> {
      const { member } = request;
      // What the guard would make of it, which marks it in the text by nothing else than its letters.
      const opening = defuse(readable(request.opening).trim()).trim();
      const version = await versionFor(request);
      const label = { name: member.name, opening, version };
      const composed = await composing.compose(
        request,
        {
          kind: 'imitation',
          prompt: '',
          length: MAX_LENGTH,
          style: styleOf(request.style),
          version,
          room: ROOM,
          authorId: member.id,
          wanted: {
            kind: 'message',
            context: [],
            authorId: member.id,
            isReply: false,
            opening,
            maxLength: MAX_LENGTH,
          },
        },
        (draft) => onDraft({ ...draft, ...label }),
      );
      return { ...composed, ...label };
    },
  };
}
