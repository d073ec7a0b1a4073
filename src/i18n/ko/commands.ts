import type { CommandTexts } from './command-texts.js';
import { corpusCommands } from './commands-corpus.js';

const TALK_CHANNEL = { name: '채널', description: '어느 채널인지 정합니다 (비우면 지금 채널)' };
const STYLE = {
  name: '스타일',
  description: '얼마나 자유롭게 쓸지 정합니다',
  choices: { calm: '차분하게', normal: '보통', wild: '자유분방하게' },
};
const THRESHOLD = '기준';
const EVERYWHERE = { name: '모든서버', description: '봇이 있는 모든 서버에서, 나중에 들어올 서버까지' };

/** Every command as Korean readers see it; Discord shows these names in their menus. */
export const koCommands: Record<string, CommandTexts> = {
  ...corpusCommands,

  'Check sentiment': { name: '감정 확인', description: '' },
  'Continue this': { name: '이어서 쓰기', description: '' },
  'Flag as spam': { name: '스팸으로 표시', description: '' },
  'Never learn this': { name: '절대 배우지 않기', description: '' },
  'Not spam': { name: '스팸 아님', description: '' },
  'Reply in character': { name: '서버 말투로 답장', description: '' },

  continue: {
    name: '이어쓰기',
    description: '이 서버의 말투로 글을 이어서 씁니다',
    options: {
      prompt: { name: '시작글', description: '글의 첫머리' },
      length: { name: '길이', description: '몇 글자를 쓸지 정합니다 (기본값 200)' },
      style: STYLE,
      temperature: { name: '온도', description: '0.1은 얌전하게, 2.0은 과감하게' },
      top_p: { name: '확률합', description: '확률의 합이 이만큼 될 때까지의 글자 중에서만 고릅니다' },
      seed: { name: '시드', description: '같은 시드로는 같은 글이 나옵니다' },
      version: { name: '버전', description: '글을 쓸 모델의 버전 (기본값은 현재 버전)' },
    },
  },

  help: {
    name: '도움말',
    description: '이 봇으로 무엇을 할 수 있는지 알려 줍니다',
    options: { command: { name: '명령어', description: '자세히 알고 싶은 명령어' } },
  },

  imitate: {
    name: '흉내',
    description: '허락한 멤버의 말투로 씁니다. 흉내 낸 글이라고 항상 밝힙니다',
    options: {
      member: { name: '멤버', description: '흉내 낼 멤버' },
      opening: { name: '첫머리', description: '메시지의 첫머리' },
      style: STYLE,
    },
  },

  mood: {
    name: '분위기',
    description: '채널의 분위기가 어떻게 변했는지 그림과 표로 보여 줍니다',
    options: {
      channel: { name: '채널', description: '수집 중인 채널' },
      days: { name: '일수', description: '며칠 전까지 볼지 정합니다 (기본값 30)' },
    },
  },

  predict: {
    name: '예측',
    description: '글 다음에 무엇이 올지, 글의 어디가 뜻밖인지, 이 서버에서 얼마나 흔한 글인지 보여 줍니다',
    options: { text: { name: '글', description: '다음 글자를 예측할 글' } },
  },

  privacy: {
    name: '개인정보',
    description: '내가 쓴 글로 봇이 무엇을 해도 되는지 정합니다',
    subcommands: {
      imitation: {
        name: '흉내',
        description: '내 말투를 흉내 내는 것을 허락하거나 막습니다',
        options: { allow: { name: '허용', description: '이 서버의 누구나 흉내를 요청할 수 있는지' } },
      },
      'opt-in': {
        name: '수집허용',
        description: '내 메시지를 수집하고 배우는 것을 허락합니다',
        options: { everywhere: EVERYWHERE },
      },
      'opt-out': {
        name: '수집거부',
        description: '내 메시지를 더 이상 수집하지 않게 합니다',
        options: { everywhere: EVERYWHERE },
      },
      forget: {
        name: '지우기',
        description: '나에 대해 저장된 것을 모두 지웁니다. 먼저 확인합니다',
        options: { everywhere: EVERYWHERE },
      },
      export: {
        name: '내보내기',
        description: '나에 대해 저장된 것을 모두 파일로 받습니다',
        options: { everywhere: EVERYWHERE },
      },
      policy: { name: '방침', description: '무엇을 왜 얼마나 저장하는지 알려 줍니다' },
      status: { name: '상태', description: '나에 대해 저장된 것과 내가 허락한 것을 보여 줍니다' },
    },
  },

  sentiment: {
    name: '감정',
    description: '글에 담긴 감정과, 그것을 드러내는 말을 알려 줍니다',
    options: { text: { name: '글', description: '살펴볼 글' } },
  },

  spam: {
    name: '스팸',
    description: '운영진에게 스팸을 알립니다',
    subcommands: {
      watch: {
        name: '감시',
        description: '스팸 신고를 검토 채널에 올립니다. 아무에게도 조치하지 않습니다',
        options: {
          channel: { name: '채널', description: '신고를 받을 운영진 채널' },
          threshold: { name: THRESHOLD, description: '얼마나 확실해야 신고할지 정합니다 (기본값 0.9)' },
          off: { name: '끄기', description: '감시를 끝냅니다' },
        },
      },
      auto: {
        name: '자동조치',
        description: '확실한 스팸을 스스로 어떻게 할지 정합니다. 먼저 모의실험이 필요합니다',
        options: {
          action: {
            name: '조치',
            description: '무엇을 할지 정합니다',
            choices: { none: '없음', delete: '삭제', timeout: '타임아웃' },
          },
          threshold: { name: THRESHOLD, description: '어느 확률부터 조치할지 정합니다' },
          minutes: { name: '분', description: '타임아웃의 길이(분, 기본값 60)' },
        },
      },
      exempt: {
        name: '예외',
        description: '살펴보지 않을 역할이나 채널을 정하거나 보여 줍니다',
        options: {
          role: { name: '역할', description: '메시지를 살펴보지 않을 역할' },
          channel: { name: '채널', description: '메시지를 살펴보지 않을 채널' },
          remove: { name: '해제', description: '다시 살펴봅니다' },
        },
      },
      backtest: {
        name: '모의실험',
        description: '지난 메시지에 어떻게 했을지 보여 줍니다',
        options: {
          days: { name: '일수', description: '며칠 전까지 볼지 정합니다 (기본값 30)' },
          threshold: { name: THRESHOLD, description: '어느 확률부터 조치했을지 정합니다 (기본값 0.95)' },
        },
      },
      retrain: {
        name: '재학습',
        description: '운영진의 판정에서 배웁니다',
        options: { minutes: { name: '분', description: '학습할 시간(분)' } },
      },
      review: { name: '검토', description: '다음으로 판정할 신고를 보여 줍니다' },
      stats: { name: '통계', description: '신고의 수와 정확도, 설정을 보여 줍니다' },
      log: { name: '기록', description: '메시지와 멤버에게 한 조치와, 되돌릴 수 있는 조치를 보여 줍니다' },
    },
  },

  talk: {
    name: '대화',
    description: '봇이 언제 말하고, 무엇을 말하면 안 되는지 정합니다',
    subcommands: {
      chance: {
        name: '확률',
        description: '부르지 않아도 대답할 확률을 정합니다',
        options: {
          percent: { name: '퍼센트', description: '메시지 100개 중 몇 개에 대답할지 정합니다' },
          channel: TALK_CHANNEL,
        },
      },
      quiet: {
        name: '조용히',
        description: '봇을 한동안 조용히 시킵니다',
        options: {
          minutes: {
            name: '분',
            description: '조용히 있을 시간 (기본값 15). 60분이 넘거나 0으로 끝내는 것은 운영진만',
          },
          channel: TALK_CHANNEL,
        },
      },
      block: {
        name: '금지',
        description: '봇이 쓰면 안 되는 말을 정합니다',
        options: { word: { name: '단어', description: '금지할 단어나 구절' } },
      },
      unblock: {
        name: '금지해제',
        description: '금지한 말을 다시 허용합니다',
        options: { word: { name: '단어', description: '다시 허용할 단어나 구절' } },
      },
      verbatim: {
        name: '인용한도',
        description: '남의 메시지를 몇 글자까지 그대로 써도 되는지 정합니다',
        options: {
          characters: { name: '글자수', description: '그대로 이어 써도 되는 글자 수 (처음에는 40)' },
          unlimited: { name: '무제한', description: '글자 수를 제한하지 않습니다' },
        },
      },
      forgive: {
        name: '용서',
        description: '다시 말하지 않기로 한 글을 다시 말하게 합니다',
        options: { count: { name: '개수', description: '최근 것부터 몇 개 (기본값 1)' } },
      },
      status: { name: '상태', description: '지금의 설정을 보여 줍니다' },
    },
  },
};
