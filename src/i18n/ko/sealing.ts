import type { sealingErrors as sealingErrorsEn } from '../en/sealing.js';

export const sealingErrors: typeof sealingErrorsEn = {
  corpus_key_missing: ({ path, name }) =>
    `데이터베이스 ${path} 파일의 글은 암호화되어 있는데(키 이름 ${name}), 설정에 키가 없습니다. .env의 CORPUS_KEY에 암호화할 때 쓴 키를 넣으세요. 그 키가 없으면 읽을 수 없습니다.`,
  corpus_key_wrong: ({ path, name }) =>
    `데이터베이스 ${path} 파일의 글은 다른 키로 암호화되어 있습니다(키 이름 ${name}). .env의 CORPUS_KEY에 그 키를 넣으세요. 키를 바꾸려면 그 키를 CORPUS_KEY_PREVIOUS에 넣고 \`npm run -s cli -- rekey\` 명령을 실행하세요.`,
};
