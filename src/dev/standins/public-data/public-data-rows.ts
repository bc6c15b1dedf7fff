/** Made up; the columns are those of the real services, but for the last one, of which nobody has written them down. */
export type StandinRow = Record<string, string | number | null>;

const INDICATORS: [name: string, unit: string, period: string, from: string, to: string, count: number][] = [
  ['총인구', '명', '년', '1960', '2025', 66],
  ['인구성장률', '%', '년', '1960', '2025', 66],
  ['인구밀도', '명/㎢', '년', '1966', '2025', 60],
  ['고령인구 비율', '%', '년', '2000', '2025', 26],
  ['유소년인구 비율', '%', '년', '2000', '2025', 26],
  ['생산가능인구', '천명', '년', '1980', '2025', 46],
  ['경제활동인구', '천명', '월', '199906', '202610', 329],
  ['비경제활동인구', '천명', '월', '199906', '202610', 329],
  ['주민등록인구', '명', '월', '200801', '202610', 226],
  ['출생아 수', '명', '월', '198101', '202609', 549],
  ['사망자 수', '명', '월', '198301', '202609', 525],
  ['인구이동자 수', '명', '월', '197001', '202610', 682],
  ['1인가구 비율', '%', '년', '2000', '2025', 26],
  ['등록외국인 수', '명', '분기', '200801', '202603', 75],
];

export const INDICATOR_ROWS: StandinRow[] = INDICATORS.map(
  ([statJipyoNm, unit, prdSeName, strtPrdDe, endPrdDe, rn], n) => ({
    statJipyoId: String(3_600 + n),
    statJipyoNm,
    unit,
    areaTypeName: '국내',
    prdSeName,
    strtPrdDe,
    endPrdDe,
    rn,
    prdDe: endPrdDe,
  }),
);

const CLASSES = ['정책', '활동', '상담·복지', '행사', '교육', '공모'];
const ORGANISATIONS = [
  '성평등가족부',
  '한국청소년정책연구원',
  '한국청소년활동진흥원',
  '한국청소년상담복지개발원',
  '지방자치단체',
];
const SUBJECTS = ['진로 체험', '상담 전화', '쉼터', '국제 교류', '자원봉사', '디지털 안전', '동아리'];
const WORDS = ['참가자 모집', '운영 안내', '지원 확대', '결과 발표'];

export const YOUTH_NEWS_ROWS: StandinRow[] = Array.from({ length: 236 }, (_, n) => {
  const date = new Date(Date.UTC(2026, 10, 27) - n * 3 * 86_400_000);
  return {
    pstNo: 90_000 - n,
    pstTtlNm: `청소년 ${SUBJECTS[n % SUBJECTS.length]} ${WORDS[(n * 3) % WORDS.length]}`,
    pstRegYmd: date.toISOString().slice(0, 10).replaceAll('-', ''),
    pstClsfNm: CLASSES[((n * n + n) % 11) % CLASSES.length]!,
    operInstNm: ORGANISATIONS[((n * 7) % 13) % ORGANISATIONS.length]!,
    pstCn: '만들어 낸 소식입니다. <b>실제 정책이 아닙니다.</b>',
  };
});

/** A wave of ten weeks. */
export const COVID_ROWS: StandinRow[] = (() => {
  let total = 1_372;
  let isolated = 1_290;
  return Array.from({ length: 140 }, (_, n) => {
    const found = Math.round(9 + 8 * Math.sin((n / 70) * 2 * Math.PI) + ((n * 37) % 7));
    total += found;
    isolated += Math.max(0, found - ((n * 11) % 3));
    return {
      기준일자: new Date(Date.UTC(2021, 6, 15) + n * 86_400_000).toISOString().slice(0, 10),
      '신규 확진자(명)': found,
      '누적 확진자(명)': total.toLocaleString('en'),
      '격리 해제(명)': isolated.toLocaleString('en'),
      비고: n % 30 === 0 ? '집계 변경' : null,
    };
  });
})();
