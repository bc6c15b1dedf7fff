import { serviceConceptOf } from './service-words';

/** Who answers, as readers speak to it. */
const YOU = '(?:산지니|챗봇|(?<![가-힣])(?:너|넌|네가|니가|너한테|너는|너에게|당신)(?![가-힣]))';
const WRONG =
  '(?:틀[리린렸려릴]|잘못|오보|오류|오타|오자|거짓|가짜|사실과|사실이\\s?아니|다[르른]|달라|이상[해하한])';
const OF_ARTICLE = '(?:기사|뉴스|글|본문|내용|숫자|수치|원문|제목)';
const TELLS =
  '(?:신고|제보|정정|고쳐\\s?(?:주|달)|수정\\s?(?:요청|해\\s?주)|문의|어디[^?]{0,6}(?:말|알|신고|제보|연락|물어|얘기)|알려\\s?(?:드|주려|주고)|같[아은]|발견|있[어는네]요)';
const FAILS =
  '(?:안\\s?(?:되|돼|됨|댐|된|돼요|들어가|열)|못\\s?(?:하|해|들어)|실패|오류|에러|튕|막[혔히]|자꾸|문제)';

interface ServiceQuestion {
  asked: RegExp;
  /** How the FAQ would put it. */
  said: string;
}

const of = (said: string, ...asked: string[]): ServiceQuestion => ({
  said,
  asked: new RegExp(asked.join('|'), 'i'),
});

/** What readers ask about the service itself, in whatever words. */
const SERVICE_QUESTIONS: readonly ServiceQuestion[] = [
  of(
    '기사에 잘못된 내용이 있어요',
    `${OF_ARTICLE}.*${WRONG}.*${TELLS}`,
    `${WRONG}.*${OF_ARTICLE}.*${TELLS}`,
    `오보.*${TELLS}`,
  ),
  of(
    '탈퇴하면 내 정보는 어떻게 되나요',
    '탈퇴',
    '계정(?:을|도|은)?\\s?(?:좀\\s?)?(?:지우|지워|삭제|없애|해지|닫)',
    '회원(?:을)?\\s?(?:해지|그만)',
  ),
  of(
    '로그인은 어떻게 하나요',
    `(?:로그인|로긴|접속).*${FAILS}`,
    '^(?!.*(?:안\\s?(?:하|해)|않|없이)).*(?:로그인|로긴).*(?:어떻게|방법|비번|비밀번호|암호)',
    '(?:비번|비밀번호|암호).*(?:만든|만들|잊|까먹|모르|찾|기억)',
  ),
  of('뉴스레터는 어떻게 받거나 그만 받나요', '뉴스\\s?레터', '메일링', '메일.{0,8}(?:구독|수신|그만|끊)'),
  of(
    '산지니가 모르겠다고 답하는 이유는 무엇인가요',
    '모르겠(?:어요|다|대|대요|습니다)?(?:라고|라|다고|고|만|는\\s?말)만?\\s?(?:만\\s?)?(?:하|해|답|말|나오|뜨)',
    `${YOU}.*(?:지어\\s?내|거짓말|정확|믿)`,
    `(?:${YOU}.*왜|왜.*${YOU}|답.{0,3}왜|왜.{0,6}답).*(?:몰라|모르|못\\s?(?:하|해)|안\\s?(?:하|해))`,
  ),
  of(
    '산지니에게 하루에 몇 번 물어볼 수 있나요',
    '(?:하루|오늘|일일|매일).*(?:질문|물어|묻).*(?:몇|개수|갯수|횟수|제한|한도|까지|번)',
    '(?:하루|오늘).*몇\\s?(?:번|개).*(?:질문|물어|답)',
    '질문.{0,6}(?:제한|한도|횟수|개수|갯수)',
  ),
  of(
    '산지니는 무엇을 답해 주나요',
    `${YOU}.*(?:뭘|뭐|무엇|무슨|어떤|어디까지).*(?:할\\s?(?:수|줄)|하는|대답|답|물어|도와|해\\s?(?:줄|주)|알아|아는)`,
    `(?:뭘|뭐|무엇|어떤\\s?(?:걸|거|것|질문)).*(?:물어|질문).*(?:수|돼|되|될|하면)`,
    `(?:산지니|챗봇)(?:가|는|이|은|란)?\\s?(?:뭐|뭔|누구|무엇|소개|사용|쓰는|기능)`,
    `${YOU}.{0,4}(?:누구|정체|소개)`,
  ),
  of(
    '운영자에게 문의하려면 어떻게 하나요',
    '고객\\s?(?:센터|지원|상담)',
    '(?:문의|건의|제안|연락|피드백).*(?:어디|어떻게|방법|싶|있|하려)',
    '어디.*(?:문의|건의|연락)',
    '(?:운영[자진팀]|관리자|담당자).*(?:말|연락|문의|물어|전하|알려)',
  ),
];

/** What the FAQ would say for a question about the service; null for one about anything else. */
export function serviceQuestionOf(question: string, nouns: readonly string[]): string | null {
  if (nouns.some((noun) => serviceConceptOf(noun) === null)) return null;
  return SERVICE_QUESTIONS.find(({ asked }) => asked.test(question))?.said ?? null;
}
