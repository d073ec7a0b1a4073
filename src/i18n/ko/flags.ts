import { unreachable } from '../../unreachable.js';
import type * as english from '../en/flags.js';

export const done: typeof english.done = ({ action }) => {
  switch (action) {
    case 'none':
      return undefined;
    case 'delete':
      return '메시지를 삭제했습니다.';
    case 'timeout':
      return '작성자를 타임아웃했습니다.';
    default:
      return unreachable(action);
  }
};

export const verdict: typeof english.verdict = ({ state, resolved_by }) => {
  switch (state) {
    case 'open':
      return undefined;
    case 'confirmed':
      return `<@${resolved_by}> 님이 스팸으로 판정했습니다.`;
    case 'false_alarm':
      return `<@${resolved_by}> 님이 스팸이 아니라고 판정했습니다.`;
    default:
      return unreachable(state);
  }
};

export const choice: typeof english.choice = ({ state, action, gone }) => {
  if (state !== 'open') return undefined;
  const fate = action === 'none' && gone === 1 ? 'delete' : action;
  switch (fate) {
    case 'none':
      return '-# 아직 아무 조치도 하지 않았습니다. **스팸 맞음**: 스팸이지만 그대로 둡니다. **삭제**, **타임아웃**: 스팸이며, 그렇게 조치합니다. **스팸 아님**: 스팸이 아닙니다.';
    case 'delete':
      return '-# **스팸 맞음**: 스팸이었습니다. **타임아웃**: 스팸이었으며, 작성자를 타임아웃합니다. **스팸 아님**: 스팸이 아니었습니다. 삭제된 메시지는 되돌릴 수 없습니다.';
    case 'timeout':
      return '-# **스팸 맞음**: 스팸이었습니다. **삭제**: 스팸이었으며, 메시지도 삭제합니다. **스팸 아님**: 스팸이 아니었으며, 타임아웃을 풉니다.';
    default:
      return unreachable(fate);
  }
};

export const why: typeof english.why = ({ weights, content, signals }) => {
  const hasMarks = content !== null && weights !== '[]';
  const parts = [
    hasMarks ? '강조된 부분이 스팸의 근거입니다.' : undefined,
    signals.length === 0 ? undefined : `그 밖의 단서: ${signals.map(signal).join(', ')}.`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `-# ${parts.join(' ')}`;
};

/** What signals say, in words. */
const SIGNALS: Record<string, string> = {
  'link:invite': '초대 링크',
  'link:imitation': '유명 사이트를 흉내 낸 링크',
  'link:shortener': '단축 링크',
  'link:address': 'IP 주소로 된 링크',
  'link:masked': '다른 주소로 보이게 한 링크',
  'account:day': '오늘 만든 계정',
  'account:week': '만든 지 일주일이 안 된 계정',
  'account:month': '만든 지 한 달이 안 된 계정',
  'file:risky': '위험할 수 있는 파일',
  'file:words': '파일 이름에 든 글',
  'emoji:many': '많은 이모지',
  capitals: '대부분 대문자',
  disguise: '다른 글자로 위장한 글자',
  everyone: '모두에게 보내는 멘션',
  money: '금액',
  phone: '전화번호',
};
/** Those that count, with what is counted. */
const COUNTED: Record<string, (count: string) => string> = {
  links: (count) => `링크 ${count}`,
  mentions: (count) => `멘션 ${count}`,
  files: (count) => `파일 ${count}`,
  copies: (count) => `1분 안에 같은 글이 올라온 다른 채널 ${count}`,
};

function signal(word: string): string {
  const [name, counted] = word.split(':');
  if (!(name in COUNTED)) return SIGNALS[word] ?? word;
  return COUNTED[name](counted === '1' ? '1개' : `${counted}개 이상`);
}
