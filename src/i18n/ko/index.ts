import { unreachable } from '../../unreachable.js';
import type * as english from '../en/index.js';
import { audienceErrors, audiences } from './audiences.js';
import { backfill, backfillErrors } from './backfill.js';
import { corpus } from './corpus.js';
import { debt } from './debt.js';
import { fairUse, fairUseErrors } from './fair-use.js';
import { feeling, feelingErrors } from './feeling.js';
import { following, followingErrors } from './following.js';
import { help, helpErrors } from './help.js';
import { importErrors, importing } from './importing.js';
import { modelErrors, models } from './models.js';
import { spam } from './moderation.js';
import { moderationErrors } from './moderation-errors.js';
import { pictures } from './pictures.js';
import { privacy, privacyErrors } from './privacy.js';
import { sealingErrors } from './sealing.js';
import { talking, talkingErrors } from './talking.js';
import { retrain } from './retrain.js';
import { number } from './words.js';

/** Every text a person can meet, in Korean. */
export const ko: typeof english.en = {
  errors: {
    config_invalid: ({ problems }) =>
      `.env의 설정을 고쳐야 합니다.\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    database_locked: ({ path }) =>
      `다른 프로그램이 데이터베이스 ${path} 파일을 잠그고 있습니다. 실행 중인 다른 봇을 끄거나, DATABASE_PATH를 바꾸세요.`,
    database_newer: ({ path, migration }) =>
      `데이터베이스 ${path} 파일은 더 새로운 Charlatan으로 만든 것입니다 (마이그레이션 ${migration} 포함). 봇을 업데이트하거나, DATABASE_PATH를 바꾸세요.`,
    database_gap: ({ path, migration }) =>
      `데이터베이스 ${path} 파일에 마이그레이션 ${migration} 단계가 빠져 있습니다. 백업에서 복원하거나, DATABASE_PATH를 바꾸세요.`,
    database_unusable: ({ path, reason }) =>
      `데이터베이스 ${path} 파일을 쓸 수 없습니다 (${reason}). DATABASE_PATH와 폴더의 권한을 확인하세요.`,
    engine_unavailable: ({ engine, reason }) =>
      `이 컴퓨터에서는 ENGINE=${engine} 설정을 쓸 수 없습니다 (${reason}). ENGINE을 비워 두면 쓸 수 있는 가장 좋은 엔진을 씁니다.`,
    disk_full: () => '디스크가 가득 찼습니다. 공간을 비워 주세요. 지금까지 수집한 것은 그대로 있습니다.',
    discord_token_invalid: () =>
      'Discord가 토큰을 거부했습니다. Developer Portal(애플리케이션, Bot, Reset Token)에서 다시 복사해 DISCORD_TOKEN에 넣으세요.',
    discord_intent_missing: () =>
      'Discord가 Message Content 인텐트를 거부했습니다. Developer Portal에서 켜세요: 애플리케이션, Bot, Privileged Gateway Intents.',
    discord_unreachable: ({ reason }) =>
      `Discord에 연결할 수 없습니다 (${reason}). 네트워크와 DISCORD_API_URL을 확인하세요. 봇은 그냥 다시 시작하면 됩니다.`,
    port_taken: ({ port }) =>
      `다른 프로그램이 포트 ${port}번을 쓰고 있습니다. .env의 PLAYGROUND_PORT에 비어 있는 포트를 적거나, 0을 적어 아무 포트나 쓰게 하세요.`,
    guild_only: () => '다이렉트 메시지가 아니라 서버에서만 쓸 수 있습니다.',
    timers_only: () => '멤버 타임아웃 권한이 필요합니다.',
    moderators_only: () => '메시지 관리 권한이 필요합니다.',
    managers_only: () => '서버 관리 권한이 필요합니다.',
    training_not_permitted: () =>
      'Discord 메시지에서 배우는 기능은 꺼져 있습니다. Discord의 개발자 정책은 Discord의 명시적 허가 없이 메시지 내용으로 학습하는 것을 금지합니다. ' +
      '이 봇을 운영하며 그 권리가 있는 분은 .env에 TRAINING_PERMISSION=granted를 적어 그 사실을 밝혀 주세요.',
    channel_not_readable: ({ channel }) =>
      `<#${channel}> 채널을 읽을 수 없습니다. 그 채널에서 저에게 채널 보기와 메시지 기록 보기 권한을 주세요.`,
    no_model: () =>
      '아직 말하는 법을 배우지 못했습니다. 관리자가 `/말뭉치 수집` 명령어로 채널을 고른 다음 `/재학습` 명령어를 실행하면 됩니다.',
    corpus_too_small: ({ have, need }) =>
      `배울 글이 너무 적습니다. ${number(need)}글자가 필요한데 ${number(have)}글자뿐입니다. \`/말뭉치 수집\` 명령어로 채널을 더 켜거나, 메시지가 더 쌓이기를 기다려 주세요.`,
    training_died: ({ reason }) =>
      `학습이 멈췄습니다 (${reason}). 이전 모델이 계속 대답합니다. \`/재학습\` 명령어를 다시 실행해 보세요.`,
    guard_refused: ({ reason }) => refusal(reason),
    sampling_died: () => '글을 쓰지 못했습니다. 까닭은 제 로그에 있습니다. 다시 시도해 주세요.',
    no_classifier: () =>
      '아직 메시지를 판단하는 법을 배우지 못했습니다. 처음 켠 뒤 몇 분이 걸리니, 그때 다시 시도해 주세요.',
    classifying_died: () => '판단하지 못했습니다. 까닭은 제 로그에 있습니다. 다시 시도해 주세요.',
    shutting_down: () => '꺼지는 중입니다. 잠시 뒤에 다시 시도해 주세요.',
    generation_gone: () => '그 글을 더 이상 기억하지 못합니다. `/이어쓰기` 명령어로 다시 시작하세요.',
    unknown_command: () => '더 이상 없는 명령어입니다. Discord를 새로 고친(Ctrl+R) 다음 다시 시도해 주세요.',
    ...modelErrors,
    ...sealingErrors,
    ...moderationErrors,
    unexpected: ({ reference }) =>
      `제 쪽에서 문제가 생겼습니다. 다시 일어나면 관리자에게 이 번호를 알려 주세요: \`${reference}\``,
    ...backfillErrors,
    ...audienceErrors,
    ...fairUseErrors,
    ...feelingErrors,
    ...followingErrors,
    ...helpErrors,
    ...importErrors,
    ...privacyErrors,
    ...talkingErrors,
  },

  backfill,

  debt,

  audiences,

  fairUse,

  feeling,

  following,

  help,

  importing,

  corpus,

  models,

  retrain,

  spam,
  pictures,

  privacy,

  talking,
};

function refusal(reason: 'verbatim' | 'blocked' | 'taken_back' | 'empty'): string {
  const again = '다시 시도하거나 다른 말로 시작해 보세요.';
  switch (reason) {
    case 'verbatim':
      return `저만의 말을 찾지 못했습니다. 쓰는 글마다 이 서버의 메시지와 너무 비슷했습니다. ${again}`;
    case 'blocked':
      return '이 서버에서 금지한 말은 하지 않습니다. 다른 말로 바꾸거나 다시 시도해 보세요.';
    case 'taken_back':
      return `전에 지워진 글밖에 떠오르지 않았습니다. ${again}`;
    case 'empty':
      return `할 말이 떠오르지 않았습니다. ${again}`;
    default:
      return unreachable(reason);
  }
}
