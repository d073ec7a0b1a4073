import type { Flaw } from '../../ingest/found.js';
import type { BadRow, Counts, LeftOut } from '../../ingest/protocol.js';
import type * as english from '../en/importing.js';
import { number } from './words.js';

const UNREADABLE = {
  missing: '그런 파일이 없습니다',
  forbidden: '읽을 권한이 없습니다',
  special: '파일도 폴더도 아닙니다',
  locked: '비밀번호로 잠겨 있습니다',
  damaged: '압축 파일이 손상되었습니다',
};

export const importErrors: typeof english.importErrors = {
  import_unreadable: ({ file, reason }) => `\`${file}\` 파일을 읽을 수 없습니다. ${UNREADABLE[reason]}.`,
  import_encoding: ({ file, byte }) =>
    byte === undefined
      ? `\`${file}\` 파일의 인코딩은 \`UTF-16\` 같습니다. \`UTF-8\` 형식으로 저장해서 다시 시도해 주세요.`
      : `\`${file}\` 파일의 인코딩이 \`UTF-8\` 형식이 아닙니다. ${byte}번째 바이트가 잘못되었습니다. \`UTF-8\` 형식으로 저장해서 다시 시도해 주세요.`,
  import_hostile_name: ({ file }) =>
    `이 압축 파일은 읽지 않습니다. 정상적인 프로그램이라면 파일 이름을 \`${file}\`처럼 짓지 않습니다.`,
  import_bomb: ({ file }) =>
    `\`${file}\` 파일은 읽지 않습니다. 압축을 풀면 이런 파일에 들어 있을 만한 것보다 훨씬 커집니다.`,
  import_no_messages: ({ file }) =>
    `\`${file}\` 파일에서 메시지를 찾지 못했습니다. \`DiscordChatExporter\`의 \`JSON\` 파일, Discord의 데이터 패키지, \`JSON Lines\`, 일반 텍스트를 읽을 수 있습니다.`,
  import_other_guild: ({ file }) => `\`${file}\` 파일에는 이 서버의 메시지가 없습니다.`,
  import_needs_channel: ({ file }) =>
    `\`${file}\` 파일에는 어느 채널의 글인지 나와 있지 않습니다. 채널 옵션으로 알려 주세요.`,
  import_needs_author: ({ file }) =>
    `\`${file}\` 파일에는 한 사람의 메시지가 있지만, 누구의 것인지 나와 있지 않습니다. 작성자 옵션으로 알려 주세요.`,
  import_too_large: ({ megabytes }) =>
    `파일이 너무 큽니다. 여기서는 ${megabytes} MB까지 받습니다. 더 큰 파일은 봇을 운영하는 분이 셸에서 가져올 수 있습니다.`,
  import_download_failed: () => 'Discord에서 파일을 내려받지 못했습니다. 다시 시도해 주세요.',
  import_running: () =>
    '이 서버에서 이미 가져오기가 진행되고 있습니다. 끝날 때까지 기다리거나, 그곳에서 취소해 주세요.',
  import_gone: () => '그 파일은 더 이상 가지고 있지 않습니다. 다시 올려 주세요.',
  import_died: ({ reason }) =>
    `가져오기가 멈췄습니다 (${reason}). 이미 들어온 것은 남아 있고, 같은 파일을 다시 가져오면 나머지만 더합니다.`,
};

const LEFT_OUT: Record<LeftOut, string> = {
  bot: '봇이 쓴 메시지',
  system: '입장 알림처럼 사람이 쓰지 않은 메시지',
  command: '봇 명령어',
  empty: '배울 것이 없는 메시지',
  opted_out: '수집을 거부한 멤버의 메시지',
  not_opted_in: '수집에 동의하지 않은 멤버의 메시지',
  erased: '이곳에서 지워진 메시지',
  private_channel: '모두가 볼 수 있는 채널이 아닌 곳의 메시지',
  unknown_channel: '이 서버에 없는 채널의 메시지',
  other_guild: '다른 서버 채널의 메시지',
};

const FLAWS: Record<Flaw, string> = {
  not_json: '`JSON` 형식이 아닙니다',
  not_csv: 'CSV 형식이 아닙니다',
  no_text: '글이 없습니다',
  no_time: '시각이 없습니다',
  no_channel: '채널이 없습니다',
  too_long: '너무 깁니다',
  too_deep: '너무 깊이 중첩되어 있습니다',
  cut_off: '파일이 여기서 끝나거나 끊겨 있습니다',
  in_future: '미래의 메시지입니다',
  too_old: 'Discord가 생긴 2015년보다 오래된 메시지입니다',
};

export const importing: typeof english.importing = {
  downloading: () => '파일을 내려받고 있습니다 …',
  rehearsing: ({ read }) => `파일을 읽고 있습니다. 지금까지 ${number(read)}줄 …`,
  progress: ({ added, percent }) =>
    `가져오고 있습니다. 메시지 ${number(added)}개를 더했고, 파일의 ${percent}%를 읽었습니다 …`,
  would: (counts) => [`메시지 ${number(counts.added)}개를 더하게 됩니다.`, ...details(counts)].join('\n'),
  done: (counts) => [`메시지 ${number(counts.added)}개를 가져왔습니다.`, ...details(counts)].join('\n'),
  cancelled: (counts) =>
    [
      `취소했습니다. 그 전에 들어온 메시지 ${number(counts.added)}개는 남아 있습니다.`,
      ...details(counts),
    ].join('\n'),
  cancelling: () => '가져오기를 취소하고 있습니다 …',
  notImported: () => '아무것도 가져오지 않았습니다.',
  buttons: { start: () => '가져오기', leave: () => '나중에', cancel: () => '취소' },
};

function details({ read, edited, known, leftOut, bad, badRows, elsewhere }: Counts): string[] {
  const reasons = (Object.entries(leftOut) as [LeftOut, number][]).filter(([, messages]) => messages > 0);
  return [
    `읽은 줄: ${number(read)}, 그중 이미 있는 것: ${number(known)}, 글이 바뀐 것: ${number(edited)}.`,
    ...reasons.map(([reason, messages]) => `- 제외: ${LEFT_OUT[reason]} ${number(messages)}개`),
    ...(elsewhere > 0 ? [`- 건너뜀: 다른 서버나 다이렉트 메시지의 파일 ${number(elsewhere)}개`] : []),
    ...(bad > 0 ? [`- 잘못된 줄: ${number(bad)}`] : []),
    ...badRows.map(badRow),
  ];
}

function badRow({ file, at, flaw }: BadRow): string {
  return `  - \`${file}\`, ${number(at)}번째 줄: ${FLAWS[flaw]}`;
}
