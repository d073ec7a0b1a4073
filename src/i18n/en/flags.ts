import type { FlagRow } from '../../store/schema.js';
import { unreachable } from '../../unreachable.js';

export function done({ action }: Pick<FlagRow, 'action'>): string | undefined {
  switch (action) {
    case 'none':
      return undefined;
    case 'delete':
      return 'The message was deleted.';
    case 'timeout':
      return 'Its author was timed out.';
    default:
      return unreachable(action);
  }
}

export function verdict({ state, resolved_by }: Pick<FlagRow, 'state' | 'resolved_by'>): string | undefined {
  switch (state) {
    case 'open':
      return undefined;
    case 'confirmed':
      return `Confirmed as spam by <@${resolved_by}>.`;
    case 'false_alarm':
      return `False alarm, says <@${resolved_by}>.`;
    default:
      return unreachable(state);
  }
}

/** What the buttons do, for who has an open flag before them. */
export function choice({
  state,
  action,
  gone,
}: Pick<FlagRow, 'state' | 'action' | 'gone'>): string | undefined {
  if (state !== 'open') return undefined;
  const fate = action === 'none' && gone === 1 ? 'delete' : action;
  switch (fate) {
    case 'none':
      return '-# Nothing was done yet. **Confirm**: spam, but leave it there. **Delete**, **Time out**: spam, and do that. **False alarm**: not spam.';
    case 'delete':
      return '-# **Confirm**: it was spam. **Time out**: it was spam, and time its author out. **False alarm**: it was not spam; what is deleted stays deleted.';
    case 'timeout':
      return '-# **Confirm**: it was spam. **Delete**: it was spam, and delete it too. **False alarm**: it was not spam, and the time-out ends.';
    default:
      return unreachable(fate);
  }
}

export function why({
  weights,
  content,
  signals,
}: Pick<FlagRow, 'weights' | 'content'> & { signals: string[] }) {
  const hasMarks = content !== null && weights !== '[]';
  const parts = [
    hasMarks ? 'The marked words speak for spam.' : undefined,
    signals.length === 0 ? undefined : `Also seen: ${signals.map(signal).join(', ')}.`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `-# ${parts.join(' ')}`;
}

/** What signals say, in words. */
const SIGNALS: Record<string, string> = {
  'link:invite': 'an invitation',
  'link:imitation': 'a link that imitates a known site',
  'link:shortener': 'a shortened link',
  'link:address': 'a link to a bare address',
  'link:masked': 'a link that shows another address',
  'account:day': 'an account of today',
  'account:week': 'an account of this week',
  'account:month': 'an account of this month',
  'file:risky': 'a risky file',
  'file:words': 'words in a file name',
  'emoji:many': 'many emoji',
  capitals: 'mostly capitals',
  disguise: 'disguised letters',
  everyone: 'a call to everyone',
  money: 'a sum of money',
  phone: 'a phone number',
};
/** Those that count: one, or at least as many as follow the colon. */
const COUNTED: Record<string, [one: string, many: string]> = {
  links: ['a link', 'links'],
  mentions: ['a mention', 'mentions'],
  files: ['a file', 'files'],
  copies: ['the same in another channel within a minute', 'other channels with the same within a minute'],
};

function signal(word: string): string {
  const [name, counted] = word.split(':');
  if (!(name in COUNTED)) return SIGNALS[word] ?? word;
  const [one, many] = COUNTED[name];
  return counted === '1' ? one : `${counted} or more ${many}`;
}
