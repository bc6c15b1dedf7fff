/** What stands around an article: each text here must be absent from every extracted text. */
const SECTIONS = [
  '정치',
  '경제',
  '사회',
  '국제',
  '문화',
  '스포츠',
  '부동산',
  '증권',
  '오피니언',
  '연예',
  '과학',
  '지역',
];
const HEADLINES = [
  '눈길 사고 잇따라 출근길 지각 속출',
  '아이돌 그룹 새 앨범 예약 첫날 매진',
  '프로배구 여자부 순위 싸움 점입가경',
  '동네 병원 독감 환자 지난주의 두 배',
  '수능 끝난 고3 겨냥한 할인 행사 봇물',
  '길고양이 급식소 놓고 주민끼리 다툼',
  '올겨울 첫 한파 특보 내일 아침 영하 9도',
  '유명 배우 드라마 복귀작 시청률 1위',
  '고속도로 휴게소 음식값 또 오른다',
  '새 아파트 단지 이름 짓기 공모전 열려',
];
const REMARKS = [
  '맨날 똑같은 소리만 하네요',
  '우리 동네도 저랬으면 좋겠다',
  '기자님 좋은 내용 잘 봤습니다',
  '결국 서민만 힘들어지는 거지 뭐',
  '그래서 어쩌라는 건지 모르겠음',
  '댓글 보러 들어온 사람 손',
];
const SHARE = ['페이스북 공유하기', '카카오톡 보내기', '글자 크기 조절', '기사 스크랩하기', '인쇄하기'];
const NEWSLETTER = '매주 화요일 아침 편지를 보내 드립니다';
const FOOTER = [
  '청소년보호책임자 박관리',
  '사업자등록번호 000-00-00000',
  '고충처리인 안내',
  '개인정보처리방침',
];

export const FURNITURE: readonly string[] = [
  ...HEADLINES,
  ...REMARKS,
  ...SHARE,
  ...FOOTER,
  NEWSLETTER,
  '많이 본 뉴스',
  '함께 볼 만한 소식',
];

export const list = (items: readonly string[], item: (text: string, n: number) => string): string =>
  items.map(item).join('\n');

export const menu = (of = SECTIONS): string =>
  `<ul class="gnb">${list(of, (name, n) => `<li><a href="/section/${n}">${name}</a></li>`)}</ul>`;

export const ranking = (title = '많이 본 뉴스', count = HEADLINES.length): string =>
  `<h3>${title}</h3><ol>${list(HEADLINES.slice(0, count), (text, n) => `<li><a href="/article/9${n}"><em>${n + 1}</em> ${text}</a></li>`)}</ol>`;

/** Cards with a picture, a headline and an excerpt, as readers meet them under an article. */
export const cards = (title = '함께 볼 만한 소식', count = 6): string =>
  `<strong>${title}</strong>${list(
    HEADLINES.slice(0, count),
    (text, n) =>
      `<div class="card"><a href="/article/8${n}"><img src="/thumb/8${n}.jpg" alt=""><b>${text}</b><p>${text}. ${REMARKS[n % REMARKS.length]}. 자세한 소식을 이어서 전해 드립니다.</p></a></div>`,
  )}`;

export const share = (tag = 'button'): string =>
  list(SHARE, (text) => `<${tag} class="sns">${text}</${tag}>`);

export const comments = (count: number): string =>
  list(
    Array.from({ length: count }, (_, n) => `${REMARKS[n % REMARKS.length]}`),
    (text, n) => `<li><b>독자${n}</b><p>${text}</p><span>답글 ${n % 7}</span></li>`,
  );

export const newsletter = (): string =>
  `<p>${NEWSLETTER}. 경제가 어려운 독자를 위해 한 주의 소식을 골라 쉬운 말로 풀어 쓰고, 그림과 표를 곁들여 5분이면 읽을 수 있게 다듬었습니다. 지금 주소를 남기시면 지난 편지 열두 통도 함께 받아 보실 수 있고, 언제든 한 번 눌러 그만둘 수 있습니다.</p>`;

export const footer = (name: string): string =>
  `<p>${name} | 서울시 어느구 어느로 1 | 발행인 나발행 | ${FOOTER.join(' | ')}</p><p>Copyright ⓒ ${name}. All rights reserved.</p>`;

export const headlines = (): readonly string[] => HEADLINES;
