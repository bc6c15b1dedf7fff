import { COMMON_WORDS } from './common-words';
import { isLoanword } from './transliterations';

const SURNAMES = new Set(
  '김이박최정강조윤장임한오서신권황안송류유홍전고문손양배허남심노하곽성차주우구민나진지엄원채천방공현함변염추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예봉백여어피갈',
);
const COMMON_SURNAMES = new Set(
  '김이박최정강조윤장임한오서신권황안송류유홍전고문손양배허남심노하곽성차주우구민나진지엄원채천방공현함변염백여',
);
const COMPOUND_SURNAMES = /^(?:남궁|황보|제갈|선우|독고|사공|서문)/;
const GIVEN = new Set(
  '늬늘름빛무두엽결랑흥갑술판출낙락가강건겸경계고관광교구국권귀규균근금기길나난남내노누다단달담대덕도동두라란람래량려련령례로록루리린림마만명모목몽묘문미민바배백범변별병보복본봄봉부빈빛산삼상새샘서석선설섭성세소솔송수숙순슬승시식신실심아안애양언얼엄여연열영예오옥온완왕용우욱운웅원월유윤율은을의이익인일임자잔장재전정제조종주준중증지직진찬창채천철청초춘충치탁태택평표필하학한해향혁현협형혜호홍화환황회효후훈휘흔흠희걸롱룡률솜엘헌',
);
/** The usual syllables of given names, by their place: what an untitled name is told by. */
const USUAL_FIRST = new Set(
  '민서지현영준성정재승동상경은수진태종병창철광규기명문미범보봉선세소순슬시신아안연예용우원유윤의이인일장제주중찬춘충하한해혁형혜호홍화효희다도나가건강관구권근남대덕두래무백석송숙완웅',
);
const USUAL_LAST = new Set(
  '수영호우진희민준현지은연원훈정숙순미경식철석환용규섭욱혁빈린아윤서인주하율찬태혜성선란옥남근기길걸열웅완일재종중직춘탁택필학헌협형화휘흠언',
);
/** Syllables of foreign names, as of loanwords. */
const FOREIGN =
  /[크트프드르츠즈쿠슨슈턴튼랜벨켈델펠젤첼밀런렐렌헨펜톰샘팀빌잭존벤켄맥럼렁닉릭믹픽스클글블플롤콜볼몰폴숄뱅뤼뉴듀튀쿡왓킨린펑젠엘렉럽핀팔컬쥔쉐췬쑨쯔쩡궈웨캉덩룽쑹쩌퉁촨옌]/;
const LOANWORDS =
  /그룹|브랜드|스타트업|프로|스포츠|클럽|펀드|카드|데이터|디지털|글로벌|모빌|플랫폼|서비스|마케팅|리서치|센터|팀|매크로|스튜디오|포럼|콘텐츠|벤처|뱅크|시스템|소프트|온라인|인터넷|에너지|바이오|솔루션|네트워크|컨설팅|투자|증권|은행|전자|기업|회사|스타|리테일|테크|블록|코인|클라우드|트레이|파트너|캐피|홀딩|인베스트|엔터|미디어|패션|푸드|로봇|드론|배터리|엔지니어|디스플레이|케미칼|메디|헬스|호텔|리조트|캠퍼스|크리에이|인플루언서|부문|시장|산업/;

export const TITLE =
  '(?:명예회장|부회장|회장|부총재보|부총재|총재보|총재|장관|차관보|차관|공동대표|부대표|대표이사|대표|부사장|사장|부의장|의장|부위원장|위원장|수석전문위원|전문위원|연구위원|수석위원|위원|명예교수|교수|연구원|애널리스트|이코노미스트|팀장|센터장|본부장|부문장|대통령|부총리|총리|주석|의원|감독|코치|선수|실장|국장|과장|부장|차장|청장|처장|원장|은행장|행장|도지사|지사|이사장|전무|상무|이사|최고경영자|최고재무책임자|창업자|창업주|변호사|회계사|세무사|박사|소장|수석|대변인|특보|보좌관|비서관|심의관|정책관|기획관|작가|배우|가수|사무총장|총장|학장|구청장|군수|재판관|대사|지점장|대법관|대법원장|판사|검사|검찰총장|원내대표|당대표|최고위원|사무처장|사무국장|단장|총괄|담당관|부원장|부교수|조교수|연출|협회장|조합장|사무관|주무관|셰프|기자|아나운서|앵커|변리사|약사|의사|간호사|경위|경감|경정|총경|목사|신부|스님|매니저|점장|점주|이장|사육사|해설위원|연구관|연구사|권한대행|직무대행|디렉터|프로듀서|파트너|통계사|주지사|외무상|관방장관|국왕|왕세자|교황|선장|기장|대변인|부대변인|당선인|당선자|내정자|지명자|후보자|CEO|CFO|CTO|COO)';
const SURNAME_TITLE_AMBIGUOUS = new Set('한전현구신양주이원여모고국반기제공선');

/** Whether a word of three syllables, or four with a double surname, is a Korean name where a title says that it is one. */
export function isTitledName(word: string): boolean {
  if (COMMON_WORDS.has(word) || (word.endsWith('한') && !isLikelyHan(word))) return false;
  if (word.endsWith('자') && !'영순경숙명정옥미춘말금은연선'.includes(word[1]!)) return false;
  if (word.length === 4 && COMPOUND_SURNAMES.test(word)) return true;
  // 원유의 대표 가격, 예산은 장관이: a noun and its particle.
  if (/[의은는가을를에도로]$/.test(word) && !isUntitledName(word)) return false;
  return word.length === 3 && SURNAMES.has(word[0]!) && GIVEN.has(word[1]!) && GIVEN.has(word[2]!);
}

/** 김창한; most words that end so are verbs: 반대한. */
function isLikelyHan(word: string): boolean {
  return (
    '김이박최정강조윤장임한오서신권황안송류홍고문손양배허남'.includes(word[0]!) && USUAL_FIRST.has(word[1]!)
  );
}

/** Syllables that are more often a particle than the end of a name. */
const PARTICLE_LIKE = /[이은는가의을를도에로]$/;

/** The same where the title stands behind the name of an institution. */
export function isAffiliatedName(word: string): boolean {
  return isTitledName(word) && !PARTICLE_LIKE.test(word);
}

/** The same where nothing else says so. */
export function isUntitledName(word: string): boolean {
  return (
    word.length === 3 &&
    COMMON_SURNAMES.has(word[0]!) &&
    USUAL_FIRST.has(word[1]!) &&
    USUAL_LAST.has(word[2]!) &&
    !COMMON_WORDS.has(word)
  );
}

const SHORT_FAMILY = new Set('김이박최정강조윤장임한오서신권황안송홍허류민노문양배백고전');
const SHORT_GIVEN = new Set('훈현준혁철건웅찬솔율린욱섭걸빈완탁헌환민진석호영경선희');
const SHORT_WORDS = new Set(
  `
  이민 이영 이진 이건 이선 이경 이철 정호 정민 정석 정진 정선 정경 조준 조율 조선 조건 조진 장선 장진 임진 한민 한진 한영 한철 한솔 오경 오진 오선 서민 서진 서석
  서호 서영 서철 신진 신호 신민 신영 신경 신선 신건 신석 안건 안경 안민 안진 송영 송환 허민 민영 민선 민건 민희 노선 노건 노환 노현 문건 문현 문민 문호 양호 양민
  양진 양현 배선 배영 배석 배경 고민 고건 고진 고경 고현 전선 전현 전건 전철 전환 전민 전영 전호 최선 강건 강경 강호 강민 강진 강선 윤호 윤선 황건 홍진 홍건 홍선
  백민 백호 백선 백건 류현 이율 고율 배율 전율 조찬 오찬 고철 고환 배환 전훈 노석 조석 조영
`
    .trim()
    .split(/\s+/),
);

/** 최훈 청장; a word of two syllables is more often none. */
export function isShortTitledName(word: string): boolean {
  return (
    word.length === 2 && SHORT_FAMILY.has(word[0]!) && SHORT_GIVEN.has(word[1]!) && !SHORT_WORDS.has(word)
  );
}

export function isSurname(word: string): boolean {
  return word.length === 1 && SURNAMES.has(word);
}

/** 한 대표, 전 회장, 이 교수: the surname may also be a word of its own. */
export function isAmbiguousSurname(word: string): boolean {
  return SURNAME_TITLE_AMBIGUOUS.has(word);
}

export function isForeignName(word: string): boolean {
  return (
    /^[가-힣]{2,5}$/.test(word) &&
    FOREIGN.test(word) &&
    !LOANWORDS.test(word) &&
    !(word.length > 3 && isLoanword(word)) &&
    !INFLECTED.test(word) &&
    !COMMON_WORDS.has(word)
  );
}

/** What such syllables are in Korean words: 밀린, 팔린, 그런, 볼수록. */
const INFLECTED =
  /(?:[밀팔걸풀올열몰달물불틀살늘내쏠깔빌딸벌눌갈날돌말들알울질절헐털떨길]|[가-힣])(?:린|힌)$|^(?:그|이|저|어)런$|[은는을를한된던든쁜픈]$|[치지시붙맡앞당남넘옮생숨챙즐이안잠끊쫓]긴$|[펼그합마끼고겹지놓외넘뭉비거다바설]친$|[시지으]킨$|^(?:크게|모든|스스로|그를|볼|팔|펼|만들|트인|큰|그림|드러|드물|쿡|킨|콜)|(?:의|에게|에서|처럼|보다|부터|까지|[르드리크]지|[러려]고|려는|[르으]면|르며|지만|면서|도록|거나|는데|다가|자마자|려야|어야|아서|어서|려서|대요|[려어아]요)$|^(?:오|모|이|부|기|치|나|다|빠|고|누|흐|따|자|서두|마무)르/;
/** Syllables of Japanese names. */
const JAPANESE =
  /^[아이우에오카키쿠케코가기구게고사시스세소자지즈제조다치쓰츠테데토도타나니누네노하히후헤호바비부베보파피푸페포마미무메모야유요라리루레로와쿄교쇼슈주류료뇨묘안인운엔온칸킨쿤켄콘간긴군겐곤산신슨센손잔진준젠존단친텐덴톤돈난닌넨논한힌훈헨혼반빈분벤본만민문멘몬얀윤욘란린룬렌론완]{2,5}$/;

/** 나카지마: one word of such syllables, longer than Korean names are. */
export function isForeignSyllables(word: string): boolean {
  return isForeignName(word) || (word.length > 3 && JAPANESE.test(word) && !LOANWORDS.test(word));
}

/** Whether two words may be a Japanese name; a title has to stand behind them. */
export function isJapaneseName(family: string, given: string): boolean {
  return (
    family.length + given.length > 5 &&
    [family, given].every(
      (word) => JAPANESE.test(word) && !LOANWORDS.test(word) && !COMMON_WORDS.has(word),
    ) &&
    !/(?:에서|하고|보다|라고|이나|까지|부터|하는|다는|에게|으로|이라|지만|면서)$/.test(family) &&
    !/(?:에서|하고|보다|라고|이나|까지|부터|으로|다시|하지)$/.test(given)
  );
}
