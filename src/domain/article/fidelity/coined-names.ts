/** What new companies are called by behind their first syllables: 브릭하우스, 에어빌리티, 스노마드. */
const ENDING =
  '온|솔|넷|텍|닉스|렉스|맥스|믹스|모아|드림|누리|하우스|웨이|링크|플러스|큐브|스퀘어|메이트|페이|팜|팩토리|컴퍼니|웍스|비전|빌리티|로보|봇|크루즈?|메틱스|론|노바|젠|켐|비타|마드|리움|리온|리아|피아|스토리|캠프|버스|클라우드|소재|산업|실업|상사|통상|개발|기업|양행|약품|정밀|전기|기계|금속|유통|무역|해상';
const PARTICLE = '(?:은|는|이|가|도|의|와|과)';
const COINED = new RegExp(`^([가-힣]{1,6}(?:${ENDING}))${PARTICLE}$`);
/** Such endings make a name whatever it does. */
const FOREIGN_ENDING = '빌리티|크루즈|마드|닉스|렉스|맥스|리움|리온|메틱스|웍스|하우스|컴퍼니|팩토리|노바';
const FOREIGN = new RegExp(`^[가-힣]{2,6}(?:${FOREIGN_ENDING})$`);
/** What companies do, and what they have. */
const OF_COMPANIES =
  /인수(?:했|해|하기|한다)|출시(?:했|해|한다|할)|내놨|내놓았|선보(?:였|여|인다)|공시했|상장(?:했|해|한다)|수주(?:했|해)|합병(?:했|해|한다)|투자(?:를 )?(?:받|유치)|(?:매출|영업이익|이익)[을이] |밝혔/;
/** Words with such endings. */
const COMMON =
  /^(?:(?:게스트|모델|비닐|하|펜트|타운|셰어|쉐어|오픈|그린|트리|컨테이너|파티|마이|전원|농가)하우스|디지털노마드|(?:호화|대형|초대형|해외|국제)크루즈|인터넷|(?:재|신|상품|기술|연구|신약|공동|도시|부동산|소프트웨어|택지|자원|난|개|미)개발|(?:중소|중견|대|공|사회적|상장|수출|벤처|국내|해외|외국|민간|스타트업|글로벌|입주|협력|참여|일부|관련|외국계|지역|우리|미국|중국|한국|일본|제조|제약|건설|에너지|반도체|제작|이들|해당|각|두|세|네)기업|(?:철강|조선|자동차|반도체|전자|바이오|방위|방산|관광|콘텐츠|게임|식품|농|수|임|축|석유화학|화학|섬유|문화|영화|음악|서비스|로봇|항공|우주|제조|건설|금융|보험|유통|물류|에너지|전력|원전|배터리|이차전지|첨단|미래|신|국가|기간|주력|관련|공연|스포츠|뷰티|의료|인공지능|환경|재생에너지|제약|통신|정보)산업|(?:버스|고속버스|시내버스|마을버스|통근버스)|(?:대형|온라인|의약품|식품|농산물|중고|전자상거래)유통|(?:국제|자유|세계|한미|미중|대외|중계|공정)무역|(?:전|신|첨단|핵심|부품|친환경)소재|(?:태양광|수소|가정용|산업용|심야|여름)전기|(?:여론|결론|반론|이론|언론|물론|거론|토론|드론|재론|평론|정론|추론|공론|원론|지론|총론|카드론)|(?:고|저|체|기|수|보|평|상|영|등|따뜻)온|실업|스마트팜|상사|유전|비전|기계|금속|무역|산업|유통|개발|기업|정밀|통상|소재|전기|해상|누리|플러스|스토리|캠프|.{0,3}유전|안전기|충전기|발전기|자전기|회전기|세탁기계|.{0,4}농기계)$/;

/** The name that a word has before its particle, when it ends as companies' names do. */
export function coinedName(word: string): string | null {
  const [, name] = COINED.exec(word) ?? [];
  return name !== undefined && name.length > 2 && !COMMON.test(name) ? name : null;
}

/** Whether a company is spoken of, by how its name ends or what stands behind it. */
export function isOfCompany(name: string, rest: string): boolean {
  return FOREIGN.test(name) || OF_COMPANIES.test(rest);
}
