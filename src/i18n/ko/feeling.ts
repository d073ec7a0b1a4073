import type { Sentiment } from '../../services/feeling/feeling.js';
import type * as english from '../en/feeling.js';
import { number } from './words.js';

const dayMonth = new Intl.DateTimeFormat('ko', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const wholeDate = new Intl.DateTimeFormat('ko', { dateStyle: 'long', timeZone: 'UTC' });
const signedNumber = new Intl.NumberFormat('ko', { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** Of a bar of probability, in characters. */
const BAR_LENGTH = 20;
/** All of the same width, so that the bars stand in line. */
const LABELS: Record<Sentiment, string> = { negative: '부정', neutral: '중립', positive: '긍정' };
const UNITS = { day: '일', hour: '시간' };

export const feelingErrors: typeof english.feelingErrors = {
  drawing_died: () => '그림을 그리지 못했습니다. 까닭은 제 로그에 있습니다. 다시 시도해 주세요.',
  nothing_to_judge: () => '살펴볼 글이 없습니다.',
  channel_not_collected: ({ channel }) =>
    `수집하는 채널의 분위기만 알 수 있는데, <#${channel}> 채널은 수집하지 않습니다. 관리자가 \`/말뭉치 수집\` 명령어로 바꿀 수 있습니다.`,
  nothing_said: ({ channel, days }) =>
    `<#${channel}> 채널에서 최근 ${days === 1 ? '24시간' : `${days}일`} 동안 오간 말을 찾지 못했습니다. 일수를 늘려 보세요.`,
  too_little_said: ({ channel, messages, people }) =>
    `<#${channel}> 채널에 오간 말이 너무 적습니다. 한 사람의 기분을 알리는 일이 없도록, ${people}명 이상이 ${messages}개 이상의 메시지를 쓴 때의 분위기만 알려 드립니다. ` +
    '일수를 늘려 보세요.',
};

export const feeling: typeof english.feeling = {
  sentiment: {
    judged: ({ label, unsure, probabilities }) =>
      unsure
        ? `**확실하지 않지만** 아마도 ${LABELS[label]}`
        : `**${LABELS[label]}**, 확실한 정도 ${percent(probabilities[label])}`,
    bar: (label, probability) => {
      const full = Math.round(probability * BAR_LENGTH);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full);
      return `${LABELS[label]} ${bar} ${percent(probability).padStart(4)}`;
    },
    unsure: () => '-# 나머지를 합한 것보다 가능성이 큰 답이 없습니다. 직접 읽어 보시는 편이 낫습니다.',
    starter: () => '-# 이 서버에서 배운 적이 없는 기본 모델이 살펴보았습니다.',
    marked: (label) => `${LABELS[label]}의 근거가 되는 부분을 강조했습니다.`,
  },

  mood: {
    progress: ({ channel, messages }) =>
      `<#${channel}> 채널의 분위기를 읽고 있습니다. 지금까지 메시지 ${number(messages)}개 …`,
    told: ({ channelId, unit, messages, leftOut, version }) =>
      [
        `메시지 ${number(messages)}개로 본 <#${channelId}> 채널의 분위기입니다. 확실하지 않은 메시지는 중립으로 셌습니다.`,
        ...(leftOut > 0
          ? [`-# 메시지나 사람이 너무 적어 알려 드릴 수 없는 ${leftOut}${UNITS[unit]}은 뺐습니다.`]
          : []),
        ...(version === 0 ? ['-# 이 서버에서 배운 적이 없는 기본 모델이 살펴보았습니다.'] : []),
      ].join('\n'),
    pictureAlt: ({ messages, unit, buckets }) => {
      const share = (label: Sentiment) =>
        `${LABELS[label]} ${percent(buckets.reduce((sum, bucket) => sum + bucket[label], 0) / messages)}`;
      return `${unit === 'day' ? '하루' : '한 시간'} 단위로 본 채널의 분위기: 메시지 ${number(messages)}개 중 ${share('negative')}, ${share('neutral')}, ${share('positive')}.`;
    },
    tableAlt: () => '같은 수치를 담은 표입니다.',
  },

  pictures: {
    number,
    percent: (value) => `${value}%`,
    signed,
    day: (start) => dayMonth.format(start),
    month: (start) => {
      const date = new Date(start);
      const name = `${date.getUTCMonth() + 1}월`;
      return date.getUTCMonth() === 0 ? `${date.getUTCFullYear()}년 ${name}` : name;
    },
    hour: (start) =>
      new Date(start).getUTCHours() === 0 ? dayMonth.format(start) : `${new Date(start).getUTCHours()}시`,
    moodTitle: ({ first, last }) =>
      wholeDate.format(first) === wholeDate.format(last)
        ? `${wholeDate.format(first)}의 분위기`
        : `${wholeDate.format(first)}부터 ${wholeDate.format(last)}까지의 분위기`,
    moodTime: (unit) =>
      `${unit === 'day' ? '날짜' : '시각'}는 UTC 기준입니다. 빈 곳은 메시지가 5개 또는 사람이 3명 미만인 때입니다.`,
    moodShares: () => '분위기별 메시지, %',
    moodMeans: () => '평균 분위기: 긍정의 비율에서 부정의 비율을 뺀 값, −1부터 +1까지',
    moodCounts: (unit) => (unit === 'day' ? '하루의 메시지 수' : '한 시간의 메시지 수'),
    moodEmpty: () => '이 기간에는 오간 말이 너무 적어 보여 드릴 수 없습니다.',
    share: (label, share) => `${LABELS[label]} ${percent(share)}`,
    meanOf: (mean) => `평균 ${signed(mean)}`,
    inAll: (messages) => `모두 ${number(messages)}개`,
    versionsTitle: () => '스팸 분류기: 버전마다 얼마나 정확한가요?',
    versionsScale: () => '그 버전이 배우지 않은 판정 기준, %',
    versionsTime: () => '버전, 만든 날(UTC), 판정의 수',
    versionsEmpty: () => '아직 판정으로 시험한 버전이 없습니다.',
    version: ({ version, createdAt, verdicts }) => [
      `v${version}`,
      dayMonth.format(createdAt),
      `n = ${number(verdicts)}`,
    ],
    precision: (share) => `정밀도 ${percent(share)}`,
    recall: (share) => `재현율 ${percent(share)}`,
  },
};

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function signed(value: number): string {
  return signedNumber.format(value).replace('-', '−');
}
