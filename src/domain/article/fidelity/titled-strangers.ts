import { COMMON_WORDS } from './common-words';
import { KNOWN_NAMES } from './known-names';
import { isOrganisation } from './organisation-words';
import { isForeignSyllables, TITLE } from './person-words';

const MAX_WORDS = 4;
const MAX_LENGTH = 40;
/** The beginning of a sentence or of what somebody said, up to the subject: 쩐 반 하이 청장은. */
const SUBJECT = new RegExp(
  `^((?:[가-힣]{1,6} ){1,${MAX_WORDS}})(${TITLE})(?:은|는|이|가|도|께서는?)(?![가-힣])`,
);
const CLAUSE_BEFORE = /(?:^|[.!?,\n"'“”‘’(]) ?$/;
/** Nouns and modifiers before a title: 연구팀 교수, 담당 국장, 새 사장. */
const NO_NAME =
  /^(?:전|현|새|그|이|저|각|두|세|네|한|여러|다른|같은|어떤|모든|일부|몇|옛|첫|맡은|이끄는|우리|우리나라|저희|미국|해당|담당|민간|외부|내부|신임|전임|후임|차기|당시|현직|전직|예비|초대|역대|노조|주민|시민|정치|경제|금융|통화|재정|무역|통상|외교|국방|산업|에너지|기후|환경|보건|복지|교육|문화|과학|기술|인사|홍보|영업|수석|책임|선임|공동|명예|임시|특별|상임|사외|여성|남성|젊은|나이|유명|지역|지방|중앙|국가|나라|정부|회사|기업|업체|협회|단체|기관|부처|학교|대학|학생|병원|연구팀|연구소|연구진|은행|본사|지점|공장|동네|가게|식당|대표|담임|출신|소속|관련|같이|함께|이어|이날|오늘|어제|앞서|또|또한|특히|하지만|그리고|그러나|그런데|그래서|그러면서|한편|다만|먼저|이미|지금|최근|역시|결국|물론|아직|바로|다시|반면|이에|이와|이처럼|이렇게|그렇게|물러난|떠난|자리)$/;
const NOUN_END =
  /(?:부|처|청|원|실|국|과|팀|단|회|당|사|행|소|서|대|구|군|도|은|는|을|를|의|에|에서|에게|로|와|며|고|면|서|지만|던|된|될|한|할|인|적|들|께|도|만|까지|부터|보다|처럼|기구|기관|기업|연구|위원|시장|산업|정책|전문)$/;

/** 반대표 던진 위원. */
const OF_VERB = /(?:진|긴|친|린|킨|낸|힌|쓴|른|운|든|둔|온) $/;

/** Who is called by a title at the beginning of a clause, and by no word that is one: a name, if it is new. */
export function strangerAt(
  text: string,
  start: number,
): { text: string; start: number; title: string } | null {
  if (!CLAUSE_BEFORE.test(text.slice(Math.max(0, start - 2), start))) return null;
  const [, before, title] = SUBJECT.exec(text.slice(start, start + MAX_LENGTH)) ?? [];
  if (before === undefined) return null;
  const words = before.trim().split(' ');
  const isName = words.length === 1 ? isForeignSyllables(words[0]!) : words.some((word) => word.length > 1);
  return isName && !OF_VERB.test(before) && !words.some(isWord)
    ? { text: before.trim(), start, title: title! }
    : null;
}

function isWord(word: string): boolean {
  return (
    NO_NAME.test(word) ||
    (word.length > 1 && NOUN_END.test(word)) ||
    COMMON_WORDS.has(word) ||
    KNOWN_NAMES.has(word) ||
    isOrganisation(word)
  );
}
