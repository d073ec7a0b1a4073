import { escapeMarkdown } from '../../corpus/highlight.js';
import type { VersionVotes } from '../../store/feedback.js';
import type { PlaceSettings, TalkSettingsStatus } from './settings.js';

/** How the bot talks, as much of it as a message holds. */
export interface TalkStatus {
  places: readonly PlaceSettings[];
  /** How many there is no room for. */
  otherPlaces: number;
  /** Whether only the place where it was asked is told. */
  isHere: boolean;
  maxVerbatim: number | undefined;
  /** On the newest versions. */
  votes: readonly VersionVotes[];
  /** Undefined for those who may not see them; `words` is undefined where there are too many. */
  blocked: { count: number; words: readonly string[] | undefined } | undefined;
  now: number;
}

const MOST_PLACES = 8;
const MOST_VERSIONS = 5;
/** In UTF-16 units of markdown: of a message's 2,000, what the rest leaves. */
const MOST_BLOCKED = 500;

/** @param blocked undefined for those who may see neither them nor other places than the one they ask in */
export function talkStatus(
  { places, maxVerbatim, now }: TalkSettingsStatus,
  votes: readonly VersionVotes[],
  blocked: readonly string[] | undefined,
): TalkStatus {
  return {
    places: places.slice(0, MOST_PLACES),
    otherPlaces: Math.max(0, places.length - MOST_PLACES),
    isHere: blocked === undefined,
    maxVerbatim,
    votes: votes.slice(0, MOST_VERSIONS),
    blocked: blocked && { count: blocked.length, words: fitting(blocked) },
    now,
  };
}

function fitting(blocked: readonly string[]): string[] | undefined {
  const words = blocked.map(escapeMarkdown);
  return words.join(', ').length <= MOST_BLOCKED ? words : undefined;
}
