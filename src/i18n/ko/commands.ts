/** The words of an option; `choices` by the value that each one stands for. */
export interface OptionTexts {
  name: string;
  description: string;
  choices?: Record<string, string>;
}

export interface ActionTexts {
  name: string;
  description: string;
  options?: Record<string, OptionTexts>;
}

/** The words of a command, by the English names of its parts; an entry of a message's menu has no description. */
export interface CommandTexts extends ActionTexts {
  subcommands?: Record<string, ActionTexts>;
}

const TALK_CHANNEL = { name: '채널', description: '어느 채널인지 정합니다 (비우면 지금 채널)' };
const STYLE = {
  name: '스타일',
  description: '얼마나 자유롭게 쓸지 정합니다',
  choices: { calm: '차분하게', normal: '보통', wild: '자유분방하게' },
};
const READERS = { name: '대상', description: '이 채널을 보는 사람들의 전용 모델 (비우면 공개 모델)' };
const THRESHOLD = '기준';
const EVERYWHERE = { name: '모든서버', description: '봇이 있는 모든 서버에서, 나중에 들어올 서버까지' };

/** Every command as Korean readers see it; Discord shows these names in their menus. */
export const koCommands: Record<string, CommandTexts> = {
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

  retrain: {
    name: '재학습',
    description: '이 서버의 말뭉치로 새 모델을 학습합니다. 먼저 무엇이 필요한지 알려 줍니다',
    options: {
      minutes: { name: '분', description: '학습할 시간(분)' },
      fresh: { name: '처음부터', description: '현재 모델이 아는 것 없이 처음부터 학습합니다' },
      for: READERS,
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
