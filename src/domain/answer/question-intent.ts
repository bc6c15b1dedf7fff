import { FINAL, finalConsonant } from '../korean/hangul';
import { plainly } from './question-words';

/** What somebody wants that no source of ours can give, whatever words they share with one. */
const SECRETS = [
  /프롬프트|지침|지시\s?(?:문|사항)|(?:이전|위의?|앞의?|모든|지금까지의?)\s?(?:지시|명령|규칙|설정)|명령을? ?무시|탈옥|개발자 ?모드/,
  /(?:api|에이피아이|비밀|시크릿|인증|서명)[\s-]*(?:키|key|토큰)|환경\s?변수|토큰을? ?(?:알려|보여|출력|줘)|소스\s?코드|데이터베이스|디비|\bdb\b|서버 ?(?:주소|아이피|ip|비밀)/i,
  /(?:관리자|어드민|admin|운영자|직원)[^.?!]{0,12}(?:비밀|비번|암호|계정|아이디|권한|이메일|번호)/i,
  /(?:비밀번호|비번|암호|주민등록번호|주민번호|카드\s?번호|계좌\s?번호)[^.?!]{0,8}(?:알려|보여|말해|출력|뭐|내놔|줘|공개)/,
  /(?:다른|딴|옆|남의|누가|모든|전체)\s?(?:독자|사용자|유저|회원|이용자|사람|고객|가입자)(?:들)?(?:의|이|가|은|는|도|을|를|한테|들)?[^.?!]{0,20}(?:질문|대화|기록|정보|이메일|메일|목록|계정|이름|연락처|전화|물어|읽은|읽었|뭐|봤|본 |보여)/,
  /(?:라는|란)\s?(?:독자|사용자|유저|회원|이용자)|[가-힣]{2,4}(?:님|씨)의 ?(?:질문|기록|이메일|전화|정보)|(?:독자|사용자|회원|이용자|가입자)(?:들)?(?:의|들)?\s?(?:명단|목록|리스트|개인정보|이메일|연락처|전화번호)/,
  /system\s*prompt|(?:ignore|disregard|forget)\b[^.?!]{0,30}(?:instruction|prompt|rule|previous|above)|password|api\s*key|\bjailbreak|you are now|act as|secret/i,
  /(?:너|넌|네|니|너의|당신|ai|챗봇|산지니)[^.?!]{0,12}(?:설정|규칙|명령어?|시스템|모델|만든 ?사람|개발자|역할)/i,
  /(?:select|drop|delete|insert|update)\s.{0,30}(?:from|table|into|user)/i,
] as const;

const FINANCIAL =
  /주식|종목|코인|비트코인|이더리움|암호화폐|가상자산|etf|펀드|코스피|코스닥|나스닥|s&p|채권|국채|달러|엔화|환전|금값|(?:^|\s)금(?:을|은|이|도)?\s|골드|부동산|아파트|집을?\s|집|빌라|오피스텔|청약|리츠|선물|옵션|적금|예금|연금|보험|재테크|투자|주가|주를|테마주|배당주|공모주|레버리지|회사채|삼성|엘지|테슬라|엔비디아|애플|하이닉스|카카오|네이버|현대차/i;
const ADVICE =
  /(?:살까|살지|팔까|팔지|탈까|넣을까|넣어도|갈아탈까|들어갈까|담을까|담아도|물탈까|버틸까|존버|묻어|몰빵|올인|영끌)|(?:사|팔|들어가|매수|매도|투자|가입|대출받아|갈아타|손절|익절|정리)(?:하|해)?[도야]\s?(?:돼|되|될|됨|됩|괜찮|할|하|해|좋|이득|맞)|(?:사는|파는|투자하는|매수하는|매도하는|들어가는|갈아타는|넣는)\s?(?:게|것이|거|편이|타이밍)\s?(?:좋|나|맞|낫|어때|괜찮|이득|현명)|(?:매수|매도)\s?(?:타이밍|추천|할|해야|각)|(?:추천|골라|찍어|집어)\s?(?:해|주|줘|좀|종목|부탁|달라)|추천(?:해|주|좀|부탁|종목)|유망한?|뭐\s?(?:사|살)|뭘\s?(?:사|살)|어디에?\s?(?:투자|넣|묻)|대박|오를\s?만한|오를\s?(?:종목|주식|코인)|사야\s?(?:해|하|돼|되|할|될)|사면\s?(?:돼|되|될|좋|오르|벌|이득|괜찮)|(?:수익|돈)(?:을|이)?\s?(?:낼|벌|많이|날)|추매|떡상|포트폴리오\s?(?:짜|구성|추천|만들)/i;
const ALWAYS_ADVICE =
  /종목\s?(?:하나|좀|추천|찍|골라|알려)|(?:주식|코인|etf|펀드|종목)[^.?!]{0,12}(?:추천|찍어|골라)|물타기|추천\s?(?:종목|주)|수익\s?(?:날|낼|나는)/i;

/** What is told only by the minute, or not yet. */
const BY_THE_MINUTE =
  /(?:오늘|내일|모레|어제|실시간|현재가|방금|이번\s?주|다음\s?주|담주|이따|다음\s?달|담달|담주|주말에)/;
const FORECAST =
  /(?:[를을갈길될릴]|할|질|날|뛸|볼|클|풀)\s?(?:까|까요|거|것|건|지\s|려나|는지|라나)|오르나|내리나|떨어지나|되나|전망|예측|예상|몇\s?(?:이|월|일|원|포인트)|얼마|어때|어떻|알려/;

const OFF_TOPIC = [
  /날씨|기온|미세\s?먼지|비\s?(?:와|오|올|옴)|눈\s?(?:와|오|올|옴)|우산|태풍\s?경로|몇\s?도/,
  /축구|농구|배구|골프|월드컵|손흥민|이강인|경기\s?(?:결과|일정|스코어)|스코어|누가\s?(?:이겼|우승|졌)|몇\s?대\s?몇|홈런|골\s?넣/,
  /점심|저녁\s?(?:메뉴|뭐|추천|먹)|아침\s?(?:뭐|메뉴)|야식|메뉴|맛집|레시피|요리\s?법|만드는\s?(?:법|방법)|끓이는|먹을까|먹지|배고파|맛있는/,
  /코드\s?(?:짜|작성|좀|를)|파이썬|자바스크립트|\bpython|\bjava|프로그래밍|알고리즘|정렬|번역|영작|영어로|수학|방정식|숙제|독후감|자기소개서|자소서|시\s?(?:한\s?편|써|지어)|소설|작문|이메일\s?써/i,
  /연애|남친|여친|남자\s?친구|여자\s?친구|소개팅|고백|이별|운세|타로|(?<!자)사주|궁합|mbti|로또|복권|당첨\s?번호|꿈\s?해몽/i,
  /노래|가사|아이돌\s?누구|드라마\s?(?:뭐|추천|볼)|볼\s?만한|영화\s?(?:추천|뭐|볼)|웹툰\s?추천|농담|웃긴|끝말\s?잇기|심심|놀아|게임\s?(?:하자|추천|공략)/,
  /감기|두통|병원|약\s?(?:먹|추천)|증상|다이어트|살\s?빼|운동\s?(?:법|루틴)|헬스|탈모/,
  /대통령|총선|대선|국회의원\s?누|정당|지지율|선거|전쟁\s?(?:언제|누)/,
  /몇\s?시(?!간)|무슨\s?요일|며칠이|몇\s?살|나이가|이름이\s?뭐(?:야|예요|니|에요)?\s*\??$|누가\s?만들|사람이야|로봇이|살아\s?있/,
  /싶(?:다|어|어요|습니다)[.!~ㅠㅜ]*$|잘\s?[가-힣]+는\s?(?:법|방법)/,
  /수도(?:가|는)\s?(?:어디|뭐)|얼마나\s?걸려|가는\s?(?:길|법)|길\s?찾|버스\s?시간|기차\s?시간|비행기\s?표/,
] as const;

const GREETING =
  /^(?:안녕|하이|헬로|반가|반갑|고마|고맙|감사|땡큐|수고|잘\s?(?:가|자|있어|썼|지내)|사랑|미안|죄송|ㅎㅇ|ㅂㅇ|ㄱㅅ|ㅇㅇ|ㄴㄴ|ㅇㅋ|넵|네$|응$|hello|hi\b|hey|thank|bye|굿모닝|좋은\s?(?:아침|하루|저녁|밤)|야$|저기요|여보세요|심심|뭐\s?해|test|테스트)/i;

/** What the words around a thing ask of it. */
const DEFINITION =
  /(?:뜻|의미|개념|정의|용어|설명|쉽게\s?(?:말|풀|알|설명)|무슨\s?(?:말|뜻|소리|의미|얘기|단어|제도|지수|지표)|이?란\s?(?:게\s|것은\s|건\s)?(?:뭐|뭔|무엇|무슨)|이?란\s?\?*$|이?라는\s?(?:게|건|것|말|용어|단어|거)|이라고\s?하는|모르겠|궁금|뭐\s?하는\s?(?:곳|데|거|건|기관)|(?:이|가|은|는|이란|란|게|건|걸)?\s?(?:뭐|뭔|모|머|무엇|뭣)\s?(?:야|예|에|니|냐|지|죠|임|가요|데|지요|인|일|고|길래|라고|요|\?|$)|뭡니까|무엇|뭔가|뭔지|뭔데|what\s|meaning|define|explain|차이|다른\s?(?:점|거|건|가)|달라|다르|비교|구분|구별|알려\s?(?:줘|주|달)|가르쳐|예시|예를|예\s?들)/i;
/** What is asked of a thing rather than what it is: 공통점이 뭐야. */
const PROPERTY =
  /(?:^|\s)(?:공통점|근거|가지|방법|이유|반응|특징|효과|영향|문제점?|배경|대책|전망|조건|기준|대상|장점|단점|비결|해법|해결책|과제|원인|결과|시나리오|내용|입장|주장|목표|계획|규모|순위|걱정|우려|혜택|의견|요구|쟁점|변수)(?:들)?(?:이|가|은|는)?\s?(?:뭐|무엇|뭔|어떤|어떻)/;
/** The name of what is told. */
const NAMELESS =
  /뭐더라|있잖아|그게\s(?:정확히|대체|도대체)?\s?(?:뭐|뭔)|(?:권리|제도|방식|상품)(?:가|이|도)?\s?있(?:다고|다면서|다던데|다는데|던데)|(?:뭐|무엇이|뭘|머)(?:라고|라|라구)\s?(?:하|해|부르|불|그|하죠|칭)|뭐였(?:더라|지|죠)|(?:이름|명칭|용어)(?:이|은|는|가)?\s?(?:뭐|뭔|무엇|기억|생각|있)|(?:부르는|일컫는|가리키는|뜻하는|말하는|나타내는)\s?(?:말|이름|용어|단어|명칭)|무슨\s?(?:용어|단어)(?!.*뜻)/;
const HAPPENING_ASKED = /왜|얼마|몇|언제|누가|누구|어디|어떻게|어때|무슨|추천/;
/** What ends a question for something else than a name, or no noun at all. */
const NO_NAME =
  /(?:[요다까죠냐니래대임줘]|[은는을]지|는데|은데|거야|하지)$|^점$|^(?:이유|원인|까닭|때|영향|배경|시기|방법|법|중|동안|뜻|방안|대책|사람|이야기|얘기|내용|곳|날|결과|종목|게임|수|노래|영화|음식)/;
/** Asked for what a word means, whatever is told beside it: 관세가 뭐고 누가 내요? */
const MEANS =
  /^\S+(?:\s\S+)?(?:이|가|은|는|란|이란)\s(?:뭔지|뭐고|뭔데|무엇이고|뭐야|뭐예요|뭔가요|무엇인지|무엇이며|뭐며)(?:\s|[,.?])|줄임말|약자|뜻|무슨\s?(?:말|뜻|소리|의미)|의미|용어|개념/;
const QUANTITY =
  /얼마|몇\s?(?:명|개|퍼|프로|%|원|년|월|건|곳|배|편|장|척|번|위|대|채|주|살|시간|일|분|km|킬로|가지)|언제/;
/** Asked for a name, or what a name means, and nothing else. */
const DEFINES_STRICTLY =
  /뜻|의미(?:가|는|를|하|\?|$)|개념|정의|용어|줄임말|약자|명칭|단어|무슨\s?(?:말|뜻|소리|의미|상품|제도|지수|지표)|어떤\s?(?:상품|제도|지수|지표|개념|것|거)|이?란\s?(?:게\s|것은\s|건\s)?(?:뭐|뭔|무엇|무슨)|(?:이란|란)\s?\?*$|라는\s?(?:게|건|것|말|용어|거)|라고\s?(?:하|부르|불|해|그러|그래)|뭐라\s?(?:고\s?)?(?:하|부르|불|해|그러|그래)|이름이\s?(?:뭐|뭔|무엇)|부르는\s?(?:말|이름|용어)|(?:이|가|은|는|게|건|걸)?\s?(?:뭐|뭔|무엇|뭣)\s?(?:야|예|에|냐|지|죠|임|가요|데|지요|인|길래|라고|요|\?|$)|뭡니까|무엇인|뭔가|뭔지|뭔데|어떻게\s?(?:구|계산|다르|달)|뭐가\s?(?:다르|달라|틀려|틀린)|뭐\s?하는|차이|다른\s?점|설명|what\s|meaning|define|explain|^\s*(?:그럼|그러면)?\s*\S+(?:은|는)\s?\?\s*$|[.?!]\s*(?:그럼|그러면)\s+\S+(?:은|는)\s?\?\s*$/i;
const HAPPENING =
  /왜|이유|까닭|(?<!직)원인|배경|때문|얼마|몇|언제|누가|누구|어디|[았었였했됐났갔렸왔봤졌뛰]\s?(?:어|다|대|나|던|냐|는|음|고|지|을)|늘었|줄었|올랐|내렸|반응|영향|대책|방안|결과|규모|증가|감소|전망|순위|금액|가격/;
const CONDITION = /면\s|면서|[으]?면\s?(?:왜|어떻|어떤|뭐|누가|좋|나쁜|무슨|안|우리|나)|할수록|을수록/;
const COMPARISON = /차이|다른\s?(?:점|거|건|가)|달라|다르|비교|구분|구별|\s?(?:이랑|랑|하고|와|과|vs\.?)\s/i;
const OF_ARTICLE =
  /필자|글쓴이|요약|정리해|핵심|줄\s?요약|중요한\s?(?:점|것|거|내용)|무슨\s?(?:내용|얘기|이야기|소식)|내용(?:이|을|은)?\s?(?:뭐|알려|쉽게|설명|정리|간단|요)|쉽게\s?(?:다시|풀어|설명|말)|한\s?마디로|결론|그래서\s|이게\s?무슨|무슨\s?말이야|하고\s?싶은\s?말|주장|해결책|해법|대안|제안|입장|뭐라고\s?(?:했|하|말|해)|요점|기억해야|알아야/;

export type Refusal = 'secret' | 'advice' | 'greeting';

export interface Intent {
  /** What is never answered, whatever the sources say. */
  refusal: Refusal | null;
  /** A topic that is none of ours, or what only a live feed knows: a source must say nearly all of the question. */
  isStrange: boolean;
  /** Today's weather, tomorrow's index. */
  isByTheMinute: boolean;
  /** What a thing is. */
  defines: boolean;
  /** That, and not more of it. */
  definesStrictly: boolean;
  /** It tells what a term means and wants its name. */
  isNameless: boolean;
  /** What a word means, whatever is told beside it. */
  means: boolean;
  /** What has happened, why and how much. */
  happens: boolean;
  asksWhy: boolean;
  compares: boolean;
  /** The article as a whole. */
  ofArticle: boolean;
}

export function intentOf(question: string): Intent {
  const text = plainly(question).trim();
  const isByTheMinute = BY_THE_MINUTE.test(text) && FORECAST.test(text);
  return {
    refusal: refusalOf(text),
    isStrange: OFF_TOPIC.some((topic) => topic.test(text)),
    isByTheMinute,
    defines: DEFINITION.test(text),
    definesStrictly: DEFINES_STRICTLY.test(text) && !PROPERTY.test(text),
    isNameless: NAMELESS.test(text) || isBareDescription(text),
    means: MEANS.test(text) && !PROPERTY.test(text),
    happens: QUANTITY.test(text) || PROPERTY.test(text) || (HAPPENING.test(text) && !CONDITION.test(text)),
    asksWhy: /왜|이유|까닭|배경/.test(text) && !CONDITION.test(text),
    compares: COMPARISON.test(text),
    ofArticle: OF_ARTICLE.test(text),
  };
}

/** A thing that is told by a clause before it, and nothing asked of it: 은행이 망할까 봐 돈을 빼는 사태. */
function isBareDescription(text: string): boolean {
  if (HAPPENING_ASKED.test(text)) return false;
  const words = text.replace(/[\s?.!,~ㅋㅎㅠ]+$/, '').split(/\s+/);
  const [before = '', last = ''] = words.slice(-2);
  if (words.length < 4) return false;
  if (/[는은던](?:거|것|그거|건데)$/.test(last)) return true;
  return /^[가-힣]{1,5}$/.test(last) && !NO_NAME.test(last) && isAdnominal(before);
}

/** 내는, 줄어든, 갚을. */
function isAdnominal(word: string): boolean {
  const final = finalConsonant(word);
  return word.length > 1 && (final === FINAL.nieun || final === FINAL.rieul);
}

function refusalOf(text: string): Refusal | null {
  if (SECRETS.some((secret) => secret.test(text))) return 'secret';
  if (ALWAYS_ADVICE.test(text) || (FINANCIAL.test(text) && ADVICE.test(text))) return 'advice';
  return GREETING.test(text) && text.length <= 20 ? 'greeting' : null;
}
