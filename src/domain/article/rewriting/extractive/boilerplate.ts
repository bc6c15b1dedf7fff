const ROLE = '(?:기자|특파원|논설위원|위원|앵커|리포터|에디터|PD)';
const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/;
const COPYRIGHT = /무단\s*(?:전재|복제|배포)|재배포\s*금지|저작권자|ⓒ|©|copyright|all rights reserved/i;
const CALL_TO_READER =
  /관련\s*기사|기사\s*제보|제보하기|제보는|구독|뉴스레터|채널\s*추가|바로\s*가기|바로가기|댓글|공유하기|글자\s*크기|기사\s*입력|최종\s*수정|(?:입력|수정)\s*[:：]?\s*\d{4}[.-]|앱\s*다운로드|눌러\s*주세요|클릭/;
const CREDIT =
  /^(?:글|사진|영상|그래픽|편집|취재|자료|출처|제공)\s*[=:·|/]|(?:사진|자료|제공|출처)\s*=|사진\s*제공|자료\s*사진|\[사진/;
const BYLINE = new RegExp(`^[^.]{0,20}[가-힣]{2,4}\\s*(?:[가-힣]{2,6})?${ROLE}[\\s=,·/|]*$`);
const BULLET = /^[▲▼▶▷►◀◁■□◆◇●○※☞★☆△▽]\s*/;
const AGENCY_PREFIX = /^[[(【<][^\])】>\n]{0,20}=[^\])】>\n]{1,20}[\])】>]\s*/;
const TAG_PREFIX = /^(?:\[[^\]\n]{1,20}\]|【[^】\n]{1,20}】)\s*/;
const BYLINE_PREFIX = new RegExp(`^[가-힣]{2,4}\\s*(?:[가-힣]{2,6})?${ROLE}\\s*=\\s*`);

/** A line without what an agency puts before its text: "(서울=연합뉴스) 홍길동 기자 = ", "[앵커]", a bullet. */
export function stripLinePrefix(line: string): string {
  return line
    .trim()
    .replace(AGENCY_PREFIX, '')
    .replace(TAG_PREFIX, '')
    .replace(BYLINE_PREFIX, '')
    .replace(BULLET, '');
}

/** Whether a sentence is a byline, a caption, a copyright notice, a table row, a call to the reader, or the headline again. */
export function isBoilerplate(sentence: string, title: string): boolean {
  const complete = /(?:다|요|죠|까)[.!?…]*["”’']?$/.test(sentence);
  if (EMAIL.test(sentence) || COPYRIGHT.test(sentence) || BYLINE.test(sentence)) return true;
  if (/기사\s*제보|제보는|눌러\s*주세요/.test(sentence)) return true;
  if (
    !complete &&
    (CALL_TO_READER.test(sentence) || CREDIT.test(sentence) || /^https?:\/\/\S+$/.test(sentence))
  )
    return true;
  if (/(?:구독|클릭|추가|확인|다운로드)(?:해\s*주|하)세요/.test(sentence)) return true;
  const visible = sentence.replace(/\s/g, '');
  const letters = visible.replace(/[^\p{L}]/gu, '');
  if (letters.length < visible.length * 0.4) return true;
  return !complete && isSameText(sentence, title);
}

/** Whether it is a whole sentence rather than a subheading or a caption. */
export function isCompleteSentence(sentence: string): boolean {
  return /[.!?…。]["”’')\]]*$/.test(sentence) || /(?:다|요|죠|까)["”’']?$/.test(sentence);
}

/** Single Chinese characters of headlines, which young readers no longer learn. */
const HANJA = new Map(
  (
    '美미국 日일본 韓한국 北북한 英영국 獨독일 佛프랑스 印인도 中중국 與여당 野야당 檢검찰 警경찰 軍군 銀은행 車자동차 硏연구원 ' +
    '社사 前전 現현 新신 故고 反반 對대 發발 株주'
  )
    .split(' ')
    .map((pair) => [pair[0]!, pair.slice(1)]),
);
const LONE_HANJA =
  /(?<!\p{Script=Han})[美日韓北英獨佛印中與野檢警軍銀車硏社前現新故反對發株](?!\p{Script=Han})/gu;

/** A headline without tags such as [속보] and the name of the site, on one line, lone Chinese characters spelt out. */
export function cleanTitle(title: string): string {
  const cleaned = title
    .replace(/\s+/g, ' ')
    .replace(/\s*[[【][^\]】]{0,20}[\]】]\s*/g, ' ')
    .replace(/[(<](?:종합|속보|단독|포토|영상|상보|업데이트|\d보|종합\d보)[)>]/g, ' ')
    .replace(/\s[|｜]\s[^|｜]{1,20}$/, '')
    .replace(/\s-\s[^-]{1,12}(?:뉴스|신문|경제|일보|데일리|투데이)$/, '')
    .replace(BULLET, '')
    .replace(LONE_HANJA, spellHanja)
    .replace(/…/g, '… ')
    .replace(/\s+/g, ' ')
    .trim();
  return cleaned || title.replace(/\s+/g, ' ').trim();
}

function isSameText(left: string, right: string): boolean {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
  const [a, b] = [letters(left), letters(right)];
  return (
    a.length > 0 &&
    b.length > 0 &&
    (a === b || (a.length > 8 && b.includes(a)) || (b.length > 8 && a.includes(b)))
  );
}

/** 中 is China only at a beginning ("中 경기", "美·中"): elsewhere it means "during"; 日 behind a figure is a day. */
function spellHanja(character: string, at: number, headline: string): string {
  const before = headline.slice(Math.max(0, at - 2), at);
  if (character === '中' && !/(?:^|[^가-힣\d\s])\s*$/.test(before)) return '중';
  if (character === '日' && /\d\s?$/.test(before)) return '일';
  return HANJA.get(character) ?? character;
}
