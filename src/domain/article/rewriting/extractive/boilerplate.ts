const ROLE = '(?:기자|특파원|논설위원|위원|앵커|리포터|에디터|PD)';
const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/;
const COPYRIGHT =
  /재판매|무단\s*(?:전재|복제|배포)|재배포\s*금지|저작권자|ⓒ|©|copyright|all rights reserved/i;
const CALL_TO_READER =
  /관련\s*기사|기사\s*제보|제보하기|제보는|구독|뉴스레터|채널\s*추가|바로\s*가기|바로가기|댓글|공유하기|글자\s*크기|기사\s*입력|최종\s*수정|(?:입력|수정)\s*[:：]?\s*\d{4}[.-]|앱\s*다운로드|눌러\s*주세요|클릭/;
const CREDIT =
  /^(?:글|사진|영상|그래픽|편집|취재|자료|출처|제공)\s*[=:·|/]|(?:사진|자료|제공|출처)\s*=|사진\s*제공|자료\s*사진|\[사진/;
const BYLINE = new RegExp(`^[^.]{0,20}[가-힣]{2,4}\\s*(?:[가-힣]{2,6})?${ROLE}[\\s=,·/|]*$`);
/** Whole sentences around an article that are none of its own: how it was made, who reports, what a picture shows. */
const AROUND =
  /^(?:다음은|아래는) .{0,40}일문일답|^(?:[A-Z]{2,5}(?:뉴스)?|[가-힣A-Z]{2,6}(?:뉴스|방송|TV)) [가-힣]{2,4}입니다\.?$|^(?:붙임|첨부|별첨|문의|문의처|담당|담당자)\s?\d?\s?[:：.]|^(?:지금까지|이상)\s.{0,30}(?:입|였|이었)습니다\.?$|기자(?:가 (?:보도합|보도했습|취재했습|전합|전해드립)니다|입니다|였습니다)\.?$|^(?:이|본|해당) (?:기사|콘텐츠|뉴스|영상)(?:는|은) .{0,60}(?:발행|작성|제작|생성|출고|제휴|협찬|번역)|(?:URL|주소)[가이]? 복사되|기사(?:와|의)? ?(?:내용)?(?:과|와)?는? (?:직접적?인? ?)?(?:관련|관계)(?:이|가) ?없|^(?:좋아요|추천|댓글|조회)\s?\d/;
const BULLET = /^[▲▼▶▷►◀◁■□◆◇●○※☞★☆△▽]\s*/;
const PUBLISHED_AT =
  /^.{0,30}\d{4}[-.]\s?\d{1,2}[-.]\s?\d{1,2}[.\s]*(?:(?:오전|오후)?\s*\d{1,2}:\d{2}(?::\d{2})?)?$/;
/** What a picture shows, with where the picture is from. */
const CAPTION =
  /(?:있다|있습니다|모습(?:이다)?|전경|현장|조감도|하는|왼쪽부터)\.?\s*[/[(<ⓒ|=]?\s*(?:사진|연합|뉴시스|뉴스1|게티|로이터|AP|AFP|EPA|자료|[^.]{1,12} ?제공|\d{4}\.\s?\d{1,2}\.\s?\d{1,2})[^.]{0,30}[\])>]?$/;
/** A place and a date before the text of a press release: 2026. 4. 27. 서울 – */
const DATELINE = /^\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.?\s?(?:[가-힣]{2,6}\s?)?[–—-]\s+/;
const AGENCY_PREFIX = /^[[(【<][^\])】>\n]{0,20}=[^\])】>\n]{1,20}[\])】>]\s*/;
const TAG_PREFIX = /^(?:\[[^\]\n]{1,20}\]|【[^】\n]{1,20}】|[<‹＜](?:앵커|기자|리포트|인터뷰)[>›＞])\s*/;
const END_MARK = /\s*(?:[(<[【](?:끝|계속|완)[)>\]】]|\(사진=[^()]{0,20}\))\s*$/;
const BYLINE_PREFIX = new RegExp(`^[가-힣]{2,4}\\s*(?:[가-힣]{2,6})?${ROLE}\\s*=\\s*`);

/** A line without what an agency puts before its text: "(서울=연합뉴스) 홍길동 기자 = ", "[앵커]", a bullet. */
export function stripLinePrefix(line: string): string {
  return line
    .trim()
    .replace(DATELINE, '')
    .replace(AGENCY_PREFIX, '')
    .replace(TAG_PREFIX, '')
    .replace(BYLINE_PREFIX, '')
    .replace(BULLET, '')
    .replace(END_MARK, '');
}

/** Whether a sentence is a byline, a caption, a copyright notice, a table row, a call to the reader, or the headline again. */
export function isBoilerplate(sentence: string, title: string): boolean {
  const complete = /(?:다|요|죠|까)[.!?…]*["”’']?$/.test(sentence);
  if (AROUND.test(sentence) || (!complete && PUBLISHED_AT.test(sentence))) return true;
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

/** Whether a line tells what a picture shows. */
export function isCaption(line: string): boolean {
  return CAPTION.test(line);
}

/** Whether it is a whole sentence rather than a subheading or a caption. */
export function isCompleteSentence(sentence: string): boolean {
  // A headline that a list cuts off ends in two full stops.
  if (/[^.]\.\.$/.test(sentence)) return false;
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
