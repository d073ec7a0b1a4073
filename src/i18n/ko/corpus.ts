import type { CorpusStatus } from '../../services/corpus-status.js';
import type { OmissionReason } from '../../store/schema.js';
import type { corpus as en } from '../en/corpus.js';
import { debt } from './debt.js';
import { number, timestamp } from './words.js';

const MAX_CHANNELS = 25;
const DAY_MS = 86_400_000;

export const corpus: typeof en = {
  collecting: ({ channel, past }) => `이제 <#${channel}> 채널을 수집합니다. ${past}`,
  recent: ({ found }) => `지난 기록에서 메시지 ${number(found)}개를 가져왔습니다.`,
  ignoring: ({ channel }) =>
    `이제 <#${channel}> 채널을 수집하지 않습니다. 지금까지 모은 것은 남지만, 학습에는 쓰지 않습니다.`,

  status: (status) =>
    [
      status.channels.length === 0
        ? '켜진 채널이 없습니다. `/말뭉치 수집` 명령어로 고르세요.'
        : `**채널:** ${channels(status.channels)}`,
      `**말뭉치:** 메시지 ${number(status.messages)}개, ${number(status.characters)}글자, 말한 사람 ${number(status.speakers)}명`,
      status.omitted.length === 0
        ? undefined
        : `**저장하지 않은 메시지:** ${status.omitted.map(({ reason, messages }) => `${OMITTED[reason]} ${number(messages)}개`).join(' · ')}`,
      status.model === undefined
        ? '**모델:** 아직 없습니다. `/재학습` 명령어로 첫 학습을 시작하세요.'
        : `**모델:** 버전 ${status.model.version}, 글자당 ${status.model.bits_per_character.toFixed(2)}비트, ` +
          `${timestamp(status.model.created_at, 'R')} 학습. 그 뒤의 새 메시지 ${number(status.sinceTraining)}개`,
      status.leftOut && `**그 학습에서 뺀 메시지:** ${leftOut(status.leftOut)}`,
      debt.status(status.debt),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  statusAlt: ({ first, last, channels }) =>
    `최근 ${number((last - first) / DAY_MS + 1)}일 동안의 메시지 수를 하루씩, 채널별로 나타낸 그림입니다: ${channels.map(({ name = '그 밖의 채널' }) => name).join(', ')}.`,

  picture: {
    title: () => '하루 메시지 수 (채널별)',
    time: () => '날짜 (UTC)',
    others: () => '그 밖의 채널',
    trained: (version) => `버전 ${version} 학습`,
    empty: () => '이 기간에 저장된 메시지가 없습니다.',
  },
};

function channels(all: CorpusStatus['channels']): string {
  const named = all.slice(0, MAX_CHANNELS).map(({ id, messages }) => `<#${id}> (${number(messages)})`);
  const more = all.length - named.length;
  return named.join(', ') + (more === 0 ? '' : ` 외 ${number(more)}개`);
}

const OMITTED: Record<OmissionReason, string> = {
  bot: '봇',
  command: '봇 명령어',
  empty: '글이 없음',
  opted_out: '수집 거부',
  not_opted_in: '수집 동의 없음',
  erased: '완전히 지움',
};

function leftOut({ copies, share, spam, empty }: NonNullable<CorpusStatus['leftOut']>): string {
  return (
    `복사한 글 ${number(copies)}개 · 한 사람의 몫 초과 ${number(share)}개 · ` +
    `스팸 신고 ${number(spam)}개 · 자기 말이 없음 ${number(empty)}개`
  );
}
