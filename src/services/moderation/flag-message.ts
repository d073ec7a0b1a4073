import { highlight } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { FlagRow } from '../../store/schema.js';
import type { FlagMessage } from './enforcer.js';

type Buttons = NonNullable<FlagMessage['buttons']>;

/** What Discord takes in one message, in UTF-16 units. */
const MESSAGE_LIMIT = 2_000;

/**
 * A flag as moderators see it: who, where, how sure and why, the text with what mattered marked, and what can be done.
 * @param below one more line at the end
 */
export function flagMessage(flag: FlagRow, strings: Strings, below = ''): FlagMessage {
  const before = strings.spam.flagHead(flag);
  const after = strings.spam.flagFoot({ ...flag, signals: JSON.parse(flag.signals) as string[] });
  const left = MESSAGE_LIMIT - [before, '> ', after, below].join('\n').length;
  const lines = [before, `> ${quoted(flag, left, strings)}`, after, below];
  return {
    content: lines.filter((line) => line !== '').join('\n'),
    buttons: flagButtons(flag, flag.id, strings),
  };
}

/** What a moderator can still do about a flag. */
export function flagButtons(flag: FlagRow, argument: string, strings: Strings): Buttons {
  const { confirm, falseAlarm } = strings.spam.buttons;
  return flag.state === 'open'
    ? [
        { action: 'confirm', argument, label: confirm(), style: 'good' },
        { action: 'clear', argument, label: falseAlarm() },
        ...actionButtons(flag, argument, strings),
      ]
    : [];
}

/** The actions that were not taken yet. */
export function actionButtons({ action, gone }: FlagRow, argument: string, { spam }: Strings): Buttons {
  const buttons: Buttons = [];
  const { remove, timeOut } = spam.buttons;
  if (gone === 0 && action !== 'delete') {
    buttons.push({ action: 'delete', argument, label: remove(), style: 'danger' });
  }
  if (action !== 'timeout') buttons.push({ action: 'timeout', argument, label: timeOut(), style: 'danger' });
  return buttons;
}

function quoted({ content, weights }: FlagRow, limit: number, { spam }: Strings): string {
  if (content === null) return spam.erased();
  // One line, one quotation; as long as before, so that the weights still fit.
  return highlight(content.replace(/\s/g, ' '), JSON.parse(weights) as number[], limit);
}
