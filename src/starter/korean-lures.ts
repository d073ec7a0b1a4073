/** Korean kinds of spam. */
export const koreanLures: Readonly<Record<string, readonly string[]>> = {
  nitro: [
    '[무료|공짜] [니트로|디스코드 니트로] [받아가세요|나눔|지급] [선착순 {small}명|{span}] {badlink}',
    '[니트로 선물|스팀 기프트] [도착|당첨] [지금 수령|확인하기] {badlink}',
  ],
  casino: [
    '[첫충|매충|신규] [{small}%|보너스 {amount}%] [안전|검증] [놀이터|카지노|토토] {badlink}',
    '[바카라|슬롯|사다리] [무료 쿠폰|꽁머니] [{large}원|지급] [텔레|카톡] {handle}',
  ],
  coin: [
    '[코인|주식|선물] [리딩방|급등주|무료 정보] [수익률 {percent}|하루 {amount}만원] [입장|참여] {badlink}',
    '[비트코인|이더리움] [에어드랍|두 배] [지갑 연결|참여] {badlink}',
  ],
  job: [
    '[재택|단기|고수익] [알바|부업] [일당|하루] {amount}만원 [초보 가능|폰만 있으면] [카톡|텔레그램] {handle}',
  ],
  loan: ['[급전|소액|무직자] 대출 [당일|{small}분] [가능|승인] [상담|문의] {phone}'],
  parcel: [
    '[택배|우체국] [주소 불일치|배송 보류] [확인|수정] 바랍니다 {badlink}',
    '[국세청|건강보험] [환급금|미수령금] {large}원 [조회|신청] {badlink}',
  ],
  invite: ['[친목|게임|19금] 디코 [서버|방] [놀러와|들어와] [여자 많음|니트로 이벤트|] {invite}'],
};
