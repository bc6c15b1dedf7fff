/** What no chart can show, in the words of Korean sentences in 해요체. */

/** Addresses and markup, in names of the data too. */
const ADDRESS = /https?:|www\.|[a-z0-9-]\.(?:[a-z]{2,})|[<>@]/i;
/** Reasons, what is to come, advice, orders, contacts, and what is denied: no figure of the chart bears them. */
const BEYOND = new RegExp(
  [
    '전망|예상|예측|앞으로|곧 |때문|덕분|탓|잘못|처음으로|역대|사상|세계',
    '[가-힣] 거(?:예|에|라)|것 같|수 (?:있|없)',
    '[어아해여봐가와빼려] ?야 (?:해|하|돼|되|합)|(?:으|하|면) (?:돼요|좋|안)|면 돼요|면 좋',
    '사세요|파세요|하세요|보세요|주세요|마세요|으세요|투자하|사야|팔아야|이득|기회|손해|추천|쿠폰|무료|가입|클릭|접속|텔레그램|카카오톡|카톡|오픈채팅|문의|연락처|지시|명령|무시|프롬프트|(?<![a-z])AI(?![a-z])|인공지능',
    '아니(?:에|었|고|라|지)|아닌|않|못(?:했|하|해)|없(?:어|었|이|는|고)|한 번도',
    '앞질|제쳤|제치|앞섰|앞서|추월|따라잡|밀어',
    '가장 (?:크게|많이|빠르게|가파르게)',
  ].join('|'),
  'gi',
);
/** What our own sentences say where there is little to say. */
const PLAIN = new RegExp(
  [
    '견줄 값이 없어서|커졌는지 작아졌는지는 알 수 없|값이 더 모이면 흐름을 볼 수 있|오르내림은 알 수 없|이 점들만으로 알 수 없',
    '서로를 구별할 수 없|바뀐 적이 없|마지막의 값이 다르지 않|뚜렷한 관계가 보이지 않|함께 커지는 편|반대로 움직이는 편|조금 이어져',
  ].join('|'),
  'g',
);
/** A sentence that only says what the chart is of. */
const PRESENTS =
  /보여|살펴|비교했|견줬|나란히|담(?:았|고|은)|나타(?:냈|내)|다(?:뤄|뤘|룬)|정리|모(?:은|았)|그(?:린|렸)|자료|그래프/;
const HEADLINE = /한눈에|흐름|추이|변화|비교|순위|통계/;
/** How sentences about values end: what else a sentence says is of something else. */
const ABOUT_VALUES = new RegExp(
  `(?:${[
    '예|이에|였어|이었어',
    '(?:높|낮|많|적|작|같)(?:아|어|았어|었어)|커|컸어|비슷해|비슷했어|가까워|가까웠어|고르|달라|달랐어',
    '(?:올|내|늘|줄|떨어|뛰|넘|웃돌|밑돌|이어|벌어|좁혀|높아|낮아|커|작아|많아|적어|바뀌|움직|머물|그|나타|오르내)(?:라|려|어|아|여|져|러|랐어|렸어|었어|았어|였어|졌어|났어|쳤어|나)',
    '살아|놓았어|견줬어|(?:마무리|비교|집계|조사|기록|증가|감소|상승|하락|급등|급락|차지|유지|시작|변|변화|달|도달)(?:해|했어)',
    '보여|보였어|보여 줘|보여 줬어|살펴봤어|담았어|모았어|나와|나왔어|갔어|내려갔어|올라갔어|내려왔어|올라왔어|왔어|됐어|돼|있어|나뉘어|그쳤어|집계됐어|치솟았어|수 없어|않아|없어',
  ].join('|')})요[.!?]*$`,
);

/** What of a sentence is beyond the chart, names left aside in `text`; null for nothing. `named` is what may be named. */
export function beyondChart(sentence: string, text: string, named: string): string | null {
  const words = [...text.replace(PLAIN, '').matchAll(BEYOND)].map(([word]) => word);
  return ADDRESS.exec(sentence)?.[0] ?? words.find((word) => !named.includes(word.trim())) ?? null;
}

export function isPlain(text: string): boolean {
  return text.search(PLAIN) >= 0;
}

export function presentsChart(text: string): boolean {
  return PRESENTS.test(text);
}

/** Of a title that names nothing of the chart. */
export function isPlainTitle(text: string): boolean {
  return (HEADLINE.test(text) || presentsChart(text)) && !/[요다까라][.!?]*$/.test(text);
}

export function endsWithValues(text: string): boolean {
  return ABOUT_VALUES.test(text);
}
