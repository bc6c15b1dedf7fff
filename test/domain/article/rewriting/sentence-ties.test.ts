import { readSentences } from '../../../../src/domain/article/rewriting/extractive/article-sentences';
import { tiesOf } from '../../../../src/domain/article/rewriting/extractive/sentence-ties';

const LEAD = '국내 주유소 휘발유 가격이 6주 연속 올랐다고 한국석유공사가 29일 밝혔다.\n';
const tied = (body: string) => {
  const sentences = readSentences(LEAD + body, '제목');
  return tiesOf(sentences)
    .map((others, index) => others.map((other) => `${index} needs ${other}`))
    .flat();
};

describe('a sentence goes only with', () => {
  it.each<[string, string, string[]]>([
    [
      'what it is the cause of',
      '경유는 ℓ당 1,660.1원으로 24.9원 상승했다. 환율 상승과 유류세 인하 폭 축소의 영향이다.',
      ['2 needs 1'],
    ],
    [
      'its answer, and that with its question',
      'Q. 고시원도 공제받을 수 있나.\nA. 전입신고를 했다면 공제 대상이다.',
      ['1 needs 2', '2 needs 1'],
    ],
    [
      'the question of an interviewer',
      '-올해 성과는 무엇인가.\n"거래액이 85억원으로 지난해의 세 배가 됐습니다."',
      ['1 needs 2', '2 needs 1'],
    ],
    [
      'its speaker',
      '"가격을 앱에 표시만 하면 된다." 소비자원이 음식점에 권고한 내용이다.',
      ['1 needs 2', '2 needs 1'],
    ],
    [
      'what it goes on with',
      '한국은행은 올해 성장률 전망치를 1.0%로 올려 잡았다. 내년은 1.8%로 높였다.',
      ['2 needs 1'],
    ],
    [
      'who it is about',
      '공단은 국민연금 기금이 열 달 만에 240조원 늘었다고 설명했다.\n이 기관은 위험 자산의 비중을 줄이지 않기로 했다.',
      ['2 needs 1'],
    ],
    [
      'what it announces',
      '문제는 규제의 풍선효과다. 상호금융과 저축은행의 가계대출은 1조4천억원 늘었다.',
      ['1 needs 2'],
    ],
    [
      'the step before',
      '1. 누리집에 접속해 사업자등록번호를 입력한다.\n2. 본인 인증을 마치고 고객번호를 넣는다.',
      ['2 needs 1'],
    ],
    [
      'nothing, when it says all',
      '경유는 ℓ당 1,660.1원으로 24.9원 상승했다. 두바이유는 배럴당 64.5달러로 1.3달러 떨어졌다.',
      [],
    ],
  ])('%s', (_what, body, ties) => {
    expect(tied(body)).toEqual(ties);
  });
});
