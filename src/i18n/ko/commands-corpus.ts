import type { CommandTexts } from './command-texts.js';

const READERS = { name: '대상', description: '이 채널을 보는 사람들의 전용 모델 (비우면 공개 모델)' };

/** The commands that decide what is collected, and what is learned of it. */
export const corpusCommands: Record<string, CommandTexts> = {
  corpus: {
    name: '말뭉치',
    description: '봇이 무엇을 보고 배우는지 정합니다',
    subcommands: {
      collect: {
        name: '수집',
        description: '채널의 최근 기록과 앞으로의 메시지를 모읍니다',
        options: { channel: { name: '채널', description: '보고 배울 채널' } },
      },
      backfill: {
        name: '과거수집',
        description: '수집 중인 채널의 지난 메시지를 스레드와 포럼 글까지 읽습니다',
        options: {
          channel: { name: '채널', description: '지난 메시지를 읽을 채널' },
          days: { name: '일수', description: '며칠 전까지 읽을지 정합니다 (비우면 처음부터 전부)' },
        },
      },
      ignore: {
        name: '제외',
        description: '채널을 더 이상 모으지 않고 학습에서 뺍니다',
        options: { channel: { name: '채널', description: '뺄 채널' } },
      },
      import: {
        name: '가져오기',
        description: '파일의 메시지를 가져옵니다. 먼저 무엇이 들어올지 세어 보여 줍니다',
        options: {
          file: { name: '파일', description: 'Discord 내보내기, 데이터 패키지, JSON Lines, 텍스트 파일' },
          dry_run: { name: '세기만', description: '무엇이 들어올지 세기만 합니다' },
          channel: {
            name: '채널',
            description: '파일에 채널이 없을 때, 어느 채널의 글인지 (비우면 지금 채널)',
          },
          author: { name: '작성자', description: '파일에 작성자가 없을 때, 누가 쓴 글인지' },
        },
      },
      consent: {
        name: '동의',
        description: '거부하지 않은 멤버를 수집할지, 허락한 멤버만 수집할지 정합니다',
        options: {
          mode: {
            name: '방식',
            description: '아무 말도 하지 않은 멤버를 어떻게 할지 정합니다',
            choices: { 'opt-out': '거부하지 않으면 수집', 'opt-in': '허락해야 수집' },
          },
        },
      },
      status: { name: '상태', description: '말뭉치의 내용과 현재 모델을 보여 줍니다' },
      audience: {
        name: '공개범위',
        description: '비공개 채널을 보는 사람들의 전용 모델을 만듭니다. 옵션 없이는 목록을 보여 줍니다',
        options: {
          channel: { name: '채널', description: '전용 모델을 만들 사람들이 보는 채널' },
          remove: { name: '삭제', description: 'True: 전용 모델을 지우고 그 채널들에서 더 배우지 않습니다' },
        },
      },
    },
  },

  model: {
    name: '모델',
    description: '말하는 모델의 버전과 학습을 관리합니다',
    subcommands: {
      status: { name: '상태', description: '현재 모델과 그 성적, 진행 중인 학습을 보여 줍니다' },
      history: { name: '기록', description: '모든 버전과 그 성적을 보여 줍니다' },
      compare: {
        name: '비교',
        description: '두 버전이 같은 시작글을 어떻게 잇는지 비교합니다',
        options: {
          a: { name: '첫째', description: '비교할 첫째 버전' },
          b: { name: '둘째', description: '비교할 둘째 버전' },
          prompt: { name: '시작글', description: '두 버전이 이어서 쓸 글' },
          seed: { name: '시드', description: '같은 시드로는 같은 글이 나옵니다' },
        },
      },
      rollback: {
        name: '되돌리기',
        description: '이전 버전을 다시 사용합니다',
        options: { version: { name: '버전', description: '다시 사용할 버전' } },
      },
      cancel: {
        name: '취소',
        description: '이 서버의 학습을 끝내거나, 대기열에서 뺍니다',
        options: { for: READERS },
      },
      export: {
        name: '내보내기',
        description: '한 버전을 safetensors 파일로 내보냅니다',
        options: { version: { name: '버전', description: '내보낼 버전 (기본값은 현재 버전)' } },
      },
      schedule: {
        name: '일정',
        description: '언제 얼마나 스스로 학습할지 정합니다. 옵션 없이는 설정을 보여 줍니다',
        options: {
          at: { name: '시각', description: '매일 학습할 시각, 예: 04:30' },
          off: { name: '끄기', description: '스스로 학습하지 않습니다 (False: 다시 기본 시각에 학습)' },
          quiet: { name: '쉬는시간', description: '학습하지 않을 시간, 예: 09:00-18:00. 없으면 none' },
          zone: { name: '시간대', description: '시각의 기준이 되는 시간대, 예: Asia/Seoul' },
          minutes: { name: '분', description: '한 번에 학습할 시간(분)' },
          budget: { name: '하루한도', description: '24시간 동안 학습할 수 있는 시간(분). 0은 제한 없음' },
          channel: { name: '채널', description: '결과를 알릴 채널' },
          reset: { name: '초기화', description: 'True: 여기서 정하지 않는 것은 모두 처음 상태로 되돌립니다' },
        },
      },
    },
  },

  retrain: {
    name: '재학습',
    description: '이 서버의 말뭉치로 새 모델을 학습합니다. 먼저 무엇이 필요한지 알려 줍니다',
    options: {
      minutes: { name: '분', description: '학습할 시간(분)' },
      fresh: { name: '처음부터', description: '현재 모델이 아는 것 없이 처음부터 학습합니다' },
      for: READERS,
    },
  },
};
