import type * as english from '../en/help.js';
import { number } from './words.js';

export const helpErrors: typeof english.helpErrors = {
  help_unknown: () =>
    '그런 명령어가 없거나, 쓸 수 있는 권한이 없습니다. `/도움말`만 입력하면 쓸 수 있는 명령어를 모두 보여 드립니다.',
};

export const help: typeof english.help = {
  intro: () => '저에게 시킬 수 있는 일입니다. `/도움말 명령어:`로 하나를 자세히 볼 수 있습니다.',
  groups: {
    everyone: () => '누구나',
    moderators: () => '운영진 (메시지 관리 권한)',
    timers: () => '타임아웃할 수 있는 운영진 (멤버 타임아웃 권한)',
    managers: () => '관리자 (서버 관리 권한)',
    message: () => '메시지 메뉴의 앱에서',
  },
  seen: (reply) => (reply === 'public' ? '답변은 채널의 모두에게 보입니다.' : '답변은 나에게만 보입니다.'),
  option: ({ name, required }) => (required ? `${name} (필수)` : name),
  limits: ({ type, maxLength, choices, min, max }) => {
    switch (type) {
      case 'string':
        if (choices !== undefined) return `다음 중 하나: ${choices.join(', ')}`;
        return maxLength === undefined ? '글' : `${number(maxLength)}글자까지의 글`;
      case 'integer':
        return `정수${range(min, max)}`;
      case 'number':
        return `숫자${range(min, max)}`;
      case 'boolean':
        return 'True 또는 False';
      case 'channel':
        return '채널';
      case 'role':
        return '역할';
      case 'attachment':
        return '파일';
      case 'user':
        return '멤버';
    }
  },
};

function range(min: number | undefined, max: number | undefined): string {
  const bounds = [
    min === undefined ? undefined : `${number(min)} 이상`,
    max === undefined ? undefined : `${number(max)} 이하`,
  ].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? '' : `, ${bounds.join(' ')}`;
}
